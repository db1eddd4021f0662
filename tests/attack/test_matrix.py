"""Every address of every site × everybody who may ask for it × GET and POST, against the reviewed table."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from pytest_django import Settings

from shared.staff.rights import Right
from tests.attack.actors import ACTORS, DENIED, PASSES, SHUT, SIGNS_IN, Actor
from tests.attack.addresses import EXPECTED, SITES, Address, expected, found
from tests.support.entrance import LINE
from tests.support.statements import count_statements

LAST = {"/account/everywhere/", "/logout/"}
"""What ends the session: asked for after everything else."""
WITHOUT_TOKEN = {
    "/language/",
    "/api/schema/",
    "/reminders/stop/<str:link>/",
    "/api/places/<slug:tenant>/facilities/<uuid:facility>/availability/",
    "/places/<slug:tenant>/payments/<slug:provider>/events/",
}
"""The language changes nothing but words; the interface for programs takes no POST; a mail program stops reminders; a
payment provider has no session here, and signs what it says (``test_payment_notices``)."""


def test_the_reviewed_table_has_every_address_and_no_other() -> None:
    listed, coded = set(expected()), {address for site in SITES for address in found(site)}
    missing = [str(address) for address in sorted(coded - listed)]
    stale = [str(address) for address in sorted(listed - coded)]
    assert not missing, f"Review these and add them to {EXPECTED.name}:\n" + "\n".join(missing)
    assert not stale, f"Take these out of {EXPECTED.name}, or change them:\n" + "\n".join(stale)


def test_the_reviewed_table_says_everything_once() -> None:
    places = [(address.site, address.path) for address in expected()]
    assert len(places) == len(set(places))


def fate_of(answer: Any) -> str:
    """What became of a request, as far as the guard decides it."""
    if answer.status_code == 403:
        return SHUT if answer.content == b"403 Forbidden\n" else DENIED
    if answer.status_code == 302 and answer.headers["Location"].startswith("/login/"):
        return SIGNS_IN
    return PASSES if answer.status_code < 500 else f"fails with {answer.status_code}"


def asked_by(actor: Actor) -> list[tuple[Address, str]]:
    """What the actor asks for: all addresses of the site, GET before POST, signing out at the very end."""
    there = [address for address in expected() if address.site == actor.site]
    wanted = [(address, method) for method in ("GET", "POST") for address in there]
    return sorted(wanted, key=lambda one: one[0].path in LAST)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("actor", ACTORS, ids=str)
def test_everybody_gets_what_the_table_says(actor: Actor, settings: Settings) -> None:
    if actor.is_outside and actor.site == "city":
        settings.CITY_NETWORKS = (ip_network(LINE),)
    client = actor.enter()
    cookies = {name: one.value for name, one in client.cookies.items()}
    differences = []
    for address, method in asked_by(actor):
        for name, value in cookies.items():
            client.cookies[name] = value
        answer = client.generic(method, address.sample)
        is_everywhere = address.is_everywhere and method == "POST"
        if (fate := fate_of(answer)) != (wanted := actor.fate(address.asked(method), is_everywhere=is_everywhere)):
            differences.append(f"{method} {address.path}: {fate} ({answer.status_code}), not: {wanted}")
    assert not differences, f"{actor}:\n" + "\n".join(differences)


@pytest.mark.usefixtures("database")
def test_the_comparison_finds_somebody_who_may_too_much_or_too_little() -> None:
    desk = {actor.name: actor for actor in ACTORS if actor.site == "desk"}
    for really, told in (("all roles", "without a role"), ("without a role", "all roles"), ("nobody", "reception")):
        client = desk[really].enter()
        wrong = [
            address
            for address in expected()
            if address.site == "desk"
            and address.right == "registrants_see"
            and fate_of(client.get(address.sample)) != desk[told].fate(address.asked("GET"))
        ]
        assert len(wrong) > 4, f"{really} told as {told}"


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor.name in {"all roles", "citizen"}], ids=str)
def test_every_post_needs_the_token(actor: Actor) -> None:
    client = actor.enter()
    client.handler.enforce_csrf_checks = True
    there = [one for one in expected() if one.site == actor.site and one.path not in WITHOUT_TOKEN]
    taken = [one.path for one in there if client.post(one.sample, {"next": "/"}).status_code != 403]
    assert taken == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor.name == "all roles"], ids=str)
def test_what_staff_see_is_never_stored_by_the_browser(actor: Actor) -> None:
    client = actor.enter()
    there = [one for one in expected() if one.site == actor.site and one.path not in LAST]
    stored = [one.path for one in there if "no-store" not in client.get(one.sample).headers.get("Cache-Control", "")]
    assert stored == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor.name == "all roles"], ids=str)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_page_of_staff_takes_another_method(actor: Actor, method: str) -> None:
    client = actor.enter()
    there = [one for one in expected() if one.site == actor.site]
    taken = {one.path: client.generic(method, one.sample).status_code for one in there}
    assert {path: status for path, status in taken.items() if status != 405} == {}


@pytest.mark.usefixtures("database")
def test_nothing_is_read_or_done_for_somebody_not_signed_in() -> None:
    for site in ("desk", "city"):
        actor = next(one for one in ACTORS if one.site == site and one.name == "nobody")
        client = actor.enter()
        for address in expected():
            if address.site == site and address.to_change != Right.OPEN:
                with count_statements() as statements:
                    client.post(address.sample, {"q": "あ", "text": "備考", "reason": "架空の理由"})
                read = [text for text in statements.texts if "set_config" not in text and "gate." not in text]
                assert read == [], address.path
