"""What the city asks of whoever signs in at a place."""
