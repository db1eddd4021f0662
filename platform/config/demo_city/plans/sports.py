"""松山下公園: gymnasium with halves, martial arts hall of two, tennis courts."""

from __future__ import annotations

import datetime as dt
from typing import Final

from config.demo_city.plans.shape import MONDAY, SUNDAY, BlockPlan, FacilityPlan, RoomPlan, SlotPlan, TenantPlan, Term

BALLS: Final = ("badminton", "volleyball", "table_tennis", "basketball", "gymnastics")
TWO_HOURS: Final[tuple[SlotPlan, ...]] = tuple(
    (f"{hour}時", f"{hour}:00", f"{hour:02}:00", f"{hour + 2:02}:00") for hour in range(9, 21, 2)
)

GYMNASIUM: Final = FacilityPlan(
    number="0001",
    name="松山下公園総合体育館",
    name_en="Matsuyamashita Park General Gymnasium",
    parts={
        "a": "メインアリーナA面", "b": "メインアリーナB面", "sub": "サブアリーナ",
        "judo": "柔道場", "kendo": "剣道場", "meeting": "会議室",
    },
    rooms=(
        RoomPlan("メインアリーナ 全面", "Main arena, whole", 600, ("a", "b"), BALLS),
        RoomPlan("メインアリーナ A面", "Main arena, half A", 300, ("a",), BALLS),
        RoomPlan("メインアリーナ B面", "Main arena, half B", 300, ("b",), BALLS),
        RoomPlan("サブアリーナ", "Second arena", 150, ("sub",), BALLS),
        RoomPlan("武道場 全面", "Martial arts hall, whole", 160, ("judo", "kendo"), ("martial_arts",)),
        RoomPlan("柔道場", "Judo hall", 80, ("judo",), ("martial_arts", "gymnastics")),
        RoomPlan("剣道場", "Kendo hall", 80, ("kendo",), ("martial_arts", "gymnastics")),
        RoomPlan("会議室", "Meeting room", 40, ("meeting",), ("meeting",)),
    ),
)  # fmt: skip
TENNIS: Final = FacilityPlan(
    number="0004",
    name="松山下公園テニスコート",
    name_en="Matsuyamashita Park Tennis Courts",
    parts={str(court): f"{court}番コート" for court in range(1, 5)},
    rooms=tuple(
        RoomPlan(f"{court}番コート", f"Court {court}", 8, (str(court),), ("tennis",), immediate=True, slots=TWO_HOURS)
        for court in range(1, 5)
    ),
)

SPORTS: Final = TenantPlan(
    schema="matsuyama",
    name="松山下公園体育施設",
    name_en="Matsuyamashita Park Sports Facilities",
    prefix="MAT",
    symbol="印ス",
    ordinance="印西市体育施設の設置及び管理に関する条例",
    terms=(Term("sports", dt.date(2006, 4, 1)),),
    facilities=(GYMNASIUM, TENNIS),
    purposes={
        "badminton": ("バドミントン", "Badminton"),
        "volleyball": ("バレーボール", "Volleyball"),
        "table_tennis": ("卓球", "Table tennis"),
        "basketball": ("バスケットボール", "Basketball"),
        "gymnastics": ("体操・ダンス", "Gymnastics and dance"),
        "martial_arts": ("武道", "Martial arts"),
        "tennis": ("テニス", "Tennis"),
        "meeting": ("会議", "Meeting"),
    },
    clubs={
        "バドミントンクラブ": ("バドミントンクラブ", "badminton"),
        "ママさんバレー": ("ママサンバレー", "volleyball"),
        "卓球愛好会": ("タッキュウアイコウカイ", "table_tennis"),
        "ミニバス": ("ミニバス", "basketball"),
        "健康体操の会": ("ケンコウタイソウノカイ", "gymnastics"),
        "剣友会": ("ケンユウカイ", "martial_arts"),
        "柔道スポーツ少年団": ("ジュウドウスポーツショウネンダン", "martial_arts"),
        "テニスサークル": ("テニスサークル", "tennis"),
    },
    born=(1948, 2004),
    blocks=(
        BlockPlan("メインアリーナ 全面", "city_use", "市民スポーツ大会", week=2, weekday=SUNDAY),
        BlockPlan("サブアリーナ", "maintenance", "床の保守", week=3, weekday=MONDAY + 1),
    ),
)
