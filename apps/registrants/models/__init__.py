"""Registrants (利用者) of one tenant."""

from apps.registrants.models.card import (
    Card,
    CardAct,
    CardDeed,
    CardIssue,
    CardKind,
    CardState,
    CardToken,
    IssueCause,
    LapseCause,
    Qualification,
    ReviewWay,
    Visit,
)
from apps.registrants.models.card_prints import CardPrintItem, CardPrintJob
from apps.registrants.models.group import GroupKeys, GroupMember, Residence, RosterSummary
from apps.registrants.models.inquiry import InquiryNote
from apps.registrants.models.merging import DuplicateProposal, Merge, ProposalState
from apps.registrants.models.policy import ItemPolicy, RegistrationPolicy, Renewal
from apps.registrants.models.portal import (
    CitizenRequest,
    CitizenRequestKind,
    CitizenRequestState,
    CodePurpose,
    LinkCode,
)
from apps.registrants.models.registrant import EmergencyContact, Registrant, RegistrantKind, RegistrantState
from apps.registrants.models.reminding import RenewalReminder
from apps.registrants.models.standing import (
    Act,
    CloseCause,
    IdentityCheck,
    IdentityDocument,
    RegistrationAct,
    StateSpan,
)
from apps.registrants.models.use_stop import UseStop

__all__ = [
    "Act",
    "Card",
    "CardAct",
    "CardDeed",
    "CardIssue",
    "CardKind",
    "CardPrintItem",
    "CardPrintJob",
    "CardState",
    "CardToken",
    "CitizenRequest",
    "CitizenRequestKind",
    "CitizenRequestState",
    "CloseCause",
    "CodePurpose",
    "DuplicateProposal",
    "EmergencyContact",
    "GroupKeys",
    "GroupMember",
    "IdentityCheck",
    "IdentityDocument",
    "InquiryNote",
    "IssueCause",
    "ItemPolicy",
    "LapseCause",
    "LinkCode",
    "Merge",
    "ProposalState",
    "Qualification",
    "Registrant",
    "RegistrantKind",
    "RegistrantState",
    "RegistrationAct",
    "RegistrationPolicy",
    "Renewal",
    "RenewalReminder",
    "Residence",
    "ReviewWay",
    "RosterSummary",
    "StateSpan",
    "UseStop",
    "Visit",
]
