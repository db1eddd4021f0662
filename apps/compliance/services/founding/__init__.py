"""Founding a tenant: asked for by the city, performed by a process with the owner's rights."""
