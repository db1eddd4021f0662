"""The rules of booking: pure functions and frozen values, without Django."""
