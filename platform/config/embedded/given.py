"""Real servers named by the environment: nothing embedded is started beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from config.env import SettingError, database, redis, required

ADMIN_EXAMPLE: Final = "postgresql://postgres:PASSWORD@HOST/postgres"
BROKER_EXAMPLE: Final = "redis://:PASSWORD@HOST:6379/0"
PATIENCE: Final = 10
"""Seconds that a named server has to answer."""


def given_database(environ: Mapping[str, str]) -> str | None:
    """``DATABASE_ADMIN_URL``, else ``DATABASE_URL``, found to answer; None if neither is set.

    Commands that set up a database need a superuser's URL. ``SettingError`` says that the server does not answer.
    """
    name = next((name for name in ("DATABASE_ADMIN_URL", "DATABASE_URL") if environ.get(name, "").strip()), None)
    if name is None:
        return None
    url = required(environ, name, database, ADMIN_EXAMPLE)
    try:
        psycopg.connect(url, connect_timeout=PATIENCE).close()
    except psycopg.OperationalError:
        raise SettingError(name, "names a server that does not answer or refuses the role", ADMIN_EXAMPLE) from None
    return url


def given_broker(environ: Mapping[str, str]) -> str | None:
    """``REDIS_URL``, found to answer; None if it is not set."""
    if not environ.get("REDIS_URL", "").strip():
        return None
    url = required(environ, "REDIS_URL", redis, BROKER_EXAMPLE)
    try:
        with Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE) as client:
            client.ping()
    except RedisError:
        raise SettingError("REDIS_URL", "names a server that does not answer or refuses us", BROKER_EXAMPLE) from None
    return url
