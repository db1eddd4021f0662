"""The reviewed list: what each role may do with each table. Change it only together with the design's section 2.

A table that is not here fails the tests. What stands here is compared with what PostgreSQL lets each role do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOTHING: Final = ""
READ: Final = "SELECT"
ADD: Final = "INSERT"
ADD_ACT: Final = (
    "INSERT (at, actor_kind, actor_id, action, object_type, object_id, purpose, detail, address, request_id, body,"
    " persons, roles, session, terminal)"
)
"""To the audit: id and transaction are the database's."""
KEEP: Final = "SELECT, INSERT"
CHANGE: Final = "SELECT, INSERT, UPDATE"
ALL_ROWS: Final = "SELECT, INSERT, UPDATE, DELETE"
OWN_REGISTRATION: Final = (
    "SELECT (id, number, kind, state, portal_account, group_name, group_kana, family_name, given_name, family_kana,"
    " given_kana, birth_date, postal_code, address, phone, registered_on, valid_until, extras, version,"
    " is_counter_only), INSERT"
)
"""What the facility holds of the citizen's own registration, under a row rule: no search keys, no contacts."""
MARK_OUT: Final = "SELECT, INSERT, UPDATE (is_excluded, excluded_at, excluded_by)"
OWN_WORK: Final = "SELECT, UPDATE (password, last_login, one_time_until, confirmed_at, pledge_version, trained_on)"
"""Of a staff account: nobody creates or raises one by a statement."""
OWN_REQUESTS: Final = (
    "SELECT (id, kind, account, asked_at, wishes, note, state, decided_at, answer, registrant_id), INSERT"
)
OWN_CARDS: Final = "SELECT (id, kind, number, state, branch, issued_on, valid_until, registrant_id)"

AUTHENTICATOR: Final = "SELECT, INSERT, UPDATE (confirmed_at, last_step), DELETE"
PASSKEY: Final = "SELECT, INSERT, UPDATE (uses, used_at, copied_at), DELETE"
"""No key is changed, and none is given to another."""
RECOVERY: Final = "SELECT, INSERT, UPDATE (used_at), DELETE"
PAIRS: Final = "SELECT, INSERT, UPDATE (tries, most, began_at, known_at), DELETE"
MONTH_OF_FACILITY: Final = (
    "SELECT, UPDATE (state, version, reported_at, reported_by, complaints, complaint_text, accidents, accident_text,"
    " survey_text, facility_note)"
)
MONTH_OF_CITY: Final = (
    "SELECT, UPDATE (state, version, checked_on, checker, city_note, computed_grade, grade, grade_reasons,"
    " override_reason, closed_at, closed_by)"
)
TERMINALS: Final = (
    "SELECT (id, name, asset_number, place, is_lent, is_fixed, code_until, added_at, enrolled_at, seen_on, revoked_at,"
    " revoked_by, tenant_id), INSERT,"
    " UPDATE (name, asset_number, place, is_lent, is_fixed, code_hash, code_until, revoked_at, revoked_by)"
)
"""No hash is read, and none is changed but that of the next one-time code."""
EMPTIED: Final = "SELECT, INSERT, UPDATE (content, fetched_at, fetched_terminal, destroyed_at, destroyed_why)"
EXPORT_AT_DESK: Final = "SELECT, INSERT, UPDATE (outcome, rows_done, made_count, file, made_at, fetch_by, fetched_at)"
EXPORT_AT_CITY: Final = (
    "SELECT, UPDATE (decision, decided_at, decided_by, decided_login, decided_name, condition, margin, fiscal_year,"
    " serial)"
)
REDUCTION_AT_DESK: Final = (
    "SELECT, INSERT, UPDATE (state, evidence_at, evidence_by, decided_at, decided_by, reason, document_id, sheet_id)"
)
REDUCTION_OF_CITIZEN: Final = (
    "SELECT (id, ground, ground_label, article, asked_at, state, decided_at, reason, booking_id), INSERT"
)
"""Who has seen the evidence, and who decided, is the facility's."""

SESSION_AT_DESK: Final = (
    "SELECT, INSERT, UPDATE (state, ask_at, provider_ref, url, payment_ref, settled_at, surplus, cleared_at,"
    " cleared_by, cleared_why)"
)
SESSION_OF_CITIZEN: Final = (
    "SELECT (id, reference, provider, amount, state, created_at, expires_at, provider_ref, url, settled_at, surplus,"
    " booking_id, sheet_id), INSERT, UPDATE (state, provider_ref, url)"
)
"""Of the own booking, under row rules: begun, and opened once. No citizen says that something was paid."""
EVENT_AT_DESK: Final = (
    "SELECT, INSERT, UPDATE (body, is_settled, outcome, settled_at, attempts, due_at, cleared_at, cleared_by,"
    " cleared_why, session_id)"
)
PAYMENT_OF_CITIZEN: Final = (
    "SELECT (id, fiscal_year, serial, day, method, amount, content, printed, booking_id, online_id), UPDATE (printed)"
)
"""The own receipts; the print of one that was paid online is counted."""

