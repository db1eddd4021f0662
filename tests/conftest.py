"""Starts the servers before Django's settings are read, then brings in the fixtures (``tests.support.fixtures``).

The settings' module is named here and not in pyproject.toml: pytest-django would read it before any conftest.
"""

from __future__ import annotations

from contextlib import ExitStack

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


def pytest_configure(config: pytest.Config) -> None:
    stack = ExitStack()
    config.add_cleanup(stack.close)
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    try:
        if config.getoption("numprocesses", None) and not worker:
            stack.enter_context(prepared_servers())
        else:
            stack.enter_context(prepared_database(worker))
            _bring_in_fixtures(config)
    except (EmbeddedError, SettingError) as error:
        raise pytest.UsageError(str(error)) from None


def _bring_in_fixtures(config: pytest.Config) -> None:
    compile_catalogues()
    import django

    django.setup()
    config.pluginmanager.import_plugin("tests.support.fixtures")
    config.pluginmanager.register(browsing)  # a conftest further down may have imported it already
