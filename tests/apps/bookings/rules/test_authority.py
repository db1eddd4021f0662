from apps.bookings.rules.authority import CityAuthority, ManagerAuthority

MANAGER = ManagerAuthority(
    city="印西市",
    facility="印西市例示センター",
    corporation="社会福祉法人例示会",
    title="理事長",
    holder="見本　花子",
)


def test_the_mayor_is_addressed_by_office_and_signs_with_a_name() -> None:
    mayor = CityAuthority(city="印西市", holder="例示　太郎")

    assert mayor.addressee == ("印西市長",)
    assert mayor.signature == ("印西市長　例示　太郎",)


def test_a_board_decides_in_its_own_name() -> None:
    board = CityAuthority(city="印西市", organ="印西市教育委員会")

    assert board.addressee == ("印西市教育委員会",)
    assert board.signature == ("印西市教育委員会",)


def test_a_manager_is_named_with_its_facility_corporation_and_title() -> None:
    assert MANAGER.addressee == ("印西市例示センター指定管理者", "社会福祉法人例示会　理事長")
    assert MANAGER.signature == ("印西市例示センター指定管理者", "社会福祉法人例示会　理事長　見本　花子")


def test_the_mayor_of_a_managed_facility_is_still_the_citys() -> None:
    assert MANAGER.mayor == "印西市長"
