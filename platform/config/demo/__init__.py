"""The demo city on one machine: everything started, filled, shown and stopped by one command."""
