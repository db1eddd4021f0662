"""Django's migrations without their quadratic part: a schema is made in seconds instead of twenty.

Django keeps a class for every model of the project while it migrates, and after each operation makes anew not only the
class that changed but all that are related to it, which here are most. What only grows needs none of that: nobody can
refer yet to what is new, and whoever refers to a model that got another field or constraint needs its table and key
alone, which stay. Everything else is left to Django, and so is a function in Python (``RunPython``), for which Django
renders all classes afresh once some were delayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import router
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field


class GrowingState(ProjectState):
    """What the project's models are at a point of the migrations; a model that only grows is rendered alone."""

    _grows = False

    def add_model(self, model_state: ModelState) -> None:
        with self._growing():
            super().add_model(model_state)

    def add_field(
        self, app_label: str, model_name: str, name: str, field: Field[Any, Any], preserve_default: bool
    ) -> None:
        with self._growing():
            super().add_field(app_label, model_name, name, field, preserve_default)

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        """The models to be rendered anew. ``delay`` is Django's word for: no relation changes, nobody refers to it."""
        if not delay and not self._grows:
            return super()._find_reload_model(app_label, model_name, delay)  # type: ignore[misc,no-any-return]
        self.is_delayed = True
        return {(app_label, model_name)}

    @contextmanager
    def _growing(self) -> Iterator[None]:
        self._grows = True
        yield
        self._grows = False


class Executor(MigrationExecutor):
    """Django's own, with a state that renders less, and without asking each operation whether it belongs here."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return GrowingState(state.models, state.real_apps)

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Apply ``migration``; that of an application whose tables are elsewhere is recorded, and nothing more."""
        is_elsewhere = not router.allow_migrate(self.connection.alias, migration.app_label)
        if is_elsewhere:
            state = migration.mutate_state(state, preserve=False)
        return super().apply_migration(state, migration, fake=fake or is_elsewhere, fake_initial=fake_initial)
