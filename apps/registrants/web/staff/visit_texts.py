"""What visits are counted by, in words: age bands of five years, and 居住区分."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.registrants.models import Residence
from apps.registrants.rules.scanning import OLDEST_BAND, YOUNGEST_BAND


def bands() -> list[tuple[str, str]]:
    """Each age band with its words, the youngest first, what is unknown last."""
    middle = [
        (str(age), _("%(first)d〜%(last)d歳") % {"first": age, "last": age + 4})
        for age in range(YOUNGEST_BAND, OLDEST_BAND, 5)
    ]
    below = ("0", _("%(age)d歳未満") % {"age": YOUNGEST_BAND})
    return [below, *middle, (str(OLDEST_BAND), _("%(age)d歳以上") % {"age": OLDEST_BAND}), ("", _("不明"))]


def residences() -> list[tuple[str, str]]:
    """Each 居住区分 with its words, what is unknown last."""
    return [*((one.value, str(one.label)) for one in Residence), ("", _("不明"))]
