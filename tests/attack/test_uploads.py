"""Whatever is sent as a file: at every form that takes one, markup, pictures that are more than that, bombs, names.

The forms are found in the code: one that is not in ``UPLOADS`` fails.
"""

from __future__ import annotations

import ast
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client

from apps.compliance.models.monitoring_findings import MonitoringPhoto
from apps.compliance.models.roster import RosterRow
from apps.registrants.models import Registrant
from shared.intake.models import Job
from shared.staff.rights import CITY_ROLES, DESK_ROLES
from tests import factories
from tests.apps.compliance import founding, monitoring, rostering
from tests.apps.compliance.photos import PLAIN, jpeg_with_gps
from tests.attack.actors import browser
from tests.shared.intake.files import TARO, csv_of
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
ROOT: Final = Path(__file__).parents[2]
SCRIPT: Final = "<script>alert(1)</script>"
HTML: Final = f"<!doctype html><title>x</title>{SCRIPT}".encode()
SVG: Final = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'.encode()
COMMENT: Final = b"\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML
POLYGLOT: Final = PLAIN[:2] + COMMENT + PLAIN[2:] + HTML
"""A JPEG that shows a picture, with a page in its comment and another behind its end."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that takes a file: who may send it, where, and what stands beside the file."""

    site: str
    address: str
    field: str
    prepare: Callable[[Client], tuple[str, dict[str, str]]]
    """The path, and the other fields."""
    is_picture: bool = False

    def client(self) -> Client:
        if self.site == "city":
            return signed_in(browser("city"), factories.city_officer(roles=list(CITY_ROLES)))
        return signed_in(browser("desk"), factories.clerk(roles=list(DESK_ROLES)))


def _scan(_: Client) -> tuple[str, dict[str, str]]:
    return "/scan/", {"mode": "open", "facility": str(factories.facility().pk)}


def _frame(_: Client) -> tuple[str, dict[str, str]]:
    return "/scan/frame/", {}


def _intake(_: Client) -> tuple[str, dict[str, str]]:
    return "/intake/new/", {"kind": "people", "source": "架空"}


def _mapping(client: Client) -> tuple[str, dict[str, str]]:
    assert sent(client, "/intake/new/", "file", csv_of(TARO), "x.csv", _intake(client)[1]).status_code == 302
    with as_tenant(CHUO):
        return f"/intake/{Job.objects.get().pk}/mapping/", {"load": "1"}


def _roster(_: Client) -> tuple[str, dict[str, str]]:
    return f"/office/roster/{rostering.drafted(rostering.people())}/", {"step": "file"}


def _photos(_: Client) -> tuple[str, dict[str, str]]:
    monitoring.reported()
    return f"/monitoring/{CHUO}/months/2026-03/photos/", {"item": "", "caption": "見本"}


def _founding(_: Client) -> tuple[str, dict[str, str]]:
    return "/office/foundings/new/", {"facility": str(founding.listed().pk), "step": "file"}


UPLOADS: Final = {
    "apps/registrants/web/staff/scan.py: frame": Upload("desk", "/scan/frame/", "photo", _frame, is_picture=True),
    "apps/registrants/web/staff/scan.py: scan": Upload("desk", "/scan/", "photo", _scan, is_picture=True),
    "shared/intake/web/jobs.py: upload": Upload("desk", "/intake/new/", "file", _intake),
    "shared/intake/web/mapping.py: _loaded": Upload("desk", "/intake/<uuid:job>/mapping/", "file", _mapping),
    "apps/compliance/web/staff/roster.py: _from_file": Upload("desk", "/office/roster/<uuid>/", "file", _roster),
    "apps/compliance/web/city/foundings.py: _from_file": Upload("city", "/office/foundings/new/", "file", _founding),
    "apps/compliance/web/city/monitoring.py: add": Upload("city", "/monitoring/…/photos/", "photo", _photos, True),
}
"""Where the code reads files -> the form that sends them there."""
NAMES: Final = (
    f"{'../' * 9}etc/passwd",
    "..\\..\\windows\\x.jpg",
    "/etc/cron.d/x",
    "x\x00.png",
    "x.jpg.html",
    "x.php.jpg",
    f"{SCRIPT}.csv",
    "a" * 3_000 + ".png",
    ".",
    ".htaccess",
    "CON.csv",
    "\u202egpj.exe",
)
TYPES: Final = ("image/jpeg", "text/html", "image/svg+xml", "application/x-php", "text/csv; charset=utf-7", "x")


def _png(width: int, height: int, *, data: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _jpeg(width: int, height: int) -> bytes:
    """``PLAIN`` that says another size."""
    at = PLAIN.index(b"\xff\xc0")
    return PLAIN[: at + 5] + struct.pack(">HH", height, width) + PLAIN[at + 9 :]


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(30 * 2**20))
    return out.getvalue()


