"""The seed wording of 教示, in the customary form; a city replaces it by its own before it goes live."""

from datetime import date

from apps.bookings.rules.text_blocks import TextBlock

GENERAL_CITY = "instruction-general-city"
GENERAL_MANAGER = "instruction-general-manager"
FEE = "instruction-fee"

_REVIEW_ACT_IN_FORCE = date(2016, 4, 1)
"""行政不服審査法（平成26年法律第68号）, and 地方自治法第229条・第244条の4 as amended with it."""

_GENERAL_HEADING = "この処分についての不服の申立て等"
_REVIEW = """\
この処分について不服がある場合は、この処分があったことを知った日の翌日から起算して３か月以内に、\
{市長}に対して審査請求をすることができます。"""
_SUIT = """\
この処分については、１の審査請求のほか、この処分があったことを知った日の翌日から起算して６か月以内に、\
{被告}を被告として（訴訟において{被告}を代表する者は{代表者}となります。）、\
処分の取消しの訴えを提起することができます。なお、１の審査請求をした場合には、処分の取消しの訴えは、\
その審査請求に対する裁決があったことを知った日の翌日から起算して６か月以内に提起することができます。"""
_LAST_DAY = """\
ただし、上記の期間が経過する前に、この処分（審査請求をした場合には、その審査請求に対する裁決）があった日の\
翌日から起算して１年を経過した場合は、審査請求をすることや処分の取消しの訴えを提起することができなくなります\
（正当な理由があるときを除きます。）。"""

_FEE_REVIEW = """\
使用料の徴収に関する処分について不服がある場合は、この処分があったことを知った日の翌日から起算して３か月以内に、\
{市長}に対して審査請求をすることができます。ただし、この処分があった日の翌日から起算して１年を経過した場合は、\
正当な理由があるときを除き、審査請求をすることができなくなります。"""
_FEE_SUIT = """\
この処分の取消しの訴えは、１の審査請求に対する裁決を経た後に、その裁決があったことを知った日の翌日から起算して\
６か月以内に、{被告}を被告として（訴訟において{被告}を代表する者は{代表者}となります。）\
提起することができます。ただし、裁決があった日の翌日から起算して１年を経過した場合は、正当な理由があるときを除き、\
提起することができなくなります。"""
_FEE_WITHOUT_REVIEW = """\
処分の取消しの訴えは、裁決を経た後でなければ提起することができません。ただし、審査請求があった日の翌日から起算して\
３か月を経過しても裁決がないとき、処分、処分の執行若しくは手続の続行により生ずる著しい損害を避けるため緊急の必要が\
あるとき、又はその他裁決を経ないことにつき正当な理由があるときは、裁決を経ないで提起することができます。"""

INSTRUCTION_BLOCKS: tuple[TextBlock, ...] = (
    TextBlock(GENERAL_CITY, 1, _REVIEW_ACT_IN_FORCE, _GENERAL_HEADING, (_REVIEW, _SUIT, _LAST_DAY)),
    TextBlock(GENERAL_MANAGER, 1, _REVIEW_ACT_IN_FORCE, _GENERAL_HEADING, (_REVIEW, _SUIT, _LAST_DAY)),
    TextBlock(
        FEE,
        1,
        _REVIEW_ACT_IN_FORCE,
        "使用料の徴収に関する処分についての不服の申立て等",
        (_FEE_REVIEW, _FEE_SUIT, _FEE_WITHOUT_REVIEW),
    ),
)
