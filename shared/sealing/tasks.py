"""The sealing of every few minutes."""

from __future__ import annotations

import structlog
from django.db import DatabaseError

from shared.sealing.seals import places, seal
from tenants.scope import city_scope, unit_of_work
from tenants.tasks import task

log = structlog.get_logger(__name__)


class SealingError(RuntimeError):
    """Some schema could not be sealed; the others were."""


@task(name="audit.seal")
def seal_all() -> None:
    """Seal what was written since the last time, in every schema. Run again, it goes on."""
    failed = []
    with unit_of_work(city_scope()):
        for place in places():
            try:
                seal(place)
            except DatabaseError as error:
                failed.append(place)
                log.error("not sealed", schema=place, error=type(error).__qualname__)
    if failed:
        raise SealingError(", ".join(failed))
