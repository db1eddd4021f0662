"""Sheets of an invented booking, to be changed with ``dataclasses.replace``."""

from datetime import date

from apps.bookings.documents.data import (
    Applicant,
    ApplicationSheet,
    EquipmentLine,
    Fee,
    FeeColumn,
    Form,
    PermitSheet,
    Question,
    Reduction,
    RefusalSheet,
    ResponsiblePerson,
    Use,
)
from apps.bookings.rules.authority import CityAuthority, FeeRegime, ManagerAuthority
from apps.bookings.rules.instruction import Act, Instruction, instruction_for

FACILITY = "印西市中央老人福祉センター"
RULES = f"{FACILITY}の設置及び管理に関する条例施行規則"
MAYOR = CityAuthority(city="印西市", holder="例示　太郎")
MANAGER = ManagerAuthority(
    city="印西市", facility=FACILITY, corporation="社会福祉法人例示会", title="理事長", holder="見本　花子"
)

GROUP = Applicant(
    address="千葉県印西市架空台一丁目２番地３",
    name="仮名　和子",
    group="いんざい朗読の会（例示）",
    phone="0476-00-0123",
    registration_number="T-000123",
)
PERSON = Applicant(address="千葉県印西市架空台四丁目５番地", name="仮名　一郎", phone="090-0000-0456")

USE = Use(
    event="春の朗読発表会",
    purpose="会員による朗読の発表及び市民との交流",
    periods=(
        "令和8年4月18日（土）　午前・午後　午前9時から午後5時まで",
        "令和8年4月19日（日）　午前　午前9時から正午まで",
    ),
    rooms=("大広間", "会議室２"),
    attendance="30人",
    attendance_details=("市内25人　市外5人", "男12人　女18人", "60歳以上20人"),
    opening="午前10時",
    equipment=(
        EquipmentLine("ワイヤレスマイク", "2本", "3時間", "600円"),
        EquipmentLine("プロジェクター及びスクリーン", "1式", "3時間", "900円"),
    ),
)
QUESTIONS = (
    Question("入場料等", yes=True, detail="最高500円"),
    Question("営利・販売", yes=False),
    Question("飲食", yes=True, detail="湯茶"),
    Question("火気", yes=False),
    Question("音出し", yes=True),
    Question("冷暖房", yes=True, detail="9時〜12時"),
)
FEE = Fee(
    name="使用料",
    columns=(
        FeeColumn("基本", "2,500円"),
        FeeColumn("加算", "2,500円", rate="10割"),
        FeeColumn("減免", "△2,500円", rate="5割"),
        FeeColumn("小計", "2,500円"),
        FeeColumn("冷暖房", "1,500円"),
        FeeColumn("設備", "1,500円"),
    ),
    total="5,500円",
    due=date(2026, 4, 10),
)
REDUCTION = Reduction(clause="第７条第２号該当", reason="社会教育関係団体による使用のため")
CONDITIONS = (
    "使用の際は、この許可書を携帯し、係員の求めがあったときは提示すること。",
    "許可を受けた目的以外に使用し、又は使用する権利を他人に譲渡し、若しくは転貸しないこと。",
    "使用を終えたとき、又は使用の許可を取り消されたときは、直ちに施設及び設備を原状に回復すること。",
    "定員を超えて入場させないこと。",
)


def application_sheet() -> ApplicationSheet:
    """A group's application to a manager, nothing missing."""
    return ApplicationSheet(
        form=Form("様式第１号（第４条関係）", FACILITY, f"{RULES}第４条第１項"),
        reception_number="R8-000042",
        received_on=date(2026, 4, 1),
        applied_on=date(2026, 4, 1),
        authority=MANAGER,
        applicant=GROUP,
        use=USE,
        questions=QUESTIONS,
        responsible=ResponsiblePerson("仮名　次郎", "090-0000-0789", "千葉県印西市架空台六丁目７番地"),
        reduction=REDUCTION,
        fee=FEE,
        publish=True,
        approvals=("館長", "係長", "係"),
        notes=("申請内容を変更し、又は使用を取りやめるときは、速やかに届け出てください。",),
    )


def permit_sheet() -> PermitSheet:
    """The manager's permit for it, with conditions and so with 教示."""
    return PermitSheet(
        form=Form("様式第２号（第５条関係）", FACILITY, f"{RULES}第５条第１項"),
        number="印総福セ指令第123号",
        issued_on=date(2026, 4, 3),
        applied_on=date(2026, 4, 1),
        authority=MANAGER,
        applicant=GROUP,
        use=USE,
        fee=FEE,
        reduction=REDUCTION,
        conditions=CONDITIONS,
        instructions=(instruction(Act.CONDITIONAL_PERMIT, MANAGER),),
    )


def refusal_sheet() -> RefusalSheet:
    """The mayor's refusal of a person's application."""
    return RefusalSheet(
        form=Form("様式第３号（第５条関係）", FACILITY, f"{RULES}第５条第２項"),
        number="印総福セ指令第124号",
        issued_on=date(2026, 4, 3),
        applied_on=date(2026, 4, 1),
        authority=MAYOR,
        applicant=PERSON,
        use=USE,
        provision=f"{FACILITY}の設置及び管理に関する条例第６条第３号",
        reason="当該使用日は、施設の空調設備の更新工事を行うため、大広間を使用に供することができないため。",
        instruction=instruction(Act.REFUSAL, MAYOR),
    )


def instruction(act: Act, authority: CityAuthority | ManagerAuthority) -> Instruction:
    """The 教示 owed for ``act`` on the day of the sheets."""
    found = instruction_for(act=act, authority=authority, regime=FeeRegime.PUBLIC_FEE, on=date(2026, 4, 3))
    assert found is not None
    return found
