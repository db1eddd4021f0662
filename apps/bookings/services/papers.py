"""What a document of a facility is made with on a day: who issues it, in which words, under which options."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.bookings.documents.data import Form, Words
from apps.bookings.models import Facility
from apps.bookings.queries.issuer import issuer_on
from apps.bookings.queries.papers import Options, options_on, wording_on
from apps.bookings.rules.authority import CityAuthority
from apps.bookings.rules.grounds import Ground
from apps.bookings.rules.instruction import Act, Instruction, instruction_for
from apps.bookings.rules.instruction_texts import FEE, GENERAL_CITY, GENERAL_MANAGER
from apps.bookings.rules.issuer import Issuer
from apps.bookings.rules.text_blocks import TextBlock
from apps.bookings.rules.wording_blocks import Wording
from apps.bookings.rules.wording_texts import COMMON
from kernel.wareki import format_date

INSTRUCTIONS = {"city": GENERAL_CITY, "manager": GENERAL_MANAGER, "fee": FEE}


@dataclass(frozen=True, slots=True)
class Papers:
    """Issuer, wording and options of a facility on a day."""

    facility: UUID
    on: dt.date
    issuer: Issuer
    wording: Wording
    options: Options = field(default_factory=Options)

    def fields(self, **more: str) -> dict[str, str]:
        """What the fields of every block are filled with; ``more`` is what this document adds."""
        issuer = self.issuer
        decider = issuer.authority.addressee
        return {
            "施設名": issuer.full_facility,
            "市名": issuer.city,
            "条例名": issuer.ordinance,
            "市長": issuer.authority.mayor,
            "許可権者": "　".join(decider),
            "料金名": issuer.fee_name,
        } | more

    def form(self, document: str) -> Form:
        """Which form it is, and the provision that it rests on."""
        fields = self.fields()
        number = self.wording.line(f"{document}.number", fields)
        basis = self.wording.line(f"{document}.basis", fields)
        return Form(number, self.issuer.full_facility, basis)

    def words(
        self, document: str, *, title: str = "", opening: str = "", asked: dt.date | None = None, **more: str
    ) -> Words:
        """Title, opening sentence and what all documents share; ``title`` and ``opening`` name other blocks."""
        fields = self.fields(申請日=self.day(asked) if asked else "", **more)
        if f"{document}.basis" in self.wording.blocks:
            fields["根拠規定"] = self.wording.line(f"{document}.basis", fields)
        return Words(
            title=self.wording.line(title or f"{document}.title", fields),
            opening=self.wording.line(opening or f"{document}.opening", fields),
            addressee=self.wording.paragraphs("common.addressee", fields),
            seal=self.wording.line("common.seal", fields),
            back=self._list(document, "back", fields),
            texts=self.wording.versions(document, *COMMON),
            wide=self.options.wide_numerals,
        )

    def notes(self, document: str, part: str = "notes") -> tuple[str, ...]:
        """The lines of a list of a document."""
        return self._list(document, part, self.fields())

    def ids(self, *documents: str) -> list[UUID]:
        """The facility's own versions that a document of these blocks rests on."""
        return [UUID(one) for one in self.wording.ids(*documents, *COMMON)]

    def day(self, day: dt.date) -> str:
        """A date as the facility sets its numbers."""
        text = format_date(day)
        return text.translate(WIDE) if self.options.wide_numerals else text

    def instruction(self, act: Act) -> Instruction | None:
        """教示 on ``act``, in the words that hold; None when nothing is owed."""
        return instruction_for(
            act=act,
            authority=self.issuer.authority,
            regime=self.issuer.regime,
            on=self.on,
            on_plain_permits=self.options.always_instructs,
            blocks=self._instruction_blocks(),
        )

    def owed(self, act: Act) -> Instruction:
        """教示 on an act to somebody's disadvantage."""
        found = self.instruction(act)
        assert found is not None  # noqa: S101  # owed for these acts
        return found

    def ground(self, ground: Ground) -> str:
        """根拠規定 as printed: the ordinance, the clause, and its wording."""
        clause, text = self.wording.paragraphs(f"grounds.{ground.code}", {})
        return f"{self.issuer.ordinance}{clause}（{text}）"

    @property
    def decider(self) -> str:
        """Who issues, without the name of the person in office."""
        authority = self.issuer.authority
        if isinstance(authority, CityAuthority):
            return authority.decider
        return f"{authority.corporation}　{authority.title}"

    def _list(self, document: str, part: str, fields: dict[str, str]) -> tuple[str, ...]:
        key = f"{document}.{part}"
        return self.wording.paragraphs(key, fields) if key in self.wording.blocks else ()

    def _instruction_blocks(self) -> list[TextBlock]:
        return [
            TextBlock(
                block,
                self.wording.chosen(f"instruction.{part}").number,
                ALWAYS,
                self.wording.chosen(f"instruction.{part}_heading").paragraphs[0],
                self.wording.chosen(f"instruction.{part}").paragraphs,
            )
            for part, block in INSTRUCTIONS.items()
        ]


ALWAYS = dt.date.min
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def papers_on(day: dt.date, facility: Facility) -> Papers:
    """What documents of ``facility`` are made with on ``day``; three statements. ``NoOperatorError``."""
    return Papers(
        facility.pk, day, issuer_on(day, facility), wording_on(day, facility.pk), options_on(day, facility.pk)
    )


class PapersOnce:
    """Papers by day and facility, read once each, for many documents at a time."""

    def __init__(self) -> None:
        self._known: dict[Any, Papers] = {}

    def __call__(self, day: dt.date, facility: Facility) -> Papers:
        key = (day, facility.pk)
        if key not in self._known:
            self._known[key] = papers_on(day, facility)
        return self._known[key]
