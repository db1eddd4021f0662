"""What a citizen's password must be (パスワードの条件): the validators of the settings, told as our own errors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import ValidationError

from shared.accounts.errors import (
    AccountError,
    CommonPasswordError,
    LikelyPasswordError,
    NumericPasswordError,
    ShortPasswordError,
)
from shared.accounts.models import PortalAccount

LEAST: Final = 10
"""Characters, as the settings say."""
ERRORS: Final[Mapping[str, type[AccountError]]] = MappingProxyType(
    {
        error.code: error
        for error in (ShortPasswordError, CommonPasswordError, NumericPasswordError, LikelyPasswordError)
    }
)


class LikenessValidator(UserAttributeSimilarityValidator):
    """Refuses what is much like the ID or the address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("login_id", "email"))


def check_password(password: str, account: PortalAccount) -> None:
    """One of ``ERRORS`` for the first condition that ``password`` does not meet. The error tells nothing of it."""
    try:
        validate_password(password, account)
    except ValidationError as refused:
        code = str(refused.error_list[0].code)
        raise ERRORS[code](field="password", least=LEAST) from None
