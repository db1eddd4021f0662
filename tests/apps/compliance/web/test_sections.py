"""「管理」 leads to each section once for a right."""

from __future__ import annotations

import pytest

from apps.compliance.web.sections import CITY_SECTIONS, DESK_SECTIONS, Section


@pytest.mark.parametrize("sections", [DESK_SECTIONS, CITY_SECTIONS])
def test_no_section_is_named_twice(sections: tuple[Section, ...]) -> None:
    named = [(one.right, one.url) for one in sections]
    assert len(named) == len(set(named)) > 5