ASK_DISPOSAL: Final = (
    "SELECT, INSERT, UPDATE (decision, decided_at, decided_by, decided_login, decided_name, decision_note, execute_on)"
)
"""All but what was asked is the functions' own; row rules say which rows."""
DISPLACEMENT: Final = (
    "SELECT, INSERT, UPDATE (occasion, detail, article, reason, spans, state, found_at, carried_at, carried_by,"
    " figures, ended_at, ended_by, end_reason, version)"
)
DISPLACEMENT_HIT: Final = (
    "SELECT, INSERT, UPDATE (seen_version, was, proposals, choice, target_day, target_slots, consent, consent_at,"
    " consent_by, became, paid, refund, told_at, fiscal_year, serial, notice, printed, target_room_id, texts), DELETE"
)
"""What was carried out is kept by triggers."""
TENANT_TABLES: Final = {
    # table: (the tenant's own role, the portal); the city and other tenants: nothing
    "audit_auditentry": (f"SELECT, {ADD_ACT}", ADD_ACT),
    "audit_auditseal": (READ, NOTHING),
    "bookings_block": (ALL_ROWS, NOTHING),
    "bookings_blockseries": (ALL_ROWS, NOTHING),
    "bookings_booking": (ALL_ROWS, CHANGE),
    "bookings_bookingact": (KEEP, ADD),
    "bookings_bookingterms": (ALL_ROWS, READ),
    "bookings_changerequest": (CHANGE, "SELECT, INSERT, UPDATE (state, decided_at, reason)"),
    "bookings_cashday": (KEEP, NOTHING),
    "bookings_closingrule": (ALL_ROWS, READ),
    "bookings_counter": (KEEP, READ),
    "bookings_counterset": (KEEP, READ),
    "bookings_daycount": (CHANGE, NOTHING),
    "bookings_displacement": (DISPLACEMENT, NOTHING),
    "bookings_displacement_rooms": ("SELECT, INSERT, DELETE", NOTHING),
    "bookings_displacementhit": (DISPLACEMENT_HIT, NOTHING),
    "bookings_document": ("SELECT, INSERT, UPDATE (printed)", NOTHING),
    "bookings_equipment": (ALL_ROWS, READ),
    "bookings_equipmentroom": (ALL_ROWS, READ),
    "bookings_equipmentstock": (ALL_ROWS, READ),
    "bookings_equipmentuse": (ALL_ROWS, ALL_ROWS),
    "bookings_facility": (ALL_ROWS, READ),
    "bookings_measure": (ALL_ROWS, "SELECT (id, kind, state, first, last, facility_id, registrant_id, scope)"),
    "bookings_house": (ALL_ROWS, NOTHING),
    "bookings_feeline": (KEEP, KEEP),
    "bookings_feesheet": (KEEP, KEEP),
    "bookings_feetable": ("SELECT, INSERT, DELETE", READ),
    "bookings_monthdeed": (KEEP, NOTHING),
    "bookings_numberseries": (CHANGE, NOTHING),
    "bookings_occupation": (ALL_ROWS, ALL_ROWS),
    "bookings_papermark": (KEEP, NOTHING),
    "bookings_paperoptions": (ALL_ROWS, READ),
    "bookings_openmonth": (ALL_ROWS, NOTHING),
    "bookings_part": (ALL_ROWS, READ),
    "bookings_pastbooking": (CHANGE, "SELECT (id, number, day, state, fee, paid, settled_on, registrant_id)"),
    "bookings_penaltypoint": (
        "SELECT, INSERT, UPDATE (void_at, void_by, void_reason, registrant_id)",
        "SELECT (id, event, day, points, void_at, registrant_id)",
    ),
    "bookings_portalhours": (ALL_ROWS, NOTHING),
    "bookings_purpose": (ALL_ROWS, READ),
    "bookings_purposegroup": (ALL_ROWS, READ),
    "bookings_registrationpaper": ("SELECT, INSERT, UPDATE (printed)", NOTHING),
    "bookings_printjob": ("SELECT, INSERT, UPDATE (state, finished_at, tries, file)", NOTHING),
    "bookings_printjobitem": ("SELECT, INSERT, UPDATE (left_out, document_id)", NOTHING),
    "bookings_onlinepaymentterms": (ALL_ROWS, READ),
    "bookings_onlinerefund": ("SELECT, INSERT, UPDATE (state, attempts, due_at, done_at, error)", NOTHING),
    "bookings_onlinesession": (SESSION_AT_DESK, SESSION_OF_CITIZEN),
    "bookings_providerevent": (EVENT_AT_DESK, ADD),
    "bookings_payment": ("SELECT, INSERT, UPDATE (printed)", PAYMENT_OF_CITIZEN),
    "bookings_paymentvoid": (KEEP, "SELECT (payment_id, day)"),
    "bookings_feenotice": (KEEP, NOTHING),
    "bookings_refund": (
        "SELECT, INSERT, UPDATE (printed, void_at, void_by, void_reason)",
        "SELECT (id, kind, day, amount, void_at, booking_id)",
    ),
    "bookings_refundpayout": (KEEP, "SELECT (id, day, method, amount, refund_id)"),
    "bookings_refundseries": (CHANGE, NOTHING),
    "bookings_receiptseries": (CHANGE, NOTHING),
    "bookings_reductionrequest": (REDUCTION_AT_DESK, REDUCTION_OF_CITIZEN),
    "bookings_reminder": (KEEP, NOTHING),
    "bookings_room": (ALL_ROWS, READ),
    "bookings_roomneighbour": (ALL_ROWS, NOTHING),
    "bookings_roompart": (ALL_ROWS, READ),
    "bookings_roompurpose": (ALL_ROWS, READ),
    "bookings_series": ("SELECT, INSERT, UPDATE (registrant_id)", NOTHING),
    "bookings_staffnote": (KEEP, NOTHING),
    "bookings_textversion": ("SELECT, INSERT, DELETE", READ),
    "bookings_timetable": (ALL_ROWS, READ),
    "bookings_timetableslot": (ALL_ROWS, READ),
    "bookings_window": (ALL_ROWS, NOTHING),
    "bookings_wait": (CHANGE, "SELECT, INSERT, UPDATE (state)"),
    "bookings_userecord": (CHANGE, NOTHING),
    "django_migrations": (NOTHING, NOTHING),
    "duties_attendance": (KEEP, NOTHING),
    "duties_pledge": (KEEP, NOTHING),
    "duties_training": (KEEP, NOTHING),
    "intake_chunk": ("SELECT, INSERT, DELETE", NOTHING),
    "intake_columnmapping": (CHANGE, NOTHING),
    "intake_job": (CHANGE, NOTHING),
    "intake_rejectedrow": (ALL_ROWS, NOTHING),
    "outbox_message": (CHANGE, ADD),
    "registrants_card": (CHANGE, OWN_CARDS),
    "registrants_cardact": (KEEP, NOTHING),
    "registrants_cardissue": (CHANGE, NOTHING),
    "registrants_cardprintitem": ("SELECT, INSERT, UPDATE (left_out, fit)", NOTHING),
    "registrants_cardprintjob": ("SELECT, INSERT, UPDATE (state, finished_at, tries, file)", NOTHING),
    "registrants_cardtoken": ("SELECT, INSERT, DELETE", NOTHING),
    "registrants_citizenrequest": ("SELECT, UPDATE", OWN_REQUESTS),
    "registrants_duplicateproposal": (CHANGE, NOTHING),
    "registrants_emergencycontact": (ALL_ROWS, NOTHING),
    "registrants_groupkeys": (ALL_ROWS, NOTHING),
    "registrants_groupmember": (ALL_ROWS, NOTHING),
    "registrants_identitycheck": (KEEP, NOTHING),
    "registrants_inquirynote": (KEEP, NOTHING),
    "registrants_itempolicy": (CHANGE, READ),
    "registrants_linkcode": (CHANGE, NOTHING),
    "registrants_merge": ("SELECT, INSERT, UPDATE (undone_at, undone_by)", NOTHING),
    "registrants_registrant": (CHANGE, OWN_REGISTRATION),
    "registrants_registrationact": (KEEP, ADD),
    "registrants_registrationpolicy": (ALL_ROWS, READ),
    "registrants_rostersummary": (ALL_ROWS, NOTHING),
    "registrants_renewalreminder": (KEEP, NOTHING),
    "registrants_statespan": (ALL_ROWS, READ),
    "registrants_usestop": ("SELECT, INSERT, UPDATE (lifted_at, lifted_by, registrant_id, lift_reason)", NOTHING),
    "registrants_visit": ("SELECT, INSERT, UPDATE (registrant_id), DELETE", NOTHING),
    "staff_authenticator": (AUTHENTICATOR, NOTHING),
    "staff_passkey": (PASSKEY, NOTHING),
    "staff_recoverycode": (RECOVERY, NOTHING),
    "staff_signinevent": ("SELECT, INSERT, UPDATE (told_at)", NOTHING),
    "staff_signinpair": (PAIRS, NOTHING),
    "staff_staffaccount": (OWN_WORK, NOTHING),
    "staff_staffsession": (ALL_ROWS, NOTHING),
    "vault_exportedperson": (KEEP, NOTHING),
    "vault_vaultfile": (EMPTIED, NOTHING),
    "staff_usedpassword": ("SELECT, INSERT, DELETE", NOTHING),
}

