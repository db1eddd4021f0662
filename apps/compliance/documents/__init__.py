"""Papers of oversight, made with Typst. Pure: no Django."""
