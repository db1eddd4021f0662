"""How long portal accounts without a registration are kept (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.retention import Automatic, Erase, Fate, Kind, Place, tokyo

OF_THEM: Final = "account_id = ANY ({ids})"
KINDS: Final = (
    Kind(
        code="accounts",
        label=_("どの施設の登録とも結び付かない市民アカウント"),
        event=_("最後にログインした日（なければ作った日）"),
        months=24,
        source=_("登録の標準の有効期間と同じ2年"),
        fate=Fate.ERASED,
        does=_("ログインID、メールアドレス、パスワードの照合値、お気に入りと保存した検索、お知らせメールの設定"),
        stays=_("残りません"),
        due=(
            "SELECT a.id AS object, left(a.id::text, 8) AS number, "
            + tokyo("coalesce(a.last_login, a.created_at)")
            + " AS since, NULL::uuid AS person FROM shared.accounts_portalaccount a"
            " WHERE NOT EXISTS (SELECT FROM shared.accounts_portallink l WHERE l.account_id = a.id)"
        ),
        steps=(
            Erase("accounts.AccountToken", OF_THEM),
            Erase("accounts.PortalSession", OF_THEM),
            Erase("accounts.CalendarLink", OF_THEM),
            Erase("accounts.FavouriteRoom", OF_THEM),
            Erase("accounts.SavedSearch", OF_THEM),
            Erase("accounts.ReminderWish", OF_THEM),
            Erase("accounts.OpeningReminder", OF_THEM),
            Erase("accounts.PortalAccount", "id = ANY ({ids})"),
        ),
        place=Place.SHARED,
        least=6,
    ),
)
AUTOMATIC: Final = (Automatic(_("市民のセッションと確認用の番号"), _("期限が過ぎると毎時の処理で消えます。")),)
