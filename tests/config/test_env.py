"""Settings from the environment: what is taken, and the sentence that refuses the rest."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from config.env import Environment, MailFolder, MailServer, SettingError, load

KEY = "0123456789abcdef-0123456789ABCDEF"
GIVEN = {
    "DATABASE_URL": "postgresql://kashikan_web:open-sesame@db.example/kashikan",
    "REDIS_URL": "redis://:open-sesame@cache.example:6379/0",
    "KASHIKAN_SECRET_KEY": KEY,
    "KASHIKAN_MAIL_URL": "file:///srv/mail",
}


def loaded(**changed: str) -> Environment:
    return load({**GIVEN, **changed})


def refusal(**changed: str) -> str:
    with pytest.raises(SettingError) as caught:
        loaded(**changed)
    return str(caught.value)


def test_the_least_environment_has_defaults_for_the_rest() -> None:
    assert loaded() == Environment(
        database_url=GIVEN["DATABASE_URL"],
        database_owner_url=None,
        redis_url=GIVEN["REDIS_URL"],
        secret_key=KEY,
        former_secret_keys=(),
        base_host="localhost",
        port_shown=None,
        debug=False,
        demo=False,
        mail=MailFolder(Path("/srv/mail")),
        trusted_proxies=(),
        certificate_header="",
        city_networks=(),
        sites=frozenset({"portal", "desk", "city"}),
        senior_keys=(),
        unused_days=90,
        senior_keep_years=5,
        payment_providers=(),
        payment_keys=(),
    )


def test_every_variable_is_read() -> None:
    full = loaded(
        DATABASE_OWNER_URL="postgres://kashikan_owner@/kashikan?host=/run/pg",
        KASHIKAN_BASE_HOST="Yoyaku.Inzai.example",
        KASHIKAN_PORT_SHOWN="8443",
        KASHIKAN_DEBUG="Yes",
        KASHIKAN_DEMO="on",
        KASHIKAN_MAIL_URL="smtps://kan%40inzai:p%3Aw@mail.example",
        KASHIKAN_TRUSTED_PROXIES="10.0.0.0/8, 2001:db8::1",
        KASHIKAN_CERTIFICATE_HEADER="X-Client-Certificate",
        KASHIKAN_CITY_NETWORKS="198.51.100.0/24",
        KASHIKAN_SITES="desk, city",
    )
    assert full.database_owner_url == "postgres://kashikan_owner@/kashikan?host=/run/pg"
    assert (full.base_host, full.port_shown) == ("yoyaku.inzai.example", 8443)
    assert (full.debug, full.demo) == (True, True)
    assert full.mail == MailServer(host="mail.example", port=465, tls=True, user="kan@inzai", password="p:w")
    assert full.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("2001:db8::1"))
    assert full.sites == {"desk", "city"}


def test_a_plain_smtp_server_needs_no_user_and_has_its_own_port() -> None:
    assert loaded(KASHIKAN_MAIL_URL="smtp://mail.example").mail == MailServer("mail.example", 25, False, "", "")


@pytest.mark.parametrize("name", sorted(GIVEN))
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_missing_variable_is_named_with_an_example(name: str, blank: str | None) -> None:
    environ = {key: value for key, value in GIVEN.items() if key != name} | ({name: blank} if blank is not None else {})
    with pytest.raises(SettingError, match=rf"^{name} is not set\. For example: {name}=\S"):
        load(environ)


def test_former_keys_are_listed_and_stay_out_of_the_repr() -> None:
    environment = loaded(KASHIKAN_FORMER_SECRET_KEYS=f"{KEY}1, {KEY}2")
    assert environment.former_secret_keys == (f"{KEY}1", f"{KEY}2")
    assert KEY not in repr(environment)


def test_a_blank_optional_variable_counts_as_not_given() -> None:
    assert loaded(KASHIKAN_PORT_SHOWN=" ", KASHIKAN_SITES="", DATABASE_OWNER_URL="") == loaded()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DATABASE_URL", "mysql://web:hush-hush@db/k", "must begin with postgresql:// or postgres://"),
        ("DATABASE_URL", "postgresql://db.example/hush-hush", "names no role"),
        ("DATABASE_URL", "postgresql://hush-hush@db.example", "names no database"),
        ("DATABASE_URL", "postgresql://web@db:hush-hush/k", "is not a URL"),
        ("DATABASE_URL", "postgresql://web@db/k?hush-hush=1", "is not a URL that PostgreSQL understands"),
        ("DATABASE_OWNER_URL", "hush-hush", "must begin with postgresql:// or postgres://"),
        ("REDIS_URL", "http://hush-hush@cache:6379", "must begin with redis:// or rediss://"),
        ("REDIS_URL", "redis:///hush-hush", "names no host"),
        ("REDIS_URL", "redis://:hush-hush@cache:99999", "is not a URL"),
        ("KASHIKAN_SECRET_KEY", "hush-hush", "must have at least 32 characters"),
        ("KASHIKAN_SECRET_KEY", "hush-hush" * 9, "repeats the same few characters, which anybody guesses"),
        ("KASHIKAN_FORMER_SECRET_KEYS", f"{KEY},hush-hush", "must have at least 32 characters"),
        ("KASHIKAN_BASE_HOST", "https://hush-hush.example", "must be a host name alone"),
        ("KASHIKAN_BASE_HOST", "hush-hush-.example", "must be a host name alone"),
        ("KASHIKAN_PORT_SHOWN", "hush-hush", "must be a whole number from 1 to 65535"),
        ("KASHIKAN_PORT_SHOWN", "0", "must be a whole number from 1 to 65535"),
        ("KASHIKAN_PORT_SHOWN", "65536", "must be a whole number from 1 to 65535"),
        ("KASHIKAN_PORT_SHOWN", "８０００", "must be a whole number from 1 to 65535"),
        ("KASHIKAN_DEBUG", "hush-hush", "must be true or false"),
        ("KASHIKAN_DEMO", "hush-hush", "must be true or false"),
        ("KASHIKAN_MAIL_URL", "hush-hush", "must begin with file:// or smtp:// or smtps://"),
        ("KASHIKAN_MAIL_URL", "file://hush-hush/mail", "must hold an absolute path"),
        ("KASHIKAN_MAIL_URL", "smtps://hush-hush:secret@", "names no host"),
        ("KASHIKAN_TRUSTED_PROXIES", "10.0.0.0/8,hush-hush", "must list addresses or networks"),
        ("KASHIKAN_SITES", "portal,hush-hush", "must list some of portal, desk and city"),
        ("KASHIKAN_SITES", ",", "must list some of portal, desk and city"),
    ],
)
def test_nonsense_is_refused_by_a_sentence_that_does_not_repeat_it(name: str, value: str, problem: str) -> None:
    text = refusal(**{name: value})
    assert text.startswith(f"{name} {problem}")
    assert f". For example: {name}=" in text
    assert "hush-hush" not in text


def test_nothing_of_the_value_hides_in_the_chain_of_causes() -> None:
    with pytest.raises(SettingError) as caught:
        loaded(KASHIKAN_TRUSTED_PROXIES="hush-hush")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_secrets_stay_out_of_the_repr() -> None:
    shown = repr(loaded(KASHIKAN_MAIL_URL="smtps://user:open-sesame@mail.example"))
    assert "open-sesame" not in shown
    assert KEY not in shown
