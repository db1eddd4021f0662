"""PDFs of oversight."""