SHARED_TABLES: Final = {
    # table or view: (every tenant, the portal, the city)
    "audit_archive": (READ, NOTHING, READ),
    "compliance_disposal": (ASK_DISPOSAL, NOTHING, ASK_DISPOSAL),
    "compliance_disposalitem": (READ, NOTHING, READ),
    "compliance_retentionperiod": (READ, NOTHING, KEEP),
    "accounts_accounttoken": (NOTHING, ALL_ROWS, NOTHING),
    "accounts_calendarlink": (NOTHING, ALL_ROWS, NOTHING),
    "accounts_favouriteroom": (NOTHING, ALL_ROWS, NOTHING),
    "accounts_openingreminder": (NOTHING, KEEP, NOTHING),
    "accounts_reminderwish": (NOTHING, ALL_ROWS, NOTHING),
    "accounts_savedsearch": (NOTHING, ALL_ROWS, NOTHING),
    "accounts_portalaccount": (NOTHING, CHANGE, NOTHING),
    "accounts_portalsigninpair": (NOTHING, PAIRS, NOTHING),
    "accounts_portallink": (NOTHING, READ, NOTHING),
    "accounts_portalsession": (NOTHING, ALL_ROWS, NOTHING),
    "audit_auditentry": (NOTHING, ADD_ACT, f"SELECT, {ADD_ACT}"),
    "audit_auditseal": (NOTHING, NOTHING, READ),
    "audit_dayseal": (NOTHING, NOTHING, READ),
    "audit_verification": (NOTHING, NOTHING, KEEP),
    "catalogue_cataloguefacility": (READ, READ, ALL_ROWS),
    "city_staff_account": (NOTHING, NOTHING, READ),
    "city_duty": (NOTHING, NOTHING, READ),
    "city_sign_in": (NOTHING, NOTHING, READ),
    "compliance_recount": (READ, NOTHING, "SELECT, INSERT, UPDATE (closed_at)"),
    "compliance_recountentry": (
        "SELECT, UPDATE (answer, answered_at, answered_by)",
        NOTHING,
        "SELECT, INSERT, UPDATE (suspended_at)",
    ),
    "compliance_loginseries": (NOTHING, NOTHING, NOTHING),
    "compliance_rosterrow": ("SELECT, INSERT, DELETE", NOTHING, "SELECT, UPDATE (fault)"),
    "compliance_rostersubmission": (
        "SELECT, INSERT, UPDATE (state, submitted_at, submitted_by, version), DELETE",
        NOTHING,
        "SELECT, UPDATE (state, decided_at, decided_by, decision_note, version)",
    ),
    "city_audit": (NOTHING, NOTHING, READ),
    "city_clerk": (NOTHING, NOTHING, READ),
    "city_booking": (NOTHING, NOTHING, READ),
    "city_month_deed": (NOTHING, NOTHING, READ),
    "city_past_booking": (NOTHING, NOTHING, READ),
    "city_registrant": (NOTHING, NOTHING, READ),
    "city_desk_address": (NOTHING, NOTHING, READ),
    "city_outbox": (NOTHING, NOTHING, READ),
    "compliance_agreementversion": (NOTHING, NOTHING, KEEP),
    "compliance_assignmentending": (NOTHING, NOTHING, KEEP),
    "compliance_affectedperson": (MARK_OUT, NOTHING, MARK_OUT),
    "compliance_evidencepackage": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (made_at, lines, sheet, sha256)"),
    "compliance_handoveract": (KEEP, NOTHING, KEEP),
    "compliance_handovercase": (READ, NOTHING, KEEP),
    "compliance_incident": (KEEP, NOTHING, READ),
    "compliance_incidentact": (KEEP, NOTHING, KEEP),
    "compliance_incidentdraft": (ALL_ROWS, NOTHING, NOTHING),
    "compliance_incidentletter": (KEEP, NOTHING, READ),
    "compliance_incidentpublication": (READ, NOTHING, KEEP),
    "compliance_incidentversion": (KEEP, NOTHING, KEEP),
    "compliance_monitoringact": (KEEP, NOTHING, KEEP),
    "compliance_monitoringfact": (KEEP, NOTHING, READ),
    "compliance_monitoringfinding": (
        "SELECT, UPDATE (state, plan_text, plan_until, planned_at, planned_by)",
        NOTHING,
        "SELECT, INSERT, UPDATE (deadline, state, answer, decided_at, decided_by)",
    ),
    "compliance_monitoringitem": (READ, NOTHING, KEEP),
    "compliance_monitoringmailbox": (NOTHING, NOTHING, ALL_ROWS),
    "compliance_monitoringmonth": (MONTH_OF_FACILITY, NOTHING, MONTH_OF_CITY),
    "compliance_monitoringorder": (NOTHING, NOTHING, KEEP),
    "compliance_monitoringphoto": (
        READ,
        NOTHING,
        "SELECT, INSERT, UPDATE (content, removed_at, removed_by, removal_reason)",
    ),
    "compliance_monitoringreminder": (NOTHING, NOTHING, KEEP),
    "compliance_monitoringresult": (
        "SELECT, UPDATE (own_result, own_note, own_at, own_by)",
        NOTHING,
        "SELECT, UPDATE (city_result, city_note, city_at, city_by)",
    ),
    "compliance_monitoringyear": (READ, NOTHING, KEEP),
    "compliance_alertlimits": (READ, NOTHING, CHANGE),
    "compliance_auditalert": (
        "SELECT, INSERT, UPDATE (outcome, note, answered_at, answered_by, answered_name)",
        NOTHING,
        (
            "SELECT, INSERT, UPDATE (outcome, note, answered_at, answered_by, answered_name, city_note, city_at,"
            " city_by, city_name)"
        ),
    ),
    "compliance_logreview": (
        "SELECT, INSERT, UPDATE (comment, signed_at, signed_by, signed_name)",
        NOTHING,
        "SELECT, UPDATE (city_comment, city_at, city_by, city_name)",
    ),
    "compliance_logsample": (
        "SELECT, INSERT, UPDATE (explanation, explained_at, explained_by)",
        NOTHING,
        READ,
    ),
    "compliance_copyrecord": (KEEP, NOTHING, READ),
    "compliance_disposalrecord": (KEEP, NOTHING, READ),
    "compliance_mediumrecord": (KEEP, NOTHING, READ),
    "compliance_subcontractrecord": (KEEP, NOTHING, READ),
    "compliance_clausetext": (READ, READ, KEEP),
    "compliance_exportrequest": (EXPORT_AT_DESK, NOTHING, EXPORT_AT_CITY),
    "compliance_exportseries": (NOTHING, NOTHING, CHANGE),
    "compliance_personrequest": (KEEP, NOTHING, KEEP),
    "compliance_personrequestact": (KEEP, NOTHING, KEEP),
    "compliance_personrequestperiod": (READ, NOTHING, KEEP),
    "compliance_tenantact": (NOTHING, NOTHING, KEEP),
    "compliance_founding": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (asked_at, asked_by, state)"),
    "django_content_type": (NOTHING, NOTHING, NOTHING),
    "django_migrations": (NOTHING, NOTHING, NOTHING),
    "occupancy_equipmentlisting": (NOTHING, READ, READ),
    "occupancy_equipmentout": (
        NOTHING,
        "SELECT (id, equipment, quantity, starts_at, ends_at, expires_at)",
        NOTHING,
    ),
    "occupancy_occupancy": (NOTHING, READ, READ),
    "occupancy_roomlisting": (READ, READ, READ),
    "outbox_message": (NOTHING, ADD, CHANGE),
    "publicuse_order": (READ, NOTHING, "SELECT, INSERT, UPDATE (ended_at, ended_by, end_reason)"),
    "publicuse_place": (
        "SELECT, UPDATE (state, received_at, hits, people, moved, cancelled, kept, refund, done_at, lifted_at)",
        NOTHING,
        KEEP,
    ),
    "publicuse_stop": (NOTHING, NOTHING, READ),
    "senior_card_index": (NOTHING, NOTHING, NOTHING),
    "senior_card_index_rebuilt": (NOTHING, NOTHING, NOTHING),
    "seniorcards_alert": (NOTHING, NOTHING, READ),
    "seniorcards_call": (NOTHING, NOTHING, "SELECT (id, at, tenant, clerk, act, purpose, outcome)"),
    "seniorcards_exclusion": (NOTHING, NOTHING, NOTHING),
    "seniorcards_hit": (NOTHING, NOTHING, NOTHING),
    "seniorcards_inquiry": (NOTHING, NOTHING, READ),
    "seniorcards_key": (NOTHING, NOTHING, "SELECT (kid, rules, first_seen_at, retired_at)"),
    "seniorcards_namesake": (NOTHING, NOTHING, NOTHING),
    "seniorcards_rebuild": (NOTHING, NOTHING, NOTHING),
    "seniorcards_terms": (NOTHING, NOTHING, READ),
    "policies_signinpolicy": (READ, NOTHING, KEEP),
    "city_second_factor": (NOTHING, NOTHING, READ),
    "city_sign_in_lock": (NOTHING, NOTHING, READ),
    "city_sign_in_event": (NOTHING, NOTHING, READ),
    "staff_authenticator": (NOTHING, NOTHING, AUTHENTICATOR),
    "staff_passkey": (NOTHING, NOTHING, PASSKEY),
    "staff_recoverycode": (NOTHING, NOTHING, RECOVERY),
    "staff_signinevent": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (told_at)"),
    "staff_signinpair": (NOTHING, NOTHING, PAIRS),
    "staff_staffaccount": (NOTHING, NOTHING, OWN_WORK),
    "staff_staffsession": (NOTHING, NOTHING, ALL_ROWS),
    "tenants_accessrule": (NOTHING, NOTHING, CHANGE),
    "tenants_allowednetwork": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (removed_at, removed_by)"),
    "tenants_clientcertificate": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (removed_at, removed_by)"),
    "staff_usedpassword": (NOTHING, NOTHING, "SELECT, INSERT, DELETE"),
    "tenants_consortiummember": (READ, READ, ALL_ROWS),
    "tenants_emergencygrant": (NOTHING, NOTHING, "SELECT, INSERT, UPDATE (ended_at, ended_by)"),
    "tenants_host": (READ, NOTHING, READ),
    "tenants_operator": (READ, READ, CHANGE),
    "tenants_care": (NOTHING, NOTHING, "SELECT, INSERT, DELETE"),
    "tenants_operatorassignment": (READ, READ, "SELECT, INSERT, UPDATE (during)"),
    "tenants_terminal": ("SELECT (id, name, tenant_id)", NOTHING, TERMINALS),
    "tenants_tenant": (READ, READ, "SELECT, UPDATE (state)"),
}

