"""Who may come in from where: one use case a file, by the city."""
