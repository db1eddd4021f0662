"""Middleware, outermost first: error number, site and scope, session, account."""
