"""Several values that stand in sentences side by side of a mail or note: all of them are told."""

from datetime import date

import pytest

from assistant.evidence import Evidence
from assistant.models.builtin.questions.twofold import kinds_asked
from assistant.models.builtin.questions.understanding import understand
from assistant.models.builtin.sentences.reading import with_neighbours
from assistant.models.builtin.sentences.twofold import holds_all
from assistant.models.builtin.weighing.reading import Reading
from knowledge.access import Viewer
from knowledge.linking import ContactName, Linker, Names
from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 9, 3)
LINKER = Linker(Names(contacts=[ContactName(1, 1, "Lestari Wibisana")]))

FILES = {
    "pelanggan.csv": "Kode;Nama Pelanggan\nAPT-1;Apotek Sehat Jaya\nBK-2;Bengkel Karya\n",
    "kontak.csv": "Kode;Nama;Jabatan;Email\nAPT-1;Lestari Wibisana;Pemilik;lestari@sehatjaya.example\n",
    "2031-09-01 tambah kasir.eml": (
        "From: Lestari Wibisana <lestari@sehatjaya.example>\nTo: Rudi <rudi@penyedia.example>\nDate: Mon, 01 Sep 2031 09:00:00 +0700\nSubject: tambah kasir\n"
        "Content-Type: text/plain; charset=utf-8\n\nSelamat pagi Pak Rudi,\nkami membuka gerai Kalibata dan perlu 4 mesin kasir lagi. "
        "Mohon penawarannya sebelum 19 September 2031 supaya masih harga lama.\nTerima kasih untuk teknisinya yang sabar.\n"
    ),
}


@pytest.mark.parametrize(
    "question",
    ["sehat jaya mau nambah brp mesin, bwt gerai mana, penawaran sblm tgl brp?", "How many more tills does Apotek Sehat Jaya need, and by when do they want the quote?"],
)
def test_values_in_neighbouring_sentences_are_told_together(ask_here: AskHere, question: str) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert "4 mesin kasir" in answer.answer and "19 September 2031" in answer.answer and "Kalibata" in answer.answer, answer.answer


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("brp kursi, sblm tgl brp?", ["amount", "date"]), ("Who asked for it, how many and by when?", ["person", "amount", "until"]), ("Berapa?", ["amount"])],
)
def test_kinds_asked(text: str, kinds: list[str]) -> None:
    assert kinds_asked(text) == kinds


def test_two_of_a_kind_need_two_values() -> None:
    assert holds_all(["amount"], "40 kursi", TODAY, LINKER)
    assert not holds_all(["amount", "amount"], "40 kursi", TODAY, LINKER)
    assert holds_all(["amount", "amount"], "40 kursi dan 3 meja", TODAY, LINKER)
    assert holds_all(["person", "date", "thing"], "Lestari Wibisana, 3 Mei 2031", TODAY, LINKER)


MAIL = "Selamat pagi. Kami buka gerai Kalibata dan perlu 4 mesin lagi. Mohon penawaran sebelum 19 September 2031. Terima kasih."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("butuh brp mesin, penawaran sblm tgl brp?", "Kami buka gerai Kalibata dan perlu 4 mesin lagi. Mohon penawaran sebelum 19 September 2031."),
        ("penawaran sblm tgl brp?", "Mohon penawaran sebelum 19 September 2031."),
        ("siapa yang minta penawaran dan sblm tgl brp?", "Mohon penawaran sebelum 19 September 2031."),
    ],
)
def test_the_fewest_neighbours_that_hold_what_is_asked(question: str, told: str) -> None:
    asked = understand(question, question=question, inherited="", linker=LINKER, viewer=Viewer("sari", everything=True), today=TODAY)
    start = MAIL.index("Mohon")
    best = Reading(Evidence("E1", "passage", MAIL, "mail.eml"), start, MAIL.index(" Terima"), 0.9, 0.9, True)
    assert with_neighbours(asked, best, LINKER).text == told
