"""What a mail says of a registration, as label and value, in the language of the mail."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django import template
from django.template import Context
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shared.frame.templatetags.frame import wareki

register = template.Library()


@register.simple_tag(takes_context=True)
def ending_facts(context: Context) -> list[tuple[str, str]]:
    """Pairs for ``frame/mail/_facts``, from the context of ``services.remind``: numbers only, no name."""
    return [
        (_("施設"), place_name(context)),
        (_("登録番号"), "、".join(context["numbers"]) if get_language() != "en" else ", ".join(context["numbers"])),
        (_("有効期限"), wareki(dt.date.fromisoformat(context["ends_on"]))),
    ]


@register.simple_tag(takes_context=True)
def place_name(context: Context) -> str:
    """The facility's English name where there is one and the mail is in English."""
    english: str = context["place_name_en"] if get_language() == "en" else ""
    return english or str(context["place_name"])


SENTENCES: Final = {
    "approve": gettext_lazy("利用者登録が承認されました。予約できます。"),
    "refuse": gettext_lazy("申請のあった利用者登録は、次の理由により承認されませんでした。"),
    "suspend": gettext_lazy(
        "次のとおり利用停止となりました。停止の間は新しい予約ができません。入っている予約は取り消されません。"
    ),
    "lift": gettext_lazy("利用停止が解除されます。解除の日から、ふたたび予約できます。"),
    "stop_online": gettext_lazy(
        "インターネットからの予約を止めました。予約は施設の窓口でお申し込みください。入っている予約は取り消されません。"
    ),
    "allow_online": gettext_lazy("ふたたびインターネットから予約できるようになりました。"),
    "close": gettext_lazy("次のとおり利用者登録が抹消されます。その日から予約できません。"),
    "put_off": gettext_lazy(
        "抹消の日になりましたが、次の理由により、利用者登録の抹消を見合わせています。すべて済むと、その翌日に抹消されます。"
        "納め方や予約の取消しについては、施設の窓口にお尋ねください。"
    ),
    "reopen": gettext_lazy("利用者登録の抹消が取り消されました。"),
}
COMPLETED: Final = {
    "active": gettext_lazy("本登録が終わりました。予約できます。"),
    "under_review": gettext_lazy("本登録を受け付けました。審査が終わると予約できるようになります。"),
}


@register.simple_tag(takes_context=True)
def decided_sentence(context: Context) -> str:
    """What was decided, from the context of ``services.telling``."""
    if context["act"] == "complete":
        return str(COMPLETED[context["state"]])
    return str(SENTENCES[context["act"]])


@register.simple_tag(takes_context=True)
def decided_facts(context: Context) -> list[tuple[str, str]]:
    """Pairs for ``frame/mail/_facts``: facility, number, days, reason; no name."""
    english = context["facility_name_en"] if get_language() == "en" else ""
    facts = [(_("施設"), english or str(context["facility_name"])), (_("登録番号"), str(context["number"]))]
    if context["first"]:
        first, last = (wareki(dt.date.fromisoformat(day)) if day else "" for day in (context["first"], context["last"]))
        until = _("%(first)sから%(last)sまで") % {"first": first, "last": last}
        without_end = _("%(first)sから（期限の定めなし）") % {"first": first}
        spans = {True: until, False: without_end if context["act"] == "suspend" else first}
        facts.append((_("期間") if context["act"] == "suspend" else _("適用の日"), spans[bool(last)]))
    return [*facts, *([(_("理由"), str(context["reason"]))] if context["reason"] else [])]
