"""Every form of every site with every column's name beside its own fields: nobody looks at them.

What is sent is watched while the product reads it. No code goes over the names that were sent, so those that count are
written in the code; and of these all are fields of declared forms, but for the reviewed ones below.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django import forms
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from apps.compliance.web.incident_forms import FirstReportForm
from apps.registrants.models import Registrant
from shared.accounts.models import PortalAccount
from shared.publicuse.models import Order
from shared.staff.models import Role
from shared.staff.rights import CITY_ROLES, DESK_ROLES
from tenants.models import OperatorAssignment
from tests import factories
from tests.attack import strangers
from tests.attack.actors import browser
from tests.attack.addresses import Address, expected
from tests.attack.test_identifiers import told
from tests.attack.watching import Watch, watched
from tests.support import entrance
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_owner, as_portal, as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
LAST: Final = (
    "/account/everywhere/",
    "/places/<slug:tenant>/registrations/<uuid:registrant>/unlink/",
    "/account/end/",
    "/logout/",
)
"""What takes away what the rest needs: asked for once, after everything else."""
MORE: Final = ("id", "pk", "role", "roles", "tenant", "schema", "is_staff", "is_superuser", "state", "created_by")
NO_POST: Final = 405
ROOT: Final = Path(__file__).parents[2]
CHOSEN: Final[dict[Any, object]] = {
    ("/clauses/", "code"): "pledge",
    ("/registers/", "code"): "copies",
    ("/settings/items/", "code"): "gender",
    ("/monitoring/items/", "code"): "papers_locked",
    "act": "hand_over",
    "form": "permit",
    ("/incidents/", "form"): "preliminary",
    "kind": "leaving",
    ("/fees/", "kind"): "tariff",
    ("/settings/bookings/", "name"): "windows",
    ("/office/handover/", "name"): "plan",
    ("/handovers/", "name"): "plan_accepted",
    "document": "permit",
    "part": "conditions",
    "category": "papers",
    "month": "2026-03",
    "year": "2025",
    "field": "phone",
    "deed": "suspend",
    "place": CHUO,
    "position": 1,
}
"""Parameters that choose among what the code lists."""
BESIDE: Final = {
    *("csrfmiddlewaretoken", "version", "seen"),  # the state that the page was made from
    *("day", "facility", "facility_asked"),  # which day or place the page is about; each is looked up, none is written
    *("next", "back", "page", "language"),  # ways back
    *(
        "step",
        "save",
        "keep",
        "more",
        "begin",
        "again",
        "confirmed",
        "load",
        "fill_address",
        "drop",
        "again-purpose",
        "switch",
    ),  # buttons
    *("kind", "valid_from", "code", "tenants", "account"),  # a choice that the view makes out among what there is
    *("person", "chosen", "row", "pasted", "roster-count"),  # rows of a table
    "reason",  # of an act with a card that asks for none: looked at by the page that asks again
    "file-clear",  # Django's own field for files
    *FirstReportForm.base_fields,  # kept while it is typed
}
"""Names that views look at by themselves."""


def columns() -> dict[str, str]:
    """The name of every column of every table, and of what is usually tried; with a value of its own."""
    named = {
        name
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        for name in (one.name, one.attname, one.column)
        if name
    }
    return {name: f"混入{place}" for place, name in enumerate(sorted(named | set(MORE)))}


def filled(form: forms.BaseForm) -> dict[str, Any]:
    """A plausible value for each field of ``form``."""
    return {form.add_prefix(name): _value(form, name, one) for name, one in form.fields.items()}


def _value(form: forms.BaseForm, name: str, one: forms.Field) -> Any:
    if isinstance(begun := form.get_initial_for_field(one, name), str | int | dt.date) and begun != "":
        return begun
    if isinstance(one, forms.ModelChoiceField):
        return "1"
    if isinstance(one, forms.ChoiceField):
        choices: Any = one.choices
        return next((key for key, _ in choices if key), "")
    if isinstance(one, forms.DateTimeField):
        return "2026-03-30T10:00"
    if isinstance(one, forms.DateField):
        return "2026-03-30"
    return {forms.EmailField: "kakuu@mail.example", forms.BooleanField: "on"}.get(type(one), "1")


def things() -> dict[Any, Any]:
    """Identifiers of what is there, for every parameter of every site."""
    ids = strangers.at(CHUO) | CHOSEN
    entrance.only_from(CHUO, "0.0.0.0/0")
    entrance.certificate(CHUO)
    made, _ = entrance.terminal(CHUO)
    given = entrance.grant(CHUO, dt.datetime(2026, 4, 1, tzinfo=dt.UTC), 4)
    with as_owner():
        term = OperatorAssignment.objects.using("owner").get(tenant__schema_name=CHUO)
    group = factories.group(CHUO).pk
    ids |= {(part, "registrant"): group for part in ("/group/", "/roster/discard/", "/members/")}
    with as_tenant(CHUO):
        holder = Registrant.objects.get(pk=ids["registrant"])
    factories.emergency_contact(holder)
    ids |= {"network": entrance.networks_of(CHUO)[0].pk, "terminal": made.pk, "given": given.pk}
    return ids | {"assignment": term.pk, "pk": term.operator_id}


def _desk(_: dict[Any, Any]) -> Client:
    return signed_in(browser("desk"), factories.clerk(roles=list(DESK_ROLES)))


def _city(_: dict[Any, Any]) -> Client:
    factories.city_officer(roles=[Role.SYSTEMS])
    return signed_in(browser("city"), factories.city_officer(roles=list(CITY_ROLES)))


def _portal(ids: dict[Any, Any]) -> Client:
    with as_tenant(CHUO):
        account = Registrant.objects.get(pk=ids["registrant"]).portal_account
    assert account is not None
    with as_portal(account=account):
        found = PortalAccount.objects.get(pk=account)
    return signed_in(browser("portal"), found)


ACTORS: Final[dict[str, Callable[[dict[Any, Any]], Client]]] = {"desk": _desk, "city": _city, "portal": _portal}


def asked_of(site: str) -> list[Address]:
    there = [one for one in expected() if one.site == site]
    return sorted(there, key=lambda one: LAST.index(one.path) + 1 if one.path in LAST else 0)


SENT: Final = ("/inquiries/sent/", "inquiry")
GUARDED: Final = {
    "/intake/rows/<int:row>/": {"state"},  # a cell of the row, read as the column of that name
    "/bookings/": {"state"},  # which bookings the list shows: of one of the states that there are
    "/bookings/file/": {"state"},
    "/accounts/new/": {"roles"},  # whoever keeps the city's accounts chooses roles
    "/accounts/<uuid:account>/": {"roles"},
    "/office/sign-in/<slug:place>/": {"roles"},  # who needs a second factor
    "/person-requests/new/": {"tenant"},  # the city says which facility is asked
}
"""Names that tell who somebody is, or how far something has come, where a form has them. Reviewed."""
BESIDE_AT: Final = {
    "/bookings/<uuid:booking>/penalty/": {"event", "note"},
    "/settings/bookings/<slug:name>/withdraw/": {"key"},  # which of what is to come; it is looked up there
    "/fees/back/": {"table"},  # sent back as it was typed, to go on with
    "/bookings/permit/": {"booking"},  # which of the list, each with the version that it showed
    "/prints/": {"all", "booking"},  # which of the list; each is looked up among the permits
    "/money/unpaid/": {"bookings"},  # which of the overdue; each is looked up among them
    "/series/<uuid:series>/cancel/": {"booking"},  # which of the series; each is looked up in it
    "/series/<uuid:series>/change/": {"booking"},
    "/places/<slug:tenant>/registrations/new/": {
        "group_name",
        "group_kana",
    },  # sent back hidden, for the other kind's form
    "/places/<slug:tenant>/bookings/<uuid:booking>/cancel/": {"cause"},  # one of the facility's terms
}
"""What an address reads beside its form's fields, and looks up or checks before it counts. Reviewed."""
NOT_THERE: Final = {
    "/registrants/<uuid:registrant>/papers/<int:act>/",  # an act of which no notice is made
    "/bookings/<uuid:booking>/documents/<str:form>/",  # a permit that is not given yet
    "/prints/<uuid:job>/file/",
    "/prints/<uuid:job>/call-off/",  # ordered by another clerk
    "/cards/prints/<uuid:job>/file/",
    "/cards/prints/<uuid:job>/call-off/",  # the same
    "/refunds/<uuid:refund>/claim/",  # decided before its paper was kept
    "/settings/documents/<slug:document>/<slug:part>/back/",  # nothing is to come
    "/settings/documents/<slug:document>/preview/",  # of no facility of the house
    "/cards/<uuid:card>/duplicates/<uuid:ticket>/",  # gone after it was asked for
    "/office/person-requests/<uuid:request_id>/files/<uuid:file>/",  # made for another clerk
    "/requests/<int:number>/decline/",  # accepted before
    "/places/<slug:tenant>/bookings/<uuid:booking>/forms/<str:form>/",  # a form for what is not decided
    "/places/<slug:tenant>/bookings/<uuid:booking>/receipts/<uuid:payment>/",  # paid at the counter
    "/office/second-factors/<slug:place>/<uuid:account>/",  # nobody has set one up
    "/rosters/<uuid:submission>/rows/<uuid:row>/carry-out/",  # a row of a change
    "/registrants/<uuid:registrant>/members/<int:position>/reveal/",  # a group without members
    "/account/passkey/begin/",
    "/account/passkey/enter/",
    "/account/passkeys/<uuid:passkey>/",  # another's, or asked for before signing in
    "/office/sign-in-locks/<slug:place>/<int:pair>/",  # nobody is held up
    "/office/foundings/<uuid:founding>/again/",
    "/office/foundings/<uuid:founding>/withdraw/",  # none is asked for
    "/monitoring/<slug:schema>/months/<slug:month>/order/<int:number>/",  # no order was issued
    "/fees/<uuid:facility>/<str:kind>/",  # no table is there
    "/displacements/<uuid:displacement>/notices/",
    "/displacements/<uuid:displacement>/notices/<uuid:hit>/",  # nothing was carried out
    "/penalties/<uuid:measure>/",
    "/penalties/<uuid:measure>/lift/",
    "/penalties/<uuid:measure>/notice/",
    "/series/<uuid:series>/cancel/",
    "/series/<uuid:series>/change/",  # decided, or cancelled, by the post before
    "/settings/bookings/<slug:name>/withdraw/",  # nothing is to come
    "/office/care/",  # shut while a term is open
    "/account/address/<str:link>/",
    "/reminders/stop/<str:link>/",
    "/account/new/<str:link>/",
    "/account/reset/<str:link>/",  # links are secrets
}
"""Addresses where the walk finds nothing to change. Their posts are tried in their own tests."""
URLENCODED: Final = "application/x-www-form-urlencoded"
"""How a thousand names are sent: to write and read them as parts of a multipart body takes most of the walk."""
ROW: Final = re.compile(r"version-[0-9a-f-]{36}|answer-[0-9a-f-]{36}|said-[0-9]+|lines-[0-9]+-[a-z]+")
"""Names with the row that they are about."""


