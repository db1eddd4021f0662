"""What a mail says of a registration, as label and value, in the language of the mail."""

from __future__ import annotations

import datetime as dt

from django import template
from django.template import Context
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared.frame.templatetags.frame import wareki

register = template.Library()


@register.simple_tag(takes_context=True)
def ending_facts(context: Context) -> list[tuple[str, str]]:
    """Pairs for ``frame/mail/_facts``, from the context of ``services.remind``: numbers only, no name."""
    return [
        (_("施設"), place_name(context)),
        (_("登録番号"), "、".join(context["numbers"]) if get_language() != "en" else ", ".join(context["numbers"])),
        (_("有効期限"), wareki(dt.date.fromisoformat(context["ends_on"]))),
    ]


@register.simple_tag(takes_context=True)
def place_name(context: Context) -> str:
    """The facility's English name where there is one and the mail is in English."""
    english: str = context["place_name_en"] if get_language() == "en" else ""
    return english or str(context["place_name"])
