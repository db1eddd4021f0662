"""Mail into a folder: one file a mail, for the demo and the tests."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

OWN_ID: Final = re.compile(r"<([0-9a-f-]{36})@[^>]*>")


class FolderBackend(BaseEmailBackend):
    """Writes ``<uuid>.eml`` into ``EMAIL_FILE_PATH``, named by the Message-ID: the same mail again is the same file."""

    def __init__(self, *, file_path: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; how many. Each file appears whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            self._write(mail)
        return len(email_messages)

    def _write(self, mail: EmailMessage) -> None:
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
            file.write(mail.message().as_bytes())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).rename(self.folder / f"{_name(mail)}.eml")


def _name(mail: EmailMessage) -> str:
    own = OWN_ID.fullmatch(mail.extra_headers.get("Message-ID", ""))
    return own[1] if own else str(uuid.uuid4())
