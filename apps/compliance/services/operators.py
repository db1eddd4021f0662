"""An operator (運営者) with its member bodies is entered or changed."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from apps.compliance.agreement_errors import OperatorTakenError
from apps.compliance.rules.bodies import check_operator, members_of, number_of
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from tenants.models import ConsortiumMember, Operator, OperatorKind


def save_operator(
    *,
    actor: Actor,
    operator: Operator | None,
    kind: str,
    name: str,
    name_en: str,
    corporate_number: str,
    representative_title: str,
    representative_name: str,
    members: str,
) -> Operator:
    """Enter an operator, or change ``operator``; agreements keep what they said before.

    The errors of ``members_of``, ``number_of`` and ``check_operator``; ``OperatorTakenError``.
    """
    bodies, number = members_of(members), number_of(corporate_number)
    check_operator(is_manager=kind == OperatorKind.MANAGER, number=number, members=bodies)
    row = operator or Operator()
    row.kind, row.name, row.name_en, row.corporate_number = kind, name.strip(), name_en.strip(), number
    row.representative_title, row.representative_name = representative_title, representative_name
    try:
        with transaction.atomic():
            row.save()
            row.members.all().delete()
            ConsortiumMember.objects.bulk_create(
                ConsortiumMember(operator=row, name=body.name, corporate_number=body.number, is_lead=body is bodies[0])
                for body in bodies
            )
            act = Action.CHANGE if operator else Action.CREATE
            record(actor, act, object_type="operator", object_id=row.pk, members=len(bodies))
    except IntegrityError:
        raise OperatorTakenError(field="name") from None
    return row
