"""Fees of bookings: computed at application, kept, and computed anew; reductions; the tables."""
