"""Rules of signing in: pure functions, no Django."""
