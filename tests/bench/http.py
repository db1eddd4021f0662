"""A small load: some connections that send prepared requests one after another, as fast as they are answered."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.support.waiting import joined

HOST = "127.0.0.1"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


PORTS = (_free_port(), _free_port())
"""One for each web process: the connections are dealt out evenly, as a proxy would."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, ``Location`` and content of an answer."""

    status: int
    location: str
    content: bytes


@dataclass(slots=True)
class Load:
    """How a load went: requests a second and the time of one in milliseconds."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failures: list[Answer] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1] * 1000


class Browser:
    """One kept-alive connection with its cookies."""

    def __init__(self, host: str, cookies: str = "", *, number: int = 0) -> None:
        self.number = number
        self._host = host
        self._cookies = cookies
        self._socket = socket.create_connection((HOST, PORTS[number % len(PORTS)]))
        self._file = self._socket.makefile("rb")

    def get(self, path: str) -> Answer:
        return self._send(f"GET {path} HTTP/1.1", b"")

    def post(self, path: str, form: Sequence[tuple[str, str]]) -> Answer:
        return self._send(f"POST {path} HTTP/1.1", urlencode(form).encode())

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _send(self, line: str, body: bytes) -> Answer:
        head = f"{line}\r\nHost: {self._host}\r\nCookie: {self._cookies}\r\n"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + body)
        return self._read()

    def _read(self) -> Answer:
        status = int(self._file.readline().split()[1])
        location, length = "", 0
        while (line := self._file.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode().partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "location":
                location = urlsplit(value.strip()).path
        return Answer(status, location, self._file.read(length))


def run(browsers: Sequence[Browser], work: Callable[[Browser, int], Answer], *, count: int, expect: int) -> Load:
    """Spread ``count`` calls of ``work(browser, number)`` over the browsers; every answer has the status ``expect``."""
    load, numbers, lock = Load(), iter(range(count)), threading.Lock()

    def drive(browser: Browser) -> None:
        for number in _shared(numbers, lock):
            began = time.perf_counter()
            answer = work(browser, number)
            load.times.append(time.perf_counter() - began)
            if answer.status != expect:
                load.failures.append(answer)

    threads = [threading.Thread(target=drive, args=(browser,), daemon=True) for browser in browsers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    joined(*threads, within=3600)
    load.seconds = time.perf_counter() - began
    return load


def _shared(numbers: Iterator[int], lock: threading.Lock) -> Iterator[int]:
    while True:
        with lock:
            number = next(numbers, None)
        if number is None:
            return
        yield number
