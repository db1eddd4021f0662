"""What lies in the broker."""

from __future__ import annotations

import json
import os
import re
from base64 import b64decode
from collections.abc import Callable
from typing import Any, Final

from redis import Redis

ENCODED: Final = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


def queued() -> list[tuple[str, dict[str, Any]]]:
    """Name and arguments of every task that waits for a worker, the oldest first."""
    with Redis.from_url(os.environ["REDIS_URL"]) as broker:
        messages = [json.loads(message) for message in broker.lrange("kashikan:tasks", 0, -1)]
    return [(message["headers"]["task"], json.loads(b64decode(message["body"]))[1]) for message in reversed(messages)]


def everything() -> str:
    """All keys and values that the broker keeps, with what is encoded in them."""
    with Redis.from_url(os.environ["REDIS_URL"]) as broker:
        readers: dict[bytes, Callable[[bytes], object]] = {
            b"string": broker.get,
            b"list": lambda key: broker.lrange(key, 0, -1),
            b"hash": broker.hgetall,
            b"set": broker.smembers,
            b"zset": lambda key: broker.zrange(key, 0, -1),
            b"none": lambda _key: "gone since it was listed",
        }
        kept = repr([(key, readers[broker.type(key)](key)) for key in broker.scan_iter()])
    return kept + "".join(_decoded(text) for text in ENCODED.findall(kept))


def _decoded(text: str) -> str:
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        return ""
