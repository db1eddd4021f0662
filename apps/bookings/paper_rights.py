"""Which role may do what with wording, marks and print jobs."""

from __future__ import annotations

from typing import Final

from tenants.rights import Rights

PAPER_RIGHTS: Final = {
    "bookings_textversion": Rights(tenant="SELECT, INSERT, DELETE", portal="SELECT"),
    "bookings_paperoptions": Rights(tenant="SELECT, INSERT, UPDATE, DELETE", portal="SELECT"),
    "bookings_papermark": Rights(tenant="SELECT, INSERT"),
    "bookings_registrationpaper": Rights(tenant="SELECT, INSERT, UPDATE (printed)"),
    "bookings_printjob": Rights(tenant="SELECT, INSERT, UPDATE (state, finished_at, tries, file)"),
    "bookings_printjobitem": Rights(tenant="SELECT, INSERT, UPDATE (document_id, left_out)"),
}
PAPER_FUNCTIONS: Final = {
    "paper_facts(bigint, text)": "portal",
    "paper_facts_at_desk(bigint, text)": "tenant",
}
PAPER_EXEMPT: Final = {
    "bookings.papermark": "the public register of what was issued: kind, number, day, facility and office, and nobody",
    "bookings.printjobitem": "which bookings went into one file of permits: it names nobody",
}