FACILITIES: Final = {"tenant_chuo", "tenant_sports", "tenant_bunka"}
"""Each for itself: the functions find out who asks, and refuse the group that the tenants belong to."""

FUNCTIONS: Final = {
    # function: roles that may execute it; the empty name is the bare login
    "gate.access": {""},
    "gate.card_print_backlog": {""},
    "gate.directory": {""},
    "gate.intake_backlog": {""},
    "gate.payment_backlog": {""},
    "gate.outbox_backlog": {""},
    "gate.print_backlog": {""},
    "gate.resting": {""},
    "shared.tenant_sizes": {"kashikan_city"},
    "shared.closing_findings": {"kashikan_city"},
    "shared.tenant_close": {"kashikan_city"},
    "shared.keep_card_issue": set[str](),
    "shared.keep_card_number": set[str](),
    "shared.tell_card_transfer": set[str](),
    "shared.guard_tenant": set[str](),
    "shared.guard_displacement": set[str](),
    "shared.guard_displacement_hit": set[str](),
    "shared.guard_stopped": set[str](),
    "shared.publicuse_ended": set[str](),
    "shared.publicuse_moved": set[str](),
    "shared.publicuse_placed": set[str](),
    "shared.guard_open_place": set[str](),
    "shared.audit_chain": set[str](),
    "shared.audit_check": {"kashikan_city"},
    "shared.audit_close_days": set[str](),
    "shared.audit_difference": set[str](),
    "shared.audit_leaves": set[str](),
    "shared.audit_place": set[str](),
    "shared.audit_rebase": set[str](),
    "shared.audit_root": {"kashikan_city"},
    "shared.audit_seal": {"kashikan_city"},
    "shared.audit_state": {"kashikan_city"},
    "shared.begin_registration": set[str](),
    "shared.enrol_terminal": {*FACILITIES, "kashikan_tenant"},
    "shared.forget_registrant": set[str](),
    "shared.hand_on_term": set[str](),
    "shared.keep_to_term": set[str](),
    "shared.incident_evidence": {"kashikan_city"},
    "shared.incident_is_open": set[str](),
    "shared.incident_step_in_order": set[str](),
    "shared.incident_shown": {"kashikan_city"},
    "shared.keep_to_collected_items": set[str](),
    "shared.guard_assignment": set[str](),
    "shared.guard_booking": set[str](),
    "shared.guard_month": set[str](),
    "shared.guard_month_turn": set[str](),
    "shared.guard_clause": set[str](),
    "shared.guard_charge": set[str](),
    "shared.guard_closed_state": set[str](),
    "shared.guard_closing": set[str](),
    "shared.money_is_open": set[str](),
    "shared.guard_neighbours": set[str](),
    "shared.guard_stock": set[str](),
    "shared.guard_room": set[str](),
    "shared.guard_freed": set[str](),
    "shared.guard_export": set[str](),
    "shared.guard_cash_day": set[str](),
    "shared.guard_fee": set[str](),
    "shared.guard_fee_sum": set[str](),
    "shared.guard_fee_table": set[str](),
    "shared.guard_paper_mark": set[str](),
    "shared.guard_payment": set[str](),
    "shared.guard_text_version": set[str](),
    "shared.paper_facts": {"kashikan_portal"},
    "shared.paper_facts_at_desk": {*FACILITIES, "kashikan_tenant"},
    "shared.guard_online_begun": set[str](),
    "shared.guard_online_moved": set[str](),
    "shared.guard_online_payment": set[str](),
    "shared.guard_online_refund": set[str](),
    "shared.guard_online_void": set[str](),
    "shared.guard_provider_event": set[str](),
    "shared.guard_online_payout": set[str](),
    "shared.guard_payout_beside": set[str](),
    "shared.guard_refund_withdrawn": set[str](),
    "shared.guard_offset": set[str](),
    "shared.guard_payout": set[str](),
    "shared.guard_refund": set[str](),
    "shared.guard_vault": set[str](),
    "shared.guard_void": set[str](),
    "shared.end_account": {"kashikan_portal"},
    "shared.opening_wishes": {"kashikan_portal"},
    "shared.reminder_wishes": {*FACILITIES, "kashikan_tenant"},
    "shared.stop_reminders": {"kashikan_portal"},
    "shared.close_online_session": set[str](),
    "shared.guard_online_taken_back": set[str](),
    "shared.guard_past": set[str](),
    "shared.guard_went_with": set[str](),
    "shared.list_rooms": set[str](),
    "shared.mirror_equipment": set[str](),
    "shared.mirror_equipment_out": set[str](),
    "shared.mirror_occupation": set[str](),
    "shared.mirror_portal_link": set[str](),
    "shared.mirror_rooms": set[str](),
    "shared.open_reset_slip": set[str](),
    "shared.monitoring_caller": set[str](),
    "shared.monitoring_guard_finding": set[str](),
    "shared.monitoring_guard_item": set[str](),
    "shared.monitoring_guard_month": set[str](),
    "shared.monitoring_guard_part": set[str](),
    "shared.monitoring_guard_photo": set[str](),
    "shared.monitoring_guard_result": set[str](),
    "shared.monitoring_open": FACILITIES,
    "shared.number_prefix_is_known": {*FACILITIES, "kashikan_tenant"},
    "shared.refuse_rewriting": set[str](),
    "shared.own_bookings": {"kashikan_portal"},
    "shared.own_ledgers": {"kashikan_portal"},
    "shared.account_of_number": {"kashikan_portal"},
    "shared.forget_own_provisional": {"kashikan_portal"},
    "shared.end_waits": set[str](),
    "shared.own_registrations": {"kashikan_portal"},
    "shared.clear_sign_in_lock": {"kashikan_city"},
    "shared.reset_second_factor": {"kashikan_city"},
    "shared.person_request_granted": set[str](),
    "shared.redeem_link_code": {"kashikan_portal"},
    "shared.terminal_seen": {*FACILITIES, "kashikan_tenant"},
    "shared.unlink_own": {"kashikan_portal"},
    "shared.city_account_change": {"kashikan_city"},
    "shared.city_account_open": {"kashikan_city"},
    "shared.city_account_reset": {"kashikan_city"},
    "shared.city_account_trace": set[str](),
    "shared.keep_an_officer": set[str](),
    "shared.staff_change": {"kashikan_city"},
    "shared.staff_grant": {"kashikan_city"},
    "shared.staff_officer": set[str](),
    "shared.staff_place": set[str](),
    "shared.staff_received": FACILITIES,
    "shared.staff_reset": {"kashikan_city"},
    "shared.staff_suspend": {"kashikan_city"},
    "shared.staff_switch_off": FACILITIES,
    "shared.staff_trace": set[str](),
    "shared.senior_alert": set[str](),
    "shared.audit_archived": FACILITIES,
    "shared.audit_remove": set[str](),
    "shared.city_audit_archived": {"kashikan_city"},
    "shared.city_disposal_counts": {"kashikan_city"},
    "shared.city_disposal_list": {"kashikan_city"},
    "shared.city_disposal_run": {"kashikan_city"},
    "shared.disposal_caller": set[str](),
    "shared.disposal_carry_out": set[str](),
    "shared.disposal_counts": FACILITIES,
    "shared.disposal_counts_in": set[str](),
    "shared.disposal_due_rows": set[str](),
    "shared.disposal_list": FACILITIES,
    "shared.disposal_months": set[str](),
    "shared.disposal_run": FACILITIES,
    "shared.disposal_stands": set[str](),
    "shared.senior_answer_inquiry": FACILITIES,
    "shared.senior_ask": FACILITIES,
    "shared.senior_caller": set[str](),
    "shared.senior_card_changed": set[str](),
    "shared.senior_card_issued": set[str](),
    "shared.senior_cards_of": set[str](),
    "shared.senior_check": FACILITIES,
    "shared.senior_clear": FACILITIES,
    "shared.senior_counts": {"kashikan_city"},
    "shared.senior_decide": {"kashikan_city"},
    "shared.senior_city_answer": {"kashikan_city"},
    "shared.senior_decides": set[str](),
    "shared.senior_digests": set[str](),
    "shared.senior_inherit": set[str](),
    "shared.senior_keys_fit": set[str](),
    "shared.senior_looser": set[str](),
    "shared.senior_rebuild_mark": {"kashikan_city"},
    "shared.senior_say": set[str](),
    "shared.senior_set_terms": {"kashikan_city"},
    "shared.senior_terms": set[str](),
    "shared.senior_drop_key": {"kashikan_city"},
    "shared.senior_holder_changed": set[str](),
    "shared.senior_inquiries": FACILITIES,
    "shared.senior_lacking": FACILITIES,
    "shared.senior_matches": set[str](),
    "shared.senior_holders": set[str](),
    "shared.senior_officer": set[str](),
    "shared.senior_open_inquiry": FACILITIES,
    "shared.senior_other_holder": set[str](),
    "shared.senior_part": set[str](),
    "shared.senior_purge": {"kashikan_city"},
    "shared.senior_put": set[str](),
    "shared.senior_rebuild_begin": {"kashikan_city"},
    "shared.senior_rebuild_differences": {"kashikan_city"},
    "shared.senior_rebuild_put": FACILITIES,
    "shared.senior_rebuild_replace": {"kashikan_city"},
    "shared.senior_retoken": FACILITIES,
    "shared.senior_ticket": set[str](),
    "shared.senior_trace": set[str](),
    "shared.senior_verify": FACILITIES,
}

