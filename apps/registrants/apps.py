"""Django application of the registrants."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.registrants.disclosed import DISCLOSED, UNDISCLOSED
from apps.registrants.portal_texts import PORTAL_TEXTS
from apps.registrants.rules.shown import CARD_SHOWN, REQUEST_SHOWN, SHOWN_TO_THE_CITIZEN
from apps.registrants.texts import ERROR_TEXTS
from tenants.rights import EVERYTHING, OWN_ACCOUNT, CityView, Rights, RowRule, column_list

OWN_REGISTRATION = (
    "registrant_id IN (SELECT id FROM registrants_registrant"  # noqa: S608  # a constant
    f" WHERE portal_account = {OWN_ACCOUNT})"
)

CITY_REGISTRANT = {
    "tenant": "text",
    "id": "uuid",
    "number": "varchar",
    "kind": "varchar",
    "state": "varchar",
    "group_name": "varchar",
    "family_name": "varchar",
    "given_name": "varchar",
    "family_kana": "varchar",
    "given_kana": "varchar",
    "birth_date": "date",
    "address": "varchar",
    "phone": "varchar",
    "kana_key": "varchar",
    "phone_key": "varchar",
    "registered_on": "date",
    "valid_until": "date",
}


class RegistrantsConfig(AppConfig):
    """Registrants, how they stand, whom they name, and their cards."""

    name = "apps.registrants"
    default_auto_field = "django.db.models.BigAutoField"

    rights = {
        "registrants_registrant": Rights(
            tenant="SELECT, INSERT, UPDATE",
            portal=f"SELECT {column_list(SHOWN_TO_THE_CITIZEN)}, INSERT",
            rows=(
                RowRule(role="portal", command="SELECT", using=f"portal_account = {OWN_ACCOUNT}"),
                RowRule(
                    role="portal",
                    command="INSERT",
                    using=f"portal_account = {OWN_ACCOUNT} AND state = 'provisional' AND valid_until IS NULL"
                    " AND source_key IS NULL AND merged_into_id IS NULL",
                ),
            ),
            sequences=("registrants_number_seq",),
        ),
        "registrants_emergencycontact": Rights(tenant="SELECT, INSERT, UPDATE, DELETE"),
        "registrants_statespan": Rights(
            tenant="SELECT, INSERT, UPDATE, DELETE",
            portal="SELECT",
            rows=(RowRule(role="portal", command="SELECT", using=OWN_REGISTRATION),),
        ),
        "registrants_registrationact": Rights(
            tenant="SELECT, INSERT",
            portal="INSERT",
            rows=(
                RowRule(
                    role="portal",
                    command="INSERT",
                    using=f"{OWN_REGISTRATION} AND actor_kind = 'citizen' AND actor_id = {OWN_ACCOUNT}"
                    " AND act IN ('pre_register', 'link')",
                ),
            ),
        ),
        "registrants_identitycheck": Rights(tenant="SELECT, INSERT"),
        "registrants_groupmember": Rights(tenant="SELECT, INSERT, UPDATE, DELETE"),
        "registrants_groupkeys": Rights(tenant="SELECT, INSERT, UPDATE, DELETE"),
        "registrants_rostersummary": Rights(tenant="SELECT, INSERT, UPDATE, DELETE"),
        "registrants_itempolicy": Rights(tenant="SELECT, INSERT, UPDATE", portal="SELECT"),
        "registrants_registrationpolicy": Rights(tenant="SELECT, INSERT, UPDATE, DELETE", portal="SELECT"),
        "registrants_renewalreminder": Rights(tenant="SELECT, INSERT"),
        "registrants_merge": Rights(tenant="SELECT, INSERT, UPDATE (undone_at, undone_by)"),
        "registrants_duplicateproposal": Rights(tenant="SELECT, INSERT, UPDATE"),
        "registrants_linkcode": Rights(tenant="SELECT, INSERT, UPDATE"),
        "registrants_citizenrequest": Rights(
            tenant="SELECT, UPDATE",
            portal=f"SELECT {column_list(REQUEST_SHOWN)}, INSERT",
            rows=(
                RowRule(role="portal", command="SELECT", using=OWN_REGISTRATION),
                RowRule(
                    role="portal",
                    command="INSERT",
                    using=f"{OWN_REGISTRATION} AND account = {OWN_ACCOUNT} AND state = 'open' AND answer = ''",
                ),
            ),
        ),
        "registrants_card": Rights(
            tenant="SELECT, INSERT, UPDATE",
            portal=f"SELECT {column_list(CARD_SHOWN)}",
            rows=(RowRule(role="portal", command="SELECT", using=OWN_REGISTRATION),),
        ),
        "registrants_cardissue": Rights(tenant="SELECT, INSERT, UPDATE", sequences=("registrants_card_seq",)),
        "registrants_cardact": Rights(tenant="SELECT, INSERT"),
        "registrants_cardprintjob": Rights(tenant="SELECT, INSERT, UPDATE (state, finished_at, tries, file)"),
        "registrants_cardprintitem": Rights(tenant="SELECT, INSERT, UPDATE (left_out, fit)"),
        "registrants_cardtoken": Rights(tenant="SELECT, INSERT, DELETE"),
        "registrants_visit": Rights(tenant="SELECT, INSERT, UPDATE (registrant_id), DELETE"),
        "registrants_usestop": Rights(
            tenant="SELECT, INSERT, UPDATE (registrant_id, lifted_at, lifted_by, lift_reason)"
        ),
        "registrants_inquirynote": Rights(tenant="SELECT, INSERT"),
    }
    not_packaged = {
        "registrants_cardtoken": EVERYTHING,
        "registrants_groupkeys": EVERYTHING,
        "registrants_linkcode": ("code_hash",),
    }
    disclosures = ("apps.registrants.disclosure:sections",)
    disclosure_titles = (
        "登録の内容",
        "登録の状態の期間",
        "登録の経過",
        "本人確認",
        "緊急連絡先（ご本人の申告による）",
        "構成員名簿",
        "廃棄した名簿",
        "カード・登録証",
        "交付台帳",
        "カードの経過",
        "重複確認の索引",
        "登録証の照会票",
        "照会票の記載",
        "来館の記録",
        "インターネットからの依頼",
        "一回限りの番号",
        "更新のお知らせ",
        "登録の統合",
        "個人情報の利用停止",
        "重複の候補とされた記録",
    )
    disclosed = DISCLOSED
    undisclosed = UNDISCLOSED
    error_texts = ERROR_TEXTS | PORTAL_TEXTS
    moves_at_merge = {
        "registrants.card.registrant": _("カード・登録証"),
        "registrants.visit.registrant": _("来館の記録"),
        "registrants.usestop.registrant": _("個人情報の利用停止"),
    }
    follows_at_parting = {"registrants.visit.registrant": "card"}
    stays_at_merge = (
        # What tells of one record, or is made from it.
        "registrants.statespan.registrant",
        "registrants.registrationact.registrant",
        "registrants.identitycheck.registrant",
        "registrants.emergencycontact.registrant",
        "registrants.groupmember.group",
        "registrants.groupkeys.group",
        "registrants.rostersummary.group",
        "registrants.citizenrequest.registrant",
        "registrants.linkcode.registrant",
        "registrants.renewalreminder.registrant",
        "registrants.merge.kept",
        "registrants.merge.gone",
        "registrants.duplicateproposal.one",
        "registrants.duplicateproposal.other",
        "registrants.registrant.merged_into",
    )
    handover_lists = ("apps.registrants.queries.handover:KINDS",)
    intake_targets = (
        "apps.registrants.services.intake.people.TARGET",
        "apps.registrants.services.intake.members.TARGET",
        "apps.registrants.services.intake.cards.TARGET",
    )
    at_closing = ("apps.registrants.services.cards.closing:lapse_at_closing",)
    city_views = {
        "city_registrant": CityView(
            columns=CITY_REGISTRANT,
            select="SELECT {tenant}::text, "  # noqa: S608  # constants
            + ", ".join(list(CITY_REGISTRANT)[1:])
            + " FROM {schema}.registrants_registrant WHERE number NOT LIKE 'ANON-%'",
        )
    }
    retention_kinds = ("apps.registrants.retention:KINDS",)
    retention_exempt = {"registrants.cardprintitem": "which cards went into one file: it names nobody"}
    retention_holds = ("apps.registrants.retention:HOLDS",)
    retention_automatic = ("apps.registrants.retention:AUTOMATIC",)
    monitoring_facts = ("apps.registrants.queries.facts:of_month",)
    mail_recipients = ("apps.registrants.queries.addressees:recipients",)
    reminders = ("apps.registrants.reminding:reminders", "apps.registrants.reminding:cards")
