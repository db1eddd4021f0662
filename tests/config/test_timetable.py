"""The timetable names tasks that are there, with arguments that they take."""

from __future__ import annotations

import inspect

import pytest

from config.celery import app
from config.timetable import timetable

app.loader.import_default_modules()
ENTRIES = timetable(demo=False)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_every_task_is_known_and_takes_its_arguments(entry: dict[str, object]) -> None:
    task, arguments = app.tasks[entry["task"]], entry["kwargs"]
    assert isinstance(arguments, dict)
    inspect.signature(task.run).bind(**arguments)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_what_is_sent_for_every_tenant_is_a_task_of_one(entry: dict[str, object]) -> None:
    arguments = entry["kwargs"]
    assert isinstance(arguments, dict)
    if "task_name" in arguments:
        inspect.signature(app.tasks[arguments["task_name"]].run).bind(schema="chuo")


def test_a_worker_that_comes_back_finds_no_heap_of_sweeps() -> None:
    assert ENTRIES["mails"]["options"] == {"expires": 60}


def test_the_demo_looks_more_often() -> None:
    assert timetable(demo=True)["mails"]["schedule"] < ENTRIES["mails"]["schedule"]
