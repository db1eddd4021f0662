"""開示の実施: all that is held about one person, as PDF and JSON in the tenant's vault, each fetched once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import override

from apps.compliance.documents.disclosure import DisclosureSheet, disclosure_pdf
from apps.compliance.person_request_errors import RequestStepError
from apps.compliance.queries.person_requests import ACCESSES, Asked, asked, disclosable
from apps.compliance.rules.person_requests import POSITIVE, Decision, Kind
from apps.compliance.services.incidents.parts import Signer
from apps.registrants.models import Registrant
from kernel import clock
from kernel.wareki import format_fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.disclosure import Section, sections_of
from shared.staff.models import Role
from shared.vault.keeping import Fetched, put, take
from shared.vault.models import VaultFile
from tenants.models import Tenant

KIND: Final = "disclosure"
ACCESSES_QUERY: Final = """
SELECT action, array_to_string(roles, ','), object_type, to_char(at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM'), count(*)
FROM audit_auditentry WHERE persons @> ARRAY[%s]::uuid[] GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3
"""


def make_disclosure(*, signer: Signer, request: UUID) -> None:
    """Make the papers of a granted disclosure, for whoever asks for them alone. ``RequestStepError`` before that."""
    seen = _granted(request)
    told = [*sections_of(seen.request.registrant), _accesses(seen)]
    refused = _refused(seen)
    granted = set(disclosable()) - set(refused)
    filled = [section for section in told if section.rows and (not refused or section.title in granted)]
    tenant = Tenant.objects.get(schema_name=seen.request.tenant)
    number = f"{format_fiscal_year(seen.request.fiscal_year)}第{seen.request.serial}号"
    holder = Registrant.objects.values_list("number", flat=True).get(pk=seen.request.registrant)
    sheet = DisclosureSheet(
        facility=tenant.name,
        number=number,
        registration=holder,
        made_on=clock.today(),
        sections=tuple((one.title, tuple(one.headings), tuple(map(tuple, one.rows))) for one in filled),
        refused=refused,
        ground=_ground(seen),
    )
    data = {
        "facility": tenant.name,
        "request": number,
        "registration": holder,
        "made_at": clock.now().astimezone(clock.TOKYO).isoformat(timespec="seconds"),
        "sections": [asdict(section) for section in filled],
        "not_disclosed": {"sections": list(refused), "ground": _ground(seen)},
    }
    with transaction.atomic():
        assert signer.actor.id is not None  # noqa: S101  # the guard lets nobody in who is not signed in
        for name, media_type, content in (
            ("disclosure.pdf", "application/pdf", disclosure_pdf(sheet)),
            ("disclosure.json", "application/json", json.dumps(data, ensure_ascii=False, indent=1).encode()),
        ):
            put(
                kind=KIND,
                name=name,
                content=content,
                media_type=media_type,
                made_for=signer.actor.id,
                subject=request,
            )
        _recorded(signer, seen, "make")


def fetch_disclosure(*, signer: Signer, request: UUID, file: UUID, terminal: UUID | None) -> Fetched:
    """A file of the disclosure, once, for whoever had it made. ``FileGoneError``."""
    with transaction.atomic():
        seen = asked(request)
        assert signer.actor.id is not None  # noqa: S101
        fetched = take(file=file, account=signer.actor.id, terminal=terminal)
        _recorded(signer, seen, "fetch")
    return fetched


def files_waiting(*, request: UUID, account: UUID) -> list[VaultFile]:
    """The disclosure's files that ``account`` may still fetch."""
    waiting = VaultFile.objects.filter(kind=KIND, subject=request, made_for=account, destroyed_at__isnull=True)
    return list(waiting.filter(fetch_by__gt=clock.now()).defer("content").order_by("name"))


def _granted(request: UUID) -> Asked:
    seen = asked(request)
    if seen.request.kind != Kind.DISCLOSURE or seen.decision not in POSITIVE:
        raise RequestStepError
    if seen.decision is Decision.PARTLY and not (seen.decided and seen.decided.granted):
        raise RequestStepError
    return seen


def _refused(seen: Asked) -> tuple[str, ...]:
    """The sections that the decision leaves out: all that it does not grant by name."""
    if seen.decided is None or seen.decision is not Decision.PARTLY:
        return ()
    return tuple(title for title in disclosable() if title not in seen.decided.granted)


def _ground(seen: Asked) -> str:
    if seen.decided is None or not seen.decided.ground:
        return ""
    with override("ja"):
        item = seen.decided.get_ground_display()
    return f"個人情報の保護に関する法律第78条第1項{item}に該当するため。{seen.decided.note}"


def _accesses(seen: Asked) -> Section:
    """How often, by which role, for what: no clerk's name."""
    with connection.cursor() as cursor:
        cursor.execute(ACCESSES_QUERY, [seen.request.registrant])
        rows = cursor.fetchall()
    told = [
        (month, _action(action), _roles(roles), object_type, f"{count:,}回")
        for action, roles, object_type, month, count in rows
    ]
    return Section(ACCESSES, ("月", "操作", "役割", "対象", "回数"), told)


def _action(code: str) -> str:
    return str(Action(code).label) if code in Action.values else code


def _roles(codes: str) -> str:
    return "・".join(str(Role(code).label) for code in codes.split(",") if code in Role.values) or "－"


def _recorded(signer: Signer, seen: Asked, act: str) -> None:
    record(
        signer.actor,
        Action.EXPORT,
        object_type="person_request",
        object_id=seen.request.pk,
        persons=[seen.request.registrant],
        act=act,
    )
