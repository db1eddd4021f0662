"""Which column is read into which field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.errors import ColumnTwiceError, FieldsMissingError, UnreadableMappingError
from shared.intake.rules.mapping import ColumnMap, check, from_file, from_json, guess, to_file
from shared.intake.rules.target import Field

FIELDS = (
    Field("key", "番号", ("利用者番号", "ID"), is_required=True),
    Field("phone", "電話", ("電話番号", "TEL")),
    Field("kind", "区分", ("区分",), choices=(("a", "個人"), ("b", "団体")), meanings={"1": "a"}),
)
HEADER = ["利用者 番号", "ＴＥＬ", "電話番号", "備考"]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def test_columns_are_guessed_by_their_headings_each_field_once() -> None:
    assert guess(HEADER, FIELDS).columns == {"利用者 番号": "key", "ＴＥＬ": "phone", "電話番号": "", "備考": ""}


def test_what_was_chosen_before_goes_before_a_guess() -> None:
    known = ColumnMap({"電話番号": "phone", "ＴＥＬ": ""})
    assert guess(HEADER, FIELDS, known).columns == {"利用者 番号": "key", "ＴＥＬ": "", "電話番号": "phone", "備考": ""}


def test_a_field_that_is_needed_has_a_column_or_a_value() -> None:
    with pytest.raises(FieldsMissingError):
        check(ColumnMap({"備考": "phone"}), FIELDS)
    check(ColumnMap({"備考": "phone"}, {"key": "1"}), FIELDS)


def test_two_columns_of_one_field_are_refused() -> None:
    with pytest.raises(ColumnTwiceError):
        check(ColumnMap({"a": "key", "b": "key"}), FIELDS)


def test_texts_mean_what_the_clerk_said_then_what_they_usually_do() -> None:
    meanings = ColumnMap(values={"kind": {"１": "b", "サークル": "b", "？": ""}}).meanings(FIELDS)["kind"]
    assert (meanings["1"], meanings["サークル"], meanings["個人"], "?" in meanings) == ("b", "b", "a", False)


@given(
    st.dictionaries(TEXT, st.sampled_from(["key", "phone", "kind", ""])),
    st.dictionaries(st.sampled_from(["key", "kind"]), TEXT),
    st.dictionaries(st.just("kind"), st.dictionaries(TEXT, TEXT)),
)
def test_a_mapping_is_the_same_after_its_file(
    columns: dict[str, str], constants: dict[str, str], values: dict[str, dict[str, str]]
) -> None:
    mapping = ColumnMap(columns, constants, values)
    assert from_file(to_file(mapping, kind="people", source="旧"), kind="people", fields=FIELDS) == mapping
    assert from_json(mapping.as_json()) == mapping


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        from_file(text, kind="people", fields=FIELDS)
    except UnreadableMappingError:
        return
