"""What can be wrong with items and their settings (登録項目・登録の定め): stable codes, told by ``texts``."""

from __future__ import annotations

from apps.registrants.errors import RegistrantError


class ItemNotCollectedError(RegistrantError):
    """A value of an item that the tenant does not collect (収集の制限)."""

    code = "item_not_collected"


class ItemMissingError(RegistrantError):
    """A further item that the tenant requires was left out."""

    code = "item_missing"


class PurposeMissingError(RegistrantError):
    """An item is collected only for a stated purpose."""

    code = "purpose_of_use_missing"


class UnknownItemError(RegistrantError):
    """No such item in the registry."""

    code = "no_such_item"
    status = 404


class PolicyDayOverError(RegistrantError):
    """A policy begins today or later: what has held is not rewritten."""

    code = "policy_day_is_over"


class PolicyValueError(RegistrantError):
    """A number of a policy that makes no sense."""

    code = "policy_value_out_of_range"


class UnknownPolicyError(RegistrantError):
    """No policy that is still to come begins on that day."""

    code = "no_such_policy"
    status = 404
