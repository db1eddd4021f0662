"""Pages that no product would have: they run raw SQL and do what a bug might do, behind the real middleware."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.cache import cache_page

from apps.registrants.models import Registrant
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs
from tenants.scope import desk_scope, enter


def rows(statement: str) -> list[list[Any]]:
    """All rows of ``statement``; empty for one that returns none."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [list(row) for row in cursor.fetchall()] if cursor.description else []


def run(request: HttpRequest) -> HttpResponse:
    """The rows of the statement in ``?sql=``."""
    return JsonResponse({"rows": rows(request.GET["sql"])}, json_dumps_params={"default": str})


def who(request: SiteRequest) -> HttpResponse:
    """The signed-in account's id, and the role, the schema and the account that PostgreSQL works for."""
    account = request.find_account()
    [found] = rows("SELECT current_user, current_schema(), current_setting('kashikan.account', true)")
    return JsonResponse({"account": str(account.pk) if account else None, "database": found})


@transaction.atomic
def fail(_request: HttpRequest) -> HttpResponse:
    """A bug in the middle of a transaction that PostgreSQL has aborted already."""
    try:
        rows("SELECT 1 / 0")
    finally:
        raise RuntimeError("a bug")


def become(request: HttpRequest) -> HttpResponse:
    """Tries to go on as another tenant inside a transaction."""
    with transaction.atomic():
        enter(desk_scope(request.GET["schema"]))
    return HttpResponse()


def remember(request: HttpRequest) -> HttpResponse:
    """What the cache has under one key, or the host if it has nothing."""
    return HttpResponse(cache.get_or_set("greeting", request.get_host()))


@cache_page(60)
def cached(request: HttpRequest) -> HttpResponse:
    """A page that is kept whole."""
    return HttpResponse(request.get_host())


def visit(request: SiteRequest) -> HttpResponse:
    """Begins a session without an account."""
    request.session["visited"] = True
    return HttpResponse()


def stream(_request: HttpRequest) -> StreamingHttpResponse:
    """Reads only while it is being sent, when the request's unit of work is over."""

    def parts() -> Iterator[bytes]:
        yield str(Registrant.objects.count()).encode()

    return StreamingHttpResponse(parts())


PAGES = (run, who, fail, become, remember, cached, visit, stream)
urlpatterns = [path(f"{view.__name__}/", needs(Right.OPEN)(view)) for view in PAGES]
urlpatterns.append(path("places/<slug:schema>/who/", needs(Right.OPEN)(lambda request, schema: who(request))))
