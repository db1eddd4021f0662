"""The folder that takes the place of a mail server."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.core.mail import EmailMessage

from shared.outbox.folder import FolderBackend
from tests.support.outbox import read_mail


def mail(body: str = "本文", **headers: str) -> EmailMessage:
    return EmailMessage("件名", body, "yoyaku@localhost", ["sakura@citizens.example"], headers=headers)


def test_the_same_message_again_is_the_same_file(tmp_path: Path) -> None:
    number = uuid.uuid4()
    backend = FolderBackend(file_path=str(tmp_path))
    for body in ("一通目", "二通目"):
        assert backend.send_messages([mail(body, **{"Message-ID": f"<{number}@localhost>"})]) == 1
    [path] = tmp_path.iterdir()
    assert path.name == f"{number}.eml"
    assert read_mail(path).get_content().strip() == "二通目"


def test_mails_without_a_number_do_not_overwrite_one_another(tmp_path: Path) -> None:
    FolderBackend(file_path=str(tmp_path)).send_messages([mail(), mail()])
    assert len(list(tmp_path.glob("*.eml"))) == 2


def test_a_message_id_leads_to_no_other_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    FolderBackend(file_path=str(folder)).send_messages([mail(**{"Message-ID": "<../../stolen@localhost>"})])
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]


def test_nobody_else_may_read_the_folder(tmp_path: Path) -> None:
    FolderBackend(file_path=str(tmp_path / "mail")).send_messages([mail()])
    [path] = (tmp_path / "mail").iterdir()
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)
