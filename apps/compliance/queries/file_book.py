"""個人情報ファイル簿 (個人情報保護法75条), from the models' own descriptions, for every facility. Handbook 10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from apps.compliance.queries.facilities import tenant_names
from kernel import clock
from shared.described import Described
from shared.seniorcards import upkeep
from tenants.models import OperatorAssignment, Tenant

PUBLISHED_FROM: Final = 1000
"""People from which the law asks for the register; smaller files are shown with a note."""
PEOPLE: Final = "SELECT tenant, count(*) FROM shared.city_registrant WHERE state <> 'refused' GROUP BY tenant"
DESCRIBED: Final = ("registrants", "bookings")
"""Applications whose models belong to the files below."""


SENSITIVE: Final = {True: _("含む（障害者手帳等による資格区分）"), False: _("含まない")}


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """A 個人情報ファイル as the law has it described."""

    code: str
    name: Any
    purpose: Any
    scope: Any
    collected: Any
    is_sensitive: bool
    given_to: Any


FILES: Final = (
    PersonalFile(
        "registrants",
        _("利用者登録台帳"),
        _("施設の利用者の登録、予約の受付、使用の許可、緊急時の連絡、利用の統計のため"),
        _("施設に利用者登録をした個人と団体（代表者・構成員・緊急連絡先を含む）"),
        _("本人または団体の代表者からの申請（窓口・インターネット）"),
        is_sensitive=False,
        given_to=_("なし（指定管理者に管理業務として取り扱わせる場合を除く）"),
    ),
    PersonalFile(
        "cards",
        _("登録証台帳"),
        _("利用者カードと老人福祉センター・老人憩いの家登録証の交付、重複交付の防止、来館者の確認のため"),
        _("利用者カードの交付を受けた団体、登録証の交付を申請した個人"),
        _("本人または団体の代表者からの申請（窓口）"),
        is_sensitive=True,
        given_to=_("なし（登録証の重複の確認は、氏名等を含まない照合用の符号による）"),
    ),
)


@dataclass(frozen=True, slots=True)
class BookRow:
    """One file of one facility."""

    tenant: Tenant
    file: PersonalFile
    operator: str
    items: list[Any]
    people: int

    @property
    def must_be_published(self) -> bool:
        """Whether the law asks for it."""
        return self.people >= PUBLISHED_FROM

    @property
    def cells(self) -> list[tuple[Any, Any]]:
        """The columns of the register, label and text, in their order."""
        return [
            (_("個人情報ファイルの名称"), f"{self.file.name}（{self.tenant.name}）"),
            (_("行政機関等の名称"), _("印西市長")),
            (_("所管する組織の名称"), self.operator or self.tenant.name),
            (_("利用目的"), self.file.purpose),
            (_("記録項目"), "、".join(f"{number}{label}" for number, label in enumerate(self.items, 1))),
            (_("記録範囲"), self.file.scope),
            (_("収集方法"), self.file.collected),
            (
                _("要配慮個人情報の有無"),
                _("含む（障害者手帳等による資格区分）") if self.file.is_sensitive else _("含まない"),
            ),
            (_("経常的提供先"), self.file.given_to),
            (_("開示請求等を受理する組織"), _("印西市（情報公開・個人情報保護の窓口）")),
            (_("訂正・利用停止の特別の手続"), _("なし")),
            (_("個人情報ファイルの種別"), _("電算処理ファイル")),
            (_("行政機関等匿名加工情報の提案"), _("募集しない")),
        ]


def described_models() -> Iterator[tuple[type[models.Model], Described]]:
    """The models that keep something of a person, with what they declare."""
    for label in DESCRIBED:
        for model in apps.get_app_config(label).get_models():
            described = getattr(model, "describes", None)
            if isinstance(described, Described):
                yield model, described


def items_of(code: str) -> list[Any]:
    """記録項目 of a file: the labels of all its models' fields, each once, in their order."""
    labels = [
        label
        for _model, described in described_models()
        if described.file == code
        for label in described.personal.values()
    ]
    return list(dict.fromkeys(map(str, labels)))


def file_book() -> list[BookRow]:
    """A row for each file of each facility; four statements."""
    counts = {"registrants": _registrants(), "cards": _cards()}
    operators = _operators()
    items = {one.code: items_of(one.code) for one in FILES}
    return [
        BookRow(tenant, one, operators.get(schema, ""), items[one.code], counts[one.code].get(schema, 0))
        for schema, tenant in tenant_names().items()
        for one in FILES
    ]


def _registrants() -> Mapping[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        return dict(cursor.fetchall())


def _cards() -> Mapping[str, int]:
    """登録証 by facility, whatever their state; a card under two keys counts once."""
    found: dict[tuple[str, str], int] = {}
    for one in upkeep.counts():
        place = (one.tenant, one.status)
        found[place] = max(found.get(place, 0), one.cards)
    totals: dict[str, int] = {}
    for (tenant, _status), cards in found.items():
        totals[tenant] = totals.get(tenant, 0) + cards
    return totals


def _operators() -> Mapping[str, str]:
    runs = OperatorAssignment.objects.filter(during__contains=clock.today())
    return dict(runs.values_list("tenant__schema_name", "operator__name"))
