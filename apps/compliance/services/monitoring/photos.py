"""Photographs of the on-site check: drawn anew before they are kept, and taken away when they should not be there."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.compliance.models.monitoring_findings import MonitoringPhoto
from apps.compliance.monitoring_errors import (
    MonitoringError,
    NotAPhotoError,
    PhotoTooLargeError,
    TooManyPhotosError,
    UnknownMonthError,
)
from apps.compliance.services.monitoring.acting import leave_trace, month_for, stated
from apps.compliance.services.monitoring.check import CITYS_TURN
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.documents.photo import PhotoError, redrawn

MOST: Final = 20
"""Photographs of one month."""
REFUSALS: Final[dict[str, type[MonitoringError]]] = {"too_large": PhotoTooLargeError, "not_a_photo": NotAPhotoError}


def add_photo(
    *, actor: Actor, tenant: str, month: dt.date, photo: bytes, item: str = "", caption: str = ""
) -> MonitoringPhoto:
    """Keep a photograph as a picture and nothing else: no place, no time, no camera.

    Raises ``PhotoTooLargeError``, ``NotAPhotoError``, ``TooManyPhotosError``, and the errors of ``month_for``.
    """
    try:
        picture = redrawn(photo)
    except PhotoError as error:
        raise REFUSALS[error.code](field="photo") from None
    with transaction.atomic():
        found = month_for(tenant, month, CITYS_TURN)
        if found.photos.filter(removed_at=None).count() >= MOST:
            raise TooManyPhotosError(most=MOST)
        kept = MonitoringPhoto(
            month=found,
            tenant=tenant,
            result=found.results.filter(code=item).first() if item else None,
            caption=caption.strip(),
            content=picture.png,
            width=picture.width,
            height=picture.height,
            added_at=clock.now(),
            added_by=actor.id,
        )
        leave_trace(actor, found, "photo", note=kept.caption, rows=[kept], photo=str(kept.pk))
    return kept


def remove_photo(*, actor: Actor, photo: UUID, reason: str) -> None:
    """Take a photograph away, for example one with a face on it: the picture is gone, that it was there is told.

    Raises ``UnknownMonthError``, ``ReasonMissingError``, and the errors of ``month_for``.
    """
    why = stated(reason)[:200]
    with transaction.atomic():
        kept = MonitoringPhoto.objects.defer("content").select_related("month").filter(pk=photo, removed_at=None)
        found = kept.first()
        if found is None:
            raise UnknownMonthError
        month = month_for(found.tenant, found.month.month, CITYS_TURN)
        kept.update(content=b"", removed_at=clock.now(), removed_by=actor.id, removal_reason=why)
        leave_trace(actor, month, "photo_removed", note=why, action=Action.DELETE, photo=str(photo))
