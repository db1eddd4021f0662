import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.documents.data import ApplicationSheet, PermitSheet, RefusalSheet, Reprint
from apps.bookings.documents.render import permit_pdf
from apps.bookings.documents.stored import as_stored, from_stored
from shared.documents.renderer import Json
from tests.apps.bookings.documents.sheets import MAYOR, application_sheet, permit_sheet, refusal_sheet


def kept(sheet: ApplicationSheet | PermitSheet | RefusalSheet) -> Json:
    """What the database gives back for a stored sheet."""
    content: Json = json.loads(json.dumps(as_stored(sheet)))
    return content


def test_each_sheet_comes_back_as_it_was_issued() -> None:
    assert from_stored(ApplicationSheet, kept(application_sheet())) == application_sheet()
    assert from_stored(PermitSheet, kept(permit_sheet())) == permit_sheet()
    assert from_stored(RefusalSheet, kept(refusal_sheet())) == refusal_sheet()


@given(st.builds(PermitSheet))
def test_whatever_was_written_comes_back(sheet: PermitSheet) -> None:
    assert from_stored(PermitSheet, kept(sheet)) == sheet


def test_a_reprint_from_what_was_kept_differs_in_its_mark_only() -> None:
    again = from_stored(PermitSheet, kept(permit_sheet()))

    assert permit_pdf(again) == permit_pdf(permit_sheet())
    assert permit_pdf(replace(again, reprint=Reprint(1, date(2026, 5, 1)))) != permit_pdf(permit_sheet())


def test_the_wording_of_the_instruction_is_kept_with_its_version() -> None:
    sheet = from_stored(RefusalSheet, kept(refusal_sheet()))

    assert sheet.instruction.reference == "instruction-general-city/1"
    assert sheet.authority == MAYOR


def test_a_field_that_came_later_has_its_default() -> None:
    content = kept(permit_sheet())
    assert isinstance(content, dict)
    del content["reprint"]

    assert from_stored(PermitSheet, content) == permit_sheet()


def test_a_sheet_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="RefusalSheet is not a PermitSheet"):
        from_stored(PermitSheet, kept(refusal_sheet()))
