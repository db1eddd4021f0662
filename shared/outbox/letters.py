"""The mails in a folder, as they may be read on a page of the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it was written into the folder."""

    id: UUID
    to: str
    subject: str
    sent_at: dt.datetime
    language: str
    text: str
    html: str


def letters(folder: Path) -> list[Letter]:
    """All mails in ``folder``, the newest first."""
    return sorted(_all(folder), key=lambda letter: letter.sent_at, reverse=True)


def letter(folder: Path, number: UUID) -> Letter | None:
    """One mail, or None if there is none of that number."""
    path = folder / f"{number}.eml"
    return _read(path, number) if path.exists() else None


def _all(folder: Path) -> Iterator[Letter]:
    for path in folder.glob("????????-*.eml"):
        yield _read(path, UUID(path.stem))


def _read(path: Path, number: UUID) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Letter(
        id=number,
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        sent_at=mail["Date"].datetime,
        language=str(mail["Content-Language"]),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
