"""Filing groups under the keys by which similar ones are found (団体の照合キー)."""

from __future__ import annotations

from collections.abc import Iterable

from apps.registrants.models import GroupKeys, Registrant, RegistrantKind
from apps.registrants.queries.roster import registered_names, representative_of
from apps.registrants.rules.group_names import keys_of
from apps.registrants.rules.similarity import address_key


def file_groups(registrants: Iterable[Registrant]) -> None:
    """Write the keys of those of ``registrants`` that are groups, in place of earlier ones; one statement a 1,000.

    Whoever writes a group's name, representative or address calls this in the same transaction.
    """
    rows = [_keys(one) for one in registrants if one.kind == RegistrantKind.GROUP]
    fields = ["names", "representative", "address"]
    GroupKeys.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, update_fields=fields, unique_fields=["group"]
    )


def _keys(group: Registrant) -> GroupKeys:
    return GroupKeys(
        group=group,
        names=sorted({key for forms in registered_names(group) for key in keys_of(forms)}),
        representative=representative_of(group).key,
        address=address_key(group.address),
    )