@dataclass(slots=True)
class Seen:
    """What became of the requests to an address."""

    names: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    wholesale: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)

    def add(self, watch: Watch, status: int) -> None:
        self.names |= watch.names()
        self.beside |= watch.beside_forms()
        self.wholesale |= watch.wholesale
        self.statuses.append(status)


def walked(site: str) -> dict[str, Seen]:
    """Post to every address twice: with the names of columns alone, then with its own fields filled beside them."""
    ids, names = things(), columns()
    if site == "portal":
        ids["registrant"] = ids["other"]
    if site == "city":
        ids |= {("/accounts/", "account"): factories.city_officer().pk, ("/senior-cards/", "inquiry"): ids[SENT]}
        with as_city():
            ids["order"] = Order.objects.get().pk
    seen: dict[str, Seen] = defaultdict(Seen)
    fillings: dict[str, dict[str, Any]] = {}
    for addresses in ([one for one in asked_of(site) if one.path not in LAST], asked_of(site)):
        client = ACTORS[site](ids)
        cookies = {name: one.value for name, one in client.cookies.items()}
        for address in addresses:
            for name, value in cookies.items():
                client.cookies[name] = value
            with watched() as watch:
                answer = client.post(told(address, ids), urlencode(names | fillings.get(address.path, {})), URLENCODED)
            seen[address.path].add(watch, answer.status_code)
            with (
                as_tenant(CHUO) if site == "desk" else nullcontext()
            ):  # choices may be read only when they are looked at
                fillings[address.path] = {key: one for form in watch.bound for key, one in filled(form).items()}
    return seen


