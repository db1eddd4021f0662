"""Nobody listens where the broker should be: no page fails, nothing is lost, and what waits is done when it is back."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.test import Client

from config.embedded.valkey import Valkey
from shared.intake.models import Job, JobState
from tests.shared.intake.files import HANAKO, TARO, csv_of
from tests.shared.intake.web.sending import Sender, session_of
from tests.support.gunicorn import web_server
from tests.support.outbox import until, worker
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


@contextmanager
def broker_that_is_down(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Where a broker of this test's own was until a moment ago, and how it is started again."""
    folder.mkdir()
    broker = Valkey(folder)
    url = broker.ensure()
    program = psutil.Process(int((folder / "pid").read_text())).exe()
    broker.stop()
    try:
        yield url, [program, "valkey.conf"]
    finally:
        broker.stop()


def job() -> Job:
    with as_tenant(CHUO):
        return Job.objects.get()


def test_a_file_waits_for_the_broker_and_is_checked_and_taken_in_when_it_is_back(
    desk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broker_that_is_down(tmp_path / "broker") as (url, again):
        monkeypatch.setenv("REDIS_URL", url)
        with (
            web_server(tmp_path, workers=1) as server,
            worker(tmp_path, KASHIKAN_DEMO="true"),
            worker(tmp_path, program="beat", KASHIKAN_DEMO="true"),
        ):
            browser = Sender(server.port, session_of(desk))
            status, page = browser.hand_over(csv_of(TARO, HANAKO))
            assert (status, page) == (302, f"/intake/{job().pk}/mapping/")
            assert browser.get(page)[0] == 200
            columns = job().mapping["columns"]
            chosen = {f"column{place}": columns[name] for place, name in enumerate(job().header)}
            status, page = browser.post(page, **chosen)
            assert (status, page) == (302, f"/intake/{job().pk}/")
            status, text = browser.get(page)
            assert (status, "まだ始まっていません。ファイルは保管してあり" in text) == (200, True)
            assert job().state == JobState.TO_CHECK
            subprocess.run(again, cwd=tmp_path / "broker", env={"PATH": os.defpath}, check=True)
            until(lambda: job().state == JobState.CHECKED)
            assert browser.post(f"{page}run/")[0] == 302
            until(lambda: job().state == JobState.DONE)
    assert (job().counts["new"], job().counts["refused"]) == (2, 0)
