"""Django application of the 登録証's duplicate check."""

from __future__ import annotations

from typing import Final

from django.apps import AppConfig

from tenants.rights import Rights

TOKENS: Final = "text[], bytea[], text[], bytea[], bytea[], bytea[], bytea[], bytea[]"
"""SQL types: key ids and proofs, roles of the names, T1 to T4, and T5 with T6."""


class SeniorCardsConfig(AppConfig):
    """Tables that no tenant and no citizen reaches, and functions that tell each caller its part."""

    name = "shared.seniorcards"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "senior_card_index": Rights(),
        "senior_card_index_rebuilt": Rights(),
        "seniorcards_hit": Rights(),
        "seniorcards_call": Rights(city="SELECT (id, at, tenant, clerk, act, purpose, outcome)"),
        "seniorcards_inquiry": Rights(city="SELECT"),
        "seniorcards_exclusion": Rights(),
        "seniorcards_namesake": Rights(),
        "seniorcards_alert": Rights(city="SELECT"),
        "seniorcards_key": Rights(city="SELECT (kid, rules, first_seen_at, retired_at)"),
        "seniorcards_rebuild": Rights(),
        "seniorcards_terms": Rights(city="SELECT"),
    }
    function_rights = {
        f"senior_ask(text, text, uuid, boolean, uuid, text, {TOKENS}, inet, text)": "tenant",
        f"senior_check(uuid, {TOKENS})": "tenant",
        f"senior_verify(uuid, text, {TOKENS})": "tenant",
        f"senior_clear(uuid, {TOKENS})": "tenant",
        f"senior_retoken(uuid[], {TOKENS})": "tenant",
        f"senior_rebuild_put(uuid, uuid[], {TOKENS})": "tenant",
        "senior_lacking(text, uuid, integer)": "tenant",
        "senior_open_inquiry(uuid, uuid)": "tenant",
        "senior_inquiries()": "tenant",
        "senior_answer_inquiry(uuid, uuid, text)": "tenant",
        "senior_decide(uuid, uuid, text)": "city",
        "senior_counts()": "city",
        "senior_city_answer(uuid, uuid, text)": "city",
        "senior_set_terms(uuid, integer, integer, integer, boolean, boolean)": "city",
        "senior_drop_key(text, text)": "city",
        "senior_purge(integer)": "city",
        "senior_rebuild_begin()": "city",
        "senior_rebuild_differences()": "city",
        "senior_rebuild_mark()": "city",
        "senior_rebuild_replace(uuid, text)": "city",
    }