BOMBS: Final = {
    "a PNG of four billion pixels": _png(65_500, 65_500, data=zlib.compress(bytes(2**20))),
    "a PNG of 2^31 by 2^31": _png(2**31 - 1, 2**31 - 1, data=b""),
    "a PNG with a large text": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"zTXt" + bytes(100),
    "a JPEG of four billion pixels": _jpeg(65_500, 65_500),
    "a zip of 30 MiB of nothing": _zipped(),
    "30 MiB of nothing by gzip": gzip.compress(bytes(30 * 2**20)),
}
SURPLUS: Final = _png(8, 8, data=zlib.compress(bytes(64 * 2**20)))
"""A small PNG whose data unpack to much more than it shows."""
MARKUP: Final = {"HTML": HTML, "SVG": SVG, "a page behind a picture": POLYGLOT, "half a picture": POLYGLOT[:90]}


def sent(client: Client, path: str, field: str, data: bytes, name: str, said: dict[str, str], kind: str = "x") -> Any:
    """Send a file under a name as it is: Django's own client would clean it."""
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in said.items()]
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    body = b"".join(b"--limit\r\n" + part + b"\r\n" for part in [*parts, head.encode() + data]) + b"--limit--\r\n"
    return client.generic("POST", path, body, content_type="multipart/form-data; boundary=limit")


def readers() -> Iterator[str]:
    """Every function of the product that reads files out of a request."""
    for top in ("apps", "shared", "tenants", "platform"):
        for path in (ROOT / top).rglob("*.py"):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef) and any(
                    isinstance(node, ast.Attribute) and node.attr == "FILES" for node in ast.walk(function)
                ):
                    yield f"{path.relative_to(ROOT)}: {function.name}"


def test_every_form_that_takes_a_file_is_attacked_here() -> None:
    assert set(readers()) == set(UPLOADS)


def test_nothing_but_these_forms_offers_to_send_a_file() -> None:
    pages = [path for top in ("apps", "shared") for path in (ROOT / top).rglob("*.html")]
    forms = len([page for page in pages if "multipart/form-data" in page.read_text(encoding="utf-8")])
    assert forms == len(UPLOADS) - 1, "frames of a camera are sent by the page of a scan"


def test_a_file_comes_to_no_view_but_these() -> None:
    code = [path.read_text(encoding="utf-8") for top in ("apps", "shared") for path in (ROOT / top).rglob("*.py")]
    assert sum(text.count("\n@takes_a_file\n") for text in code) == len(UPLOADS)


def refused(upload: Upload, files: dict[str, bytes]) -> list[str]:
    """What was answered otherwise than by telling that the file is none; and nothing of it is shown as markup."""
    client = upload.client()
    path, said = upload.prepare(client)
    wrong = []
    for what, data in files.items():
        answer = sent(client, path, upload.field, data, "x.jpg", said)
        if answer.status_code not in {413, 422} or SCRIPT in answer.content.decode(errors="replace"):
            wrong.append(f"{what}: {answer.status_code}")
    return wrong


@pytest.mark.parametrize("name", UPLOADS)
def test_bombs_are_told_and_not_unpacked(name: str) -> None:
    assert refused(UPLOADS[name], BOMBS) == []
    assert nothing_is_kept()


@pytest.mark.parametrize("name", UPLOADS)
def test_markup_is_no_picture_and_no_table(name: str) -> None:
    files = {what: data for what, data in MARKUP.items() if not (UPLOADS[name].is_picture and data == POLYGLOT)}
    assert refused(UPLOADS[name], files) == []
    assert nothing_is_kept()


@pytest.mark.parametrize("name", UPLOADS)
def test_no_name_and_no_type_of_a_file_fails_or_makes_one(name: str) -> None:
    upload = UPLOADS[name]
    client = upload.client()
    path, said = upload.prepare(client)
    tries = [*((one, "image/png") for one in NAMES), *(("x.csv", one) for one in TYPES)]
    told = {both: sent(client, path, upload.field, HTML, both[0], said, both[1]) for both in tries}
    assert {both: one.status_code for both, one in told.items() if one.status_code not in {400, 413, 422}} == {}
    assert [both for both, one in told.items() if SCRIPT in one.content.decode()] == []
    assert nothing_is_kept()
    assert list(Path(settings.MEDIA_ROOT).glob("**/*")) == []


def nothing_is_kept() -> bool:
    """No registrant, no photograph, and no row of a roster but the one that was there."""
    with as_tenant(CHUO):
        persons = Registrant.objects.count()
    with as_city():
        return (persons, MonitoringPhoto.objects.count(), RosterRow.objects.count() <= 1) == (0, 0, True)


@pytest.mark.parametrize(
    "photo", [POLYGLOT, jpeg_with_gps(), jpeg_with_gps() + HTML, SURPLUS], ids=["page", "place", "both", "surplus"]
)
def test_of_a_photograph_nothing_is_kept_but_the_picture(photo: bytes) -> None:
    upload = UPLOADS["apps/compliance/web/city/monitoring.py: add"]
    city = upload.client()
    path, said = upload.prepare(city)
    assert sent(city, path, upload.field, photo, "x.jpg.html", said, "text/html").status_code == 302
    with as_city():
        kept = MonitoringPhoto.objects.get()
    content = bytes(kept.content)
    shown = city.get(f"/monitoring/photos/{kept.pk}/")
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown) == content
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(content) < 10_000
    assert [word for word in (b"script", b"html", b"Exif", b"GPS", b"eXIf", b"tEXt") if word in content] == []
