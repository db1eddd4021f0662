"""The addresses of the audit's pages, the same at both kinds of staff site, each with that site's right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.models.logs import AuditAlert, LogReview
from apps.compliance.web import log_alerts, log_reviews, logs
from apps.compliance.web.city.about import row_of
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import About, needs

READ_AND_POST: Final = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponse]


def pages(right: Right) -> list[URLPattern]:
    """The patterns for the site whose people have ``right``."""

    def guarded(view: View, method: Callable[[View], View], about: About | None = None) -> View:
        @wraps(view)
        def run(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        return needs(right, about=about)(method(run))

    alert, review = row_of(AuditAlert, "number"), row_of(LogReview, "number")
    return [
        path("log/", guarded(logs.index, require_safe), name="log"),
        path("log/person/", guarded(logs.person_form, READ_AND_POST), name="log_number"),
        path("log/person/<uuid:registrant>/", guarded(logs.person, READ_AND_POST), name="log_person"),
        path("log/alerts/", guarded(log_alerts.alerts, require_safe), name="log_alerts"),
        path(
            "log/alerts/<int:number>/",
            guarded(log_alerts.alert, READ_AND_POST, alert),
            name="log_alert",
        ),
        path("log/reviews/", guarded(log_reviews.reviews, require_safe), name="log_reviews"),
        path(
            "log/reviews/<int:number>/",
            guarded(log_reviews.review, READ_AND_POST, review),
            name="log_review",
        ),
        path(
            "log/reviews/<int:number>/sign/",
            guarded(log_reviews.signed, require_POST, review),
            name="log_review_sign",
        ),
    ]
