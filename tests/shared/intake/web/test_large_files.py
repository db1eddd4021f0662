"""A file of 200 MB through a real server, and requests that lie about their length: told, and nothing fills up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from kernel import clock
from shared.intake.models import Chunk, Job
from shared.staff.models import StaffSession
from tests import factories
from tests.shared.intake.web.sending import MEGABYTE, Sender, session_of
from tests.support.clients import signed_in
from tests.support.gunicorn import WebServer, web_server
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]
HUGE = 200 * MEGABYTE
GROWTH = 40 * MEGABYTE
"""By which the process may grow: about 5 are usual."""
TOO_BIG = "ファイルが大きすぎます（100MBまで）"
CUT_OFF = "ファイルの送信が途中で切れました"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """gunicorn with one process, so that it is this one whose memory is looked at."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "temporary").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(folder / "temporary"))
        with web_server(folder, workers=1) as running:
            yield running


@pytest.fixture
def sender(server: WebServer, desk: Client) -> Sender:
    return Sender(server.port, session_of(desk))


def kept() -> tuple[int, int]:
    with as_tenant(CHUO):
        return Job.objects.count(), Chunk.objects.count()


def temporary(server: WebServer) -> list[Path]:
    return list((server.log.parent / "temporary").iterdir())


def test_a_file_of_200_megabytes_is_told_beside_its_field_and_nothing_of_it_is_kept(
    server: WebServer, sender: Sender
) -> None:
    assert sender.send(0)[0] == 422  # the code of the page is loaded now
    [process] = server.workers()
    before, grown, written = process.memory_info().rss, 0, 0

    def watch() -> None:
        nonlocal grown, written
        grown = max(grown, process.memory_info().rss - before)
        written = max(written, sum(one.stat().st_size for one in temporary(server)))

    status, text = sender.send(HUGE, watch=watch)
    watch()
    assert (status, text.count(TOO_BIG)) == (413, 2)  # above, and beside the field
    assert (kept(), written, temporary(server)) == ((0, 0), 0, [])
    assert grown < GROWTH
    assert server.workers() == [process]


def test_a_request_that_lies_about_its_length_is_told_and_nothing_is_kept(server: WebServer, sender: Sender) -> None:
    size = 3 * MEGABYTE
    answers = {
        "less than was sent": sender.send(size, told=2 * MEGABYTE),
        "more than was sent": sender.send(size, told=2 * size, is_cut=True),
        "more than may be": sender.send(size, told=HUGE, is_cut=True),
        "none": sender.send(size, is_chunked=True),
    }
    sentences = (CUT_OFF, TOO_BIG, "送信の大きさが示されていません")
    assert {name: (status, [one for one in sentences if one in text]) for name, (status, text) in answers.items()} == {
        "less than was sent": (422, [CUT_OFF]),
        "more than was sent": (422, [CUT_OFF]),
        "more than may be": (413, [TOO_BIG]),
        "none": (411, ["送信の大きさが示されていません"]),
    }
    assert (kept(), temporary(server)) == ((0, 0), [])


def test_who_may_not_send_a_file_is_answered_before_it_is_taken_in(
    server: WebServer, sender: Sender, desk_client: Callable[[str], Client]
) -> None:
    counter = signed_in(desk_client(CHUO), factories.clerk(roles=["reception"]))
    nobody, reception = Sender(server.port, "架空".encode().hex()), Sender(server.port, session_of(counter))
    size = 50 * MEGABYTE
    assert {
        "nobody, where files are taken in": nobody.begin("/intake/new/", size),
        "nobody, where anybody may post": nobody.begin("/login/", size),
        "without the right": reception.begin("/intake/new/", size),
        "to a page that takes none": reception.begin("/registrants/new/", size),
        "who may": sender.begin("/intake/new/", size, within=5),
    } == {
        "nobody, where files are taken in": 302,
        "nobody, where anybody may post": 413,
        "without the right": 403,
        "to a page that takes none": 413,
        "who may": 0,
    }


def test_who_chose_a_file_for_too_long_is_led_to_the_sign_in_page(server: WebServer, sender: Sender) -> None:
    with as_tenant(CHUO):
        StaffSession.objects.update(ended_at=clock.now(), ended_why="everywhere")
    status, answer = sender.send(20 * MEGABYTE)
    assert (status, "Location: /login/" in answer, temporary(server)) == (302, True, [])
    assert sender.send(MEGABYTE, told=20 * MEGABYTE, is_cut=True)[0] == 302
