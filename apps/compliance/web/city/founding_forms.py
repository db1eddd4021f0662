"""The form of a founding: everything that is wrong is told beside its field before anything is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.compliance.founding_texts import FAULT_TEXTS
from apps.compliance.models.founding import Founding
from apps.compliance.queries.founding import known_names, wanted_of
from apps.compliance.rules.access import check_width, network_of
from apps.compliance.rules.bodies import check_operator, members_of, number_of
from apps.compliance.rules.founding import Known, Proposal, faults, propose
from apps.compliance.rules.roster import Bounds
from apps.compliance.services.founding.furnish import kept
from apps.compliance.web.city.agreement_forms import YEARS_AHEAD, OperatorForm, TermsForm, text
from apps.compliance.web.staff.roster_forms import People
from kernel import clock
from kernel.errors import DomainError
from shared.catalogue.models import CatalogueFacility
from shared.problems import problem_of
from shared.web.fields import DayField
from tenants.models import FeeRegime, Operator, OperatorKind

NEW: Final = "new"
"""Before the names of the fields of an operator that is not known yet."""
SECTIONS: Final = (
    (_("窓口の名前"), ("name", "name_en", "ordinance_title", "document_symbol", "number_prefix")),
    (_("データとホスト名"), ("schema_name", "host")),
    (_("運営者"), ("operator",)),
    (_("指定期間と料金"), ("first", "last", "fee_regime")),
    (
        _("協定"),
        ("agreement_number", "personal_version", "security_version", "privacy_officer", "security_officer"),
    ),
    (_("接続元"), ("networks", "is_wide")),
)


class FoundingForm(TermsForm):
    """A new tenant, without its operator, if that is new too, and without its people."""

    name = text(_("窓口の名称"), 100, help_text=_("施設名か、複合施設の名称です。"))
    name_en = text(_("名称（英語）"), 100, required=False)
    ordinance_title = text(_("条例の名称"), 100, help_text=_("様式に引用する、設置及び管理に関する条例です。"))
    document_symbol = text(_("文書記号"), 20, help_text=_("文書番号の頭に付きます。例：印総福セ"))
    number_prefix = text(_("登録番号の記号"), 4, help_text=_("利用者の登録番号とIDの頭に付く、英大文字1〜4字です。"))
    schema_name = text(
        _("スキーマ名"), 40, help_text=_("この施設のデータの置き場所の名前です。あとから変えられません。")
    )
    host = text(_("ホスト名"), 63)
    operator = forms.ModelChoiceField(
        label=_("登録済みの運営者"),
        queryset=Operator.objects.order_by("name"),
        required=False,
        empty_label=_("新しい運営者を登録する"),
        error_messages={"invalid_choice": _("運営者を選択してください。")},
    )
    first = DayField(
        label=_("指定期間の始まりの日"), farthest=YEARS_AHEAD, help_text=_("この日の0時から、窓口にログインできます。")
    )
    last = DayField(
        label=_("指定期間の終わりの日"),
        farthest=YEARS_AHEAD,
        required=False,
        help_text=_("市の直営で期間の定めがなければ、空欄にします。"),
    )
    fee_regime = forms.ChoiceField(label=_("料金の扱い"), choices=FeeRegime.choices, widget=forms.RadioSelect)
    networks = forms.CharField(
        label=_("接続元の範囲"),
        max_length=1200,
        required=False,
        help_text=_("1行に1つ。窓口のページはこの範囲からだけ開けます。例：203.0.113.0/24"),
        widget=forms.Textarea({"rows": 3}),
    )
    is_wide = forms.BooleanField(label=_("とても広い範囲でも登録する"), required=False)

    field_order = tuple(name for _legend, names in SECTIONS for name in names)

    def __init__(self, *args: Any, facilities: Sequence[CatalogueFacility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facilities = facilities
        self.fields["host"].help_text = gettext("窓口のアドレスは https://○○.%(domain)s/ になります。") % {
            "domain": settings.BASE_HOST
        }
        self.new_operator = OperatorForm(self.data if self.is_bound else None, prefix=NEW, use_required_attribute=False)

    def clean_networks(self) -> list[str]:
        """Each line in its canonical form."""
        found, is_wide = [], bool(self.data.get(self.add_prefix("is_wide")))
        for place, line in enumerate(filter(str.strip, self.cleaned_data["networks"].splitlines()), start=1):
            try:
                network = network_of(line)
                check_width(network, confirmed=is_wide)
            except DomainError as error:
                told = gettext("%(line)s行目：") % {"line": place} + problem_of(error).text
                self.add_error("networks", told)
            else:
                found.append(str(network))
        return found

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("operator") and "operator" not in self.errors:
            self._check_new_operator()
        for name, fault in faults(wanted_of(self.row()), known_names()).items():
            if name not in self.errors and (name in self.fields or name == "facilities"):
                self.add_error(name if name in self.fields else None, str(FAULT_TEXTS[fault]))
        return values

    def row(self, roster: Sequence[dict[str, Any]] = ()) -> Founding:
        """The founding, unsaved; of an invalid form what can be told of it."""
        said = self.cleaned_data
        texts = ("schema_name", "host", "name", "name_en", "number_prefix", "document_symbol", "ordinance_title")
        today = clock.today()
        return Founding(
            **{name: said.get(name, "") for name in (*texts, *TEXTS_OF_TERMS)},
            **{name: said.get(name, 1) for name in ("personal_version", "security_version")},
            facilities=[facility.pk for facility in self.facilities],
            operator=said.get("operator"),
            new_operator={} if said.get("operator") else self.new_operator_said(),
            first=said.get("first") or today,
            last=said.get("last") or (None if "last" not in self.errors else today),
            fee_regime=said.get("fee_regime", ""),
            networks=said.get("networks", []),
            roster=list(roster),
        )

    def new_operator_said(self) -> dict[str, Any]:
        """What ``save_operator`` takes, as far as it was typed well."""
        return dict(getattr(self.new_operator, "cleaned_data", {}))

    def bounds(self) -> Bounds:
        """What the operator and the term allow the people of the roster."""
        said, today = self.cleaned_data, clock.today()
        known: Operator | None = said.get("operator")
        return Bounds(_bodies(known) if known else self._new(), said.get("first") or today, said.get("last"), today)

    def _new(self) -> tuple[str, ...]:
        said = self.new_operator_said()
        try:
            members = tuple(body.name for body in members_of(said.get("members", "")))
        except DomainError:
            members = ()
        return members or tuple(filter(None, [said.get("name", "").strip()]))

    def _check_new_operator(self) -> None:
        form = self.new_operator
        if not form.is_valid():
            return
        said = form.cleaned_data
        try:
            members, number = members_of(said["members"]), number_of(said["corporate_number"])
            check_operator(is_manager=said["kind"] == OperatorKind.MANAGER, number=number, members=members)
        except DomainError as error:
            problem = problem_of(error)
            form.add_error(problem.field or None, problem.text)
        if Operator.objects.filter(name=said["name"].strip()).exists():
            form.add_error("name", gettext("同じ名称の運営者が登録されています。上の一覧から選んでください。"))

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with it or with a new operator."""
        good = self.is_valid()
        return good and (bool(self.cleaned_data["operator"]) or self.new_operator.is_valid())

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Legend -> fields, as the page shows them."""
        return [(legend, [self[name] for name in names]) for legend, names in SECTIONS]


def _bodies(operator: Operator) -> tuple[str, ...]:
    return tuple(member.name for member in operator.members.all()) or (operator.name,)


TEXTS_OF_TERMS: Final = ("agreement_number", "privacy_officer", "security_officer")


def facilities_of(chosen: Sequence[str]) -> list[CatalogueFacility]:
    """The facilities that were chosen, in the order of the catalogue; nonsense is left out."""
    keys = [key for key in map(_uuid, chosen) if key]
    return list(CatalogueFacility.objects.filter(pk__in=keys))


def free_facilities(known: Known) -> list[CatalogueFacility]:
    """Those that are in no tenant and in no founding that is open."""
    return [one for one in CatalogueFacility.objects.filter(tenant=None) if one.pk not in known.held]


def proposed(facilities: Sequence[CatalogueFacility], known: Known) -> Mapping[str, Any]:
    """What the form begins with: names made of the first facility's, none of them taken."""
    first = facilities[0]
    found: Proposal = propose(first.slug, first.name_en, known)
    return {
        "name": first.name,
        "name_en": first.name_en,
        "ordinance_title": gettext("%(name)sの設置及び管理に関する条例") % {"name": first.name},
        "schema_name": found.schema,
        "host": found.label,
        "number_prefix": found.prefix,
        "fee_regime": FeeRegime.PUBLIC_FEE,
    }


def roster_of(people: People | None) -> list[dict[str, Any]] | None:
    """The people as the row keeps them; None while something is wrong with one."""
    entries = people.entries() if people else []
    return None if entries is None else [kept(one) for one in entries]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
