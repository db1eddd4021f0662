"""What a page tells the script about passkeys."""

from __future__ import annotations

import json

from django import template

register = template.Library()


@register.filter
def as_json(options: dict[str, object]) -> str:
    """``options`` as text for an attribute, where the template escapes it."""
    return json.dumps(options)
