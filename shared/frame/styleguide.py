"""The style guide: every component and a sample of each kind of page, where DEBUG is on.

It is the frame's test bench: the browser tests look at these pages. Their sample texts are invented and stay in
Japanese, since nobody but developers reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kernel import clock
from shared.frame.calendar import DayCell, weeks
from shared.frame.chrome import Chrome, navigation
from shared.frame.forms import DateInput, TelInput
from shared.frame.marks import Mark
from shared.staff.rights import Right
from shared.web.guard import needs

GUIDE = "/frame/styleguide/"
MONTH = date(2026, 5, 1)
HOLIDAYS = {3: "憲法記念日", 4: "みどりの日", 5: "こどもの日", 6: "振替休日"}
OTHER_MARKS = {2: Mark.FULL, 8: Mark.FULL, 9: Mark.SOME, 16: Mark.SOME, 23: Mark.FULL, 24: Mark.SOME, 30: Mark.LOTTERY}


class SampleForm(forms.Form):
    """One field of each kind that the pages use."""

    purpose = forms.ChoiceField(
        label="利用目的", choices=[("", "選択してください"), ("meeting", "会議・打合せ"), ("dance", "舞踊・体操")]
    )
    event = forms.CharField(label="行事名", max_length=40, help_text="申請書と許可書に印字します。例：五月の例会")
    day = forms.DateField(label="利用日", widget=DateInput)
    headcount = forms.IntegerField(
        label="利用人数", min_value=1, max_value=40, help_text="定員は40人です。", widget=forms.NumberInput
    )
    phone = forms.CharField(label="連絡先の電話番号", widget=TelInput, help_text="日中につながる番号。例：0476-00-0000")
    payment = forms.ChoiceField(
        label="支払いの方法", widget=forms.RadioSelect, choices=[("counter", "窓口で支払う"), ("bank", "口座振替")]
    )
    tools = forms.MultipleChoiceField(
        label="使う設備",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("projector", "プロジェクター"), ("piano", "ピアノ"), ("mic", "マイク")],
    )
    note = forms.CharField(label="施設への連絡", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label="利用上の注意を読み、同意します")


class SearchForm(forms.Form):
    """A row of search fields: all optional, so none says so."""

    hides_requirement = True
    word = forms.CharField(label="施設の名前", required=False)
    area = forms.ChoiceField(label="地域", required=False, choices=[("", "すべて"), ("a", "木下"), ("b", "大森")])
    day = forms.DateField(label="利用日", required=False, widget=DateInput)


@needs(Right.OPEN)
def components(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    pages = Paginator(range(1, 196), 20)
    context = {
        "chrome": _portal(request),
        "form": SampleForm(),
        "marks": list(Mark),
        "page_obj": pages.page(4),
        "samples": sorted(SAMPLES),
        "trail": [("トップ", "/"), ("見本", "")],
        **held(),
    }
    return render(request, "frame/styleguide/components.html", context)


@needs(Right.OPEN)
def sample(request: HttpRequest, sample: str) -> HttpResponse:
    """One whole page as a site would show it."""
    if sample not in SAMPLES:
        raise Http404
    return render(request, f"frame/styleguide/{sample.replace('-', '_')}.html", SAMPLES[sample](request))


def _portal(request: HttpRequest, person: str = "") -> Chrome:
    links = [("施設を探す", GUIDE + "search/"), ("予約の確認・取消", GUIDE + "booking/"), ("利用者登録", "#register")]
    return Chrome(
        owner="見本市",
        home_url=GUIDE,
        person=person,
        sign_in_url="#sign-in",
        sign_out_url=GUIDE,
        nav=navigation(request.path, [*links, ("ご利用案内", "#guide")]),
        contact="見本市 施設予約担当　電話 0476-00-0000（平日 8:30〜17:15）",
    )


def _desk(request: HttpRequest) -> Chrome:
    links = [("今日の予定", GUIDE + "board/"), ("申請の受付", GUIDE + "inbox/"), ("利用者", "#registrants")]
    return Chrome(
        owner="見本市",
        place="みほん老人福祉センター",
        home_url=GUIDE,
        person="見本 窓子",
        sign_out_url=GUIDE,
        nav=navigation(request.path, [*links, ("窓口予約", "#counter"), ("帳票", "#documents")]),
    )


def _city(request: HttpRequest) -> Chrome:
    links = [("利用状況", GUIDE + "usage/"), ("施設と運営者", "#facilities"), ("利用者の照会", "#registrants")]
    return Chrome(
        owner="見本市",
        home_url=GUIDE,
        person="見本 市子",
        sign_out_url=GUIDE,
        nav=navigation(request.path, links),
    )


def _search(request: HttpRequest) -> dict[str, Any]:
    return {"chrome": _portal(request), "form": SearchForm(), "trail": []}


def _month(request: HttpRequest) -> dict[str, Any]:
    return {
        "chrome": _portal(request),
        "weeks": weeks(_cell(day) for day in range(1, 32)),
        "trail": [("トップ", GUIDE), ("施設を探す", GUIDE + "search/"), ("会議室1", "")],
    }


def _cell(day: int) -> DayCell:
    when = MONTH.replace(day=day)
    if day < 7:
        mark = Mark.OUTSIDE
    elif when.weekday() == 0:
        mark = Mark.CLOSED
    else:
        mark = OTHER_MARKS.get(day, Mark.FREE)
    url = GUIDE + "day/" if mark in {Mark.FREE, Mark.SOME, Mark.LOTTERY} else ""
    return DayCell(when, mark, url=url, holiday=HOLIDAYS.get(day, ""), is_today=day == 7)


def _day(request: HttpRequest) -> dict[str, Any]:
    slots = [
        ("午前", "9:00〜12:00", Mark.FREE, 600),
        ("午後", "13:00〜17:00", Mark.FULL, 800),
        ("夜間", "18:00〜21:00", Mark.FREE, 900),
        ("全日", "9:00〜21:00", Mark.OUTSIDE, 2300),
    ]
    trail = [("トップ", GUIDE), ("施設を探す", GUIDE + "search/"), ("会議室1", GUIDE + "month/"), ("5月9日", "")]
    return {"chrome": _portal(request), "slots": slots, "day": date(2026, 5, 9), "trail": trail}


def _apply(request: HttpRequest) -> dict[str, Any]:
    entered = {"purpose": "meeting", "headcount": "60", "phone": "0476-00-1234", "day": "2026-05-09", "tools": ["mic"]}
    return {
        "chrome": _portal(request, person="見本 花子"),
        "form": SampleForm(entered),
        "day": date(2026, 5, 9),
        **held(),
    }


def held() -> dict[str, datetime]:
    now = clock.now()
    return {"now": now, "deadline": now + timedelta(minutes=12, seconds=30)}


def _booking(request: HttpRequest) -> dict[str, Any]:
    messages.success(request, "申し込みを受け付けました。確認のメールをお送りしました。")
    trail = [("トップ", GUIDE), ("予約の確認・取消", "#list"), ("受付番号 2026-000123", "")]
    return {"chrome": _portal(request, person="見本 花子"), "day": date(2026, 5, 9), "trail": trail}


def _board(request: HttpRequest) -> dict[str, Any]:
    hours = list(range(9, 21))
    return {"chrome": _desk(request), "day": date(2026, 5, 9), "hours": hours, "rooms": BOARD}


def _inbox(request: HttpRequest) -> dict[str, Any]:
    return {"chrome": _desk(request), "rows": INBOX, "day": date(2026, 5, 9), "page_obj": Paginator(INBOX, 20).page(1)}


def _usage(request: HttpRequest) -> dict[str, Any]:
    return {"chrome": _city(request), "rows": USAGE, "day": MONTH}


BOARD = [
    (
        "大広間",
        "定員 120人",
        [("free", 3, "", ""), ("permitted", 4, "みほん舞踊の会", "13人 許可済み"), ("free", 5, "", "")],
    ),
    (
        "会議室1",
        "定員 40人",
        [
            ("waiting", 3, "五月会", "20人 審査待ち"),
            ("free", 5, "", ""),
            ("permitted", 3, "読書会", "8人 許可済み"),
            ("free", 1, "", ""),
        ],
    ),
    ("会議室2", "定員 20人", [("block", 12, "整備のため使用できません", "空調の点検")]),
    ("和室", "定員 24人", [("free", 4, "", ""), ("waiting", 4, "茶道ひなげし", "10人 審査待ち"), ("shut", 4, "", "")]),
]
"""Room, capacity, and the cells of its day: kind, hours, who, state."""

INBOX = [
    ("2026-000123", "五月会", "会議室1", date(2026, 5, 9), "午前 9:00〜12:00", 20, "審査待ち", "warning"),
    ("2026-000122", "茶道ひなげし", "和室", date(2026, 5, 9), "午後 13:00〜17:00", 10, "審査待ち", "warning"),
    ("2026-000119", "みほん舞踊の会", "大広間", date(2026, 5, 9), "午後 12:00〜16:00", 13, "許可", "success"),
    ("2026-000118", "見本 太郎", "会議室2", date(2026, 5, 12), "夜間 18:00〜21:00", 4, "不許可", "danger"),
    ("2026-000101", "読書会", "会議室1", date(2026, 5, 9), "夜間 17:00〜20:00", 8, "取消", "quiet"),
]

USAGE = [
    ("みほん老人福祉センター", "見本事業体", 412, 3120, 68.4),
    ("みほん地域福祉センター", "見本事業体", 268, 1987, 44.1),
    ("みほん中央公民館", "見本市 生涯学習課", 530, 7244, 81.9),
    ("みほん体育館", "見本市 スポーツ振興課", 611, 15320, 92.3),
]
"""Facility, operator, bookings, heads, slots used in percent."""

SAMPLES: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    "apply": _apply,
    "board": _board,
    "booking": _booking,
    "day": _day,
    "inbox": _inbox,
    "month": _month,
    "search": _search,
    "usage": _usage,
}
