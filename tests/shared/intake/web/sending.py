"""A manager's browser at a real server, byte by byte: what it sends may be no form at all."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests.shared.intake.files import HANAKO, csv_of
from tests.support.smtp import LOOPBACK
from tests.support.tenants import CHUO
from tests.support.waiting import PATIENCE

MEGABYTE: Final = 1000**2
SECRET: Final = "k" * 32
LIMIT: Final = "limit"
TEXT: Final = csv_of(*[HANAKO] * 20_000)[:MEGABYTE]
"""A megabyte of a file."""
END: Final = f"\r\n--{LIMIT}--\r\n".encode()


def session_of(desk: Client) -> str:
    """The key of the session of a browser that is signed in."""
    return str(desk.cookies[settings.SESSION_COOKIE_NAMES["desk"]].value)


@dataclass(frozen=True, slots=True)
class Sender:
    """The browser, with its session, and the server's port."""

    port: int
    session: str

    def send(
        self,
        size: int,
        *,
        told: int = 0,
        is_chunked: bool = False,
        is_cut: bool = False,
        watch: Callable[[], None] = lambda: None,
    ) -> tuple[int, str]:
        """Status and text of what is answered to a file of ``size`` bytes.

        ``told``: a Content-Length that is not the true one. ``is_cut``: the connection ends before the last boundary.
        ``watch`` is called after each piece.
        """
        end = b"" if is_cut else END
        whole = told or len(_form()) + size + len(end)
        length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {whole}"
        with socket.create_connection((LOOPBACK, self.port), timeout=60) as connection:
            connection.sendall(self._head(length))
            with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has everything
                for piece in _pieces(size, end):
                    connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" if is_chunked else piece)
                    watch()
                connection.sendall(b"0\r\n\r\n" if is_chunked else b"")
                if is_cut:
                    connection.shutdown(socket.SHUT_WR)
            answer = connection.makefile("rb").read().decode(errors="replace")
        found = re.match(r"HTTP/1.1 ([0-9]{3})", answer)
        return (int(found[1]) if found else 0), answer

    def begin(self, path: str, size: int, *, within: float = PATIENCE) -> int:
        """Status of what is answered to a file of ``size`` bytes of which only the beginning was sent; 0 for nothing
        within so many seconds."""
        length = f"Content-Length: {len(_form()) + size + len(END)}"
        with socket.create_connection((LOOPBACK, self.port), timeout=within) as connection:
            connection.sendall(self._head(length, path) + _form() + TEXT[:1000])
            with suppress(TimeoutError):
                return int(connection.recv(12)[9:])
        return 0

    def hand_over(self, data: bytes) -> tuple[int, str]:
        """Status and page of what a file of this kind is answered with: where that leads, or the page itself."""
        return self._ask("POST", "/intake/new/", _form() + data + END, f"multipart/form-data; boundary={LIMIT}")

    def post(self, path: str, **said: str) -> tuple[int, str]:
        """Likewise for a form without a file."""
        body = urlencode(said | {"csrfmiddlewaretoken": SECRET}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def get(self, path: str) -> tuple[int, str]:
        """Likewise for a page."""
        return self._ask("GET", path)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=60)
        try:
            connection.request(method, path, body, self._headers() | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", "") or answer.read().decode()
        finally:
            connection.close()

    def _head(self, length: str, path: str = "/intake/new/") -> bytes:
        headers = self._headers() | {"Content-Type": f"multipart/form-data; boundary={LIMIT}", "Connection": "close"}
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), length]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _headers(self) -> dict[str, str]:
        cookie = f"{settings.SESSION_COOKIE_NAMES['desk']}={self.session}; csrftoken={SECRET}"
        return {"Host": f"{CHUO}.localhost:{self.port}", "Cookie": cookie}


def _form() -> bytes:
    """The form up to where the file's bytes begin."""
    said = {"csrfmiddlewaretoken": SECRET, "kind": "people", "source": "旧システム"}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in said.items()]
    file = 'Content-Disposition: form-data; name="file"; filename="old.csv"\r\nContent-Type: text/csv\r\n\r\n'
    return "".join(f"--{LIMIT}\r\n{part}\r\n" for part in parts).encode() + f"--{LIMIT}\r\n{file}".encode()


def _pieces(size: int, end: bytes) -> Iterator[bytes]:
    yield _form()
    for _ in range(size // MEGABYTE):
        yield TEXT
    if last := TEXT[: size % MEGABYTE] + end:
        yield last
