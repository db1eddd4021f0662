"""Settings from the environment, read once and typed.

A missing or nonsensical value stops the start with a sentence that names the variable, says what is wrong and
gives an example. The sentence never repeats the value: many of them are secrets.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from kernel.name_tokens import KEY_BYTES, TokenKey

SITES: Final = frozenset({"portal", "desk", "city"})
SECRET_LENGTH: Final = 32
SECRET_VARIETY: Final = 8
"""Different characters that a secret has at least: a password typed twice is none."""
MAIL_PORTS: Final = {"smtp": 25, "smtps": 465}
YES: Final = frozenset({"1", "true", "yes", "on"})
NO: Final = frozenset({"0", "false", "no", "off"})

T = TypeVar("T")
D = TypeVar("D")


class SettingError(Exception):
    """A variable is missing or makes no sense. The text is a sentence with an example, and shows no value."""

    def __init__(self, name: str, problem: str, example: str) -> None:
        super().__init__(f"{name} {problem}. For example: {name}={example}")
        self.name = name


class UnfitError(Exception):
    """What a parser says of a text that it cannot take: the rest of a sentence that begins with the name."""


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Mails are written as files into ``path``: the demo and the tests."""

    path: Path


@dataclass(frozen=True, slots=True)
class MailServer:
    """Mails go to an SMTP server; ``tls`` means encrypted from the first byte (``smtps``)."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaymentProvider:
    """A payment provider: the adapter's class, where it answers, and where its payment page is, if elsewhere."""

    name: str
    adapter: str
    base: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class PaymentKey:
    """A secret of one tenant's contract with its payment provider."""

    tenant: str
    kid: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Environment:
    """Every setting that a process takes from its environment; secrets stay out of the repr."""

    database_url: str = field(repr=False)
    """Login role of this process, which owns nothing."""
    database_owner_url: str | None = field(repr=False)
    """``kashikan_owner``: given to migrations and provisioning only."""
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    former_secret_keys: tuple[str, ...] = field(repr=False)
    """Keys of before: what was sealed or signed with them still holds, nothing new is."""
    base_host: str
    """The host that the sites' hosts end in: ``yoyaku.<base_host>``."""
    port_shown: int | None
    """Port in links, where it is not the scheme's own."""
    debug: bool
    demo: bool
    """Whether everybody in this city is invented: mails that are written into a folder may be read on a page."""
    mail: MailFolder | MailServer
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    """Networks whose forwarding headers are believed."""
    certificate_header: str
    """Header in which such a proxy tells the client's certificate; empty if none does."""
    city_networks: tuple[IPv4Network | IPv6Network, ...]
    """From where the city's site is reached; without one, from anywhere."""
    sites: frozenset[str]
    """Which of ``portal``, ``desk`` and ``city`` this process serves."""
    senior_keys: tuple[TokenKey, ...] = field(repr=False)
    """Keys of the 登録証's duplicate check, the one in use first; empty in a process that serves no desk."""
    unused_days: int
    """After how many days without use a staff member's ID is suspended."""
    senior_keep_years: int
    """How long the index keeps what is known of a 登録証 that is void."""
    payment_providers: tuple[PaymentProvider, ...]
    """Providers with which a tenant may have a contract; none: nobody pays online."""
    payment_keys: tuple[PaymentKey, ...] = field(repr=False)
    """The secrets of those contracts."""


