"""How long registrations, cards and visits are kept, and what is done then (``shared.retention``)."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Card, Registrant
from shared.intake.rules.forgotten import FORGOTTEN_KEY
from shared.retention import STAND_IN, Automatic, Erase, Fate, Hold, Kind, Run, Step, Wipe, fiscal

STAND_INS: Final = f"""
INSERT INTO {{schema}}.registrants_registrant (id, number, kind, state, group_name, group_kana, family_name, given_name,
    family_kana, given_kana, postal_code, address, phone, kana_key, phone_key, registered_on, extras, forgotten_on,
    version)
SELECT gen_random_uuid(), '{STAND_IN}' || k, k, 'refused', '', '', '', '', '', '', '0000000', '', '', '', '',
    date '2000-01-01', '{{}}', date '2000-01-01', 1 FROM (VALUES ('individual'), ('group')) v(k)
WHERE cardinality($1) > 0 ON CONFLICT (number) DO NOTHING
"""
"""One row stands for all individuals and one for all groups whose records were anonymised, so that they still count."""


def stand_in(registrant: str) -> str:
    """SQL: the id of the row that stands for ``registrant``, an expression."""
    return (
        "(SELECT s.id FROM {schema}.registrants_registrant s JOIN {schema}.registrants_registrant o"
        f" ON s.number = '{STAND_IN}' || o.kind WHERE o.id = {registrant})"
    )


CLOSED_ON: Final = (
    "(SELECT max(lower(s.during)) FROM {schema}.registrants_statespan s"
    " WHERE s.registrant_id = r.id AND s.state = r.state)"
)
OF_THEM: Final = "registrant_id = ANY ({ids})"
FORGETTING: Final[tuple[Step, ...]] = (
    Wipe(
        "registrants.Registrant",
        "id = ANY ({ids})",
        keeps=frozenset({"number", "kind", "state", "registered_on", "valid_until", "merged_into", "version"}),
        sets={
            "source_key": FORGOTTEN_KEY,
            "postal_code": "'0000000'",
            "is_counter_only": "false",
            "forgotten_on": "(now() AT TIME ZONE 'Asia/Tokyo')::date",
        },
    ),
    Erase("registrants.EmergencyContact", OF_THEM),
    Erase("registrants.GroupMember", "group_id = ANY ({ids})"),
    Erase("registrants.GroupKeys", "group_id = ANY ({ids})"),
    Erase("registrants.RosterSummary", "group_id = ANY ({ids})"),
    Erase("registrants.CitizenRequest", OF_THEM),
    Erase("registrants.LinkCode", OF_THEM),
    Erase("registrants.RenewalReminder", OF_THEM),
    Erase("registrants.IdentityCheck", OF_THEM),
    Erase("registrants.DuplicateProposal", "one_id = ANY ({ids}) OR other_id = ANY ({ids})"),
    Erase("registrants.UseStop", OF_THEM),
    Wipe(
        "registrants.RegistrationAct",
        OF_THEM,
        keeps=frozenset({"registrant", "at", "act", "effective_on", "until", "actor_kind", "cause"}),
    ),
    Wipe(
        "registrants.StateSpan",
        OF_THEM,
        keeps=frozenset({"registrant", "state", "during"}),
    ),
    Wipe(
        "registrants.Merge",
        "kept_id = ANY ({ids}) OR gone_id = ANY ({ids})",
        keeps=frozenset({"kept", "gone", "at", "by", "undone_at", "undone_by"}),
    ),
)

CARD_OVER: Final = (
    "SELECT c.id AS object, coalesce(c.number, '') AS number, {since} AS since, c.registrant_id AS person"
)

KINDS: Final = (
    Kind(
        code="registrants",
        label=_("抹消・期限切れの利用者登録（団体の構成員と連絡先を含む）"),
        event=_("抹消した日（更新がなければ有効期限の日）の属する年度の末日"),
        months=60,
        source=_("登録の申請書と同じ5年。年数の例は3～5年（各市の文書の保存期間）"),
        fate=Fate.ANONYMISED,
        does=_("氏名・団体名・フリガナ・生年月日・住所・電話・連絡先・構成員・本人確認・変更の内容・理由"),
        stays=_("登録番号、個人と団体の別、登録と抹消の年月日、抹消の事由"),
        due=(
            "SELECT r.id AS object, r.number, "
            + fiscal(f"CASE r.state WHEN 'closed' THEN {CLOSED_ON} ELSE r.valid_until END")
            + " AS since, r.id AS person FROM {schema}.registrants_registrant r"
            " WHERE r.state IN ('closed', 'expired') AND r.forgotten_on IS NULL"
        ),
        steps=FORGETTING,
        least=12,
        names="apps.registrants.retention:names",
    ),
    Kind(
        code="refused",
        label=_("不承認になった登録の申込み"),
        event=_("不承認にした日の属する年度の末日"),
        months=12,
        source=_("申込みの記録は1年。審査の争いに備える期間"),
        fate=Fate.ANONYMISED,
        does=_("氏名・団体名・生年月日・住所・電話などの申込みの内容"),
        stays=_("登録番号、個人と団体の別、申込みと不承認の年月日"),
        due=(
            "SELECT r.id AS object, r.number, " + fiscal(CLOSED_ON) + " AS since, r.id AS person"
            " FROM {schema}.registrants_registrant r WHERE r.state = 'refused' AND r.forgotten_on IS NULL"
        ),
        steps=FORGETTING,
        names="apps.registrants.retention:names",
    ),
    Kind(
        code="cards",
        label=_("返還・失効した利用者カードと登録証"),
        event=_("返還または失効の日の属する年度の末日"),
        months=60,
        source=_("カードの交付の記録は5年。重複の確認の索引からも消える"),
        fate=Fate.ANONYMISED,
        does=_("利用者との結び付き、旧氏名、特に認めた理由、照合の符号、照会の記録、処理の理由"),
        stays=_("カードの番号と種類、資格区分、交付と失効の年月日、失効の事由"),
        due=(
            CARD_OVER.format(since=fiscal("c.lapsed_on")) + " FROM {schema}.registrants_card c"
            " JOIN {schema}.registrants_registrant r ON r.id = c.registrant_id"
            " WHERE c.state = 'lapsed' AND r.forgotten_on IS NULL"
        ),
        steps=(
            Run(STAND_INS),
            Erase("seniorcards.SeniorCardIndex", "card_uid = ANY ({ids}) AND tenant = {tenant} AND status = 'lapsed'"),
            Erase("registrants.CardToken", "card_id = ANY ({ids})"),
            Erase("registrants.InquiryNote", "card_id = ANY ({ids})"),
            Wipe(
                "registrants.CardAct",
                "card_id = ANY ({ids})",
                keeps=frozenset({"card", "at", "act", "branch", "effective_on", "actor_kind"}),
            ),
            Wipe(
                "registrants.CardIssue",
                "card_id = ANY ({ids})",
                keeps=frozenset(
                    {"card", "branch", "cause", "made_on", "handed_over_on", "returned_on", "voided_on", "printed"}
                ),
            ),
            Wipe(
                "registrants.Card",
                "id = ANY ({ids})",
                keeps=frozenset(
                    {
                        "kind",
                        "number",
                        "state",
                        "branch",
                        "qualification",
                        "applied_on",
                        "issued_on",
                        "valid_from",
                        "valid_until",
                        "reviewed_on",
                        "lapsed_on",
                        "lapse_cause",
                        "namesake_seq",
                    }
                ),
                sets={
                    "registrant": stand_in("registrant_id"),
                    "special_reason": "CASE special_reason WHEN '' THEN '' ELSE '（消去）' END",
                },
            ),
        ),
        least=12,
        names="apps.registrants.retention:card_names",
    ),
    Kind(
        code="visits",
        label=_("個人利用の来館の記録"),
        event=_("来館した日の属する年度の末日"),
        months=36,
        source=_("利用の統計に用いる記録は3年。ただし人数は期限なく残る"),
        fate=Fate.ANONYMISED,
        does=_("利用者・カードとの結び付き、他の施設の登録証の番号"),
        stays=_("来館の日時、施設、年齢層、居住の区分"),
        due=(
            "SELECT v.id AS object, '' AS number, " + fiscal("v.day") + " AS since, v.registrant_id AS person"
            " FROM {schema}.registrants_visit v"
            " WHERE v.registrant_id IS NOT NULL OR v.card_id IS NOT NULL OR v.foreign_number <> ''"
        ),
        steps=(
            Wipe(
                "registrants.Visit",
                "id = ANY ({ids})",
                keeps=frozenset({"day", "at", "facility", "age_band", "residence"}),
            ),
        ),
        key="bigint",
    ),
)

ABOUT_REGISTRANTS: Final = frozenset({"registrants", "refused"})
HOLDS: Final = (
    Hold(
        "use_stop",
        _("利用停止の請求が認められている"),
        "EXISTS (SELECT FROM {schema}.registrants_usestop u WHERE u.registrant_id = d.person AND u.lifted_at IS NULL)",
    ),
    Hold(
        "suspended",
        _("利用停止の処分が続いている"),
        "EXISTS (SELECT FROM {schema}.registrants_statespan u WHERE u.registrant_id = d.person"
        " AND u.state = 'suspended' AND u.during @> $1)",
    ),
    Hold(
        "asked",
        _("本人からの届出に答えていない"),
        "EXISTS (SELECT FROM {schema}.registrants_citizenrequest u"
        " WHERE u.registrant_id = d.person AND u.state = 'open')",
        ABOUT_REGISTRANTS,
    ),
    Hold(
        "has_cards",
        _("カードの記録が残っている"),
        "EXISTS (SELECT FROM {schema}.registrants_card u WHERE u.registrant_id = d.person)",
        ABOUT_REGISTRANTS,
    ),
    Hold(
        "has_visits",
        _("来館の記録が残っている"),
        "EXISTS (SELECT FROM {schema}.registrants_visit u WHERE u.registrant_id = d.person)",
        ABOUT_REGISTRANTS,
    ),
    Hold(
        "inquired",
        _("登録証の照会票が決まっていない"),
        "EXISTS (SELECT FROM shared.seniorcards_inquiry u WHERE u.decision = '' AND u.closed_at IS NULL"
        " AND (u.answer <> 'other' OR u.grade = 1) AND d.object IN (u.asking_card, u.answering_card))",
        frozenset({"cards"}),
    ),
)

AUTOMATIC: Final = (
    Automatic(
        _("本登録に来ない仮登録"),
        _("登録の設定で決めた日数（初めは30日）を過ぎると、番号と経過を残して毎時の処理で消えます。"),
    ),
)


def names(objects: Sequence[str]) -> dict[str, str]:
    """Object -> the name, masked but for its first character."""
    found = Registrant.objects.filter(pk__in=objects)
    return {str(one.pk): masked(one.display_name) for one in found}


def card_names(objects: Sequence[str]) -> dict[str, str]:
    """The same for whoever held a card."""
    found = Card.objects.filter(pk__in=objects).select_related("registrant")
    return {str(one.pk): masked(one.registrant.display_name) for one in found}


def masked(name: str) -> str:
    """The first character, and stars for how long the rest is."""
    return name[:1] + "＊" * max(0, len(name.strip()) - 1)
