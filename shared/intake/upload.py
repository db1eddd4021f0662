"""An upload goes to a temporary file that nobody else can open, and stops at the limit: it is never whole in memory."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from shared.intake.errors import FileError, TooBigError
from shared.intake.inspecting import LIMIT_BYTES
from shared.web.bodies import TAKES_A_FILE

TOO_BIG: Final = "kashikan.file_too_big"
CUT_OFF: Final = "kashikan.file_cut_off"


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Drops a file that is longer than any that can be taken in, or that did not come whole; ``dropped`` says so.

    Where the request itself tells that it is too long, nothing of its files is written to a disk. It is read to its
    end all the same: a browser that is still sending would not see the answer. Nothing is written either of a file that
    comes to a page that takes none.
    """

    is_too_long = False

    def handle_raw_input(
        self, input_data: Any, meta: dict[str, Any], content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Look how long the request says that it is: a file and the other fields."""
        self.is_too_long = content_length > LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.request is None or not self.request.META.get(TAKES_A_FILE):
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if self.is_too_long or start + len(raw_data) > LIMIT_BYTES:
            self._note(TOO_BIG)
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)

    def upload_interrupted(self) -> None:
        super().upload_interrupted()
        self._note(CUT_OFF)

    def _note(self, what: str) -> None:
        if self.request is not None:
            self.request.META[what] = True


def dropped(request: HttpRequest) -> FileError | None:
    """Why a file of the request was dropped while it arrived, if one was."""
    if request.META.get(TOO_BIG):
        return TooBigError(megabytes=LIMIT_BYTES // 1024**2)
    return FileError("cut_off") if request.META.get(CUT_OFF) else None
