"""A year of monthly monitoring: most months judged, the last one in another state at each facility."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final
from uuid import UUID

from apps.compliance.models.monitoring import MonitoringMonth
from apps.compliance.models.monitoring_findings import MonitoringFinding
from apps.compliance.rules.monitoring.clocks import month_before, next_month
from apps.compliance.services.monitoring.check import save_results, save_visit
from apps.compliance.services.monitoring.close import close_month
from apps.compliance.services.monitoring.findings import confirm_plan, issue_finding
from apps.compliance.services.monitoring.make import make_month
from apps.compliance.services.monitoring.plan import submit_plan
from apps.compliance.services.monitoring.self_check import Own, Report, save_report, save_section, submit_report
from config.demo_city.chance import same_id
from config.demo_city.history import as_of
from config.demo_city.plans import TENANTS
from kernel import clock
from shared.actor import Actor
from tenants.scope import city_scope, desk_scope, unit_of_work

STAFF: Final = Actor(kind="staff", id=same_id("monitoring", "staff"))
CITY: Final = Actor(kind="city", id=same_id("monitoring", "city"))
STAGES: Final = ("self_check", "reported", "improving", "planned", "closed")
"""How far the last month is, by facility in turn."""
REPORTED_ON: Final = (3, 4, 5, 4, 3, 7)
"""Day of the following month, in turn: the last of these is late."""
FLAWED_EVERY: Final = 4
"""Each fourth month has something to improve."""
FLAWS: Final = (
    ("keys_kept", "partly", "鍵の使用記録に、返却の時刻がない日がありました。"),
    ("screen_hidden", "partly", "受付の画面が、待合のいすから見えました。"),
    ("papers_shredded", "unfit", "不要になった申請書の写しが、裁断されずに残っていました。"),
)


def monitor(schema: str, months: int) -> int:
    """Tell the last ``months`` months of a tenant that have no sheet yet; how many these are."""
    place = next(number for number, plan in enumerate(TENANTS) if plan.schema == schema or number == len(TENANTS) - 1)
    month, wanted = month_before(clock.today()), []
    for _ in range(months):
        wanted.append(month)
        month = month_before(month)
    return sum(_tell(schema, one, place, is_last=one == wanted[0]) for one in reversed(wanted))


def _tell(schema: str, month: dt.date, place: int, *, is_last: bool) -> bool:
    turn = place + month.month
    stage = STAGES[place % len(STAGES)] if is_last else "closed"
    flaw = FLAWS[turn % len(FLAWS)] if turn % FLAWED_EVERY == 0 or stage in {"improving", "planned"} else None
    day = partial(_day, month)
    with unit_of_work(desk_scope(schema)):
        if not make_month(schema, month):
            return False
        if stage == "self_check":
            return True
        with as_of(day(REPORTED_ON[turn % len(REPORTED_ON)])):
            _report(schema, month, turn)
    if stage == "reported":
        return True
    with unit_of_work(city_scope()), as_of(day(12)):
        finding = _check(schema, month, flaw)
    if finding and stage != "improving":
        with unit_of_work(desk_scope(schema)), as_of(day(18)):
            until = clock.today() + dt.timedelta(days=7)
            text = "担当者を決め、毎日の終業時に点検表で確認します。"
            submit_plan(actor=STAFF, finding=finding, text=text, until=until)
    if stage == "closed":
        with unit_of_work(city_scope()), as_of(day(25)):
            if finding:
                confirm_plan(actor=CITY, finding=finding, answer="現地で確認しました。")
            close_month(actor=CITY, tenant=schema, month=month)
    return True


def _report(schema: str, month: dt.date, turn: int) -> None:
    sheet = MonitoringMonth.objects.get(tenant=schema, month=month)
    answers = {code: Own("fit") for code in sheet.results.values_list("code", flat=True)}
    save_section(actor=STAFF, tenant=schema, month=month, answers=answers)
    report = Report(
        complaints=turn % 3,
        complaint_text="駐車場の混雑について。案内の掲示を増やしました。" if turn % 3 else "",
        accidents=0,
        survey_text="回答48件のうち、満足・やや満足が9割でした。",
    )
    save_report(actor=STAFF, tenant=schema, month=month, report=report)
    submit_report(actor=STAFF, tenant=schema, month=month)


def _check(schema: str, month: dt.date, flaw: tuple[str, str, str] | None) -> UUID | None:
    """The city's visit; the finding, if there is something to improve."""
    sheet = MonitoringMonth.objects.get(tenant=schema, month=month)
    results = {code: Own("fit") for code in sheet.results.values_list("code", flat=True)}
    if flaw:
        results[flaw[0]] = Own(flaw[1], flaw[2])
    save_results(actor=CITY, tenant=schema, month=month, results=results)
    save_visit(actor=CITY, tenant=schema, month=month, checked_on=clock.today(), checker="架空　係員（所管課）")
    if not flaw:
        return None
    deadline = clock.today() + dt.timedelta(days=14)
    text = f"{flaw[2]}改善の方法と時期を示してください。"
    made: MonitoringFinding = issue_finding(
        actor=CITY, tenant=schema, month=month, text=text, deadline=deadline, item=flaw[0]
    )
    return made.pk


def _day(month: dt.date, day: int) -> dt.datetime:
    """A morning of the following month, or now if that is still to come."""
    return min(clock.at(next_month(month).replace(day=day), dt.time(10)), clock.now())
