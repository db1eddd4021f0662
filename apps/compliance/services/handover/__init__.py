"""Changes of operator (引継ぎ), one use case a file."""
