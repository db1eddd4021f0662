from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from shared.frame import views


def test_it_remembers_the_language(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/accessibility/"})
    assert '<html lang="en">' in client.get("/accessibility/").text


def test_it_goes_back_to_where_the_reader_was(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/accessibility/?page=2"})
    assert answer.headers["Location"] == "/accessibility/?page=2"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_host(client: Client, target: str) -> None:
    answer = client.post("/language/", {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["fr", "", "../../etc", "x" * 10_000])
def test_a_language_that_we_do_not_speak_changes_nothing(client: Client, language: str) -> None:
    answer = client.post("/language/", {"language": language})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_language_is_not_changed_by_a_link(client: Client) -> None:
    assert client.get("/language/").status_code == 405


def test_the_language_cookie_is_out_of_reach_of_scripts(client: Client) -> None:
    cookie = client.post("/language/", {"language": "en"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_page_that_anybody_may_read_sets_no_cookie(client: Client) -> None:
    assert client.get("/accessibility/").cookies.output() == ""


def test_the_policy_that_the_browser_tests_run_under_is_strict(client: Client) -> None:
    policy = client.get("/accessibility/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("address", "status"), [("/forbidden/", 403), ("/nothing/here/", 404), ("/broken/", 500)])
def test_an_error_has_a_page_of_its_own(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, "トップページへ" in answer.text) == (status, True)


def test_an_error_page_does_not_repeat_the_address(client: Client) -> None:
    assert "yamada" not in client.get("/yamada-hanako/").text


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.csrf_failure, 403), (views.too_many_requests, 429), (views.server_error, 500)],
)
def test_an_error_page_shows_the_number_of_the_request(
    view: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    request = HttpRequest()
    request.number = "abc123"  # type: ignore[attr-defined]  # as ErrorNumberMiddleware gives it
    answer = view(request)
    assert (answer.status_code, "<code>abc123</code>" in answer.text) == (status, True)


def test_an_expired_form_says_that_nothing_was_sent() -> None:
    assert "送信を中止しました" in views.csrf_failure(HttpRequest()).text


def test_a_form_without_its_length_is_told_so() -> None:
    request = HttpRequest()
    request.META["HTTP_TRANSFER_ENCODING"] = "chunked"
    answer = views.csrf_failure(request)
    assert (answer.status_code, "送信の大きさが示されていません" in answer.text) == (411, True)