DRAWN_SEQUENCES: Final = {
    # sequence of every tenant -> whether the portal may draw from it too, beside the tenant: all others serve identity
    # columns, which need no right
    "bookings_receipt_seq": True,
    "registrants_card_seq": False,
    "registrants_number_seq": True,
}

MEMBERS: Final = {
    # role: who may become it (SET ROLE), beside the owner, who made it; {} is each tenant
    "kashikan_portal": {"kashikan_web"},
    "kashikan_city": {"kashikan_web"},
    "kashikan_desk": {"kashikan_web"},
    "kashikan_tenant": {"tenant_{}"},
    "tenant_{}": {"kashikan_desk"},
}

CITY_REGISTRANT_COLUMNS: Final = {
    # what the city sees of a person, always with a stated purpose; never the emergency contact
    "tenant", "id", "number", "kind", "state", "group_name", "family_name", "given_name", "family_kana", "given_kana",
    "birth_date", "address", "phone", "kana_key", "phone_key", "registered_on", "valid_until",
}  # fmt: skip


def expected(role: str, tenants: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Schema -> relation -> privileges that ``role`` has by this list, without those that it has none for."""
    group = "kashikan_tenant" if role.startswith("tenant_") else role
    shared = {"kashikan_tenant": 0, "kashikan_portal": 1, "kashikan_city": 2}.get(group)
    found = {"shared": _said(SHARED_TABLES, shared)}
    for schema in tenants:
        found[schema] = _said(TENANT_TABLES, {f"tenant_{schema}": 0, "kashikan_portal": 1}.get(role))
    return {schema: tables for schema, tables in found.items() if tables}


def _said(tables: Mapping[str, tuple[str, ...]], column: int | None) -> dict[str, str]:
    if column is None:
        return {}
    return {table: rights[column] for table, rights in tables.items() if rights[column]}
