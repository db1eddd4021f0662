"""月次モニタリング: what is read for its pages, and the figures that the system knows of a month."""
