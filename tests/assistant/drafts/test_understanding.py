from datetime import date

import pytest

from assistant.drafts import DraftRequest, Question, understand_request, understanding
from assistant.drafts.judging import Asked
from knowledge.access import Viewer


def understood(desk, text) -> DraftRequest:
    found = understand_request(text, desk)
    assert isinstance(found, DraftRequest), found
    return found


@pytest.mark.parametrize(
    ("text", "kind", "audience", "language"),
    [
        ("Siapkan bahan rapat dengan Arjuna Kopi besok", "brief", "internal", "id"),
        ("Tolong buat agenda pertemuan Arjuna Kopi, dibagikan ke mereka", "brief", "customer", "id"),
        ("Prepare a brief for the Arjuna Kopi call on 14 May 2027", "brief", "internal", "en"),
        ("Tinjauan layanan triwulan I 2027 Arjuna Kopi, akan dikirim ke pelanggan", "review", "customer", "id"),
        ("Write the service review of Q1 2027 for Arjuna Kopi, customer-facing", "review", "customer", "en"),
        ("service review Arjuna Kopi January-April 2027, not for the customer", "review", "internal", "en"),
        ("Susun kasus bisnis kamera gerai Arjuna Kopi", "business_case", "internal", "id"),
        ("Draft a business case for Arjuna Kopi cameras in Indonesian", "business_case", "internal", "id"),
    ],
)
def test_kind_audience_and_language(desk, text, kind, audience, language):
    found = understood(desk(), text)
    assert (found.kind, found.audience, found.language) == (kind, audience, language)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Tinjauan layanan triwulan III 2026 Arjuna Kopi", date(2026, 7, 1), date(2026, 9, 30)),
        ("service review January-April 2027 for Arjuna Kopi", date(2027, 1, 1), date(2027, 4, 30)),
        ("Tinjauan layanan empat bulan pertama 2027 Arjuna Kopi", date(2027, 1, 1), date(2027, 4, 30)),
    ],
)
def test_period(desk, text, start, end):
    period = understood(desk(), text).period
    assert period and (period.start, period.end) == (start, end)


def test_day_and_topic(desk):
    found = understood(desk(), "Siapkan brief rapat Arjuna Kopi 14 Mei 2027 tentang tautan cadangan gudang Solo")
    assert found.meeting_on == date(2027, 5, 14)
    assert found.topic == "tautan cadangan gudang Solo"
    assert understood(desk(), "Prepare a meeting brief for Arjuna Kopi on 14 May 2027").topic == ""


def test_it_asks_for_what_is_missing(desk, cast):
    found = understand_request("Buatkan brief rapat", desk())
    assert isinstance(found, Question) and found.missing == "customer"
    found = understand_request("Tolong sesuatu untuk Arjuna Kopi", desk())
    assert isinstance(found, Question) and found.missing == "kind"


def test_a_customer_out_of_sight_is_asked_for_like_an_unknown_one(desk, cast):
    blind = desk(Viewer(account="x", customers=frozenset({cast.other})))
    found = understand_request("Buatkan brief rapat Arjuna Kopi", blind)
    assert isinstance(found, Question) and "Arjuna" not in found.text


@pytest.mark.parametrize(
    ("text", "kind", "audience"),
    [
        ("lusa ketemu Arjuna Kopi, siapin bahannya dong", "brief", "internal"),
        ("What do I need to know before I sit down with Arjuna Kopi?", "brief", "internal"),
        ("Arjuna Kopi 14 Mei 2027: apa yang harus saya siapkan?", "brief", "internal"),
        ("brief Arjuna Kopi but keep it clean, they get a copy", "brief", "customer"),
        ("tinjauan layanan Arjuna Kopi, mau saya kasih ke direksinya", "review", "customer"),
        ("brief Arjuna Kopi, jangan dikasih ke mereka", "brief", "internal"),
        ("How did we do for Arjuna Kopi last quarter? For them to read.", "review", "customer"),
    ],
)
def test_everyday_requests_say_what_they_are_for_and_who_reads(desk, text, kind, audience):
    found = understood(desk(), text)
    assert (found.kind, found.audience) == (kind, audience)


@pytest.mark.parametrize(("text", "day"), [("brief Arjuna Kopi 14/5", date(2027, 5, 14)), ("besok lusa Jumat 14 Mei 2027 brief Arjuna Kopi", date(2027, 5, 14)), ("brief Arjuna Kopi 3/2", date(2028, 2, 3))])
def test_a_day_of_the_meeting_is_the_next_that_comes_and_goes_before_a_word_for_it(desk, text, day):
    assert understood(desk(), text).meeting_on == day


def test_the_manner_of_asking_is_no_topic(desk):
    assert understood(desk(), "Pagi, brief Arjuna Kopi dong, yang penting singkat").topic == ""
    assert understood(desk(), "brief Arjuna Kopi, kamera gerai").topic == "kamera gerai"


class Undecided:
    """A judge to whom two kinds are equally likely."""

    def judge(self, *_: object) -> Asked:
        return Asked({"improvement": 0.49, "account_plan": 0.48, "brief": 0.01}, {"nobody": 1.0})


@pytest.mark.parametrize(
    ("text", "asked", "choices"),
    [
        ("tolong rancang arah pembenahan Arjuna Kopi", "Yang mana yang Anda perlukan", ("Rencana perbaikan", "Rencana akun kunci")),
        ("please set out where we go from here with Arjuna Kopi", "Which of these do you need", ("Improvement plan", "Key account plan")),
    ],
)
def test_kinds_too_close_to_tell_are_asked_about_in_the_language_of_the_request(desk, monkeypatch, text, asked, choices):
    monkeypatch.setattr(understanding, "make_request_judge", lambda _: Undecided())
    found = understand_request(text, desk())
    assert isinstance(found, Question) and found.missing == "kind"
    assert found.text.startswith(asked) and found.choices == choices


def test_the_customer_is_that_of_the_only_people_named(desk, cast):
    assert understood(desk(), "Siapkan bahan rapat, besok saya bertemu Rahmat Tuasikal").customer_id == cast.one
    found = understand_request("Siapkan bahan rapat, besok saya bertemu Rahmat Tuasikal dan Bima Wicaksono", desk())
    assert isinstance(found, Question) and found.missing == "customer"


def test_a_word_in_capitals_is_a_topic_and_no_short_form(desk):
    assert understood(desk(), "Draft a business case for DR at Arjuna Kopi").topic == "DR"
    assert "dr" not in understood(desk(), "business case kamera gerai dr Arjuna Kopi").topic.split()
