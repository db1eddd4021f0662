"""The desk's forms for an individual's registration: the shared pieces put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.registrants.queries.duplicates import Candidate
from apps.registrants.rules.standing import REASON_LIMIT
from apps.registrants.services.registering import IndividualEntry
from apps.registrants.web.forms import ContactFields, IdentityFields, ItemFields, PersonFields
from shared.web.forms import seen_version


class SeenVersion(forms.Form):
    """The version of the registrant that the page was made from."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seen_version(self) -> int:
        """The version, or one that no registrant has."""
        return seen_version(self.data)


class OtherPeople(forms.Form):
    """Ticks by which the clerk says of each possible duplicate that it is another person (別人)."""

    candidates: Sequence[Candidate] = ()

    @property
    def others(self) -> set[UUID]:
        """Of whom the clerk has said so."""
        typed = self.data.getlist("others") if hasattr(self.data, "getlist") else []
        return {UUID(text) for text in typed if _is_uuid(text)}


class RegisterForm(OtherPeople, PersonFields, ContactFields, ItemFields, IdentityFields):
    """Everything that is asked of an individual at the counter. ``key`` makes the form, sent twice, register once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def entry(self) -> IndividualEntry:
        """What the valid form says."""
        return IndividualEntry(self.person(), self.contacts(), self.extras())


class CompleteForm(SeenVersion, OtherPeople, PersonFields, ContactFields, ItemFields, IdentityFields):
    """The same for a 仮登録, beginning with what the citizen typed."""

    def entry(self) -> IndividualEntry:
        """What the valid form says."""
        return IndividualEntry(self.person(), self.contacts(), self.extras())


class ChangeForm(SeenVersion, PersonFields, ItemFields):
    """What can be changed of an individual, but the contacts."""

    reason = forms.CharField(
        label=_("変更の理由"),
        max_length=REASON_LIMIT,
        required=False,
        help_text=_("例：転居の届出、誤りの訂正"),
        error_messages={"max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")},
    )

    @property
    def sections(self) -> Any:
        yield from super().sections
        yield self.section(_("変更の理由"), "reason")


class ContactsForm(SeenVersion, ContactFields):
    """The emergency contacts alone; all of them may be taken away."""

    needs_contact = False


class RefuseForm(SeenVersion):
    """不承認, and why."""

    reason = forms.CharField(
        label=_("理由"),
        help_text=_("申請した人に伝える理由を入力してください。"),
        max_length=REASON_LIMIT,
        error_messages={
            "required": _("理由を入力してください。"),
            "max_length": _("理由は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"),
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
