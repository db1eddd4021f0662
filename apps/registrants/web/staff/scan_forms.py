"""The form of the scan page."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.registrants.rules.card_code import LIMIT
from apps.registrants.rules.scanning import Outcome
from apps.registrants.web.staff.visit_texts import bands, residences
from shared.catalogue.models import CatalogueFacility
from shared.documents.barcode import text_in
from shared.documents.photo import MOST_BYTES, PhotoError


class ScanForm(forms.Form):
    """The field that a reader types into; or a photograph of the card instead."""

    OPEN: Final = "open"
    VISIT: Final = "visit"
    FAULTS: Final = MappingProxyType(
        {
            Outcome.UNREADABLE: _(
                "カードの番号として読み取れません。日本語入力をオフにして、もう一度読み取るか、番号を入力してください。"
            ),
            Outcome.MISTYPED: _("番号の最後の数字が合いません。番号をもう一度確かめてください。"),
            Outcome.UNKNOWN: _("この番号のカードはありません。"),
        }
    )
    hides_requirement = True
    mode = forms.ChoiceField(
        label=_("読み取ったとき"),
        choices=[(OPEN, _("利用者のページを開く")), (VISIT, _("来館を記録する"))],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": _("どちらかを選んでください。"), "invalid_choice": _("どちらかを選んでください。")},
    )
    facility = forms.TypedChoiceField(
        label=_("施設"),
        coerce=UUID,
        error_messages={"required": _("施設を選んでください。"), "invalid_choice": _("施設を一覧から選んでください。")},
    )
    q = forms.CharField(
        label=_("カードの番号"),
        help_text=_("バーコードリーダーで読み取るか、番号を入力して Enter キーを押してください。"),
        required=False,
        max_length=LIMIT,
        error_messages={"max_length": _("カードの番号ではありません。もう一度読み取ってください。")},
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "spellcheck": "false", "class": "input--20"}
        ),
    )
    photo = forms.FileField(
        label=_("カードの写真"),
        required=False,
        help_text=_("QRコードを写した写真（JPEG・PNG、12MBまで）。読み取ったあとは残りません。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        facilities: Sequence[CatalogueFacility],
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.facilities = facilities
        choices = [(str(one.pk), named_place(one)) for one in facilities]
        self.fields["facility"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["facility"].widget = forms.HiddenInput()
            self.initial.setdefault("facility", choices[0][0])

    def clean(self) -> dict[str, Any]:
        """What was scanned: the field's text, else what the photograph says."""
        values = super().clean() or {}
        if not values.get("q") and values.get("photo"):
            values["q"] = self._read(values["photo"])
        if not values.get("q") and not self.errors:
            self.add_error("q", _("カードを読み取るか、番号を入力してください。"))
        return values

    def place(self) -> UUID | None:
        """The facility that is chosen, else the first."""
        chosen = self.data.get("facility", "") if self.is_bound else self.initial.get("facility", "")
        known = {str(one.pk): one.pk for one in self.facilities}
        return known.get(str(chosen)) or next(iter(known.values()), None)

    def emptied(self) -> ScanForm:
        """The same choices, ready for the next scan."""
        kept = {name: self.data.get(name) for name in ("mode", "facility")}
        return ScanForm(initial=kept, facilities=self.facilities)

    def _read(self, photo: Any) -> str:
        if photo.size > MOST_BYTES:
            self.add_error("photo", _("写真が大きすぎます。12MBまでの写真を選んでください。"))
            return ""
        try:
            text = text_in(photo.read())
        except PhotoError as error:
            told = (
                _("写真が大きすぎます。12MBまでの写真を選んでください。")
                if error.code == "too_large"
                else _("写真として開けません。JPEGかPNGの写真を選んでください。")
            )
            self.add_error("photo", ValidationError(told))
            return ""
        if text is None:
            self.add_error("photo", _("写真からQRコードを読み取れません。明るい所で、コードを大きく写してください。"))
        return text or ""


class CountForm(forms.Form):
    """A visitor without a card: what is known of them, which may be nothing."""

    hides_requirement = True
    prefix = "count"
    facility = forms.TypedChoiceField(
        label=_("施設"),
        coerce=UUID,
        error_messages={"required": _("施設を選んでください。"), "invalid_choice": _("施設を一覧から選んでください。")},
    )
    age_band = forms.ChoiceField(
        label=_("年齢"), required=False, error_messages={"invalid_choice": _("年齢を一覧から選んでください。")}
    )
    residence = forms.ChoiceField(
        label=_("居住区分"), required=False, error_messages={"invalid_choice": _("居住区分を一覧から選んでください。")}
    )

    def __init__(self, data: Any = None, *, facility: UUID | None, facilities: Sequence[CatalogueFacility]) -> None:
        super().__init__(data, initial={"facility": facility})
        named = [(str(one.pk), named_place(one)) for one in facilities]
        self.fields["facility"].choices = named  # type: ignore[attr-defined]
        self.fields["age_band"].choices = _unknown_first(bands())  # type: ignore[attr-defined]
        self.fields["residence"].choices = _unknown_first(residences())  # type: ignore[attr-defined]
        if len(named) == 1:
            self.fields["facility"].widget = forms.HiddenInput()


def named_place(place: CatalogueFacility) -> str:
    """A facility's name in the language of the request."""
    in_english = (get_language() or "").startswith("en")
    return place.name_en if in_english and place.name_en else place.name


def _unknown_first(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [choices[-1], *choices[:-1]]
