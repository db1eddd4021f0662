"""Verify the audit against its seals."""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared.sealing.archives import ArchiveError, verify_archives
from shared.sealing.seals import places
from shared.sealing.verifying import Printed, Verdict, blocks_between, read_printed, verify
from tenants.scope import city_scope, unit_of_work

FAULTS = {
    "changed": "entry {row} in block {block} was changed",
    "removed": "entry {row} of block {block} was removed",
    "inserted": "entry {row} was put into block {block} afterwards",
    "order": "the order of the entries of block {block} was changed",
    "seal_changed": "the seal of block {block} was changed",
    "seal_removed": "block {block} was removed",
    "day_seal": "the city's seal of {day} does not fit block {block}: one of them was changed",
    "printed": "the list says another seal for {day}: the audit and its seals were rewritten, or the list is another's",
}


class Command(BaseCommand):
    """``manage.py verify_audit [--schema S] [--from DAY] [--to DAY] [--against FILE] [--from-block N]``.

    Ends with status 1 when something was changed, removed or put in. Works as the city's role.
    """

    help = "Compare the audit with its seals: every entry, the day seals, and a saved list of day seals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schema", action="append", help="this schema only; may be said more than once")
        parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="sealed on this day or later")
        parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="sealed on this day or earlier")
        parser.add_argument("--against", type=Path, metavar="FILE", help="the saved list of day seals (CSV)")
        parser.add_argument("--archive", type=Path, metavar="DIR", help="check the archived days in this folder too")
        parser.add_argument("--from-block", type=int, default=0, metavar="N", help="go on from this block")

    def handle(self, *args: Any, **options: Any) -> None:
        printed = _printed(options["against"]) if options["against"] else []
        with unit_of_work(city_scope()):
            known = places()
            wanted = options["schema"] or known
            if unknown := set(wanted) - set(known):
                raise CommandError(f"no such schema: {', '.join(sorted(unknown))}")
            faults = [self._verify(place, printed, options) for place in wanted]
            if options["archive"]:
                faults += [self._archives(place, options["archive"]) for place in wanted]
        if any(faults):
            raise CommandError("the audit is not as it was sealed", returncode=1)

    def _verify(self, place: str, printed: list[Printed], options: dict[str, Any]) -> str:
        first, last = blocks_between(place, options["first"], options["last"])
        first = max(first, options["from_block"])
        begun = time.monotonic()
        reached = first

        def tell(block: int, of: int, rows: int) -> None:
            nonlocal reached
            reached = block + 1
            self.stdout.write(f"{place}: block {block} of {of}, {rows:,} entries, {time.monotonic() - begun:.0f} s")

        try:
            verdict = verify(place, first=first, last=last, printed=printed, tell=tell)
        except KeyboardInterrupt:
            raise CommandError(
                f"interrupted; go on with --schema {place} --from-block {reached}", returncode=130
            ) from None
        self._say(verdict)
        return verdict.fault

    def _archives(self, place: str, folder: Path) -> str:
        try:
            days, rows = verify_archives(place, folder)
        except ArchiveError as error:
            self.stderr.write(f"{place}: {error}")
            return "archive"
        self.stdout.write(f"{place}: {days:,} archived days with {rows:,} entries are as they were sealed")
        return ""

    def _say(self, found: Verdict) -> None:
        if found.fault:
            what = FAULTS[found.fault].format(row=found.row, block=found.block, day=found.day)
            self.stderr.write(f"{found.place}: {what}")
            return
        waiting = f"; {found.waiting:,} not sealed yet" if found.waiting else ""
        self.stdout.write(f"{found.place}: {found.rows:,} entries are as they were sealed{waiting}")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"not a day like 2026-04-01: {text}") from None


def _printed(path: Path) -> list[Printed]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return read_printed(lines)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} is no list of day seals ({error})") from None
