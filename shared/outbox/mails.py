"""A message as a mail: subject, text and HTML in the recipient's language."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from shared.accounts.tokens import text_of
from shared.frame.languages import EASY, tag_of
from shared.frame.ruby import plain, with_ruby
from shared.outbox.models import Message
from shared.outbox.recipients import Recipient

EMPTY_LINES: Final = re.compile(r"\n{3,}")
LANGUAGES: Final = frozenset(code for code, _ in settings.LANGUAGES)


def mail_of(message: Message, recipient: Recipient, *, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail, to be sent over ``connection``. Its Message-ID is the message's, however often it is made."""
    language = recipient.language if recipient.language in LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        subject, text, html = (_rendered(message, ending) for ending in ("subject.txt", "txt", "html"))
    if language == EASY:
        subject, text, html = plain(subject), plain(text), with_ruby(html)
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=EMPTY_LINES.sub("\n\n", text.strip()) + "\n",
        to=[recipient.address],
        connection=connection,
        headers={
            "Message-ID": f"<{message.pk}@{settings.BASE_HOST}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": tag_of(language),
            **_unsubscribing(message),
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _rendered(message: Message, ending: str) -> str:
    """One part of the mail. Only HTML is escaped: a text mail shows & as it is."""
    template: Any = get_template(f"{message.template}.{ending}")
    values = {**message.context, "portal": portal_address()}
    rendered: str = template.template.render(Context(values, autoescape=ending == "html"))
    return rendered


def _unsubscribing(message: Message) -> dict[str, str]:
    """What lets a mail program stop mails that were chosen (RFC 8058), made of ``stop`` in the message's context."""
    stop = message.context.get("stop")
    if not stop:
        return {}
    address = f"{portal_address()}/reminders/stop/{text_of(UUID(stop))}/"
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def portal_address() -> str:
    """The portal's own address, as links in mails and on documents name it; no slash at its end."""
    return site_address(settings.PORTAL_HOST)


def site_address(host: str) -> str:
    """The address of the site that answers on ``host``; no slash at its end."""
    scheme = "https" if settings.SECURE_COOKIES else "http"
    port = f":{settings.PORT_SHOWN}" if settings.PORT_SHOWN else ""
    return f"{scheme}://{host}{port}"
