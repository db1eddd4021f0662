"""Use cases of paying online: begin, take notices, settle them, ask, give back."""
