"""Papers of oversight as PDF; pure, without Django."""
