"""How long sent mails are kept (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Erase, Fate, Kind, Place, tokyo

KINDS: Final = (
    Kind(
        code="mails",
        label=_("送信を終えたメールの控え"),
        event=_("送信待ちに入れた日"),
        months=12,
        source=_("送ったかどうかの問合せに答えられる1年"),
        fate=Fate.ERASED,
        does=_("宛先のアカウント、文面のひな形の名前、差し込んだ番号と日時"),
        stays=_("残りません（送信の件数は操作記録にあります）"),
        due=(
            "SELECT m.id AS object, '' AS number, " + tokyo("m.created_at") + " AS since, NULL::uuid AS person"
            " FROM {schema}.outbox_message m WHERE m.state <> 'pending'"
        ),
        steps=(Erase("outbox.Message", "id = ANY ({ids})"),),
        place=Place.BOTH,
    ),
)
