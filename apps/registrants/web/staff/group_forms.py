"""The desk's forms for a group's registration: the shared pieces put together, with the roster beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Registrant
from apps.registrants.queries.judgement import Judgement
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.roster_entry import MemberEntry
from apps.registrants.rules.standing import REASON_LIMIT
from apps.registrants.rules.waiver import Waiver
from apps.registrants.web.fields import GroupKanaField, GroupNameField
from apps.registrants.web.forms import IdentityFields, ItemFields, PersonFields, Section
from apps.registrants.web.staff.register_forms import SeenVersion

TOO_LONG = {"max_length": _("%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。")}
IDENTITY = ("document", "purpose_told")


class GroupFields(PersonFields, ItemFields):
    """A group: its name, its representative, the further items; what a clerk answers to a judgement."""

    birth_date = None  # type: ignore[assignment]  # so Django takes a field away; it is a further item here
    group_name = GroupNameField(label=_("団体名"))
    group_kana = GroupKanaField(label=_("団体名のフリガナ"))
    waiver = forms.CharField(
        label=_("要件を満たさない団体を登録する理由"),
        help_text=_("施設管理責任者が、特に認めて登録するときに入力します。記録に残ります。"),
        max_length=REASON_LIMIT,
        required=False,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    judgement: Judgement | None = None

    @property
    def sections(self) -> Iterator[Section]:
        names = [("family_name", "given_name"), ("family_kana", "given_kana")]
        yield self.section(_("団体"), "group_name", "group_kana")
        yield self.section(_("代表者"), *names, "postal_code", "address", "phone")
        yield from super(PersonFields, self).sections

    @property
    def before_roster(self) -> list[Section]:
        """The sections that stand before the roster."""
        return [section for section in self.sections if not _is_last(section)]

    @property
    def after_roster(self) -> list[Section]:
        """The sections that stand after it: what was shown, or why something changes."""
        return [section for section in self.sections if _is_last(section)]

    @property
    def seen(self) -> set[UUID]:
        """The similar groups of which the clerk says that they are others."""
        typed = self.data.getlist("seen") if hasattr(self.data, "getlist") else []
        return {UUID(text) for text in typed if _is_uuid(text)}

    def entry(self, members: Sequence[MemberEntry]) -> GroupEntry:
        """What the valid form says, with the members of the valid roster."""
        values = self.cleaned_data
        return GroupEntry(values["group_name"], values["group_kana"], self.person(), self.extras(), members)

    def waived(self, *, is_allowed: bool) -> Waiver | None:
        """The waiver, where a reason was written."""
        reason = self.cleaned_data["waiver"]
        return Waiver(reason, is_allowed) if reason else None

    def is_valid_so_far(self) -> bool:
        """Whether it is valid but for what was shown, which a look at the figures does not need."""
        asked = [self.fields[name] for name in IDENTITY if name in self.fields]
        for field in asked:
            field.required = False
        valid = self.is_valid()
        for field in asked:
            field.required = True
        return valid

    @classmethod
    def group_initial(cls, group: Registrant) -> dict[str, Any]:
        """What the fields begin with for a group that is registered."""
        names = {"group_name": group.group_name, "group_kana": group.group_kana, "version": group.version}
        return {**names, **cls.person_initial(group), **cls.items_initial(group.extras)}


class RegisterGroupForm(GroupFields, IdentityFields):
    """Everything that is asked of a group at the counter. ``key`` makes the form, sent twice, register once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class CompleteGroupForm(SeenVersion, GroupFields, IdentityFields):
    """The same for a 仮登録, beginning with what the citizen typed."""


class ChangeGroupForm(SeenVersion, GroupFields):
    """What can be changed of a group."""

    reason = forms.CharField(
        label=_("変更の理由"),
        max_length=REASON_LIMIT,
        required=False,
        help_text=_("例：代表者交代の届出、団体名の変更、名簿の更新"),
        error_messages=TOO_LONG,
    )

    @property
    def sections(self) -> Iterator[Section]:
        yield from super().sections
        yield self.section(_("変更の理由"), "reason")


class DiscardForm(SeenVersion):
    """That the names on a roster may go."""


AnyGroupForm = RegisterGroupForm | CompleteGroupForm | ChangeGroupForm


def _is_last(section: Section) -> bool:
    return section.fields[0].name in ("document", "reason")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
