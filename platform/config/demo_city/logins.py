"""The demonstration's logins: one table, printed by ``fill_demo``. The password is public; hence localhost only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from config.demo_city.chance import same_id
from config.demo_city.names import Person
from shared.staff.models import Role

PASSWORD: Final = "kashikan-demo"  # noqa: S105  # public, and refused outside localhost


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen's login at the portal; ``registrations`` are (schema, kind) of where it is registered."""

    login: str
    person: Person
    birth_date: dt.date
    registrations: tuple[tuple[str, str], ...]
    about: str
    about_en: str

    @property
    def account(self) -> UUID:
        """The account's id."""
        return same_id("citizen", self.login)


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff login at a desk (``schema``) or, with an empty schema, at the city's site."""

    login: str
    name: str
    schema: str
    about: str
    about_en: str
    roles: tuple[Role, ...] = (Role.RECEPTION, Role.FACILITY_MANAGER)


CITIZENS: Final = (
    Citizen(
        "hanako",
        Person("若葉", "花子", "ワカバ", "ハナコ"),
        dt.date(1958, 4, 12),
        (("matsuyama", "individual"), ("fukushi", "individual")),
        "市民（個人）: 体育施設と総合福祉センターに登録",
        "a citizen, registered at the sports facilities and the welfare centre",
    ),
    Citizen(
        "circle",
        Person("花園", "文子", "ハナゾノ", "フミコ"),
        dt.date(1971, 10, 3),
        (("kominkan", "group"), ("bunka", "group")),
        "市民（団体の代表者）: 公民館と文化ホールに登録",
        "a group's representative, registered at the community halls and the culture hall",
    ),
    Citizen(
        "satsuki",
        Person("若草", "皐月", "ワカクサ", "サツキ"),
        dt.date(1990, 5, 5),
        (),
        "市民（個人）: 体育施設に仮登録、本登録を待っている",
        "a citizen whose provisional registration waits at the sports facilities",
    ),
)
STAFF: Final = (
    Staff("matsuyama01", "朝霧　健一", "matsuyama", "体育施設の窓口（市）", "desk of the sports facilities (city)"),
    Staff("bunka01", "月影　京子", "bunka", "文化ホールの窓口（市）", "desk of the culture hall (city)"),
    Staff(
        "kominkan01",
        "里山　誠",
        "kominkan",
        "公民館の窓口（市）",
        "desk of the community halls (city)",
        (Role.RECEPTION, Role.FACILITY_MANAGER, Role.CARD_OFFICER),
    ),
    Staff(
        "fukushi01",
        "泉野　直美",
        "fukushi",
        "総合福祉センターの窓口（指定管理者）",
        "desk of the welfare centre (designated manager)",
        (Role.RECEPTION, Role.FACILITY_MANAGER, Role.CARD_OFFICER),
    ),
    Staff(
        "city01",
        "雲井　拓也",
        "",
        "市の画面（全施設の閲覧）",
        "the city's site (reads all facilities)",
        (Role.GENERAL,),
    ),
    Staff(
        "city02",
        "沢渡　恵",
        "",
        "市の画面（所管課：名簿の審査）",
        "the city's site (department in charge: reviews rosters)",
        (Role.DEPARTMENT,),
    ),
    Staff(
        "city03",
        "峰岸　透",
        "",
        "市の画面（情報政策：IDの付与）",
        "the city's site (information systems: gives IDs)",
        (Role.SYSTEMS,),
    ),
)


SECOND_FACTOR: Final = (
    "  職員の認証アプリは任意です（「管理」＞「自分のアカウント」）。一つのIDで同時にログインできるのは一か所です。\n"
    "  An authenticator app is offered to staff (管理 > 自分のアカウント), not demanded. One ID, one place at a time."
)


def table() -> str:
    """The logins as a block of text, Japanese and English."""
    rows = [(one.login, one.about, one.about_en) for one in (*CITIZENS, *STAFF)]
    lines = [f"  {login:<12} {about} / {about_en}" for login, about, about_en in rows]
    head = f"デモ用のログイン（パスワードはすべて {PASSWORD}） / Demo logins (password for all: {PASSWORD})"
    return "\n".join([head, *lines, SECOND_FACTOR])
