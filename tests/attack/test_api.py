"""The JSON interface under all that its own schema allows and refuses: no 5xx, and every answer as described.

A month may be well written and yet too far away, which a schema cannot say: that alone is not checked.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from tests import factories
from tests.support.tenants import CHUO

HOST = "yoyaku.localhost"
Operation = APIOperation[Any, Any, Any, Any]


def operations() -> list[Operation]:
    schema = schemathesis.openapi.from_wsgi(
        "/api/schema/?format=json", application, base_url=f"http://{HOST}", headers={"Host": HOST}
    )
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


def attacked(operation: Operation, mode: GenerationMode, known: dict[str, list[str]]) -> int:
    """Ask ``operation`` again and again, now and then for what is there; how often it was answered with 200."""
    good = 0

    @settings(max_examples=100, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        nonlocal good
        case = data.draw(operation.as_strategy(generation_mode=mode))
        for name in case.path_parameters or {}:
            if name in known and data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(known[name]))
        answer = case.call_and_validate(headers={"Host": HOST}, excluded_checks=[positive_data_acceptance])
        good += answer.status_code == 200

    ask()
    return good


def test_no_operation_answers_with_a_server_error_or_otherwise_than_its_schema_says(database: None) -> None:
    known = {"tenant": [CHUO], "facility": [str(factories.meeting_room().facility_id)]}
    found = operations()
    assert found
    for operation in found:
        assert attacked(operation, GenerationMode.POSITIVE, known) > 0, operation.label
        attacked(operation, GenerationMode.NEGATIVE, {})


def test_an_address_that_is_not_there_is_told_as_problem_details_with_a_number(portal_client: Client) -> None:
    answer = portal_client.get("/api/nothing/here/")
    told = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert (told["code"], told["number"]) == ("not_found", answer.headers["X-Request-Number"])
