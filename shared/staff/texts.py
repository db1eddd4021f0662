"""The sentences for ``shared.staff.errors``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ERROR_TEXTS: Final = {
    "staff_password_short": _("パスワードは{least}文字以上にしてください。"),
    "staff_password_few_kinds": _(
        "英大文字・英小文字・数字・記号のうち、{kinds}種類以上を混ぜたパスワードにしてください。"
    ),
    "staff_password_numeric": _("数字だけのパスワードは使えません。文字も入れてください。"),
    "staff_password_guessed": _(
        "このパスワードは推測されやすいため使えません。関係のない言葉をいくつか並べると、長くて覚えやすくなります。"
    ),
    "staff_password_similar": _("IDや氏名に似たパスワードは使えません。ほかのパスワードにしてください。"),
    "staff_password_used_before": _("最近{history}回に使ったパスワードは使えません。ほかのパスワードにしてください。"),
    "staff_wrong_password": _("今のパスワードが違います。"),
}
