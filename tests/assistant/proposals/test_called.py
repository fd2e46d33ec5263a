"""What people are called in chat."""

import pytest

from assistant.proposals.called import by_first_word, by_initials, by_nickname, strangers
from assistant.proposals.register import Position, Register

REGISTER = Register(
    customers={1: "Sumber Kencana", 2: "PT Randu Jaya Abadi", 3: "Randu Logistik", 4: "Bank Anggrek Timur"},
    positions={
        1: Position("Zainuddin Harahap", 11, 1, 1),
        2: Position("Maria Lena Voss", 12, 2, 2),
        3: Position("Marlina Siregar", 13, 1, 3),
        4: Position("Gunadi Prakoso", 14, 1, 4, current=False),
    },
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sumber komplain lagi", True),
        ("rapat sumber dimajukan", True),
        ("Risk at Sumber: budget frozen", True),
        ("tadi ketemu orang dari Sumber", True),
        ("sumber gangguan sudah ketemu", False),
        ("dari sumber lain katanya begitu", False),
        ("Sumber Makmur komplain", False),  # another, longer name
    ],
)
def test_an_everyday_word_names_a_customer_only_where_a_name_stands(text: str, named: bool) -> None:
    assert [who for _, _, who in by_first_word(text, REGISTER, [])] == ([(1,)] if named else [])


def test_a_first_word_that_customers_share_means_any_of_them_and_a_kind_of_organisation_none() -> None:
    assert [who for _, _, who in by_first_word("randu minta penawaran", REGISTER, [])] == [(2, 3)]
    assert by_first_word("bank minta penawaran", REGISTER, []) == []


def test_a_short_word_for_a_kind_of_organisation_means_the_only_one_of_that_kind() -> None:
    register = Register(customers={1: "RSUD Kali Bening", 2: "BPR Padi", 3: "BPR Sawah"}, names={1: ("RSUD Kali Bening",), 2: ("BPR Padi",), 3: ("PT BPR Sawah Luas",)})
    assert [who for _, _, who in by_first_word("RSUD minta ketemu direksi", register, [])] == [(1,)]
    assert by_first_word("RSUD Gunung Sari komplain", register, []) == []  # another one
    assert by_first_word("BPR minta ketemu direksi", register, []) == []  # which of two


def test_a_title_means_its_only_holder_at_the_customer() -> None:
    register = Register(
        positions={
            1: Position("Ann Berg", 11, 1, 1, "Direktur Operasi"),
            2: Position("Tom Hall", 12, 1, 2, "Staf TI"),
            3: Position("Eva Lund", 13, 1, 3, "Staf TI"),
            4: Position("Kai Moss", 14, 2, 4, "Direktur Operasi"),
        }
    )
    holder = register.holder_of_title(1, "direktur operasinya sampai menelepon saya")
    assert holder is not None and holder.name == "Ann Berg"
    assert register.holder_of_title(1, "staf TI mereka bingung") is None
    assert register.holder_of_title(1, "direkturnya menelepon") is None


def test_a_nickname_or_initials_name_the_one_person_they_fit() -> None:
    assert [position.name for position in by_nickname("zai", REGISTER, frozenset())] == ["Zainuddin Harahap"]
    assert [position.name for position in by_nickname("MLV", REGISTER, frozenset())] == ["Maria Lena Voss"]
    assert by_nickname("mar", REGISTER, frozenset()) == ()  # two people
    assert [position.name for position in by_nickname("mar", REGISTER, frozenset({1}))] == ["Marlina Siregar"]
    assert by_nickname("gun", REGISTER, frozenset()) == ()  # nobody's contact any more
    assert [text for _, _, (text, *_) in by_initials("MLV is pleased, the SLA holds", REGISTER, frozenset())] == [REGISTER.positions[2]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pt bukit anggrek komplain", ["pt bukit anggrek"]),
        ("klinik melati putih mau nambah", ["klinik melati putih"]),
        ("randu wangi komplain", ["randu wangi"]),
        ("orchid bay wants a quote", ["orchid bay"]),
        ("pelanggan komplain", []),
        ("manajemen minta laporan", []),
        ("internet mati", []),
    ],
)
def test_a_stranger_is_known_by_the_words_round_the_name(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in strangers(text, True)] == found


def test_only_a_name_with_its_kind_counts_where_a_conversation_may_explain_the_word() -> None:
    assert strangers("randu wangi komplain", False) == []
    assert strangers("pt randu wangi komplain", False) == [(0, 14)]
