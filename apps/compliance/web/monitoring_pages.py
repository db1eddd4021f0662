"""What both sites' pages of the monthly monitoring share."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from apps.compliance.models.monitoring_findings import MonitoringPhoto
from apps.compliance.monitoring_errors import PhoneInTextError, UnknownMonthError
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest
from shared.web.dates import month_from
from shared.web.forms import tell


def shown(request: SiteRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render ``compliance/monitoring/<template>`` in the site's frame."""
    context |= {"frame": f"frame/{request.place.kind}.html", "is_city": request.place.kind == "city"}
    return render(request, f"compliance/monitoring/{template}", context, status=status)


def month_in(text: str) -> dt.date:
    """The month of an address."""
    return month_from(text, default=clock.today())


def told(form: forms.Form, error: DomainError) -> dict[str, Any]:
    """Status and context for a page on which ``error`` stands beside its field."""
    return {"status": tell(form, error), "asks_no_phone": isinstance(error, PhoneInTextError)}


def photo_answer(photo: UUID) -> HttpResponse:
    """A photograph that this site may see; only ever as the PNG that it is, and never stored."""
    found = MonitoringPhoto.objects.filter(pk=photo, removed_at=None).values_list("content", flat=True).first()
    if found is None:
        raise UnknownMonthError
    return HttpResponse(
        bytes(found),
        content_type="image/png",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'inline; filename="photo.png"',
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be shown, and not stored."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
