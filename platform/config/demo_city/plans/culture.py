"""文化ホール: a large hall, a rehearsal room, meeting rooms with a partition."""

from __future__ import annotations

import datetime as dt
from typing import Final

from config.demo_city.plans.shape import MONDAY, SUNDAY, BlockPlan, FacilityPlan, RoomPlan, TenantPlan, Term

STAGE: Final = ("concert", "theatre", "lecture")
QUIET: Final = ("meeting", "exhibition")

HALL: Final = FacilityPlan(
    number="0008",
    name="文化ホール",
    name_en="Culture Hall",
    parts={
        "hall": "大ホール", "rehearsal": "リハーサル室", "multi": "多目的室",
        "meeting1": "第1会議室", "meeting2": "第2会議室",
    },
    rooms=(
        RoomPlan("大ホール", "Large hall", 505, ("hall",), STAGE),
        RoomPlan("大ホール・リハーサル室", "Large hall with rehearsal room", 505, ("hall", "rehearsal"), STAGE),
        RoomPlan("リハーサル室", "Rehearsal room", 60, ("rehearsal",), ("rehearsal", "dance")),
        RoomPlan("多目的室", "Multi-purpose room", 100, ("multi",), ("rehearsal", "dance", *QUIET)),
        RoomPlan("第1・第2会議室", "Meeting rooms 1 and 2", 60, ("meeting1", "meeting2"), QUIET),
        RoomPlan("第1会議室", "Meeting room 1", 30, ("meeting1",), QUIET, immediate=True),
        RoomPlan("第2会議室", "Meeting room 2", 30, ("meeting2",), QUIET, immediate=True),
    ),
)  # fmt: skip

CULTURE: Final = TenantPlan(
    schema="bunka",
    name="文化ホール",
    name_en="Culture Hall",
    prefix="BUN",
    symbol="印文",
    ordinance="印西市文化ホールの設置及び管理に関する条例",
    terms=(Term("culture", dt.date(2006, 4, 1)),),
    facilities=(HALL,),
    purposes={
        "concert": ("音楽会", "Concert"),
        "theatre": ("演劇・舞踊", "Theatre and dance performance"),
        "lecture": ("講演会・式典", "Lecture or ceremony"),
        "rehearsal": ("練習", "Rehearsal"),
        "dance": ("ダンス", "Dance"),
        "exhibition": ("展示", "Exhibition"),
        "meeting": ("会議", "Meeting"),
    },
    clubs={
        "混声合唱団": ("コンセイガッショウダン", "rehearsal"),
        "吹奏楽団": ("スイソウガクダン", "rehearsal"),
        "ダンスサークル": ("ダンスサークル", "dance"),
        "フラの会": ("フラノカイ", "dance"),
        "写真クラブ": ("シャシンクラブ", "exhibition"),
        "水墨画の会": ("スイボクガノカイ", "exhibition"),
        "音楽祭実行委員会": ("オンガクサイジッコウイインカイ", "concert"),
        "市民劇団": ("シミンゲキダン", "theatre"),
        "まちづくり研究会": ("マチヅクリケンキュウカイ", "meeting"),
    },
    born=(1945, 2002),
    blocks=(
        BlockPlan("大ホール・リハーサル室", "city_use", "市民芸術祭", week=3, weekday=SUNDAY),
        BlockPlan("大ホール", "maintenance", "舞台機構の点検", week=2, weekday=MONDAY + 2),
    ),
)
