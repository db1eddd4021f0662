"""The link of a mail about an account: made when the mail is written, and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django import template

from shared.accounts.tokens import text_of

register = template.Library()


@register.filter
def link_text(token: str) -> str:
    """What stands in the link for the token with this id."""
    return text_of(UUID(token))
