"""Which models a disclosure (開示) tells, and which it leaves out and why."""

from __future__ import annotations

from typing import Final

DISCLOSED: Final = (
    "registrants.registrant",
    "registrants.emergencycontact",
    "registrants.statespan",
    "registrants.registrationact",
    "registrants.identitycheck",
    "registrants.groupmember",
    "registrants.rostersummary",
    "registrants.card",
    "registrants.cardissue",
    "registrants.cardact",
    "registrants.inquirynote",
    "registrants.visit",
    "registrants.citizenrequest",
    "registrants.renewalreminder",
    "registrants.linkcode",
    "registrants.merge",
    "registrants.duplicateproposal",
    "registrants.usestop",
)
UNDISCLOSED: Final = {
    "registrants.cardprintitem": "which cards were printed as one file: the register of issues, which is told, says it",
    "registrants.cardtoken": "keyed tokens of the name, from which nobody reads anything",
    "registrants.groupkeys": "search keys made of the group's own data, which are told",
}
