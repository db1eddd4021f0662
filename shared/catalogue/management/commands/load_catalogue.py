"""Load a city's 公共施設一覧 into the catalogue."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from shared.actor import SYSTEM
from shared.catalogue.loading import Outcome, load_catalogue
from shared.catalogue.rules.cells import municipality_code
from shared.catalogue.rules.problems import FileRefusedError, Problem, UnfitError
from shared.catalogue.texts import PROBLEM_TEXTS, sentence
from tenants.scope import city_scope, unit_of_work


class Command(BaseCommand):
    """``manage.py load_catalogue FILE [--dry-run] [--city-code 122319] [--language en]``; works as the city's role."""

    help = "Load a CSV file in the columns of the open data set 公共施設一覧 into the catalogue: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8 (with or without BOM) or CP932")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--city-code",
            type=city_code,
            metavar="CODE",
            help="全国地方公共団体コード: rows of this municipality only; said for a file that names none",
        )
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"] or settings.LANGUAGE_CODE):
            self._tell(self._load(options), dry_run=options["dry_run"])

    def _load(self, options: dict[str, Any]) -> Outcome:
        problems = 0

        def report(problem: Problem) -> None:
            nonlocal problems
            problems += 1
            self.stderr.write(sentence(problem))

        try:
            with unit_of_work(city_scope()):
                return load_catalogue(
                    actor=SYSTEM,
                    path=options["file"],
                    report=report,
                    city_code=options["city_code"] or "",
                    dry_run=options["dry_run"],
                )
        except FileRefusedError:
            told = ngettext(
                "{count}件の問題があるため、何も登録しませんでした。",
                "{count}件の問題があるため、何も登録しませんでした。",
                problems,
            )
            raise CommandError(told.format(count=problems)) from None

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        names = {"utf-8-sig": "UTF-8", "cp932": "CP932"}
        self.stdout.write(_("文字コード: {encoding}").format(encoding=names[outcome.encoding]))
        for heading in outcome.ignored:
            self.stdout.write(_("使わない列: {heading}").format(heading=heading))
        for code, number, name in outcome.missing:
            told = _("ファイルにない施設（削除していません）: {code} {number} {name}")
            self.stdout.write(self.style.WARNING(told.format(code=code, number=number, name=name)))
        counts = _("新規 {new}件、変更 {changed}件、変更なし {unchanged}件、ファイルにない施設 {missing}件")
        self.stdout.write(
            self.style.SUCCESS(
                counts.format(
                    new=outcome.new,
                    changed=outcome.changed,
                    unchanged=outcome.unchanged,
                    missing=len(outcome.missing),
                )
            )
        )
        if dry_run:
            self.stdout.write(_("確認だけを行い、何も登録していません。"))


def city_code(text: str) -> str:
    """The option's value as a municipality's code."""
    try:
        return municipality_code(text)
    except UnfitError as unfit:
        raise ArgumentTypeError(str(PROBLEM_TEXTS[unfit.code])) from None
