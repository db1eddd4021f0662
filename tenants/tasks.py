"""Tasks and whose rights they run with: nobody's, until a task names its tenant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, cast

from celery import Task, current_app, shared_task
from celery.exceptions import TaskPredicate
from structlog.contextvars import bound_contextvars

from tenants import directory
from tenants.scope import NOBODY, SHARED_SCHEMA, Scope, city_scope, desk_scope, unit_of_work

P = ParamSpec("P")

STALE_AFTER: Final = 60.0
"""Seconds after which a task that nobody has begun is dropped: the timetable sends the same again."""


class UnknownTenantError(LookupError):
    """A task named a schema that is not that of a tenant at work."""


class TaskFailedError(RuntimeError):
    """Stands for what a task raised, without its text: an error of the database may quote a person's row."""


class Sendable(Protocol[P]):
    """What this project uses of a Celery task."""

    name: str

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None: ...

    def apply_async(self, *, kwargs: Mapping[str, str], expires: float) -> object: ...


class ScopedTask(Task):  # type: ignore[misc]  # Celery has no types
    """The base of every task: begins and ends as nobody, and lets no error's text out."""

    abstract = True
    ignore_result = True

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        with bound_contextvars(task=self.name, task_id=self.request.id), _without_text(), unit_of_work(NOBODY):
            self.run(*args, **kwargs)


def tenant_scope(schema: str) -> Scope:
    """The scope of a tenant at work; ``UnknownTenantError`` for any other schema."""
    if not directory.is_open(schema):
        raise UnknownTenantError(schema)
    return desk_scope(schema)


def keeper_scope(schema: str) -> Scope:
    """Whoever keeps the rows of ``schema``: the tenant at work, or the city in the shared schema."""
    return city_scope() if schema == SHARED_SCHEMA else tenant_scope(schema)


def task(*, name: str, time_limit: float | None = None) -> Callable[[Callable[P, None]], Sendable[P]]:
    """A task that belongs to no tenant. It reads nothing unless it enters a scope itself.

    ``time_limit``: seconds until its process is killed, where the worker's own limit is too short.
    """

    def decorate(function: Callable[P, None]) -> Sendable[P]:
        return cast("Sendable[P]", shared_task(name=name, base=ScopedTask, time_limit=time_limit)(function))

    return decorate


def tenant_task(
    *, name: str, also_shared: bool = False, time_limit: float | None = None
) -> Callable[[Callable[Concatenate[str, P], None]], Sendable[Concatenate[str, P]]]:
    """A task of one tenant: it is sent with ``schema``, and runs as that tenant's role from its first statement.

    With ``also_shared`` it may be about the shared schema's rows of the same tables too, as the city's role.
    Raises ``UnknownTenantError`` for a schema that is not at work.
    """

    def decorate(function: Callable[Concatenate[str, P], None]) -> Sendable[Concatenate[str, P]]:
        @wraps(function)
        def run(schema: str, *args: P.args, **kwargs: P.kwargs) -> None:
            scope = keeper_scope(schema) if also_shared else tenant_scope(schema)
            with unit_of_work(scope), bound_contextvars(schema=schema):
                function(schema, *args, **kwargs)

        return task(name=name, time_limit=time_limit)(run)

    return decorate


def send(name: str, *, schema: str) -> None:
    """Send the tenant task ``name`` to a worker, for ``schema``."""
    current_app.tasks[name].apply_async(kwargs={"schema": schema}, expires=STALE_AFTER)


@task(name="tenants.for_every_tenant")
def for_every_tenant(task_name: str, *, and_shared: bool = False) -> None:
    """Send the tenant task ``task_name`` once for each tenant at work."""
    schemas = sorted(directory.current().schemas)
    for schema in [SHARED_SCHEMA, *schemas] if and_shared else schemas:
        send(task_name, schema=schema)


@contextmanager
def _without_text() -> Iterator[None]:
    try:
        yield
    except (TaskPredicate, UnknownTenantError):
        raise
    except Exception as error:  # noqa: BLE001  # raised on, without its text
        raise TaskFailedError(type(error).__qualname__).with_traceback(error.__traceback__) from None
