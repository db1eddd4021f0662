"""A tenant's data as one file for the city (データ一式): a CSV a table, a manifest and hashes. Handbook 7.6."""
