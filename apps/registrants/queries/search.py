"""Finding registrants of the tenant."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from apps.registrants.models import Registrant
from apps.registrants.rules.search import FEWEST_DIGITS, SearchKind, SearchText, printed_numbers


def found_by(text: SearchText, *, prefix: str) -> QuerySet[Registrant]:
    """The registrants that ``text`` means, in the order of their kana. ``prefix`` begins the tenant's numbers."""
    found = Registrant.objects.alias(
        written=Concat("family_name", "given_name"), code=Replace("number", Value("-"), Value(""))
    )
    return found.filter(_condition(text, prefix)).order_by("kana_key", "number")


def _condition(text: SearchText, prefix: str) -> Q:
    if text.kind is SearchKind.NUMBER:
        return Q(number__in=printed_numbers(prefix, text.key)) | Q(code__startswith=text.key)
    if text.kind is SearchKind.DIGITS:
        return Q(number__in=printed_numbers(prefix, text.key)) | _beginning_with(text.key, prefix)
    if text.kind is SearchKind.KANA:
        return Q(kana_key__startswith=text.key)
    joined = "".join(text.key.split())
    return Q(group_name__icontains=text.key) | Q(written__startswith=joined)


def _beginning_with(digits: str, prefix: str) -> Q:
    """Phones and numbers that begin so; a few figures alone begin too many."""
    if len(digits) < FEWEST_DIGITS:
        return Q()
    return Q(phone_key__startswith=digits) | Q(code__startswith=f"{prefix}{digits}")
