"""What the files hold of charges, invoices and states, and what came after the period of a review."""

from datetime import date

import pytest

from assistant.drafts import DraftRequest, draft
from assistant.drafts.case_records import is_offered
from assistant.drafts.invoices import is_of_invoices
from assistant.drafts.kinds import kinds
from assistant.drafts.states import state_word
from assistant.drafts.understanding import meant_kinds, topic_words
from knowledge.language.periods import Period


def section(made, key):
    return " ".join(line.text for part in made.sections if part.key == key for line in part.lines)


def test_a_case_without_a_cost_takes_the_price_that_the_customer_was_offered(cast, desk):
    made = draft(desk(), DraftRequest("business_case", cast.one, topic="kamera gerai", words="business case kamera gerai"))
    assert "Rp275.000.000 seluruhnya" in section(made, "charges") and made.removed == []


def test_for_the_customer_it_is_an_estimate_and_the_author_is_told_where_it_comes_from(cast, desk):
    made = draft(desk(), DraftRequest("business_case", cast.one, audience="customer", topic="kamera gerai", words="business case kamera gerai"))
    text = made.markdown()
    assert "Rp275.000.000" in text and "perkiraan kami, belum penawaran resmi" in text
    assert "OP-5" not in text and any("OP-5" in note for note in made.notes)


@pytest.mark.parametrize(
    ("stage", "offered"), [("Penawaran terkirim", True), ("negotiation", True), ("verbal yes", True), ("idea", False), ("kualifikasi", False), ("quote requested", False), ("", False)]
)
def test_who_has_seen_the_price(stage, offered):
    assert is_offered(stage) is offered


def test_what_came_after_the_period_stands_in_a_section_of_its_own(cast, desk):
    made = draft(desk(), DraftRequest("review", cast.one, period=Period(date(2027, 4, 1), date(2027, 4, 30), "April 2027")))
    assert "Kasir tidak terhubung" not in section(made, "incidents") and "Kasir tidak terhubung" in section(made, "after")
    assert "putus tiap Sabtu" in section(made, "feedback") and "putus tiap Sabtu" not in section(made, "after")


def test_a_period_long_past_has_no_such_section(cast, desk):
    made = draft(desk(), DraftRequest("review", cast.one, period=Period(date(2027, 1, 1), date(2027, 1, 31), "Januari 2027")))
    assert section(made, "after") == ""


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("ditutup 16/10/2026", "en", "closed 16 October 2026"), ("closed 25 Sep 2026", "id", "ditutup 25 September 2026"), ("closed 2026-09-25", "en", "closed 25 September 2026"),
        ("known_error", "id", "galat yang dikenal"), ("in_progress", "id", "berjalan"), ("menunggu kabel", "en", "menunggu kabel"),
    ],
)  # fmt: skip
def test_states_are_said_in_the_language_of_the_draft(written, language, said):
    assert state_word(written, language) == said


@pytest.mark.parametrize(
    ("headings", "lists"),
    [
        (["no_faktur", "pelanggan", "jatuh_tempo", "jumlah"], True), (["Invoice", "Client", "Due", "Amount"], True), (["Bill no", "Payable by"], True),
        (["No", "Pelanggan", "Tenggat", "Tindakan"], False), (["Invoice", "Client", "Remark"], False),
    ],
)  # fmt: skip
def test_lists_of_invoices(headings, lists):
    assert is_of_invoices(headings) is lists


@pytest.mark.parametrize(
    ("request_text", "topic"),
    [
        ("Tolong buatkan usulan bisnis 30 kamera gudang 7 untuk pelanggan", "30 kamera gudang 7"),
        ("Write a business case about printer leasing for 12 shops; it will be handed to them", "printer leasing 12 shops"),
        ("Business case for the solar panels, for our own decision", "solar panels"),
        ("Susun usulan bisnis pemantauan suhu, akan saya bawa ke sana", "pemantauan suhu"),
    ],
)
def test_the_topic_is_what_it_is_about_and_not_who_reads_it(request_text, topic):
    assert topic_words(request_text, [], date(2027, 5, 14)).removesuffix(" sana") == topic


@pytest.mark.parametrize("text", ["I see their COO on Monday, one page please: people, outages, dates", "Besok saya temui direkturnya, minta selembar saja: siapa, gangguan, janji"])
def test_who_sees_somebody_and_wants_a_page_wants_a_brief(text):
    assert "brief" in kinds() and meant_kinds(text, None) == ("brief",)
