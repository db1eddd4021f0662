"""Furigana (ふりがな): in the texts of やさしい日本語 a reading stands behind its kanji, 施設《しせつ》.

On a page it becomes ruby; where no markup may stand (an attribute, a title, an option, a plain text) it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shared.frame.languages import EASY, tag_of

READING: Final = re.compile(r"([㐀-鿿々〆ヶ]+)《([ぁ-ゖー]+)》")
MARKUP: Final = re.compile(
    r"(<(?P<name>title|option|textarea|script|style)\b.*?</(?P=name)\s*>|<[^>]*>)", re.DOTALL | re.IGNORECASE
)
RUBY: Final = r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>"


def with_ruby(html: str) -> str:
    """The page with ruby in its text, and without readings in its tags, titles and options."""
    parts, at = [], 0
    for tag in MARKUP.finditer(html):
        parts += [_text(html[at : tag.start()]), plain(tag[0])]
        at = tag.end()
    return "".join([*parts, _text(html[at:])])


def _text(text: str) -> str:
    """A text between two tags; with ruby in it it becomes one element, which a flexible box does not take apart."""
    made, number = READING.subn(RUBY, text.strip())
    return text.replace(text.strip(), f"<span>{made}</span>") if number else text


def plain(text: str) -> str:
    """The text without readings."""
    return READING.sub(r"\1", text)


class RubyMiddleware:
    """Puts furigana into pages in やさしい日本語, and names their language as what it is: Japanese.

    It stands outside Django's ``LocaleMiddleware``, whose header tells it the language of the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.headers.get("Content-Language") != EASY:
            return response
        response.headers["Content-Language"] = tag_of(EASY)
        kind = response.headers.get("Content-Type", "")
        if not response.streaming and kind.startswith(("text/", "application/json", "application/problem+json")):
            text = response.content.decode()  # type: ignore[attr-defined]  # not a streaming one
            written = with_ruby(text) if kind.startswith("text/html") else plain(text)
            response.content = written.encode()  # type: ignore[attr-defined]
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response
