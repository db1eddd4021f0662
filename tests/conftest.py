"""Starts the servers before Django's settings are read, then brings in the fixtures (``tests.support.fixtures``).

The settings' module is named here and not in pyproject.toml: pytest-django would read it before any conftest.
"""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import ExitStack
from typing import Final

import pytest
from hypothesis import settings

from config.embedded import EmbeddedError
from config.env import SettingError
from config.messages import compile_catalogues
from tests.support import browsing
from tests.support.environment import prepared_database, prepared_servers

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")
"""An example that waits for a processor is no failure."""


GARBAGE: Final = (50_000, 50, 50)
"""How much is made before garbage is looked for: a test's is small, and looking for it often takes longer than it is
worth."""


def pytest_configure(config: pytest.Config) -> None:
    stack = ExitStack()
    config.add_cleanup(stack.close)
    config.add_cleanup(gc.unfreeze)
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    try:
        if config.getoption("numprocesses", None) and not worker:
            stack.enter_context(prepared_servers())
        else:
            stack.enter_context(prepared_database(worker))
            _bring_in_fixtures(config)
    except (EmbeddedError, SettingError) as error:
        raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, nor later among what was: all of it stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


def _bring_in_fixtures(config: pytest.Config) -> None:
    compile_catalogues()
    import django

    django.setup()
    config.pluginmanager.import_plugin("tests.support.fixtures")
    config.pluginmanager.register(browsing)  # a conftest further down may have imported it already
