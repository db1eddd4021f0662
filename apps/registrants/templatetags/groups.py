"""How groups are shown on pages: sentences for findings, and figures of people by residence and age."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from apps.registrants import group_texts
from apps.registrants.models import Residence, RosterSummary
from apps.registrants.queries.alike import Alike
from apps.registrants.rules.requirements import Finding
from apps.registrants.rules.roster import OLDEST_BAND, Summary

register = template.Library()


@register.filter
def finding_text(finding: Finding) -> str:
    """The requirement that is not met, with its figures."""
    return group_texts.finding_text(finding)


@register.filter
def ground_texts(alike: Alike) -> str:
    """On what grounds the two groups are alike."""
    return "、".join(group_texts.ground_text(code, alike.shared) for code in alike.grounds)


@register.filter
def by_residence(figures: Summary | RosterSummary) -> list[tuple[str, int]]:
    """How many live, work, study in the city, live elsewhere, or have not said."""
    labels = [*((one.value, str(one.label)) for one in Residence), ("", _("居住区分不明"))]
    return [(label, figures.by_residence[code]) for code, label in labels if figures.by_residence.get(code)]


@register.filter
def by_age_band(figures: RosterSummary) -> list[tuple[str, int]]:
    """How many are of each band of ten years."""
    bands = sorted((int(band), count) for band, count in figures.by_age_band.items())
    return [(_band(band), count) for band, count in bands]


def _band(band: int) -> str:
    if band == 0:
        return _("10歳未満")
    told = _("%(age)s歳以上") if band >= OLDEST_BAND else _("%(age)s歳代")
    return told % {"age": band}
