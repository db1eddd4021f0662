"""The standard wording of every official document; a city replaces it by its own on the settings' page.

Source: domain handbook 6.2 to 6.4. What stands here is version 1 of each block.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apps.bookings.rules.form_texts import (
    APPLICATION,
    CHANGE,
    CONDITIONS,
    MEASURE,
    PAYMENT,
    PERMIT,
    REDUCTION,
    REFUND,
    REFUSAL,
    REGISTRATION,
    REVOCATION,
    FormText,
)
from apps.bookings.rules.grounds import GROUNDS
from apps.bookings.rules.instruction_texts import FEE, GENERAL_CITY, GENERAL_MANAGER, INSTRUCTION_BLOCKS
from apps.bookings.rules.wording_blocks import Block, Shape

PLACE: Final = ("施設名", "市名", "条例名", "市長", "許可権者", "料金名")
"""Fields that every document fills: facility, city, ordinance, mayor, who permits, 使用料 or 利用料金."""
ASKED: Final = (*PLACE, "根拠規定")
ANSWERED: Final = (*ASKED, "申請日")
INSTRUCTED: Final = ("市長", "被告", "代表者")
CHANGE_ASKED: Final = FormText("様式第４号（第６条関係）", "第６条第１項")
REDUCTION_ASKED: Final = FormText("様式第６号の２（第９条関係）", "第９条第１項")
GIVEN_UP: Final = FormText("様式第５号（第７条関係）", "第７条第１項")
GIVE_UP_GRANTED: Final = FormText("様式第５号の２（第７条関係）", "第７条第２項")

NOTES: Final = (
    "太線の枠内を記入してください。※印の欄は記入しないでください。",
    "使用料は、許可を受けるときに納付してください。納付した使用料は、条例に定める場合を除き還付しません。",
    "申請した内容を変更し、又は使用を取りやめるときは、速やかに届け出てください。",
)
FEE_NOTES: Final = tuple(note.replace("使用料", "{料金名}") for note in NOTES)
JOINT_OPENING: Final = (
    "{申請日}付けで申請のあった使用及び{料金名}の減免について、{根拠規定}の規定により、"
    "次のとおり許可し、及び減免を承認します。"
)
REFUSED_REDUCTION: Final = (
    "{申請日}付けで申請のあった{料金名}の減免については、{根拠規定}の規定により、"
    "次のとおり承認しないことに決定したので通知します。"
)
BACK: Final = (
    "使用時間には、準備及び後片付けの時間を含みます。",
    "使用を終えたときは、施設及び設備を元の状態に戻し、係員の点検を受けてください。",
    "施設又は設備を損傷し、又は亡失したときは、直ちに係員に届け出てください。損害を賠償していただくことがあります。",
    "許可なく物品の販売、寄附の募集その他これらに類する行為をすることはできません。",
)


def _form(
    document: str, text: FormText, title: str, opening: str, fields: tuple[str, ...], *, notes: tuple[str, ...] = ()
) -> list[Block]:
    """The blocks that every form has: its number, its title, the provision, the sentence before the table."""
    blocks = [
        Block(document, "number", Shape.LINE, (text.number,), ("市名",), may_be_empty=True),
        Block(document, "title", Shape.LINE, (title,), ("施設名", "料金名")),
        Block(document, "basis", Shape.LINE, (f"{{条例名}}施行規則{text.clause}",), ("条例名", "施設名", "市名")),
        Block(document, "opening", Shape.TEXT, (opening,), fields),
    ]
    return [*blocks, Block(document, "notes", Shape.LIST, notes, PLACE, may_be_empty=True)] if notes else blocks


def _titled(document: str, part: str, title: str, opening: str) -> list[Block]:
    """Title and opening of a variant of a form."""
    return [
        Block(document, f"{part}_title", Shape.LINE, (f"{{施設名}}{title}",), ("施設名", "料金名")),
        Block(document, f"{part}_opening", Shape.TEXT, (opening,), ASKED),
    ]


def _money_back(document: str) -> list[Block]:
    """What a notice of a public use says of the fee."""
    paid = "お納めいただいた{還付額}の全額をお返しします。手続は施設からご案内します。"
    return [
        Block(document, "paid", Shape.TEXT, (paid,), (*PLACE, "還付額")),
        Block(document, "unpaid", Shape.LINE, ("お納めいただく{料金名}はありません。",), PLACE),
    ]


def _list(document: str, part: str, standard: tuple[str, ...]) -> Block:
    return Block(document, part, Shape.LIST, standard, PLACE, may_be_empty=True)


def _instruction(part: str, block: str) -> list[Block]:
    standard = next(one for one in INSTRUCTION_BLOCKS if one.id == block)
    return [
        Block("instruction", f"{part}_heading", Shape.LINE, (standard.heading,), INSTRUCTED),
        Block("instruction", part, Shape.LIST, standard.paragraphs, INSTRUCTED),
    ]


_ALL: Final = (
    *_form(
        "application",
        APPLICATION,
        "{施設名}使用許可申請書",
        "次のとおり使用したいので、{根拠規定}の規定により申請します。",
        ASKED,
        notes=FEE_NOTES,
    ),
    _list("application", "back", BACK),
    *_form(
        "permit",
        PERMIT,
        "{施設名}使用許可書",
        "{申請日}付けで申請のあった使用について、{根拠規定}の規定により、次のとおり許可します。",
        ANSWERED,
    ),
    _list("permit", "conditions", CONDITIONS),
    _list("permit", "back", ()),
    Block("combined", "title", Shape.LINE, ("{施設名}使用許可申請書兼許可書",), ("施設名", "料金名")),
    Block(
        "combined", "reduction_title", Shape.LINE, ("{施設名}使用許可書兼{料金名}減免決定通知書",), ("施設名", "料金名")
    ),
    Block(
        "combined",
        "reduction_opening",
        Shape.TEXT,
        (JOINT_OPENING,),
        ANSWERED,
    ),
    *_form(
        "refusal",
        REFUSAL,
        "{施設名}使用不許可通知書",
        "{申請日}付けで申請のあった使用については、次の理由により許可しないこととしたので、"
        "{根拠規定}の規定により通知します。",
        ANSWERED,
    ),
    *_form(
        "change_application",
        CHANGE_ASKED,
        "{施設名}使用変更許可申請書",
        "許可を受けた使用について、次のとおり変更したいので、{根拠規定}の規定により、許可書を添えて申請します。",
        ASKED,
        notes=NOTES[:1],
    ),
    *_form(
        "change",
        CHANGE,
        "{施設名}使用変更許可書",
        "申請のあった使用の変更について、次のとおり許可します。",
        ASKED,
    ),
    Block("change", "fee_opening", Shape.TEXT, ("使用の許可について、{料金名}の額を次のとおり変更します。",), ASKED),
    *_form(
        "giving_up",
        GIVEN_UP,
        "{施設名}使用取消届",
        "許可を受けた次の使用を取りやめたいので、{根拠規定}の規定により、許可書を添えて届け出ます。",
        ASKED,
        notes=("納付した{料金名}の還付を受けようとするときは、別に還付請求書を提出してください。",),
    ),
    *_form(
        "cancellation",
        GIVE_UP_GRANTED,
        "{施設名}使用取消承認通知書",
        "届出のあった使用の取消しについて、{根拠規定}の規定により、次のとおり承認したので通知します。",
        ASKED,
    ),
    *_form(
        "revocation",
        REVOCATION,
        "{施設名}使用許可取消通知書",
        "次の使用の許可を、下記の理由により取り消したので通知します。",
        ASKED,
    ),
    *_form(
        "reduction_application",
        REDUCTION_ASKED,
        "{施設名}{料金名}減免申請書",
        "次のとおり{料金名}の減免を受けたいので、{根拠規定}の規定により申請します。",
        ASKED,
        notes=(NOTES[0], "減免の事由を証する書類を提示してください。"),
    ),
    *_form(
        "reduction",
        REDUCTION,
        "{施設名}{料金名}減免決定通知書",
        "{申請日}付けで申請のあった{料金名}の減免については、{根拠規定}の規定により、"
        "次のとおり承認することに決定したので通知します。",
        ANSWERED,
    ),
    Block(
        "reduction",
        "refused",
        Shape.TEXT,
        (REFUSED_REDUCTION,),
        ANSWERED,
    ),
    *_form(
        "taken_back",
        REVOCATION,
        "{施設名}使用許可取消通知書",
        "次の使用の許可を、下記の公用のため取り消したので通知します。",
        ASKED,
    ),
    *_titled("taken_back", "reserved", "仮予約取消通知書", "次の仮予約を、下記の公用のため取り消したので通知します。"),
    *_money_back("taken_back"),
    *_form(
        "not_granted",
        REFUSAL,
        "{施設名}使用不許可通知書",
        "申請のあった次の使用については、下記の公用のため許可しないこととしたので通知します。",
        ASKED,
    ),
    *_money_back("not_granted"),
    *_form(
        "moved",
        CHANGE,
        "{施設名}使用許可変更通知書",
        "次の使用の許可を、下記の公用のため、承諾を得て変更したので通知します。",
        ASKED,
    ),
    *_titled(
        "moved",
        "applied",
        "使用申請変更通知書",
        "申請のあった次の使用を、下記の公用のため、承諾を得て変更したので通知します。",
    ),
    *_titled(
        "moved", "reserved", "仮予約変更通知書", "次の仮予約を、下記の公用のため、承諾を得て変更したので通知します。"
    ),
    Block("moved", "same_fee", Shape.LINE, ("この変更により{料金名}は増えません。",), PLACE),
    *_form("measure", MEASURE, "警告書", "次のとおり決定したので通知します。", ASKED),
    Block("measure", "no_draw", Shape.LINE, ("抽選申込停止通知書",), ("施設名",)),
    Block("measure", "fewer", Shape.LINE, ("申込数制限通知書",), ("施設名",)),
    Block("measure", "suspend", Shape.LINE, ("利用停止通知書",), ("施設名",)),
    Block("measure", "strike", Shape.LINE, ("登録抹消通知書",), ("施設名",)),
    *_form(
        "registration",
        REGISTRATION,
        "{施設名}利用者登録決定通知書",
        "申請のあった利用者登録について、{根拠規定}の規定により、次のとおり登録したので通知します。",
        ASKED,
    ),
    *_titled(
        "registration",
        "refused",
        "利用者登録不承認通知書",
        "申請のあった利用者登録については、次の理由により登録しないことに決定したので通知します。",
    ),
    *_titled("registration", "suspended", "利用停止通知書", "次のとおり利用を停止することに決定したので通知します。"),
    *_titled("registration", "struck", "利用者登録抹消通知書", "次の理由により利用者登録を抹消したので通知します。"),
    Block("receipt", "title", Shape.LINE, ("領収書",), ("施設名", "料金名")),
    Block(
        "receipt", "opening", Shape.TEXT, ("ただし、{但し書}として、上記の金額を領収しました。",), ("但し書", "料金名")
    ),
    *_form(
        "payment",
        PAYMENT,
        "{施設名}{料金名}納入通知書兼納付書",
        "{根拠規定}の規定により、次のとおり{料金名}を納付してください。",
        ASKED,
    ),
    Block("payment", "place", Shape.LINE, ("{施設名}の窓口",), PLACE),
    Block("payment", "no_due", Shape.LINE, ("施設の指示する日",), PLACE),
    Block("payment", "slip", Shape.LINE, ("納付書（窓口へお出しください。）",), PLACE),
    _list("payment", "notes", ()),
    *_form(
        "refund",
        REFUND,
        "{施設名}{料金名}還付請求書",
        "納付した{料金名}について、{根拠規定}の規定により、次のとおり還付を請求します。",
        ASKED,
        notes=("振込先は、請求する方が手書きで記入してください。口座の番号などは、予約システムには記録しません。",),
    ),
    Block("refund", "received", Shape.LINE, ("上記の金額を受け取りました。",), PLACE),
    Block("confirmation", "title", Shape.LINE, ("予約内容確認票",), ("施設名",)),
    Block("confirmation", "opening", Shape.TEXT, ("次の内容で受け付けています。",), PLACE),
    _list(
        "confirmation",
        "notes",
        (
            "この確認票は、使用許可書ではありません。",
            "支払期限までに{料金名}が納付されないときは、予約が取り消されることがあります。",
            "予約を変更し、又は取り消すときは、受付番号をお知らせください。",
        ),
    ),
    Block("common", "addressee", Shape.LIST, (), PLACE, may_be_empty=True),
    Block("common", "seal", Shape.LINE, ("（公印省略）",), (), may_be_empty=True),
    Block(
        "common", "check", Shape.TEXT, ("この文書が正しく交付されたものかどうかは、次のページで確かめられます。",), ()
    ),
    *_instruction("city", GENERAL_CITY),
    *_instruction("manager", GENERAL_MANAGER),
    *_instruction("fee", FEE),
    *(Block("grounds", ground.code, Shape.PAIR, (ground.clause, ground.text)) for ground in GROUNDS),
)

BLOCKS: Final[Mapping[str, Block]] = {block.key: block for block in _ALL}
DOCUMENTS: Final = tuple(dict.fromkeys(block.document for block in _ALL))
"""The documents in the order in which the page lists them."""
COMMON: Final = ("common", "instruction", "grounds")
"""What several documents share."""
