"""What can be wrong when two records are made one, or parted (統合・統合の取消し): stable codes, told by ``texts``."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


class MergedRecordError(RegistrantError):
    """The record was merged into another one: only parting them brings it back."""

    code = "registration_was_merged"
    status = 409


class SameRecordError(RegistrantError):
    """A record was to be merged into itself."""

    code = "merge_same_record"


class DifferentKindsError(RegistrantError):
    """An individual and a group are never one."""

    code = "merge_different_kinds"


class NotYetRegisteredError(RegistrantError):
    """A registration is never merged into one that was only asked for."""

    code = "merge_not_registered"
    status = 409


class BothHaveCardError(RegistrantError):
    """Both records have a card of the same kind that is not void."""

    code = "merge_both_have_card"
    status = 409


class BothHaveAccountError(RegistrantError):
    """The records are linked to two portal accounts."""

    code = "merge_both_have_account"
    status = 409


class UnansweredRequestError(RegistrantError):
    """The record that goes has a citizen's request that nobody has answered."""

    code = "merge_open_request"
    status = 409


class PartedTooLateError(RegistrantError):
    """A merge is undone within some days only. Parameter: ``days``."""

    code = "parted_too_late"
    status = 409


class MergedOnError(RegistrantError):
    """The record that was kept has itself been merged into another since: that comes first."""

    code = "merged_on"
    status = 409


class UnknownProposalError(RegistrantError):
    """No such proposal here, or it is decided."""

    code = "no_such_proposal"
    status = 404
