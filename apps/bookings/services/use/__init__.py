"""What became of bookings on their day, and a facility's months."""
