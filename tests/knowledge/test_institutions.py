"""An acronym that opens one customer's name is enough to name it in a question."""

from knowledge.linking import KnownCustomer, Linker
from knowledge.linking.names import Names, with_institutions


def _linker(*names: str) -> Linker:
    return Linker(with_institutions(Names([KnownCustomer(number, name, "legal") for number, name in enumerate(names, 1)])))


def _meant(linker: Linker, text: str) -> list[tuple[int, ...]]:
    return [mention.customer_ids for mention in linker.customers(text)]


def test_the_only_one_of_its_kind() -> None:
    linker = _linker("RSIA Melati Putih", "PT BPR Karya Tani", "PT Kopi Rimba")
    assert _meant(linker, "Kapan kontrak RSIA habis?") == [(1,)]
    assert _meant(linker, "target BPR berapa") == [(2,)]


def test_two_of_a_kind_are_told_apart_by_their_own_names() -> None:
    linker = _linker("RSIA Melati Putih", "RSIA Kenanga")
    assert _meant(linker, "Kapan kontrak RSIA habis?") == []
    assert _meant(linker, "Kapan kontrak RSIA Kenanga habis?") == [(2,)]


def test_a_legal_form_names_nobody() -> None:
    assert _meant(_linker("PT Kopi Rimba", "Harbour Tiles LTD"), "PT mana yang LTD?") == []
