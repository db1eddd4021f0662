"""Views that all three sites share: language, accessibility statement, error pages."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shared.frame.languages import EASY
from shared.staff.rights import Right
from shared.web.guard import needs
from shared.web.problem_schema import PROBLEM

ONE_YEAR = 365 * 24 * 60 * 60
API = "/api/"


@needs(Right.OPEN)
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the posted ``language`` in a cookie and go back to ``next``, on this host only.

    Needs no token: it changes nothing but the words, and pages that anybody may read stay free of cookies.
    """
    response = HttpResponseRedirect(_safe_way_back(request))
    code = request.POST.get("language", "")
    is_offered = code != EASY or getattr(getattr(request, "place", None), "kind", "") == "portal"
    if code in dict(settings.LANGUAGES) and is_offered and check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=ONE_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _safe_way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return "/"


@needs(Right.OPEN)
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """アクセシビリティ方針: the standard we aim at and what is tested."""
    return render(request, "frame/accessibility.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for ``handler400``; our own sentence, where we raised it, says what could not be read."""
    told = str(exception) if type(exception) is BadRequest else ""
    return _error_page(request, HTTPStatus.BAD_REQUEST, told=told)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for ``handler403``; our own sentence, where we raised one, says what is not allowed."""
    return _error_page(request, HTTPStatus.FORBIDDEN, told=str(exception or ""))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 for ``handler404``; the address is not repeated, it may hold what a person typed."""
    return _error_page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for ``handler500``, with the request's number for the telephone."""
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for ``CSRF_FAILURE_VIEW``: nearly always a page that was left open too long.

    411 for a form that was sent without its length, which no browser does: it is not read, so that no token was found.
    """
    if "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
        told = _("送信の大きさが示されていません（Content-Length）。ブラウザの画面から送信してください。")
        return _error_page(request, HTTPStatus.LENGTH_REQUIRED, "400", told)
    return _error_page(request, HTTPStatus.FORBIDDEN, "stale")


def too_long(request: HttpRequest) -> HttpResponse:
    """413 for more than any form of that page sends: it is not read."""
    told = _("送信された内容が大きすぎます。この画面では受け付けていません。")
    return _error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "400", told)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 after too many attempts: throttles and lock-outs."""
    return _error_page(request, HTTPStatus.TOO_MANY_REQUESTS)


def _error_page(request: HttpRequest, status: HTTPStatus, name: str = "", told: str = "") -> HttpResponse:
    """Rendered without the request: whatever failed, no context processor can fail again.

    Below ``/api/`` it is problem+json.
    """
    number = getattr(request, "number", "")
    if request.path.startswith(API):
        title = told or status.phrase
        body = {"type": "about:blank", "title": title, "status": status.value, "code": status.name.lower()}
        return JsonResponse(body | {"number": number}, status=status, content_type=PROBLEM)
    place = getattr(request, "place", None)
    context = {"site": getattr(place, "kind", "portal"), "request_number": number, "told": told}
    page = render_to_string(f"frame/errors/{name or status.value}.html", context)
    return HttpResponse(page, status=status)
