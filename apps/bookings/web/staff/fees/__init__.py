"""The desk's pages about fees: of one booking, of reductions, and of the tables."""
