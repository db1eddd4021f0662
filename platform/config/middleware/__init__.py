"""Middleware, outermost first: error number, site and scope, entrance, session, account."""
