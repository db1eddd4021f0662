"""The sentences for ``shared.catalogue.rules.problems``, by code."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shared.catalogue.rules.problems import Problem

PROBLEM_TEXTS: Final = {
    "no_file": _("ファイルがありません。場所と名前を確認してください。"),
    "no_plain_file": _("フォルダーなどは読み込めません。CSVファイルを指定してください。"),
    "unreadable": _("ファイルを開けません。読み取りの権限を確認してください。"),
    "empty_file": _("ファイルが空です。"),
    "no_rows": _("見出しの行だけで、施設の行がありません。"),
    "too_big": _("ファイルが大きすぎます（上限{megabytes}MB）。ファイルを分けてください。"),
    "line_too_long": _("1行が長すぎます。CSVファイルかどうか確認してください。"),
    "zip": _("ZIPまたはExcel（xlsx）のファイルです。展開するか、CSV形式で保存し直してください。"),
    "excel": _("Excel（xls）のファイルです。CSV形式で保存し直してください。"),
    "utf16": _("文字コードがUTF-16です。UTF-8のCSV形式で保存し直してください。"),
    "not_text": _("文字のファイルではありません。CSVファイルかどうか確認してください。"),
    "no_encoding": _("UTF-8としてもCP932（シフトJIS）としても読めない行が{lines}行あります。"),
    "undecodable": _("{position}バイト目（{byte}）から文字として読めません。"),
    "broken_quotes": _('引用符（"）の付け方が正しくないか、閉じていません。'),
    "heading_twice": _("同じ見出しの列が2つあります。"),
    "heading_missing": _("必須の列がありません。"),
    "wrong_number_of_cells": _("列の数が{found}で、見出しの{wanted}と違います。"),
    "number_twice": _("番号「{number}」は{line}行目にもあります。"),
    "other_municipality": _("指定された市区町村（{code}）と違います。"),
    "empty": _("必須の項目が空です。"),
    "too_long": _("{length}文字あります。{longest}文字以内にしてください。"),
    "broken_character": _("表示できない文字（制御文字など）があります。"),
    "private_character": _("外字があります。標準の文字に置き換えてください。"),
    "code_not_six_digits": _("全国地方公共団体コードは6桁の数字です。先頭の0が失われていないか確認してください。"),
    "code_mistyped": _("全国地方公共団体コードの検査数字が合いません。"),
    "corporate_number_not_thirteen_digits": _("法人番号は13桁の数字です。"),
    "corporate_number_mistyped": _("法人番号の検査数字が合いません。"),
    "no_degrees": _("緯度・経度は「35.832300」のような数で記入してください。"),
    "degrees_outside": _("日本の範囲（{low}から{high}まで）の外です。"),
    "degrees_swapped": _("緯度と経度が逆のようです（{low}から{high}まで）。"),
    "half_a_point": _("緯度と経度は、両方とも記入するか、両方とも空にしてください。"),
    "no_phone": _("電話番号として読めません。「0476-00-0000」のように記入し、複数は「/」で区切ってください。"),
    "no_time": _("時刻は「9:00」のように記入してください（開始は23:59まで、終了は24:00まで）。"),
    "no_url": _("http://またはhttps://で始まるURLを記入してください。"),
}


def sentence(problem: Problem) -> str:
    """A problem with its place, in the language in force: 「12行目「緯度」: …」."""
    text = str(PROBLEM_TEXTS[problem.code]).format(**problem.params)
    if not problem.line:
        return f"{problem.column}: {text}" if problem.column else text
    place = say("{line}行目「{column}」") if problem.column else say("{line}行目")
    return f"{place.format(line=problem.line, column=problem.column)}: {text}"
