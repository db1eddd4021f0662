"""総合福祉センター: run by the city, since 2017-04-01 by a designated manager. Source: the document of 2017.

Two of its four facilities use the system; コスモス and 子どもふれあいセンター are in the catalogue alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from config.demo_city.plans.shape import DAY, MONDAY, SUNDAY, BlockPlan, FacilityPlan, RoomPlan, TenantPlan, Term

TALK: Final = ("meeting", "study")
PLAY: Final = ("hobby", "exercise", "go")

SENIOR: Final = FacilityPlan(
    number="0029",
    name="中央老人福祉センター",
    name_en="Central Senior Welfare Centre",
    parts={"hall": "大広間", "tatami1": "和室1", "tatami2": "和室2", "meeting": "会議室"},
    rooms=(
        RoomPlan("大広間", "Great tatami hall", 100, ("hall",), PLAY, slots=DAY),
        RoomPlan("和室1・2", "Japanese rooms 1 and 2", 40, ("tatami1", "tatami2"), (*PLAY, *TALK), slots=DAY),
        RoomPlan("和室1", "Japanese room 1", 20, ("tatami1",), (*PLAY, *TALK), slots=DAY),
        RoomPlan("和室2", "Japanese room 2", 20, ("tatami2",), (*PLAY, *TALK), slots=DAY),
        RoomPlan("会議室", "Meeting room", 30, ("meeting",), TALK, slots=DAY),
    ),
    closed_weekdays=(SUNDAY,),
    closed_on_holidays=True,
)
COMMUNITY_WELFARE: Final = FacilityPlan(
    number="0030",
    name="地域福祉センター",
    name_en="Community Welfare Centre",
    parts={"a": "多目的ホールA面", "b": "多目的ホールB面", "meeting": "会議室", "volunteers": "ボランティア室"},
    rooms=(
        RoomPlan("多目的ホール 全面", "Multi-purpose hall, whole", 200, ("a", "b"), ("exercise", "volunteer", *TALK)),
        RoomPlan("多目的ホール A面", "Multi-purpose hall, half A", 100, ("a",), ("exercise", "volunteer", *TALK)),
        RoomPlan("多目的ホール B面", "Multi-purpose hall, half B", 100, ("b",), ("exercise", "volunteer", *TALK)),
        RoomPlan("会議室", "Meeting room", 36, ("meeting",), ("volunteer", *TALK)),
        RoomPlan("ボランティア室", "Volunteers' room", 20, ("volunteers",), ("volunteer",), immediate=True),
    ),
)

WELFARE: Final = TenantPlan(
    schema="fukushi",
    name="総合福祉センター",
    name_en="General Welfare Centre",
    prefix="FUK",
    symbol="印総福セ",
    ordinance="印西市総合福祉センターの設置及び管理に関する条例",
    terms=(
        Term("seniors", dt.date(2006, 4, 1)),
        Term("consortium", dt.date(2017, 4, 1), years=5, agreement_number="平成29年印高福協定第1号", is_income=True),
    ),
    facilities=(SENIOR, COMMUNITY_WELFARE),
    purposes={
        "hobby": ("趣味の活動", "Hobbies"),
        "go": ("囲碁・将棋", "Go and shogi"),
        "exercise": ("体操", "Exercise"),
        "volunteer": ("ボランティア活動", "Volunteer work"),
        "study": ("学習会", "Study group"),
        "meeting": ("会議", "Meeting"),
    },
    clubs={
        "寿会": ("コトブキカイ", "hobby"),
        "囲碁同好会": ("イゴドウコウカイ", "go"),
        "将棋の会": ("ショウギノカイ", "go"),
        "いきいき体操": ("イキイキタイソウ", "exercise"),
        "手話サークル": ("シュワサークル", "volunteer"),
        "点訳の会": ("テンヤクノカイ", "volunteer"),
        "民謡の会": ("ミンヨウノカイ", "hobby"),
        "介護者の集い": ("カイゴシャノツドイ", "meeting"),
    },
    born=(1932, 1966),
    blocks=(
        BlockPlan("大広間", "city_use", "敬老の集い", week=3, weekday=MONDAY + 3),
        BlockPlan("多目的ホール 全面", "maintenance", "空調の点検", week=2, weekday=MONDAY + 1),
    ),
)
