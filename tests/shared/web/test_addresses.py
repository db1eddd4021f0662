"""Addresses of the other sites."""

from __future__ import annotations

import pytest
from django.test import override_settings

from shared.web.addresses import address_of


@pytest.mark.parametrize(
    ("secure", "port", "expected"),
    [
        (False, 8000, "http://chuo.localhost:8000/"),
        (False, None, "http://chuo.localhost/"),
        (True, 8443, "https://chuo.localhost:8443/"),
    ],
)
def test_it_is_as_a_browser_reaches_it(secure: bool, port: int | None, expected: str) -> None:
    with override_settings(SECURE_COOKIES=secure, PORT_SHOWN=port):
        assert address_of("chuo.localhost") == expected


def test_no_host_has_no_address() -> None:
    assert address_of("") == ""
