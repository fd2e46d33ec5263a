from datetime import date

import pytest

from assistant.drafts import Draft, DraftRequest, UnknownCustomer, draft
from knowledge.access import Viewer


def section(made: Draft, key: str) -> str:
    found = next(part for part in made.sections if part.key == key)
    return "\n".join(f"{line.lead} {line.text}" for line in found.lines) or str(found.empty_reason)


@pytest.fixture
def brief(cast, desk):
    return draft(desk(), DraftRequest("brief", cast.one, meeting_on=date(2027, 5, 14)))


def test_people_hold_their_position_on_the_day_and_deciders_come_first(brief):
    lines = section(brief, "people").splitlines()
    assert "Rahmat Tuasikal" in lines[1] and "pengambil keputusan" in lines[1]
    assert "terakhir terdengar 20 April 2027 (keluhan); baginya penting: “Jaringan gerai putus tiap Sabtu sore”" in section(brief, "people")
    assert "Yosef" not in section(brief, "people")


def test_commitments_of_both_sides_stand_apart_with_what_is_overdue(brief):
    assert "Lewat 7 hari (tenggat 3 Mei 2027)" in section(brief, "commitments_provider")
    assert "Daftar gerai baru" in section(brief, "commitments_customer")
    assert "Daftar gerai baru" not in section(brief, "commitments_provider")


def test_performance_names_missed_months_and_the_trend(brief):
    text = section(brief, "performance")
    assert "April 2027 98,95%, di bawah sasaran 99,5%" in text
    assert "Maret 2027 99,12%" in text and "turun" in text


def test_notice_deadline_is_computed_with_days_left(brief):
    text = section(brief, "agreement")
    assert "31 Agustus 2027" in text and "2 Juli 2027" in text and "53 hari" in text


def test_a_replaced_clause_is_not_shown_as_current(brief):
    assert "kredit 7%" in section(brief, "terms")
    assert "kredit 4%" not in brief.markdown()


def test_requests_carry_their_number_and_day(brief):
    assert "18 Mei 2027" in section(brief, "agenda")
    assert "88/ARJ/V/2027" in section(brief, "in_full") and "18 Mei 2027" in section(brief, "in_full")


def test_wishes_that_oppose_each_other_and_claims_against_the_agreement_are_shown(brief):
    text = section(brief, "conflicts")
    assert "Rahmat meminta" in text and "Citra menolak" in text
    assert "15 menit" in text and "021/LK/2025" in text and "30 menit" in text


def test_what_was_said_since_the_last_meeting_is_quoted_with_its_source(brief):
    assert "PT Gading Siber" in section(brief, "risks") + section(brief, "since")
    assert "telp/2027-05-06.txt" in brief.markdown()


def test_every_line_is_cited_and_nothing_was_removed(brief):
    assert brief.removed == []
    assert all("[" in line.text for part in brief.sections for line in part.lines if part.key != "nothing")


def test_what_is_not_on_file_is_told_in_one_line(cast, desk):
    made = draft(desk(), DraftRequest("brief", cast.other, language="en"))
    assert "satisfaction (survey)" in section(made, "nothing")
    assert all(part.lines for part in made.sections)


def test_other_customers_never_appear(brief):
    text = brief.markdown()
    assert "Sekar" not in text and "OP-6" not in text and "Bima" not in text


def test_a_customer_out_of_sight_is_unknown(cast, desk):
    with pytest.raises(UnknownCustomer):
        draft(desk(Viewer(account="x", customers=frozenset({cast.other}))), DraftRequest("brief", cast.one))


def test_the_topic_pulls_passages_and_ranks_first(cast, desk):
    made = draft(desk(), DraftRequest("brief", cast.one, topic="kamera gerai"))
    assert "kamera gerai" in section(made, "topic") and "OP-5" in section(made, "ahead")


def test_who_is_said_to_come_is_quoted_and_comes_first(brief):
    lines = section(brief, "people").splitlines()
    assert "dihadiri Rahmat Tuasikal dan Laras Wulandari" in lines[0]
    assert "baginya penting: “Bagi Rahmat yang terpenting bukti pengiriman untuk auditor.”" in lines[1]


def test_what_changed_is_told_without_groups_of_which_there_are_none(brief):
    text = section(brief, "since")
    assert "Sejak rapat 14 April 2027: 1 tiket baru, masih terbuka, 1 keluhan, 1 hasil ukur baru, 1 di bawah sasaran." in text
    assert "Laras Wulandari menggantikan Yosef" in text


def test_a_promise_marked_as_kept_is_not_open(brief):
    assert "templat formulir" not in section(brief, "commitments_provider")


def test_the_agenda_begins_with_what_is_overdue_and_each_point_leans_on_a_fact(brief):
    lines = section(brief, "agenda").splitlines()
    assert "hitungan kredit April, seharusnya 3 Mei 2027" in lines[0].lower().replace("mei", "Mei").replace("april", "April")
    assert all("[" in line for line in lines)
    assert any("Ketersediaan" in line or "ketersediaan" in line for line in lines)


def test_what_to_ask_stands_with_its_point_of_the_agenda_and_is_for_the_author_alone(cast, desk, brief):
    assert "apa yang harus terjadi supaya selesai?" in section(brief, "agenda")
    made = draft(desk(), DraftRequest("brief", cast.one, "customer", meeting_on=date(2027, 5, 14)))
    assert "?" not in section(made, "agenda")
    assert not any(part.key in ("risks", "nothing") for part in made.sections) and "OP-5" not in made.markdown()


def test_words_of_a_difference_to_settle_stand_in_one_section_only(brief):
    assert sum("Rahmat meminta" in section(brief, part.key) for part in brief.sections if part.key != "agenda") == 1


def test_the_trend_is_told_in_points_against_the_month_before(brief):
    assert "turun 0,17 poin dari Maret 2027" in section(brief, "performance")
