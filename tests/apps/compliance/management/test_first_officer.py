"""The first ID of 情報政策 is made once, by a command."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from shared.audit.models import AuditEntry
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.scopes import as_city

pytestmark = pytest.mark.usefixtures("database")


def test_it_makes_an_id_whose_password_is_shown_once() -> None:
    told = io.StringIO()
    call_command("first_officer", "架空　職員", stdout=told)
    password = told.getvalue().strip().rpartition(" ")[2]
    with as_city():
        made = StaffAccount.objects.get()
        assert (made.login_id, made.roles, made.check_password(password)) == ("city0000", ["systems"], True)
        assert made.one_time_until is not None
        assert AuditEntry.objects.get().detail == {"act": "first_officer"}


def test_it_is_refused_where_somebody_is_there() -> None:
    factories.city_officer(roles=[Role.SYSTEMS])
    with pytest.raises(CommandError):
        call_command("first_officer", "架空　職員")
