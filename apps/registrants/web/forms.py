"""The pieces of which registration forms are made, for individuals and groups, at the desk and on the portal.

A page's form takes the mixins that it needs and names their fields by sections::

    class RegisterForm(PersonFields, ContactFields, ItemFields, IdentityFields): ...
    form = RegisterForm(request.POST, items=collected_for("individual"))
    form.person(), form.contacts(), form.extras(), form.cleaned_data["document"]

``sections`` of the form then gives the template (``registrants/_sections.html``) its groups of fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import IdentityDocument, Registrant
from apps.registrants.queries.items import Collected
from apps.registrants.rules.entry import CONTACT_NAME_LIMIT, RELATION_LIMIT, Contact, Person
from apps.registrants.web.fields import (
    AddressField,
    KanaField,
    LineField,
    NameField,
    PhoneField,
    PostalField,
    item_field,
)
from shared.web.birth_date import BirthDateField
from shared.web.postal import FillsAddress

CONTACTS: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of fields that stand together under a heading, with a sentence about them."""

    title: str | Promise
    note: str | Promise
    rows: Sequence[Sequence[BoundField]]

    @property
    def fields(self) -> list[BoundField]:
        """All fields, row by row."""
        return [field for row in self.rows for field in row]


class Sectioned(forms.Form):
    """A form whose fields stand in sections; each mixin adds its own to ``sections``."""

    errors_at: str = ""
    """The id of the part of the page that errors of no single field are about; the list of errors leads there."""

    @property
    def sections(self) -> Iterator[Section]:
        """The sections in the order in which the mixins are named."""
        return iter(())

    def visible_fields(self) -> list[BoundField]:
        """The fields in the order in which the page shows them, so that a list of errors reads from top to bottom."""
        shown = [field.name for section in self.sections for field in section.fields]
        place = {name: position for position, name in enumerate(shown)}
        return sorted(super().visible_fields(), key=lambda field: place.get(field.name, len(place)))

    def leave_unjudged(self) -> None:
        """Show what was typed without judging it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def section(self, title: str | Promise, *names: str | Sequence[str], note: str | Promise = "") -> Section:
        """A section of the fields with ``names``; names in a sequence stand side by side where there is room."""
        rows = [[name] if isinstance(name, str) else name for name in names]
        return Section(title, note, [[self[name] for name in row] for row in rows])


class PersonFields(FillsAddress, Sectioned):
    """An individual: name, kana, birth date, address, phone. A representative's form removes ``birth_date``."""

    person_title: ClassVar[Any] = _("氏名")
    family_name = NameField(label=_("姓"))
    given_name = NameField(label=_("名"))
    family_kana = KanaField(label=_("姓のフリガナ"))
    given_kana = KanaField(label=_("名のフリガナ"))
    birth_date = BirthDateField(
        label=_("生年月日"), help_text=_("年の欄に S23.4.1 や 1948-04-01 のように続けて入力することもできます。")
    )
    postal_code = PostalField(label=_("郵便番号"))
    address = AddressField(label=_("住所"), help_text=_("番地、建物名、部屋番号まで入力してください。"))
    phone = PhoneField(label=_("電話番号"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["postal_code"]
        if isinstance(field, PostalField):
            field.known = str(self.initial.get("postal_code", ""))

    @property
    def sections(self) -> Iterator[Section]:
        born = ["birth_date"] if "birth_date" in self.fields else []
        yield self.section(self.person_title, ("family_name", "given_name"), ("family_kana", "given_kana"), *born)
        yield self.section(_("住所と電話番号"), "postal_code", "address", "phone")
        yield from super().sections

    def person(self) -> Person:
        """The person of the valid form."""
        values = {name: self.cleaned_data.get(name) for name in Person.__dataclass_fields__}
        return Person(**values)  # type: ignore[arg-type]  # a valid form has them all

    @staticmethod
    def person_initial(registrant: Registrant) -> dict[str, Any]:
        """What the fields begin with for one who is registered."""
        return {name: getattr(registrant, name) for name in Person.__dataclass_fields__}


class ContactFields(Sectioned):
    """One or two emergency contacts (緊急連絡先). The second may be left out; ``needs_contact`` is of the first."""

    needs_contact = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position in CONTACTS:
            required = self.needs_contact and position == 1
            self.fields |= {
                f"contact{position}_name": LineField(
                    limit=CONTACT_NAME_LIMIT, label=_("連絡先の氏名"), required=required
                ),
                f"contact{position}_relation": LineField(
                    limit=RELATION_LIMIT,
                    label=_("続柄"),
                    required=False,
                    help_text=_("例：長女、夫、知人"),
                    widget=forms.TextInput({"class": "input--10", "autocomplete": "off"}),
                ),
                f"contact{position}_phone": PhoneField(label=_("連絡先の電話番号"), required=required),
            }

    @property
    def sections(self) -> Iterator[Section]:
        note = _("ご家族など、もしものときに連絡のつく方です。本人の了解を得てご記入ください。")
        yield self.section(_("緊急連絡先（1人目）"), *_contact_fields(1), note=note)
        yield self.section(_("緊急連絡先（2人目）"), *_contact_fields(2), note=_("いなければ空欄のままにします。"))
        yield from super().sections

    def clean(self) -> dict[str, Any] | None:
        """A contact is whole, or is left out."""
        values = super().clean()
        for position in CONTACTS:
            name, relation, phone = _contact_fields(position)
            for needed in (name, phone):
                given = any(self.cleaned_data.get(one) for one in (name, relation, phone))
                if given and needed not in self.errors and not self.cleaned_data.get(needed):
                    self.add_error(needed, __("入力してください。"))
        return values

    def contacts(self) -> list[Contact]:
        """The contacts of the valid form, the first to be called first."""
        read = [[self.cleaned_data[name] for name in _contact_fields(position)] for position in CONTACTS]
        return [Contact(*values) for values in read if values[0]]

    @staticmethod
    def contacts_initial(contacts: Sequence[Any]) -> dict[str, str]:
        """What the fields begin with for ``contacts`` that are kept."""
        return {
            f"contact{position}_{name}": getattr(contact, name)
            for position, contact in enumerate(contacts, 1)
            for name in ("name", "relation", "phone")
        }


class ItemFields(Sectioned):
    """The further items that the tenant collects, each with its purpose of use beside it."""

    def __init__(self, *args: Any, items: Sequence[Collected], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for one in items:
            purpose = __("利用目的：%(purpose)s") % {"purpose": one.purpose}
            self.fields[f"item_{one.item.code}"] = item_field(one.item, purpose=purpose, required=one.is_required)

    @property
    def sections(self) -> Iterator[Section]:
        if self.items:
            yield self.section(_("そのほかの項目"), *(f"item_{one.item.code}" for one in self.items))
        yield from super().sections

    def extras(self) -> dict[str, str | bool]:
        """``Registrant.extras`` of the valid form: what was answered."""
        given = {one.item.code: self.cleaned_data[f"item_{one.item.code}"] for one in self.items}
        return {code: value for code, value in given.items() if value}

    @staticmethod
    def items_initial(extras: dict[str, Any]) -> dict[str, Any]:
        """What the fields begin with."""
        return {f"item_{code}": value for code, value in extras.items()}


class IdentityFields(Sectioned):
    """What was shown at the counter (本人確認), and that the purpose of use was told. No number, no copy."""

    document = forms.ChoiceField(
        label=_("確認した書類"),
        choices=IdentityDocument,
        widget=forms.RadioSelect,
        help_text=_("確認した書類の種類と、確認した人・日時だけを記録します。番号や写しは残しません。"),
        error_messages={
            "required": _("確認した書類を選択してください。"),
            "invalid_choice": _("確認した書類を選択してください。"),
        },
    )
    purpose_told = forms.BooleanField(
        label=_("利用目的を本人に説明した"),
        error_messages={"required": _("利用目的を説明してから、チェックを入れてください。")},
    )

    @property
    def sections(self) -> Iterator[Section]:
        yield from super().sections
        yield self.section(_("本人確認と利用目的の説明"), "document", "purpose_told")


def _contact_fields(position: int) -> tuple[str, str, str]:
    return f"contact{position}_name", f"contact{position}_relation", f"contact{position}_phone"
