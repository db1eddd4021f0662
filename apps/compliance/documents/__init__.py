"""Documents of oversight (Typst)."""
