"""Pages and guards that the three sites have in common."""
