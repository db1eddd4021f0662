"""The designated manager's 使用者名簿 in each of its states, and this quarter's 棚卸. All people are invented."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from apps.compliance.models.roster import RosterRow, RosterSubmission
from apps.compliance.queries.roster import bounds_of
from apps.compliance.rules.roster import Entry, Kind
from apps.compliance.services.recounts import open_recounts
from apps.compliance.services.roster.grant import print_slips
from apps.compliance.services.roster.keep import begin, save, submit
from apps.compliance.services.roster.notices import notify
from apps.compliance.services.roster.receive import receive
from apps.compliance.services.roster.review import approve, send_back
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tenants.scope import Scope, city_scope, desk_scope, unit_of_work

BEGUN: Final = Entry("里見　友子", "サトミ　トモコ", "事務員", "", ("reception",), "窓口1号")
WAITING: Final = Entry("水辺　隆", "ミズベ　タカシ", "主任", "", ("reception", "accounting"), "窓口2号")
APPROVED: Final = Entry("花野　幸恵", "ハナノ　サチエ", "相談員", "", ("card_officer",), "窓口1号")
SUBMITTED: Final = Entry("木立　昇", "コダチ　ノボル", "事務員", "", ("reception",), "窓口2号")
RETURNED: Final = Entry("雪下　澄", "ユキシタ　キヨシ", "嘱託", "", ("reception",), "窓口2号")
DRAFT: Final = Entry("秋月　光", "アキヅキ　ヒカル", "事務員", "", ("reception",), "窓口1号")


def write_roster(plan: TenantPlan) -> None:
    """Of a tenant that a manager runs, once."""
    if not plan.terms[-1].years:
        return
    desk, manager = desk_scope(plan.schema), _somebody(desk_scope(plan.schema), "staff", Role.FACILITY_MANAGER)
    with unit_of_work(desk):
        if manager is None or RosterSubmission.objects.exists():
            return
        made = [_roster(manager, plan.schema, place, *people) for place, people in enumerate(_rosters())]
        _draft(manager, plan.schema)
    _decide(made)
    with unit_of_work(desk):
        _begin(BEGUN.name)
        other = StaffAccount.objects.get(name=BEGUN.name)
        notify(actor=manager, tenant=plan.schema, account=other.pk, kind=Kind.PASSWORD, reason="忘れたため")
    with unit_of_work(city_scope()):
        open_recounts()


def _rosters() -> tuple[tuple[Entry, ...], ...]:
    return (BEGUN,), (WAITING,), (APPROVED,), (SUBMITTED,), (RETURNED,)


def _roster(manager: Actor, schema: str, place: int, *people: Entry) -> UUID:
    made = _saved(manager, schema, Kind.ADDITION if place else Kind.FIRST, people)
    submit(actor=manager, submission=made)
    return made


def _draft(manager: Actor, schema: str) -> None:
    _saved(manager, schema, Kind.ADDITION, (DRAFT,))


def _saved(manager: Actor, schema: str, kind: Kind, people: tuple[Entry, ...]) -> UUID:
    bodies, today = bounds_of(schema).bodies, clock.today()
    made = begin(actor=manager, tenant=schema, kind=kind)
    entries = [
        Entry(one.name, one.kana, one.title, bodies[0], one.roles, one.terminal, today, None, today) for one in people
    ]
    save(actor=manager, submission=made, entries=entries)
    return made


def _decide(made: list[UUID]) -> None:
    """The first two are given IDs, the third is approved, the fourth waits, the last is returned."""
    reviewer = _somebody(city_scope(), "city", Role.GENERAL)
    officer = _somebody(city_scope(), "city", Role.SYSTEMS)
    if reviewer is None or officer is None:
        return
    with unit_of_work(city_scope()):
        for one in made[:3]:
            approve(actor=reviewer, submission=one)
        for one in made[:2]:
            print_slips(actor=officer, submission=one)
        row = RosterRow.objects.get(submission=made[-1])
        faults = {row.pk: "使用端末は、貸出台帳にある端末を書いてください。"}
        send_back(actor=reviewer, submission=made[-1], note="", faults=faults)


def _begin(name: str) -> None:
    """Somebody has signed in with the slip, promised and learnt, and set a password of their own."""
    rows = StaffAccount.objects.filter(name=name)
    rows.update(one_time_until=None, pledge_version=1, trained_on=clock.today())
    for one in rows:
        receive(account=one.pk)


def _somebody(scope: Scope, kind: str, role: Role) -> Actor | None:
    with unit_of_work(scope):
        found = StaffAccount.objects.filter(roles__contains=[role], is_active=True).order_by("login_id").first()
    return Actor(kind, found.pk) if found else None
