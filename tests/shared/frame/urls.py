"""Addresses of the frame alone, with the style guide, and a page that htmx fills."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from shared.frame import styleguide


def swap(request: HttpRequest) -> HttpResponse:
    """A page with a button that asks for more of itself."""
    return render(request, "frame/tests/swap.html")


def more(request: HttpRequest) -> HttpResponse:
    """A fragment: a sentence and a timer, with the status that ``?status=`` asks for."""
    context: dict[str, Any] = styleguide.held()
    return render(request, "frame/tests/_more.html", context, status=int(request.GET.get("status", "200")))


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@csrf_exempt
def received(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("", include("shared.frame.urls")),
    path("frame/styleguide/", styleguide.components),
    path("frame/styleguide/<slug:sample>/", styleguide.sample),
    path("swap/", swap),
    path("swap/more/", more),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("received/", received),
]

handler400 = "shared.frame.views.bad_request"
handler403 = "shared.frame.views.permission_denied"
handler404 = "shared.frame.views.page_not_found"
handler500 = "shared.frame.views.server_error"
