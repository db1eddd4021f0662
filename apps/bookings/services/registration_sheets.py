"""What stands on the notices about a registration (登録の通知書)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.bookings.documents.data import Check, NoticeSheet
from apps.bookings.rules.instruction import Act
from apps.bookings.rules.registration_papers import Deed, NoticeKind, Owed
from apps.bookings.services.papers import Papers
from apps.bookings.services.sheets import notice
from apps.registrants.models import Registrant

DOCUMENT: Final = "registration"


@dataclass(frozen=True, slots=True)
class Words:
    """Which blocks a kind of notice is worded by, and which act 教示 is owed on (None: on none)."""

    title: str
    opening: str
    act: Act | None


WORDS: Final[Mapping[NoticeKind, Words]] = {
    NoticeKind.GRANTED: Words(f"{DOCUMENT}.title", f"{DOCUMENT}.opening", None),
    NoticeKind.REFUSED: Words(f"{DOCUMENT}.refused_title", f"{DOCUMENT}.refused_opening", Act.REFUSAL),
    NoticeKind.SUSPENDED: Words(f"{DOCUMENT}.suspended_title", f"{DOCUMENT}.suspended_opening", Act.SUSPENSION),
    NoticeKind.STRUCK: Words(f"{DOCUMENT}.struck_title", f"{DOCUMENT}.struck_opening", Act.REVOCATION),
}


def registration_sheet(
    found: Owed, registrant: Registrant, papers: Papers, *, serial: int, check: Check | None = None
) -> NoticeSheet:
    """The notice number ``serial`` of an act; what is to the disadvantage of ``registrant`` has reason and 教示."""
    words = WORDS[found.kind]
    return notice(
        registrant,
        papers,
        DOCUMENT,
        _rows(found, registrant, papers),
        serial=serial,
        check=check,
        instruction=papers.owed(words.act) if words.act else None,
        title=words.title,
        opening=words.opening,
    )


def _rows(found: Owed, registrant: Registrant, papers: Papers) -> tuple[tuple[str, str], ...]:
    deed, who = found.deed, (("登録番号", registrant.number), ("区分", str(registrant.get_kind_display())))
    reason = ("理由", deed.reason or "―")
    if found.kind is NoticeKind.GRANTED:
        until = papers.day(registrant.valid_until) if registrant.valid_until else "期限なし"
        return (*who, ("登録年月日", papers.day(registrant.registered_on)), ("有効期限", until))
    if found.kind is NoticeKind.REFUSED:
        asked = ("受付番号", registrant.number), ("申込年月日", papers.day(registrant.registered_on))
        return (*asked, ("決定年月日", papers.day(deed.on)), reason)
    decided = ("決定年月日", papers.day(deed.on))
    if found.kind is NoticeKind.SUSPENDED:
        last = f"{papers.day(deed.until)}まで" if deed.until else "期限の定めなし"
        return (*who, ("停止の期間", f"{papers.day(deed.effective_on)}から{last}"), decided, reason)
    return (*who, ("抹消年月日", papers.day(deed.effective_on)), decided, reason)


def sample_sheet(
    papers: Papers, registrant: Registrant, changed: Mapping[str, object], *, check: Check | None
) -> NoticeSheet:
    """The kind of notice whose words are changed, else the first, with invented data."""
    registrant.registered_on = papers.on
    kind = next((kind for kind, words in WORDS.items() if {words.title, words.opening} & changed.keys()), None)
    deed = Deed(0, "", papers.on, papers.on, papers.on + dt.timedelta(days=29), reason="見本の理由です。")
    return registration_sheet(Owed(deed, kind or NoticeKind.GRANTED), registrant, papers, serial=0, check=check)
