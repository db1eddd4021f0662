"""How long notices about registrations are kept: as long as the registration that they are about."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.retention import CLOSED_ON
from shared.retention import Erase, Fate, Kind, fiscal

KINDS: Final = (
    Kind(
        code="registration_papers",
        label=_("利用者登録の通知書（決定・不承認・利用停止・抹消）"),
        event=_("抹消・不承認の日（更新がなければ有効期限の日）の属する年度の末日"),
        months=60,
        source=_("登録の記録と同じ5年"),
        fate=Fate.ERASED,
        does=_("通知書の記載事項"),
        stays=_("通知書の番号、発行年月日、種類、発行者"),
        due=(
            "SELECT p.id AS object, p.serial::text AS number, "
            + fiscal(f"CASE WHEN r.state IN ('closed', 'refused') THEN {CLOSED_ON} ELSE r.valid_until END")
            + " AS since, r.id AS person FROM {schema}.bookings_registrationpaper p"
            " JOIN {schema}.registrants_registrant r ON r.id = p.registrant_id"
            " WHERE r.state IN ('closed', 'refused', 'expired')"
        ),
        steps=(Erase("bookings.RegistrationPaper", "id = ANY ({ids})"),),
    ),
)
