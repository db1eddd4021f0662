"""Reading a barcode in a photograph on the server, for browsers that cannot do it themselves."""

from __future__ import annotations

from typing import Final

import zxingcpp

from shared.documents.photo import grey_of

QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def text_in(photo: bytes) -> str | None:
    """What the QR code in ``photo`` (PNG or JPEG) says; None where none is found. Raises PhotoError."""
    grey = grey_of(photo)
    picture = memoryview(grey.pixels).cast("B", (grey.height, grey.width))
    found = zxingcpp.read_barcode(picture, formats=QR)
    return found.text if found is not None and found.text else None
