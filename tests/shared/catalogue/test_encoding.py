"""In what encoding a file is, and files that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shared.catalogue import encoding
from shared.catalogue.encoding import find_encoding
from shared.catalogue.rules.problems import FileRefusedError, Problem
from tests.shared.catalogue.files import facility, file_of


def refused(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(FileRefusedError) as error:
        find_encoding(path)
    return error.value.problems


def codes(path: Path) -> list[str]:
    return [problem.code for problem in refused(path)]


@pytest.mark.parametrize(
    ("written_as", "found"), [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("cp932", "cp932")]
)
def test_each_accepted_encoding_is_found(tmp_path: Path, written_as: str, found: str) -> None:
    assert find_encoding(file_of(tmp_path, facility(), encoding=written_as)) == found


def test_letters_that_only_cp932_has_are_read(tmp_path: Path) -> None:
    assert find_encoding(file_of(tmp_path, facility(備考="①髙﨑㈱"), encoding="cp932")) == "cp932"


def test_each_undecodable_line_is_told_with_its_byte(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes("名称\n公民館\n".encode() + b"\xe5\xff\n" + "体育館\n".encode() + b"ab\xfe\n")
    assert refused(path) == (
        Problem("no_encoding", params={"lines": 2}),
        Problem("undecodable", 3, params={"byte": "0xE5", "position": 1}),
        Problem("undecodable", 5, params={"byte": "0xFE", "position": 3}),
    )


@pytest.mark.parametrize("byte", [b"\x80", b"\xa0", b"\xfd", b"\xff"])
def test_a_byte_that_cp932_leaves_undefined_is_not_read(tmp_path: Path, byte: bytes) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes("名称\n".encode("cp932") + byte + b"\n")
    assert "undecodable" in codes(path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04rest", "zip"),
        (b"\xd0\xcf\x11\xe0rest", "excel"),
        (b"%PDF-1.7", "not_text"),
        ("名称".encode("utf-16"), "utf16"),
        (b"NO,\x00\n", "not_text"),
    ],
)
def test_a_file_that_is_no_text_is_told_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "renamed.csv"
    path.write_bytes(content)
    assert codes(path) == [code]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.csv") == ["no_file"]


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["no_plain_file"]


def test_a_pipe_is_told_instead_of_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path / "pipe") == ["no_plain_file"]


def test_a_file_over_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file_of(tmp_path, facility())
    monkeypatch.setattr(encoding, "LIMIT_BYTES", path.stat().st_size)
    assert find_encoding(path) == "utf-8-sig"
    monkeypatch.setattr(encoding, "LIMIT_BYTES", path.stat().st_size - 1)
    assert codes(path) == ["too_big"]


def test_a_line_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * (encoding.LONGEST_LINE + 1))
    assert codes(path) == ["line_too_long"]
