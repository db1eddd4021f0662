"""What stands on the sheet with a one-time code."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from apps.registrants.documents.handout import HandoutSheet, handout_pdf
from apps.registrants.models import CodePurpose, Registrant
from apps.registrants.services.portal_codes import Handout
from kernel.postal import format_postal
from shared.web.addresses import address_of
from tenants.models import Tenant
from tenants.scope import scoped_connection

TITLES: Final = {
    CodePurpose.LINK: "市民アカウントとの結び付け番号のお知らせ",
    CodePurpose.RESET: "パスワードの再設定番号のお知らせ",
}
LABELS: Final = {CodePurpose.LINK: "結び付け番号", CodePurpose.RESET: "再設定番号"}
STEPS: Final = {
    CodePurpose.LINK: (
        "公共施設予約のページ（{portal}）を開き、市民アカウントでログインします。アカウントがない方は、はじめに登録します。",
        "「利用者登録」の「登録と結び付ける」で、{facility}を選びます。",
        "登録番号と結び付け番号を入力します。",
    ),
    CodePurpose.RESET: (
        "公共施設予約のページ（{portal}）のログイン画面で「IDまたはパスワードを忘れた方」を選びます。",
        "「用紙の再設定番号を入力する」に進みます。",
        "再設定番号と、新しいパスワードを入力します。",
        "アカウントのページで、IDを確認できます。",
    ),
}
NOTES: Final = {
    CodePurpose.LINK: (
        "番号は一度だけ使えます。5回間違えると使えなくなりますので、窓口にお申し出ください。",
        "番号をほかの人に知らせないでください。職員が番号をお尋ねすることはありません。",
    ),
    CodePurpose.RESET: (
        "番号は一度だけ使えます。期限を過ぎたときは、もう一度窓口にお申し出ください。",
        "番号をほかの人に知らせないでください。職員が番号をお尋ねすることはありません。",
    ),
}


def handout_sheet(handout: Handout, *, is_mailed: bool) -> bytes:
    """The sheet as PDF; with the registered address where it is mailed."""
    schema = scoped_connection().scope.schema
    facility = str(Tenant.objects.values_list("name", flat=True).get(schema_name=schema))
    told = {"portal": address_of(settings.PORTAL_HOST), "facility": facility}
    sheet = HandoutSheet(
        title=TITLES[handout.purpose],
        facility=facility,
        number=handout.registrant.number if handout.purpose == CodePurpose.LINK else "",
        code_label=LABELS[handout.purpose],
        code=handout.code,
        printed_on=handout.made_on,
        last_day=handout.last_day,
        steps=tuple(step.format(**told) for step in STEPS[handout.purpose]),
        notes=NOTES[handout.purpose],
        address=_address(handout.registrant) if is_mailed else (),
    )
    return handout_pdf(sheet)


def _address(registrant: Registrant) -> tuple[str, ...]:
    group = (registrant.group_name, f"代表者　{registrant.person_name}　様") if registrant.group_name else ()
    named = group or (f"{registrant.person_name}　様",)
    return (f"〒{format_postal(registrant.postal_code)}", registrant.address, *named)
