"""月次モニタリング: made by itself, filled in by the facility, looked at and judged by the city."""
