"""The desk's pages of documents: their words, print jobs, and looking up a code."""
