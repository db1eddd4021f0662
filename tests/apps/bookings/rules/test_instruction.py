from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.rules.authority import Authority, CityAuthority, FeeRegime, ManagerAuthority
from apps.bookings.rules.instruction import Act, Instruction, instruction_for
from apps.bookings.rules.text_blocks import NoTextBlockError, TextBlock

MAYOR = CityAuthority(city="印西市", holder="例示　太郎")
BOARD = CityAuthority(city="印西市", organ="印西市教育委員会")
MANAGER = ManagerAuthority(city="印西市", facility="例示センター", corporation="社会福祉法人例示会", title="理事長")
PUBLIC_FEE = FeeRegime.PUBLIC_FEE
MANAGER_INCOME = FeeRegime.MANAGER_INCOME
DAY = date(2026, 4, 3)

DECISIONS_ON_USE = (Act.CONDITIONAL_PERMIT, Act.REFUSAL, Act.REVOCATION, Act.SUSPENSION)
DECISIONS_ON_MONEY = (Act.FEE, Act.REDUCTION_REFUSAL)

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
authorities = st.one_of(
    st.builds(CityAuthority, city=names, organ=names),
    st.builds(ManagerAuthority, city=names, facility=names, corporation=names, title=names),
)


def owed(act: Act, authority: Authority, regime: FeeRegime = PUBLIC_FEE) -> Instruction:
    found = instruction_for(act=act, authority=authority, regime=regime, on=DAY)
    assert found is not None
    return found


@pytest.mark.parametrize("regime", FeeRegime)
@pytest.mark.parametrize("act", DECISIONS_ON_USE)
@pytest.mark.parametrize(
    ("authority", "reference", "sued"),
    [
        (
            MAYOR,
            "instruction-general-city/1",
            "印西市を被告として（訴訟において印西市を代表する者は印西市長となります。）",
        ),
        (
            BOARD,
            "instruction-general-city/1",
            "印西市を被告として（訴訟において印西市を代表する者は印西市教育委員会となります。）",
        ),
        (
            MANAGER,
            "instruction-general-manager/1",
            "社会福祉法人例示会を被告として（訴訟において社会福祉法人例示会を代表する者は理事長となります。）",
        ),
    ],
)
def test_who_decided_on_the_use_is_who_is_sued(
    authority: Authority, reference: str, sued: str, act: Act, regime: FeeRegime
) -> None:
    instruction = owed(act, authority, regime)

    assert instruction.reference == reference
    assert sued in instruction.paragraphs[1]


@pytest.mark.parametrize("authority", [MAYOR, BOARD, MANAGER])
@pytest.mark.parametrize("act", [*DECISIONS_ON_USE, *DECISIONS_ON_MONEY])
def test_the_mayor_reviews_whoever_decided(act: Act, authority: Authority) -> None:
    assert "３か月以内に、印西市長に対して審査請求をすることができます。" in owed(act, authority).paragraphs[0]


@pytest.mark.parametrize("authority", [MAYOR, BOARD, MANAGER])
@pytest.mark.parametrize("act", DECISIONS_ON_MONEY)
def test_usage_fees_are_the_citys_and_reviewed_before_a_suit(act: Act, authority: Authority) -> None:
    instruction = owed(act, authority)

    assert instruction.reference == "instruction-fee/1"
    assert "印西市を被告として（訴訟において印西市を代表する者は印西市長となります。）" in instruction.paragraphs[1]
    assert "裁決を経た後でなければ提起することができません" in instruction.paragraphs[2]


@pytest.mark.parametrize("authority", [MAYOR, MANAGER])
@pytest.mark.parametrize("act", DECISIONS_ON_MONEY)
def test_a_managers_charge_is_a_private_claim_without_instruction(act: Act, authority: Authority) -> None:
    assert instruction_for(act=act, authority=authority, regime=MANAGER_INCOME, on=DAY) is None


@pytest.mark.parametrize(("setting", "printed"), [(False, False), (True, True)])
def test_a_permit_as_asked_for_carries_it_by_setting(setting: bool, printed: bool) -> None:
    found = instruction_for(act=Act.PERMIT, authority=MAYOR, regime=PUBLIC_FEE, on=DAY, on_plain_permits=setting)

    assert (found is not None) is printed


def test_a_newer_wording_is_used_from_its_day_and_says_so() -> None:
    newer = TextBlock("instruction-general-city", 2, DAY, "新しい見出し", ("{市長}へ。",))

    found = instruction_for(act=Act.REFUSAL, authority=MAYOR, regime=PUBLIC_FEE, on=DAY, blocks=(newer,))

    assert found == Instruction("新しい見出し", ("印西市長へ。",), "instruction-general-city", 2)


def test_before_the_review_act_there_is_no_wording() -> None:
    with pytest.raises(NoTextBlockError):
        instruction_for(act=Act.REFUSAL, authority=MAYOR, regime=PUBLIC_FEE, on=date(2016, 3, 31))


@given(st.sampled_from(Act), authorities, st.sampled_from(FeeRegime), st.booleans())
def test_only_plain_permits_and_private_claims_go_without(
    act: Act, authority: Authority, regime: FeeRegime, setting: bool
) -> None:
    found = instruction_for(act=act, authority=authority, regime=regime, on=DAY, on_plain_permits=setting)

    plain = act is Act.PERMIT and not setting
    private = act in DECISIONS_ON_MONEY and regime is MANAGER_INCOME
    assert (found is None) is (plain or private)


@given(st.sampled_from(DECISIONS_ON_USE), authorities)
def test_it_names_the_reviewer_and_the_defendant_as_they_are_called(act: Act, authority: Authority) -> None:
    first, second, _ = owed(act, authority).paragraphs

    assert f"{authority.city}長に対して審査請求" in first
    sued = authority.city if isinstance(authority, CityAuthority) else authority.corporation
    assert f"{sued}を被告として" in second
