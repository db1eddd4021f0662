"""公民館: three community halls under one department."""

from __future__ import annotations

import datetime as dt
from typing import Final

from config.demo_city.plans.shape import MONDAY, BlockPlan, FacilityPlan, RoomPlan, TenantPlan, Term

TALK: Final = ("meeting", "study")
MAKE: Final = ("craft", *TALK)

CENTRAL: Final = FacilityPlan(
    number="0017",
    name="中央公民館",
    name_en="Central Community Hall",
    parts={"a": "会議室A", "b": "会議室B", "tatami": "和室", "kitchen": "調理室", "music": "音楽室"},
    rooms=(
        RoomPlan("会議室A・B", "Meeting rooms A and B", 80, ("a", "b"), TALK),
        RoomPlan("会議室A", "Meeting room A", 40, ("a",), TALK),
        RoomPlan("会議室B", "Meeting room B", 40, ("b",), TALK),
        RoomPlan("和室", "Japanese room", 30, ("tatami",), ("tea", *TALK)),
        RoomPlan("調理室", "Kitchen", 24, ("kitchen",), ("cooking",)),
        RoomPlan("音楽室", "Music room", 30, ("music",), ("music",)),
    ),
    closed_on_holidays=True,
)
SOFUKE: Final = FacilityPlan(
    number="0018",
    name="そうふけ公民館",
    name_en="Sofuke Community Hall",
    parts={"hall": "ホール", "meeting": "会議室", "tatami": "和室"},
    rooms=(
        RoomPlan("ホール", "Hall", 150, ("hall",), ("exercise", "music", *TALK)),
        RoomPlan("会議室", "Meeting room", 36, ("meeting",), MAKE),
        RoomPlan("和室", "Japanese room", 24, ("tatami",), ("tea", *TALK)),
    ),
    closed_on_holidays=True,
)
KOBAYASHI: Final = FacilityPlan(
    number="0019",
    name="小林公民館",
    name_en="Kobayashi Community Hall",
    parts={"multi": "多目的室", "tatami": "和室"},
    rooms=(
        RoomPlan("多目的室", "Multi-purpose room", 60, ("multi",), ("exercise", "music", *MAKE)),
        RoomPlan("和室", "Japanese room", 20, ("tatami",), ("tea", *TALK)),
    ),
    closed_on_holidays=True,
)

COMMUNITY: Final = TenantPlan(
    schema="kominkan",
    name="印西市公民館",
    name_en="Inzai Community Halls",
    prefix="KOM",
    symbol="印生",
    ordinance="印西市公民館の設置及び管理に関する条例",
    terms=(Term("learning", dt.date(2006, 4, 1)),),
    facilities=(CENTRAL, SOFUKE, KOBAYASHI),
    purposes={
        "meeting": ("会議", "Meeting"),
        "study": ("学習会", "Study group"),
        "craft": ("手芸・工作", "Crafts"),
        "tea": ("茶道・華道", "Tea ceremony and flower arrangement"),
        "cooking": ("料理", "Cooking"),
        "music": ("音楽", "Music"),
        "exercise": ("体操・ダンス", "Exercise and dance"),
    },
    clubs={
        "茶道の会": ("サドウノカイ", "tea"),
        "料理サークル": ("リョウリサークル", "cooking"),
        "コーラス": ("コーラス", "music"),
        "ウクレレの会": ("ウクレレノカイ", "music"),
        "ヨガサークル": ("ヨガサークル", "exercise"),
        "英会話サークル": ("エイカイワサークル", "study"),
        "手編みの会": ("テアミノカイ", "craft"),
        "読書会": ("ドクショカイ", "study"),
        "自治会連絡会": ("ジチカイレンラクカイ", "meeting"),
    },
    born=(1942, 2000),
    blocks=(
        BlockPlan("会議室A・B", "city_use", "公民館講座", week=1, weekday=MONDAY + 5),
        BlockPlan("ホール", "city_use", "子育て講座", week=4, weekday=MONDAY + 3),
        BlockPlan("調理室", "maintenance", "ガス設備の点検", week=3, weekday=MONDAY + 2),
    ),
)
