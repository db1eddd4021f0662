"""The pages of somebody's own account at a desk or at the city."""
