"""The sentences for ``shared.accounts.errors`` and ``shared.throttle``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "tried_too_often": _(
        "操作の回数が多いため、受け付けを一時停止しています。{minutes}分ほどたってからお試しください。"
    ),
    "dead_link": _(
        "このリンクは、有効期限が切れているか、すでに使われています。"
        "手続きが済んでいるときは、ログインしてご利用ください。済んでいないときは、はじめから手続きをお願いします。"
    ),
    "wrong_slip": _("再設定番号が違うか、有効期限が切れています。用紙の番号をもう一度確かめてください。"),
    "login_refused": _("IDは、英小文字・数字・「.」「_」「-」の4〜30文字で、英小文字か数字から始めてください。"),
    "login_taken": _("このIDは使えません。ほかのIDにしてください。"),
    "too_many_favourites": _("お気に入りは{most}件までです。使わないものを外してから、もう一度追加してください。"),
    "empty_search": _("日付のほかに条件を指定した検索だけを保存できます。"),
    "reminder_time": _("お知らせの時期と、送らない時間帯を確かめてください。"),
    "wrong_password": _("今のパスワードが違います。"),
    "password_too_short": _("パスワードは{least}文字以上にしてください。"),
    "password_too_common": _("このパスワードは推測されやすいため使えません。ほかのパスワードにしてください。"),
    "password_entirely_numeric": _("数字だけのパスワードは使えません。文字も入れてください。"),
    "password_too_similar": _("IDやメールアドレスに似たパスワードは使えません。ほかのパスワードにしてください。"),
}
