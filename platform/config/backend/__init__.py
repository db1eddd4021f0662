"""Database backend: see ``base``."""
