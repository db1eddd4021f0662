"""Which columns a citizen may read at the portal, of the own rows only (本人に表示する項目)."""

from __future__ import annotations

from typing import Final

SHOWN_TO_THE_CITIZEN: Final = (
    "id", "number", "kind", "state", "portal_account", "group_name", "group_kana", "family_name", "given_name",
    "family_kana", "given_kana", "birth_date", "postal_code", "address", "phone", "extras", "registered_on",
    "valid_until", "is_counter_only", "version",
)  # fmt: skip
"""Of the own registration. No search key and no key of another system; emergency contacts are another table."""
REQUEST_SHOWN: Final = (
    "id", "registrant_id", "kind", "account", "asked_at", "wishes", "note", "state", "decided_at", "answer",
)  # fmt: skip
CARD_SHOWN: Final = ("id", "registrant_id", "kind", "number", "state", "branch", "issued_on", "valid_until")
