"""The desk's pages about the life of a booking: states, changes, terms, penalties, series, waiting lists."""
