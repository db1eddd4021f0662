"""``make bench``: what the product does in a second, beside what PostgreSQL itself does in the same run."""
