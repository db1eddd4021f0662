"""Django application of the demonstration city: it has a command and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class DemoCityConfig(AppConfig):
    """Brings ``manage.py fill_demo``."""

    name = "config.demo_city"
