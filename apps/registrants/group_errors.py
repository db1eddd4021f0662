"""What can be wrong with a group and its roster (団体・名簿): stable codes, told by ``texts``."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


class RequirementsUnmetError(RegistrantError):
    """A group does not meet its requirements (団体要件); ``count`` rules, which the page names."""

    code = "group_requirements_unmet"


class WaiverNotAllowedError(RegistrantError):
    """Only the facility's manager registers a group that does not meet its requirements."""

    code = "waiver_not_allowed"
    status = 403


class SimilarGroupsError(RegistrantError):
    """There are similar groups that nobody has looked at."""

    code = "similar_groups_unseen"
    status = 409


class NoRosterError(RegistrantError):
    """The group has no roster, or it was discarded already."""

    code = "no_roster"
    status = 409
