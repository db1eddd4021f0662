"""Who asks of the JSON interface: the account of the site's own session."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from shared.requests import Account, SiteRequest


class SessionAccountAuthentication(BaseAuthentication):
    """The site's own session; a request that changes something needs the CSRF token like any form."""

    def authenticate(self, request: Request) -> tuple[Account, None] | None:
        site_request = cast("SiteRequest", request._request)
        account = site_request.find_account()
        if account is None:
            return None
        check = CSRFCheck(_nothing)
        check.process_request(site_request)
        if check.process_view(site_request, _nothing, (), {}):
            raise PermissionDenied
        return account, None


def _nothing(_request: object) -> HttpResponse:
    return HttpResponse()
