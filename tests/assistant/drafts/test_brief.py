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
    assert "Rahmat Tuasikal" in lines[0] and "pengambil keputusan" in lines[0]
    assert "hadir pada rapat 14 April 2027" in section(brief, "people")
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
    assert "kredit 7%" in section(brief, "agreement")
    assert "kredit 4%" not in brief.markdown()


def test_requests_carry_their_number_and_day(brief):
    assert "88/ARJ/V/2027" in section(brief, "requests") and "18 Mei 2027" in section(brief, "requests")


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
    assert "kamera gerai" in section(made, "topic") and section(made, "opportunities").startswith("OP-5")
