"""Form numbers, provisions and conditions as the model forms have them; a city replaces them by its own rules'.

Source: domain handbook 6.3. Each is printed whole, the ordinance's title before the provision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FormText:
    """The number of a form (様式第２号（第５条関係）) and the provision of the enforcement rules that it rests on."""

    number: str
    clause: str

    def basis(self, ordinance: str) -> str:
        """The provision after the ordinance's title: …条例施行規則第５条第１項."""
        return f"{ordinance}施行規則{self.clause}"


APPLICATION: Final = FormText("様式第１号（第４条関係）", "第４条第１項")
PERMIT: Final = FormText("様式第２号（第５条関係）", "第５条第１項")
REFUSAL: Final = FormText("様式第３号（第５条関係）", "第５条第２項")
REVOCATION: Final = FormText("様式第６号（第８条関係）", "第８条第１項")
CHANGE: Final = FormText("様式第７号（第６条関係）", "第６条第２項")
MEASURE: Final = FormText("様式第８号（第９条関係）", "第９条第１項")

CONDITIONS: Final = (
    "使用の際は、この許可書を携帯し、係員の求めがあったときは提示すること。",
    "許可を受けた目的以外に使用し、又は使用する権利を他人に譲渡し、若しくは転貸しないこと。",
    "使用を終えたとき、又は使用の許可を取り消されたときは、直ちに施設及び設備を原状に回復すること。",
    "定員を超えて入場させないこと。",
)
"""許可の条件."""
REDUCTION: Final = FormText("様式第６号（第９条関係）", "第９条第２項")
REFUND: Final = FormText("様式第９号（第１０条関係）", "第１０条第２項")
REGISTRATION: Final = FormText("様式第１号の２（第３条関係）", "第３条第２項")
PAYMENT: Final = FormText("様式第１０号（第７条関係）", "第７条第１項")