@pytest.mark.parametrize("site", ACTORS)
def test_no_form_looks_at_what_it_does_not_declare(site: str) -> None:
    seen = {path: one for path, one in walked(site).items() if one.statuses[0] != NO_POST}
    assert {path: one.wholesale for path, one in seen.items() if one.wholesale} == {}
    beside = {path: {name for name in one.beside - BESIDE if not ROW.fullmatch(name)} for path, one in seen.items()}
    assert {path: names for path, names in beside.items() if names - BESIDE_AT.get(path, set())} == {}
    guarded = {path: named for path, one in seen.items() if (named := one.names & set(MORE))}
    assert {path: names for path, names in guarded.items() if names != GUARDED.get(path)} == {}
    assert {path: one.statuses for path, one in seen.items() if max(one.statuses) >= 500} == {}
    assert {path for path, one in seen.items() if min(one.statuses) in {404, 410}} - NOT_THERE == set()


def test_a_view_that_takes_whatever_is_sent_is_found() -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(dict(request.POST.items())) + request.POST.get("is_staff", ""))

    with watched() as watch:
        careless(RequestFactory().post("/", {"name": "架空", "is_staff": "on"}))
    assert watch.wholesale
    assert "is_staff" in watch.beside_forms()


def test_forms_of_models_name_their_fields() -> None:
    get_resolver("config.urls.city").url_patterns  # noqa: B018  # brings in all forms
    get_resolver("config.urls.desk").url_patterns  # noqa: B018
    found = {
        one.__name__: set(one.base_fields) for one in subclasses(forms.ModelForm) if "django" not in one.__module__
    }
    assert set(found) == {"LimitsForm", "TermsForm"}
    assert not (found["LimitsForm"] | found["TermsForm"]) & {"id", "tenant", "changed_at", "changed_by", *MORE} - {
        "given_name"  # whether names that were changed are looked at: no name
    }


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    """All classes made from ``kind``."""
    one: type[Any]
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_attributes_are_set_by_name_in_these_places_alone() -> None:
    """None of them gets a name from a request: services name the columns that an act changes."""
    sources = [path for top in ("apps", "shared", "tenants") for path in (ROOT / top).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in sources if "setattr(" in path.read_text(encoding="utf-8")}
    assert found == {
        "apps/bookings/services/acting.py",
        "apps/bookings/services/apply.py",
        "apps/registrants/services/acting.py",
        "apps/registrants/services/cards/acting.py",
        "shared/catalogue/loading.py",
        "shared/intake/services/work_off.py",
    }
