"""Why the demo does not run, in a sentence for the person who started it."""

from __future__ import annotations


class DemoError(Exception):
    """The demo cannot start or go on. The text says why and, where it helps, shows the end of a log."""
