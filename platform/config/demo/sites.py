"""The sites' addresses, and whether they answer."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from config.demo.children import Child
from config.demo.errors import DemoError
from config.embedded.errors import tail

LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 90.0
REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the demo, as a browser on this machine reaches it."""

    title: str
    host: str
    port: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"


def check_port(port: int) -> None:
    """``DemoError`` if another program listens on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise DemoError(
                f"Port {port} cannot be used ({error.strerror}): another program, perhaps another demo, has it. "
                f"Stop that one, or choose another port: make demo PORT={port + 1}"
            ) from None


def wait_for(sites: Sequence[Site], children: Sequence[Child]) -> None:
    """Return when every site has answered 200; ``DemoError`` if a child ends first or patience does."""
    deadline = time.monotonic() + PATIENCE
    for site in sites:
        while (status := _status(site)) != 200:
            for child in children:
                child.check()
            if time.monotonic() > deadline:
                logs = "".join(f"The end of {child.log}:\n{tail(child.log)}" for child in children)
                raise DemoError(f"{site.address} does not answer as it should: {status or 'nothing'}. {logs}")
            time.sleep(0.2)


def _status(site: Site) -> int:
    """The status of the site's first page behind its redirects; 0 if there is no answer.

    The connection goes to the loopback address, since not every system resolves names under ``localhost``.
    """
    status, url = 0, site.address
    with suppress(OSError, http.client.HTTPException):
        for _ in range(REDIRECTS):
            status, url = _get(url, site)
            if urlsplit(url).hostname != site.host:
                break
    return status


def _get(url: str, site: Site) -> tuple[int, str]:
    connection = http.client.HTTPConnection(LOOPBACK, site.port, timeout=30)
    try:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", path, headers={"Host": parts.netloc})
        response = connection.getresponse()
        location = response.headers.get("Location")
        return response.status, urljoin(url, location) if location else ""
    finally:
        connection.close()
