"""An upload goes to a temporary file that nobody else can open, and stops at the limit: it is never whole in memory."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from shared.intake.inspecting import LIMIT_BYTES

TOO_BIG: Final = "kashikan.file_too_big"


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Drops a file that is longer than any that can be taken in; ``was_too_big`` then says so."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if start + len(raw_data) > LIMIT_BYTES and self.request is not None:
            self.request.META[TOO_BIG] = True
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)


def was_too_big(request: HttpRequest) -> bool:
    """Whether a file of the request was dropped for its size."""
    return bool(request.META.get(TOO_BIG))