def load(environ: Mapping[str, str]) -> Environment:
    """Read all settings; ``SettingError`` for the first that is missing or wrong."""
    return Environment(
        database_url=required(environ, "DATABASE_URL", database, "postgresql://kashikan_web:PASSWORD@HOST/kashikan"),
        database_owner_url=optional(
            environ, "DATABASE_OWNER_URL", database, "postgresql://kashikan_owner:PASSWORD@HOST/kashikan", None
        ),
        redis_url=required(environ, "REDIS_URL", redis, "redis://:PASSWORD@HOST:6379/0"),
        secret_key=required(environ, "KASHIKAN_SECRET_KEY", secret, '"$(openssl rand -base64 48)"'),
        former_secret_keys=optional(environ, "KASHIKAN_FORMER_SECRET_KEYS", secrets, '"$FORMER_KEY,$ONE_BEFORE"', ()),
        base_host=optional(environ, "KASHIKAN_BASE_HOST", host, "yoyaku-shisetsu.example", "localhost"),
        port_shown=optional(environ, "KASHIKAN_PORT_SHOWN", port, "8000", None),
        debug=optional(environ, "KASHIKAN_DEBUG", boolean, "false", False),
        demo=optional(environ, "KASHIKAN_DEMO", boolean, "false", False),
        mail=required(environ, "KASHIKAN_MAIL_URL", mail, "smtps://USER:PASSWORD@HOST:465"),
        trusted_proxies=optional(environ, "KASHIKAN_TRUSTED_PROXIES", networks, "10.0.0.0/8,192.0.2.7", ()),
        certificate_header=optional(environ, "KASHIKAN_CERTIFICATE_HEADER", header, "X-Client-Certificate", ""),
        city_networks=optional(environ, "KASHIKAN_CITY_NETWORKS", networks, "198.51.100.0/24", ()),
        sites=optional(environ, "KASHIKAN_SITES", sites, "portal,city", SITES),
        senior_keys=optional(environ, "KASHIKAN_SENIOR_KEYS", token_keys, '"2026a:$(openssl rand -base64 32)"', ()),
        unused_days=optional(environ, "KASHIKAN_UNUSED_DAYS", unused_days, "90", 90),
        senior_keep_years=optional(environ, "KASHIKAN_SENIOR_KEEP_YEARS", years, "5", 5),
        payment_providers=optional(
            environ,
            "KASHIKAN_PAYMENT_PROVIDERS",
            payment_providers,
            "main=our_adapter.module:Provider@https://api.provider.example|https://pay.provider.example",
            (),
        ),
        payment_keys=optional(environ, "KASHIKAN_PAYMENT_KEYS", payment_keys, "file:///run/secrets/payment-keys", ()),
    )


def required(environ: Mapping[str, str], name: str, parse: Callable[[str], T], example: str) -> T:
    """The parsed value of ``name``; ``SettingError`` if it is missing, blank or unfit."""
    text = environ.get(name, "").strip()
    if not text:
        raise SettingError(name, "is not set", example)
    try:
        return parse(text)
    except UnfitError as unfit:
        raise SettingError(name, str(unfit), example) from None


def optional(environ: Mapping[str, str], name: str, parse: Callable[[str], T], example: str, default: D) -> T | D:
    """Like ``required``, but a missing or blank variable means ``default``."""
    if not environ.get(name, "").strip():
        return default
    return required(environ, name, parse, example)


def url(text: str, *schemes: str) -> SplitResult:
    """A URL with one of ``schemes`` and a port that exists, if it names one."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reading it is what checks it
    except ValueError:
        raise UnfitError("is not a URL") from None
    if parts.scheme not in schemes:
        raise UnfitError(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return parts


def database(text: str) -> str:
    """A libpq URL that names the role and the database; the text itself."""
    url(text, "postgresql", "postgres")
    try:
        parts = conninfo_to_dict(text)
    except psycopg.ProgrammingError:
        raise UnfitError("is not a URL that PostgreSQL understands") from None
    for key, meaning in (("user", "role"), ("dbname", "database")):
        if not parts.get(key):
            raise UnfitError(f"names no {meaning}")
    return text


def redis(text: str) -> str:
    """The URL of a server that speaks the Redis protocol; the text itself."""
    if not url(text, "redis", "rediss").hostname:
        raise UnfitError("names no host")
    return text


def mail(text: str) -> MailFolder | MailServer:
    """Where mails go: ``file:///absolute/folder``, ``smtp://host:port`` or ``smtps://user:password@host:port``."""
    parts = url(text, "file", *MAIL_PORTS)
    if parts.scheme == "file":
        return MailFolder(folder(parts))
    if not parts.hostname:
        raise UnfitError("names no host")
    return MailServer(
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def folder(parts: SplitResult) -> Path:
    """The absolute path of a ``file:`` URL."""
    path = Path(unquote(parts.path))
    if parts.netloc or not path.is_absolute():
        raise UnfitError("must hold an absolute path after file://")
    return path


def integer(text: str, *, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text) or not low <= int(text) <= high:
        raise UnfitError(f"must be a whole number from {low} to {high}")
    return int(text)


def port(text: str) -> int:
    """A TCP port."""
    return integer(text, low=1, high=65535)


def boolean(text: str) -> bool:
    """``true`` or ``false``, as people write them."""
    word = text.lower()
    if word not in YES | NO:
        raise UnfitError("must be true or false")
    return word in YES


def secret(text: str) -> str:
    """A key that nobody guesses: of some length, not one character over and over."""
    if len(text) < SECRET_LENGTH:
        raise UnfitError(f"must have at least {SECRET_LENGTH} characters")
    if len(set(text)) < SECRET_VARIETY:
        raise UnfitError("repeats the same few characters, which anybody guesses")
    return text


def secrets(text: str) -> tuple[str, ...]:
    """Keys that nobody guesses, separated by commas."""
    return tuple(map(secret, _parts(text)))


def host(text: str) -> str:
    """A host name without scheme, port or final dot, in lower case."""
    label = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
    if len(text) > 253 or not re.fullmatch(rf"{label}(\.{label})*", text.lower()):
        raise UnfitError("must be a host name alone, without scheme, port or path")
    return text.lower()


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks (CIDR), separated by commas."""
    try:
        return tuple(ip_network(part) for part in _parts(text))
    except ValueError:
        raise UnfitError("must list addresses or networks such as 10.0.0.0/8, separated by commas") from None


def header(text: str) -> str:
    """The name of an HTTP header: letters, figures and hyphens."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", text):
        raise UnfitError("must be the name of a header, of letters, figures and hyphens")
    return text


