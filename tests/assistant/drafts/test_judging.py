"""Requests in wordings that no rule and no training message has, judged by the shipped heads; names are masked as they are in the product."""

import pytest

from assistant.drafts.asking import SIGNS, signs_of_asking
from assistant.drafts.judging import CLEAR, HARDLY, SURE, Asked, RequestJudge, as_judged, make_request_judge
from assistant.drafts.understanding import meant_kinds
from assistant.proposals.register import Register
from assistant.settings import Settings
from knowledge.access import OWNER
from knowledge.embeddings.factory import make_embedder
from knowledge.linking import Linker, Names

REQUESTS = [
    ("gw ngadep orang PT Maju siang ini, bikin catetan pendek apa yg mesti dibahas", "brief"),
    ("Rabu saya dampingi pak dirut ke PT Maju, mohon naskah ringkas untuk beliau", "brief"),
    ("PT Maju - how we did against SLA in Q3, as a document", "review"),
    ("Need to defend spending IDR 500m on new switches at PT Maju (saves IDR 20m/mo). Write the defence.", "business_case"),
    ("kelayakan pindah surel PT Maju ke awan: biaya 150 juta, hemat 7 juta/bulan, tolong dianalisis", "business_case"),
    ("gempita happy ga sama kita, tolong rangkum jadi laporan", "satisfaction"),
    ("CAB paper on CHG-26-027: fit to go or not", "transition"),
    ("apa rencana kita biar helpdesk PT Maju lebih sigap? tolong ditulis", "improvement"),
    ("buat ulasan pengaruh harbolnas dan aturan e-commerce ke PT Maju", "driver"),
    ("12-month plan for the PT Maju relationship please", "account_plan"),
    ("Could you word a notice on KEDB-14 for the PT Maju users", "error_notice"),
]
OTHERS = [
    "PT Maju punya berapa gudang yang kita layani?", "Name the three oldest open tickets at PT Maju", "kalau PT Maju telat bayar bunganya berapa", "what reasons did PT Maju give for the low score?",
    "PT Maju minta jadwal pemeliharaan dikirim Senin", "PT Maju asked for a business case on Wi-Fi, I said we'd have it by the 5th", "PT Maju mau service review-nya dua bulanan saja", "I finished the PT Maju service review",
    "minggu depan PT Maju diaudit OJK", "can you repeat that in English?", "tolong bantu cek janji kita ke PT Maju", "thanks, that brief was great",
]  # fmt: skip


@pytest.fixture(scope="module")
def judge() -> RequestJudge:
    made = make_request_judge(make_embedder("e5", Settings().models_cache))
    assert made is not None, "the heads of requests do not go with the embedding model"
    return made


def judged(judge: RequestJudge, text: str) -> Asked:
    return judge.judge(text, Linker(Names([])), OWNER, Register())


@pytest.mark.parametrize(("text", "kind"), REQUESTS)
def test_a_request_in_new_words_is_one_and_its_kind_is_among_the_likely(judge, text, kind):
    found = judged(judge, text)
    assert found.may_ask
    assert kind in found.likely()


@pytest.mark.parametrize("text", OTHERS)
def test_a_question_and_a_piece_of_news_ask_for_no_document(judge, text):
    assert not judged(judge, text).may_ask


def test_the_same_request_is_judged_alike_whoever_is_named_and_whatever_the_numbers():
    assert as_judged("brief xcustomeraq 8 desember 2026", "id") == as_judged("brief xcustomerbq 14 desember 2027", "id")
    assert as_judged("status of RFC-231", "en") == as_judged("status of RFC-9", "en")


def test_several_kinds_that_are_close_are_asked_about_and_a_clear_one_is_taken():
    close = Asked({"review": 0.45, "satisfaction": 0.44, "brief": 0.01}, {})
    assert close.likely() == ("review", "satisfaction")
    clear = Asked({"review": 0.8, "satisfaction": 0.05, "brief": 0.05}, {})
    assert clear.likely() == ("review",) and clear.asks == (clear.chance >= SURE) and CLEAR < 0.8
    assert Asked({"review": HARDLY / 2}, {}).hardly


def test_a_kind_that_is_named_goes_before_the_judgement_and_an_everyday_name_behind_it():
    sure = Asked({"improvement": 0.95, "brief": 0.01}, {})
    assert meant_kinds("service review for Arjuna Kopi", sure) == ("review",)
    assert meant_kinds("on one page: what we repair at Arjuna Kopi", sure) == ("improvement",)
    assert meant_kinds("on one page: what we repair at Arjuna Kopi", None) == ("brief",)
    assert meant_kinds("something about Arjuna Kopi", Asked({"brief": 0.05}, {})) == ()


def test_only_a_sure_reader_is_taken_as_named():
    assert Asked({}, {"customer": 0.97}).reader == "customer"
    assert Asked({}, {"internal": 0.97}).reader == "internal"
    assert Asked({}, {"customer": 0.6, "nobody": 0.4}).reader is None


def test_the_word_lists_see_an_order_a_question_and_a_document():
    seen = dict(zip(SIGNS, signs_of_asking("Tolong buatkan laporan kepuasan PT Maju"), strict=True))
    assert seen["makes"] and seen["courtesy"] and seen["document"] and seen["kind"] and not seen["question"]
    assert dict(zip(SIGNS, signs_of_asking("kapan laporan layanan PT Maju dikirim?"), strict=True))["question"]
