"""A clerk with a person before them, and what is typed for that person."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.test import Client

from apps.registrants.models import Registrant, RegistrantState
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

TYPED: Final = {
    "family_name": "見本",
    "given_name": "京子",
    "family_kana": "みほん",
    "given_kana": "ｷｮｳｺ",
    "birth_date_era": "昭和",
    "birth_date_year": "23",
    "birth_date_month": "4",
    "birth_date_day": "1",
    "postal_code": "270-1327",
    "address": "千葉県印西市大森2364-2",
    "phone": "0476005111",
    "contact1_name": "見本　花子",
    "contact1_relation": "長女",
    "contact1_phone": "０９０−００００−０００１",
    "document": "passport",
    "purpose_told": "on",
}


class Counter:
    """Registers one person by the desk's pages."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.key = str(uuid.uuid4())

    def send(self, page: str = "/registrants/new/", **typed: Any) -> Any:
        form = TYPED | {"key": self.key} | typed
        return self.client.post(page, {name: text for name, text in form.items() if text is not None})

    def registrants(self) -> list[Registrant]:
        with as_tenant(CHUO):
            return list(Registrant.objects.all())


def provisional(**values: Any) -> Registrant:
    """A 仮登録 as the portal makes it."""
    from tests import factories

    return factories.individual(state=RegistrantState.PROVISIONAL, **values)


def shown(response: Any) -> str:
    """The page's text."""
    return str(response.content.decode())