def sites(text: str) -> frozenset[str]:
    """Some of ``portal``, ``desk`` and ``city``, separated by commas."""
    chosen = frozenset(_parts(text))
    if not chosen or not chosen <= SITES:
        raise UnfitError("must list some of portal, desk and city, separated by commas")
    return chosen


def years(text: str) -> int:
    """A number of years for which something is kept."""
    return integer(text, low=1, high=30)


def unused_days(text: str) -> int:
    """A number of days without use."""
    return integer(text, low=60, high=90)


def token_keys(text: str) -> tuple[TokenKey, ...]:
    """Keys as ``kid:base64``, separated by commas, or ``file:///path`` of a file that holds them, one a line."""
    if text.startswith("file:"):
        text = _read(folder(url(text, "file")))
    keys = tuple(map(_token_key, _parts(text.replace("\n", ","))))
    if not keys or len({key.kid for key in keys}) < len(keys):
        raise UnfitError("must list keys, each with an id of its own")
    return keys


def payment_providers(text: str) -> tuple[PaymentProvider, ...]:
    """``NAME=MODULE:CLASS@URL``, with ``|URL`` where the payment page has another origin; separated by commas."""
    found = tuple(map(_payment_provider, _parts(text)))
    if len({one.name for one in found}) < len(found):
        raise UnfitError("must name each provider once")
    return found


def _payment_provider(text: str) -> PaymentProvider:
    shape = r"([a-z][a-z0-9_]{0,19})=([A-Za-z0-9_.]+:[A-Za-z0-9_]+)@([^|@]+)(?:\|([^|@]+))?"
    fits = re.fullmatch(shape, text)
    if fits is None:
        raise UnfitError("must list providers as NAME=MODULE:CLASS@URL, separated by commas")
    for address in filter(None, fits.group(3, 4)):
        if not url(address, "https", "http").hostname:
            raise UnfitError("must name the host of each provider")
    return PaymentProvider(fits[1], fits[2], fits[3], page=fits[4] or "")


def payment_keys(text: str) -> tuple[PaymentKey, ...]:
    """Secrets as ``TENANT/ID:SECRET``, separated by commas, or ``file:///path`` of a file with one a line."""
    if text.startswith("file:"):
        text = _read(folder(url(text, "file")))
    keys = tuple(map(_payment_key, _parts(text.replace("\n", ","))))
    if len({(key.tenant, key.kid) for key in keys}) < len(keys):
        raise UnfitError("must give each key of a tenant an id of its own")
    return keys


def _payment_key(text: str) -> PaymentKey:
    fits = re.fullmatch(r"([a-z][a-z0-9_]{1,39})/([a-z0-9-]{1,20}):(\S+)", text)
    if fits is None:
        raise UnfitError("must list keys as TENANT/ID:SECRET, separated by commas")
    return PaymentKey(fits[1], fits[2], secret(fits[3]))


def _token_key(text: str) -> TokenKey:
    kid, _, encoded = text.partition(":")
    try:
        key = TokenKey(kid, base64.b64decode(encoded, validate=True))
    except binascii.Error:
        raise UnfitError("must hold keys in base64 after their ids") from None
    if not re.fullmatch(r"[a-z0-9-]{1,20}", kid):
        raise UnfitError("must begin each key with an id of small letters and figures, and a colon")
    if len(key.secret) != KEY_BYTES or len(set(key.secret)) < SECRET_VARIETY:
        raise UnfitError(f"must hold keys of {KEY_BYTES} random bytes")
    return key


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise UnfitError("names a file that cannot be read") from None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
