"""Which column is read into which field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.errors import (
    ColumnTwiceError,
    FieldsMissingError,
    IntakeError,
    MappingSyntaxError,
    NamedTwiceError,
    OtherMappingError,
    UnknownFieldError,
    UnreadableMappingError,
)
from shared.intake.rules.mapping import ColumnMap, adapted, check, from_file, from_json, guess, to_file
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


def test_a_text_may_be_said_to_mean_nothing_and_what_is_no_choice_here_means_nothing() -> None:
    meanings = ColumnMap(values={"kind": {"1": "", "サークル": "gone"}}).meanings(FIELDS)["kind"]
    assert not {"1", "サークル"} & meanings.keys()


def test_a_mapping_is_adapted_to_the_columns_that_a_file_has() -> None:
    mapping = ColumnMap({"備考": "phone", "昔の列": "key"}, {"kind": "a"}, {"kind": {"9": "b"}})
    assert adapted(mapping, ["備考", "新しい列"]) == ColumnMap(
        {"備考": "phone", "新しい列": ""}, {"kind": "a"}, {"kind": {"9": "b"}}
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnreadableMappingError),
        ("[]", UnreadableMappingError),
        ("利用者番号,氏名", UnreadableMappingError),
        ("[" * 90_000, UnreadableMappingError),
        ("x" * 200_001, UnreadableMappingError),
        ('{"columns": []}', UnreadableMappingError),
        ('{"columns": {"a": 1}}', UnreadableMappingError),
        ('{"values": {"kind": "b"}}', UnreadableMappingError),
        ('{"columns": {"a\\u0000": "key"}}', UnreadableMappingError),
        ('{"columns": {"\\ud800": "key"}}', UnreadableMappingError),
        ('{\n"columns": {"a": "key",}\n}', MappingSyntaxError),
        ('{"columns": {"a": "key", "a": "phone"}}', NamedTwiceError),
        ('{"columns": {}, "columns": {"a": "key"}}', NamedTwiceError),
        ('{"values": {"kind": {"1": "a", "1": "b"}}}', NamedTwiceError),
        ('{"kind": "cards"}', OtherMappingError),
        ('{"columns": {"a": "mobile"}}', UnknownFieldError),
        ('{"constants": {"mobile": "1"}}', UnknownFieldError),
        ('{"values": {"mobile": {}}}', UnknownFieldError),
    ],
)
def test_what_is_wrong_with_a_mapping_file_is_told_as_what_it_is(text: str, error: type[IntakeError]) -> None:
    with pytest.raises(error) as refused:
        from_file(text, kind="people", fields=FIELDS)
    assert refused.value.field == "file"


def test_what_stands_twice_is_named_and_can_be_shown() -> None:
    with pytest.raises(NamedTwiceError) as refused:
        from_file('{"columns": {"氏名\\ud800": "key", "氏名\\ud800": "phone"}}', kind="people", fields=FIELDS)
    assert refused.value.params == {"name": "氏名?"}


def test_a_slip_of_the_pen_is_told_with_its_line() -> None:
    with pytest.raises(MappingSyntaxError) as refused:
        from_file('{\n"columns": {"a": "key",}\n}', kind="people", fields=FIELDS)
    assert refused.value.params == {"line": 2}


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        from_file(text, kind="people", fields=FIELDS)
    except IntakeError:
        return
