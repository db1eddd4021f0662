"""The waits of the tests end, and say for whom they waited in vain."""

from __future__ import annotations

import subprocess
import threading

import pytest

from tests.support.waiting import Gate, ended, joined

SHORT = 0.05


def test_a_process_that_does_not_end_is_killed_and_named() -> None:
    process = subprocess.Popen(["sleep", "60"])
    with pytest.raises(AssertionError, match=r"the process \['sleep', '60'\] did not end within 0\.05 seconds"):
        ended(process, within=SHORT)
    assert process.poll() == -9


def test_a_process_that_ends_tells_its_status() -> None:
    assert ended(subprocess.Popen(["false"])) == 1


def test_a_thread_that_does_not_end_is_named() -> None:
    go = threading.Event()
    quick, slow = (threading.Thread(target=work, name=work.__qualname__, daemon=True) for work in (go.is_set, go.wait))
    for thread in (quick, slow):
        thread.start()
    with pytest.raises(AssertionError, match=r"^Event\.wait did not end within 0\.05 seconds"):
        joined(quick, slow, within=SHORT)
    go.set()
    joined(quick, slow)


def test_a_gate_to_which_one_does_not_come_fails_for_the_others() -> None:
    with pytest.raises(AssertionError, match=r"not all 2 came within 0\.05 seconds"):
        Gate(2, within=SHORT).wait()
    assert Gate(1).wait() == 0
