"""月次モニタリング (domain handbook 7.5): what is due when, what is missing, which grade follows. Pure."""
