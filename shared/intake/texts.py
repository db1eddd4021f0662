"""The sentences for ``shared.intake.errors``, and for what can be wrong with a row, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

FILE_TEXTS: Final = {
    "intake_file_empty": _("ファイルに何も書かれていません。"),
    "intake_file_zip": _(
        "ZIPファイル（またはExcelのブック）です。ファイル名だけを変えても読み取れません。開いて、CSV形式で保存し直してください。"
    ),
    "intake_file_excel": _("Excelのブックです。開いて、CSV形式で保存し直してください。"),
    "intake_file_not_text": _("文字のファイルではありません。CSV形式で保存し直してください。"),
    "intake_file_no_encoding": _(
        "文字コードがわかりません（読めない行が{lines}行あります）。UTF-8またはShift_JIS（CP932）で保存し直してください。"
    ),
    "intake_file_too_big": _(
        "ファイルが大きすぎます（{megabytes}MBまで）。年度などで分けて保存し、1つずつ取り込んでください。"
    ),
    "intake_file_cut_off": _("ファイルの送信が途中で切れました。もう一度ファイルを選び、送信してください。"),
    "intake_file_line_too_long": _("1行が長すぎます。改行のあるCSV形式で保存し直してください。"),
    "intake_file_one_column": _("列が1つしか見つかりません。カンマ、タブ、セミコロンのどれかで区切ってください。"),
    "intake_file_no_rows": _("見出しの行だけで、データの行がありません。"),
    "intake_file_no_header": _(
        "1行目が見出しではないようです。表題などの行があれば消し、1行目に列の名前（利用者番号、氏名など）を書いて、"
        "保存し直してください。"
    ),
    "intake_file_line_ends": _("改行の形が古く（CRのみ）、行に分けられません。CSV形式で保存し直してください。"),
    "intake_file_too_many_columns": _("列が多すぎます（{columns}列まで）。"),
}
ROW_TEXTS: Final = {
    "row_broken": _('引用符（"）の対応が取れていないか、引用符のない値の途中に改行があります。'),
    "row_columns": _("列の数が違います（見出しは{expected}列、この行は{found}列）。"),
    "row_undecodable": _("読み取れない文字があります。"),
    "row_headings": _("列の見出しのようです。"),
    "row_left_out": _("この種類の記録にはない項目です。書かれている内容は取り込みません。"),
    "row_twice": _("同じ番号の行がファイルの中にあります（{line}行目）。"),
    "row_missing": _("入力されていません。"),
    "row_text_empty": _("入力されていません。"),
    "row_text_too_long": _("長すぎます（{longest}文字まで）。"),
    "row_text_control_character": _("表示できない文字があります。"),
    "row_text_emoji": _("絵文字は使えません。"),
    "row_text_private_use": _("外字があります。正しい文字に直してください。"),
    "row_text_ditto": _("「同上」や「〃」では、何を指すかわかりません。書き直してください。"),
    "row_text_sheet": _("表計算ソフトのエラーの表示（#N/Aなど）です。元の値に直してください。"),
    "row_text_lost": _("元のシステムで失われた文字（〓、?、###）があります。正しい文字に直してください。"),
    "row_kana": _("フリガナに、かな以外の文字があります。"),
    "row_date_unreadable": _("日付として読めません。"),
    "row_date_no_such_date": _("その日付はありません。"),
    "row_date_outside_era": _("その元号の期間にない日付です。"),
    "row_birth_in_future": _("生年月日が先の日付です。"),
    "row_birth_too_old": _("生年月日が{years}年より前です。"),
    "row_phone": _("電話番号として読めません。"),
    "row_postal": _("郵便番号として読めません。"),
    "row_number": _("数として読めません。"),
    "row_number_too_large": _("数が大きすぎます（{most}まで）。"),
    "row_negative": _("負の数です。"),
    "row_time": _("時刻として読めません。"),
    "row_time_twelve": _("昼の12時か夜の12時か、わかりません。12:00、0:00、24:00のどれかに直してください。"),
    "row_time_next_day": _("翌日にかかる時刻です。開始は23:59まで、終了は24:00までの時刻に直してください。"),
    "row_code_total": _("合計などの行のようです。"),
    "row_code_shortened": _(
        "表計算ソフトが長い番号を縮めたもの（1.2E+11など）です。元のシステムで番号を確かめてください。"
    ),
    "row_choice": _("意味のわからない値です。"),
    "row_known": _("同じ番号の記録が、すでに取り込まれています。"),
}
ERROR_TEXTS: Final = {
    "no_such_intake": _("お探しの取込みはありません。"),
    "intake_in_wrong_state": _("この取込みの状態では、その操作はできません。画面を開き直してください。"),
    "intake_row_decided": _("この行は、すでに処理されています。"),
    "intake_column_twice": _("「{label}」に2つの列が選ばれています。1つにしてください。"),
    "intake_fields_missing": _("次の項目に列を選んでください：{labels}"),
    "intake_mapping_unreadable": _("対応表のファイルとして読めません。この画面から保存したファイルを選んでください。"),
    "intake_mapping_syntax": _("対応表のファイルの{line}行目に、書き方の誤りがあります（引用符、カンマ、括弧など）。"),
    "intake_mapping_other": _(
        "ほかの種類のファイルのための対応表です。このファイルの内容に合う対応表を選んでください。"
    ),
    "intake_mapping_field": _("対応表に、この取込みにはない項目「{name}」があります。"),
    "intake_mapping_twice": _("対応表の中に「{name}」が2回書かれています。1つにしてください。"),
    "intake_not_checked": _("まだ点検していません。項目の対応付けを開き、点検してから取り込んでください。"),
    "intake_stopped": _("この作業は中止されました。"),
    "intake_busy": _("同じ種類のファイルを取込み中です。終わってから、もう一度操作してください。"),
    "intake_reason_missing": _("取り込まない理由を入力してください。"),
    **FILE_TEXTS,
    **ROW_TEXTS,
}
