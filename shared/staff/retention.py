"""How long signs about sign-ins are kept (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Automatic, Erase, Fate, Kind, Place, tokyo

KINDS: Final = (
    Kind(
        code="sign_ins",
        label=_("職員のログインの注意の記録"),
        event=_("記録した日"),
        months=36,
        source=_("操作記録と同じ3年。不正なログインの調査に使う"),
        fate=Fate.ERASED,
        does=_("いつ、どこから、どのような注意があったか"),
        stays=_("残りません（ログインの件数は操作記録にあります）"),
        due=(
            "SELECT e.id AS object, '' AS number, " + tokyo("e.at") + " AS since, NULL::uuid AS person"
            " FROM {schema}.staff_signinevent e"
        ),
        steps=(Erase("staff.SignInEvent", "id = ANY ({ids})"),),
        key="bigint",
        place=Place.BOTH,
        least=12,
    ),
)
AUTOMATIC: Final = (
    Automatic(
        _("終わったセッションとログインの試行"),
        _("毎時の処理で消えます。試行は接続元と職員を復元できない形です。"),
    ),
)
