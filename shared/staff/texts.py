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
    "staff_locked": _(
        "この端末からの失敗が続いたため、ログインを一時的に止めています。{minutes}分ほどたってからお試しください。"
    ),
    "staff_one_time_lapsed": _("仮のパスワードの期限が過ぎました。市の担当課に再発行を依頼してください。"),
    "staff_wrong_code": _("確認コードが違うか、すでに使われています。次のコードが表示されてから入力してください。"),
    "staff_wrong_passkey": _("このパスキーは確認できませんでした。このサイトに登録したパスキーを使ってください。"),
    "staff_copied_passkey": _(
        "このパスキーは複製された疑いがあるため、使用を止めました。ほかの方法でログインし、すぐに責任者へ知らせてください。"
    ),
    "staff_challenge_over": _("時間がたったため、パスキーの確認をやり直してください。"),
    "staff_many_passkeys": _("登録できるパスキーは{most}個までです。使わないものを削除してください。"),
    "staff_second_factor_not_begun": _("登録の手続きが途中で終わっています。はじめからやり直してください。"),
}
