"""The demo's mails on a page: ``/mails/``. Addresses only where every person is invented."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared.outbox.letters import Letter, letter, letters
from shared.staff.rights import Right
from shared.web.guard import needs

SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A mail brings its own styles, as mails do, and may do nothing else."""


def mail_pages() -> list[URLPattern]:
    """The addresses, if this is a demo whose mails go into a folder; else none."""
    if not (settings.DEMO and settings.EMAIL_FILE_PATH):
        return []
    return [
        path("mails/", inbox, name="mails"),
        path("mails/<uuid:number>/", read, name="mail"),
        path("mails/<uuid:number>/html/", read_html, name="mail_html"),
    ]


@needs(Right.OPEN)
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first."""
    return render(request, "outbox/inbox.html", {"letters": letters(_folder())})


@needs(Right.OPEN)
@require_safe
@never_cache
def read(request: HttpRequest, number: UUID) -> HttpResponse:
    """One mail's text."""
    found = _found(number)
    trail = [(_("送信したメール"), reverse("mails")), (found.subject, "")]
    return render(request, "outbox/letter.html", {"letter": found, "trail": trail})


@needs(Right.OPEN)
@require_safe
@never_cache
def read_html(request: HttpRequest, number: UUID) -> HttpResponse:
    """One mail's HTML, alone on its page."""
    return HttpResponse(_found(number).html, headers={"Content-Security-Policy": SEALED})


def _found(number: UUID) -> Letter:
    found = letter(_folder(), number)
    if found is None:
        raise Http404
    return found


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)
