"""What is done with the two cards: one use case a file."""
