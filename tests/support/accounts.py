"""What a citizen finds in the mail about an account."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from shared.accounts.tokens import text_of
from shared.outbox.models import Message
from tests.support.scopes import as_city


def mails() -> list[str]:
    """The templates of all mails about accounts, the oldest first."""
    with as_city():
        return [name.rsplit("/", 1)[1] for name in _mails().values_list("template", flat=True)]


def mailed_link(template: str) -> str:
    """What stands in the link of the newest mail of ``template``."""
    with as_city():
        mail = _mails().filter(template=f"accounts/mail/{template}").last()
    assert mail is not None, f"no mail {template}"
    return text_of(UUID(mail.context["token"]))


def _mails() -> QuerySet[Message]:
    return Message.objects.filter(template__startswith="accounts/").order_by("created_at")
