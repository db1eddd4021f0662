"""Giving a document its 確認番号: what anybody may be told of it, kept beside it under a random mark."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import salted_hmac

from apps.bookings.documents.data import Check
from apps.bookings.models import PaperMark
from apps.bookings.rules.paper_codes import MARK_BYTES, Coded, code_of
from apps.bookings.services.papers import Papers
from shared.outbox.mails import portal_address

PATH = "/verify/"


def keys() -> list[bytes]:
    """The keys that codes are made with, the one in use first, then those of before."""
    return [
        salted_hmac("bookings.papers", "code", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def marked(papers: Papers, kind: str, number: str, **subject: Any) -> tuple[PaperMark, Check]:
    """The unsaved row for a document numbered ``number``, and what is printed of it.

    ``subject`` is the document, payment or measure, unless that is made with what this gives.
    """
    row = PaperMark(
        mark=secrets.token_hex(MARK_BYTES),
        kind=kind,
        number=number,
        issued_on=papers.on,
        facility=papers.issuer.full_facility,
        issuer=papers.decider,
        **subject,
    )
    code = code_of(Coded(papers.issuer.tenant, row.mark), keys()[0])
    page = f"{portal_address()}{PATH}"
    text = papers.wording.line("common.check", {})
    return row, Check(text, code, page, f"{page}?{urlencode({'code': code})}")
