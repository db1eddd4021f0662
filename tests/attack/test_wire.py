"""What reaches the application through a real server: a forged header or line of another protocol is worth nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support import entrance
from tests.support.entrance import INSIDE, LINE, OUTSIDE
from tests.support.gunicorn import web_server
from tests.support.smtp import LOOPBACK
from tests.support.tenants import CHUO
from tests.support.waiting import PATIENCE

ASKED = "GET /login/ HTTP/1.1\r\nHost: chuo.localhost\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """gunicorn behind a proxy that is trusted: this machine."""
    with pytest.MonkeyPatch.context() as patched, ExitStack() as stack:
        patched.setenv("KASHIKAN_TRUSTED_PROXIES", LOOPBACK)
        patched.setenv("KASHIKAN_CERTIFICATE_HEADER", "X-Client-Certificate")
        yield stack.enter_context(web_server(tmp_path_factory.mktemp("web"))).port


def status(port: int, request: str) -> int:
    """The status that the raw ``request`` is answered with."""
    with socket.create_connection((LOOPBACK, port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode())
        line = connection.makefile("rb").readline().split()
    return int(line[1]) if line else 0


@pytest.mark.usefixtures("database")
def test_only_what_the_trusted_proxy_tells_in_its_own_headers_counts(port: int) -> None:
    entrance.only_from(CHUO, LINE)
    proxied = f"{ASKED}X-Forwarded-For: {INSIDE}\r\n\r\n"
    forged = {
        "an underscore": f"{ASKED}X-Forwarded-For: {OUTSIDE}\r\nX_Forwarded_For: {INSIDE}\r\n\r\n",
        "only an underscore": f"{ASKED}X_Forwarded_For: {INSIDE}\r\n\r\n",
        "a certificate with an underscore": f"{ASKED}X_Client_Certificate: {entrance.FINGERPRINT}\r\n\r\n",
        "twice, the true one last": f"{ASKED}X-Forwarded-For: {INSIDE}\r\nX-Forwarded-For: {OUTSIDE}\r\n\r\n",
        "folded": f"{ASKED}X-Forwarded-For: {OUTSIDE}\r\n , {INSIDE}\r\n\r\n",
        "the PROXY protocol": f"PROXY TCP4 {INSIDE} {LOOPBACK} 1 443\r\n{ASKED}\r\n",
        "an absolute address": proxied.replace("GET /", "GET http://yoyaku.localhost/").replace(INSIDE, OUTSIDE),
        "no header at all": f"{ASKED}\r\n",
    }
    assert status(port, proxied) == 200
    told = {name: status(port, text) for name, text in forged.items()}
    assert {name: code for name, code in told.items() if code not in {400, 403}} == {}
