import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.names import NameTextError, clean_name

japanese = st.characters(min_codepoint=0x3041, max_codepoint=0x9FFF, categories=["Lo", "Lm"])


def refused(text: str, max_length: int = 50) -> str:
    with pytest.raises(NameTextError) as refusal:
        clean_name(text, max_length=max_length)
    return refusal.value.code


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  架空　花子\n", "架空　花子"),
        ("架空　　 花子", "架空　花子"),
        ("Kakū   Hanako", "Kakū Hanako"),
        ("架空\u00a0花子", "架空 花子"),
        ("\ufeff架空\u200b", "架空"),
    ],
)
def test_spaces_are_trimmed_and_become_one(given_text: str, kept: str) -> None:
    assert clean_name(given_text, max_length=50) == kept


def test_parted_marks_are_composed() -> None:
    assert clean_name("か\u3099くう", max_length=50) == "がくう"
    assert clean_name("Kaku\u0304", max_length=50) == "Kakū"


@pytest.mark.parametrize(
    "name",
    [
        "邊\U000e0101",
        "𠮷野",
        "髙橋",
        "山﨑",
        "\ufa19谷",
        "\ufa10原\ufa19",
        "\U0002f81a",
        "ﾔﾏﾀﾞ",
        "ＡＢＣ倶楽部",
        "㈱架空",
        "コーラス♪",
        "☆の会",
    ],
)
def test_a_name_stays_as_it_was_given(name: str) -> None:
    assert clean_name(name, max_length=50) == name


def test_length_counts_code_points() -> None:
    assert clean_name("𠮷" * 5, max_length=5) == "𠮷" * 5
    assert refused("𠮷" * 6, max_length=5) == "too_long"


def test_spaces_around_do_not_count() -> None:
    assert clean_name("  架空  ", max_length=2) == "架空"


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\ufeff"])
def test_nothing_is_no_name(text: str) -> None:
    assert refused(text) == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "架\x00空",
        "架\t空",
        "架\n空",
        "架\x1b空",
        "架\u200b空",
        "架\u202e空",
        "架\u2028空",
        "架\ud800空",
        "架\u0085空",
        "\u3164",
    ],
)
def test_control_unseen_and_broken_characters_are_refused(text: str) -> None:
    assert refused(text) == "control_character"


def test_text_that_was_broken_before_it_came_is_refused() -> None:
    assert refused("架\ufffd空") == "control_character"


@pytest.mark.parametrize("text", ["😀", "架空👍🏽", "架空❤️", "1\ufe0f\u20e3", "🇯🇵", "架空☀", "🫠"])
def test_emoji_are_refused(text: str) -> None:
    assert refused(text) == "emoji"


@pytest.mark.parametrize("text", ["\ue000野", "\U000f0000"])
def test_private_characters_are_refused(text: str) -> None:
    assert refused(text) == "private_use"


def test_the_error_does_not_repeat_the_name() -> None:
    with pytest.raises(NameTextError) as refusal:
        clean_name("架空😀", max_length=50)
    assert str(refusal.value) == "emoji"


@given(st.text(japanese | st.sampled_from(" \u3000\u00a0\u3099\u0304A"), max_size=20))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_name("架" + text, max_length=99)
    assert clean_name(once, max_length=99) == once


@given(st.text(japanese | st.sampled_from("\u3099\u309a\U000e0101𠮷"), max_size=20))
def test_a_name_without_spaces_is_only_composed(text: str) -> None:
    assert clean_name("架" + text, max_length=99) == unicodedata.normalize("NFC", "架" + text)
