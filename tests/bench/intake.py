"""Taking in 100,000 registrants and 500,000 past uses by real workers: ``python -m tests.bench.intake [SHARE]``.

Times are those between the clerk's click and the end of the work, with the demo's own sweep left out: the worker is
told at once. Memory is the largest that the worker's process had, in its own count.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.bench.alone import ROOT, run_alone

PEOPLE, USES = 100_000, 500_000
SOURCE: Final = "旧予約システム"
SCHEMA: Final = "chuo"
SYLLABLES: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ"
"""Of which invented names are made: no real frequency of names, but as few namesakes as a town has."""
PEOPLE_HEADER: Final = (
    "利用者番号,区分,団体名,団体名カナ,氏名,フリガナ,生年月日,郵便番号,住所,電話番号,登録日,有効期限,状態"
)
USES_HEADER: Final = "予約番号,利用者番号,利用日,室場,開始時刻,終了時刻,利用目的,人数,使用料,入金額,状態"


def people(count: int) -> Iterator[str]:
    """Invented registrants, one in ten a group; one row in 500 cannot be read."""
    yield PEOPLE_HEADER
    for number in range(count):
        luck = Random(number)
        family, given = ("".join(luck.choices(SYLLABLES, k=luck.choice((2, 3)))) for _ in range(2))
        birth = (
            f"S{luck.randint(3, 63)}.{luck.randint(1, 12)}.{luck.randint(1, 28)}" if number % 500 != 1 else "S99.9.9"
        )
        is_group = number % 10 == 0
        group = f"架空サークル{number},ｶｸｳｻｰｸﾙ{number}" if is_group else ","
        kind = "団体" if is_group else "個人"
        yield (
            f"{number:06},{kind},{group},{family}　{given},{family} {given},{'' if is_group else birth},"
            f"270-{number % 10000:04},架空市架空町{number % 900}丁目{number % 50}番地,"
            f"0476-{number // 10000 % 100:02}-{number % 10000:04},"
            f"平成{number % 30 + 1}年4月1日,,有効"
        )


def uses(count: int, persons: int) -> Iterator[str]:
    """Invented uses of ten rooms over ten years; one in 1,000 is of nobody known."""
    yield USES_HEADER
    for number in range(count):
        whose = number * 7919 % persons if number % 1000 else 999_999
        hour = 9 + number % 4 * 3
        yield (
            f"Y{number:07},{whose:06},{2010 + number % 10}/{number % 12 + 1:02}/{number % 28 + 1:02},"
            f"会議室{number % 10 + 1},"
            f'{hour}:00,{hour + 3}:00,会議,{number % 40 + 1}人,"1,{number % 10}00円",1100,許可'
        )


def measure(persons: int, bookings: int) -> None:
    """Check and take in both files, then the same again."""
    from tests import factories

    at = factories.facility(SCHEMA)
    for number in range(1, 11):
        factories.meeting_room(SCHEMA, at=at, name=f"会議室{number}")
    with tempfile.TemporaryDirectory() as folder:
        files = {"people": Path(folder, "people.csv"), "uses": Path(folder, "uses.csv")}
        write(files["people"], people(persons))
        write(files["uses"], uses(bookings, persons))
        for turn in ("first", "again"):
            began = time.perf_counter()
            for kind, path in files.items():
                take_in(kind, path, turn)
            print(f"{turn}: all of it {time.perf_counter() - began:.0f} s")


def write(path: Path, lines: Iterator[str]) -> None:
    """In CP932, as old systems write."""
    with path.open("w", encoding="cp932", newline="\r\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def take_in(kind: str, path: Path, turn: str) -> None:
    """One file: handed over, checked, taken in; each step timed."""
    from shared.actor import Actor
    from shared.intake.models import Job
    from shared.intake.rules.mapping import from_json
    from shared.intake.services.choose_columns import choose_columns
    from shared.intake.services.receive import receive
    from shared.intake.services.start import start
    from tests.support.scopes import as_tenant

    clerk = Actor(kind="staff")
    with as_tenant(SCHEMA):
        began = time.perf_counter()
        with path.open("rb") as stream:
            job = receive(actor=clerk, kind=kind, source=SOURCE, filename=path.name, stream=stream)
        received = time.perf_counter() - began
        choose_columns(actor=clerk, job=job.pk, mapping=from_json(job.mapping))
    check = worker()
    with as_tenant(SCHEMA):
        start(actor=clerk, job=job.pk)
    run = worker()
    with as_tenant(SCHEMA):
        done = Job.objects.get(pk=job.pk)
    print(
        f"{turn}, {kind}: {path.stat().st_size / 2**20:.0f} MiB, received in {received:.1f} s,"
        f" check {check[0]:.1f} s ({check[1]:.1f} s of CPU, {check[2]:.0f} MiB),"
        f" run {run[0]:.1f} s ({run[1]:.1f} s of CPU, {run[2]:.0f} MiB);"
        f" {done.state} {done.counts}",
        flush=True,
    )


def worker() -> tuple[float, float, float]:
    """What waits, worked off by a process of its own: seconds without its start, of them its CPU's, and MiB at most."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.intake", "--work"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds, cpu, size = said.stdout.split()[-3:]
    return float(seconds), float(cpu), float(size)


def work_off() -> None:
    """The worker's process."""
    import django

    django.setup()
    from shared.intake.services.work import work
    from tests.support.scopes import as_tenant

    began, cpu = time.perf_counter(), time.process_time()
    with as_tenant(SCHEMA):
        work()
    used: Any = resource.getrusage(resource.RUSAGE_SELF)
    print(time.perf_counter() - began, time.process_time() - cpu, used.ru_maxrss / 1024)


if __name__ == "__main__":
    if sys.argv[1:] == ["--work"]:
        work_off()
    else:
        share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
        run_alone(lambda: measure(round(PEOPLE * share), round(USES * share)))
