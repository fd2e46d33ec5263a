"""The life of a kept draft in the store: versions, edits, comments, sign-off; of two at once exactly one wins."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from assistant.drafts import DraftRequest, UnknownCustomer
from assistant.drafts.kept.keeping import Desk
from assistant.drafts.kept.reading import UnknownDraft, compared, listed, opened, versions
from assistant.drafts.kept.repository import AlteredContent
from assistant.proposals.tables import AuditEntry
from knowledge.language.formats import format_date
from knowledge.records.drafts import DraftVersion
from knowledge.records.operations import Measurement
from knowledge.store import read
from tests.assistant.drafts.portfolio import TODAY, D


def text_of(shop, name, number=None, who="sari"):
    return opened(shop.engine, shop.viewer(who), name, "id", number).draft.markdown()


def test_a_kept_draft_says_who_made_it_when_and_as_of_which_day(shop):
    name = shop.keep()
    (line,) = versions(shop.engine, shop.viewer("bagas"), name, "id")
    assert (line.draft, line.number, line.origin, line.by, line.as_of) == (name, 1, "made", "sari", TODAY)
    assert [one.draft for one in listed(shop.engine, shop.viewer("bagas"), "id")] == [name]


def test_the_same_request_keeps_nothing_twice(shop):
    request = DraftRequest("review", shop.one)
    made = shop.make(request)
    first = shop.desk().keep(made, request, "slack:1")
    again = shop.desk().keep(made, request, "slack:1")
    assert (again.status, again.draft_id) == ("kept_before", first.draft_id)
    assert len(listed(shop.engine, shop.viewer("sari"), "id")) == 1


def test_every_edit_is_a_version_and_the_older_ones_stay(shop):
    name = shop.keep()
    before = text_of(shop, name)
    assert shop.desk().edit(name, "1.1", "Satu tautan gerai di bawah sasaran pada April [1]").done
    assert shop.desk("bagas").add(name, "1", "Kami usul membahas penggantian modul").done
    assert text_of(shop, name, 1) == before
    now = text_of(shop, name)
    assert "Satu tautan gerai di bawah sasaran pada April [1] _(ditulis oleh Sari Wulandari, 10 Mei 2027)_" in now
    assert "Kami usul membahas penggantian modul _(ditambahkan oleh Bagas Pratama, 10 Mei 2027)_" in now
    changed = compared(shop.engine, shop.viewer("sari"), name, 1, 3)
    assert [section.key for section in changed] == ["summary"] and {line.kind for line in changed[0].lines} <= {"added", "changed", "removed"}


def test_what_cannot_be_done_is_said_and_changes_nothing(shop):
    name = shop.keep()
    desk = shop.desk()
    statuses = [
        desk.edit(name, "1.99", "x").status, desk.edit(name, "satu", "x").status, desk.edit(name, "1.1", "  ").status, desk.edit(name, "1.1", "lihat [99]").status,
        desk.edit("D999", "1.1", "x").status, desk.edit("apa", "1.1", "x").status, desk.edit(name, "1.1", "x", number=7).status, desk.settle(name, "c9", mine=True).status,
        desk.sign(name, "semua").status, desk.reopen(name).status, desk.comment(name, "77", "x").status,
    ]  # fmt: skip
    assert statuses == [
        "unknown_place", "unknown_place", "nothing_said", "unknown_mark", "unknown", "unknown", "unknown_version", "unknown_change", "unknown_purpose", "not_locked", "unknown_place",
    ]  # fmt: skip
    assert [line.number for line in versions(shop.engine, shop.viewer("sari"), name, "id")] == [1]


def test_comments_stand_with_who_said_them_and_where(shop):
    name = shop.keep()
    assert shop.desk("bagas").comment(name, "1.1", "Angka ini sudah disepakati?").done
    (comment,) = opened(shop.engine, shop.viewer("sari"), name, "id").comments
    assert (comment.words, comment.by, comment.number, comment.section) == ("Angka ini sudah disepakati?", "Bagas Pratama", 1, "summary")
    assert comment.line


def test_a_signed_version_is_locked_to_the_character_and_a_new_one_can_be_started(shop):
    name = shop.keep()
    signed = shop.desk().sign(name, "review", behalf="Bram Setiadi")
    assert signed.done and "Bram Setiadi" in signed.answer
    with read(shop.engine) as session:
        stored = session.exec(select(DraftVersion).where(col(DraftVersion.number) == 1)).one().content
    refused = shop.desk("bagas").edit(name, "1.1", "lain")
    assert (refused.done, refused.status) == (False, "locked") and "Bram Setiadi" in refused.answer
    assert shop.desk("bagas").reopen(name).number == 2
    assert shop.desk("bagas").edit(name, "1.1", "Kata-kata baru").number == 3
    with read(shop.engine) as session:
        assert session.exec(select(DraftVersion).where(col(DraftVersion.number) == 1)).one().content == stored
    assert opened(shop.engine, shop.viewer("sari"), name, "id", 1).draft.signed == ["Tinjauan: Bram Setiadi, " + _today() + " (dicatat Sari Wulandari)"]
    assert opened(shop.engine, shop.viewer("sari"), name, "id").draft.signed == []


def _today():
    return format_date(datetime.now(UTC).date(), "id")


def test_requirements_and_case_are_signed_each_once(shop):
    name = shop.keep(kind="business_case", topic="penggantian modul")
    assert shop.desk().sign(name, "requirements").done
    assert shop.desk("bagas").sign(name, "business_case").done
    again = shop.desk("bagas").sign(name, "requirements")
    assert again.status == "signed_before" and "Sari Wulandari" in again.answer
    assert len(opened(shop.engine, shop.viewer("sari"), name, "id").draft.signed) == 2


def test_who_looked_at_another_content_does_not_sign_this_one(shop):
    name = shop.keep()
    seen = opened(shop.engine, shop.viewer("bagas"), name, "id").line
    assert shop.desk().edit(name, "1.1", "lain").done
    late = shop.desk("bagas").sign(name, "review", number=seen.number, seen=seen.sha)
    assert late.status == "overtaken" and "versi 2" in late.answer and "sari" in late.answer
    assert shop.desk("bagas").sign(name, "review", number=2, seen=seen.sha).status == "not_that"


@pytest.mark.parametrize("action", ["edit", "sign"])
def test_of_two_at_once_exactly_one_wins_and_the_other_is_told(shop, action):
    name = shop.keep()
    start, outcomes = threading.Barrier(2), []

    def work(who: str) -> None:
        desk = shop.desk(who)
        start.wait()
        outcomes.append(desk.edit(name, "1.1", f"kata {who}", number=1) if action == "edit" else desk.sign(name, "review", number=1))

    threads = [threading.Thread(target=work, args=(who,)) for who in ("sari", "bagas")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.done for outcome in outcomes) == [False, True]
    lost = next(outcome for outcome in outcomes if not outcome.done)
    assert lost.status == ("overtaken" if action == "edit" else "signed_before") and lost.answer
    assert len(versions(shop.engine, shop.viewer("sari"), name, "id")) == (2 if action == "edit" else 1)


def test_an_edit_and_a_signature_at_once_never_sign_what_nobody_saw(shop):
    for _ in range(5):
        name = shop.keep()
        start, outcomes = threading.Barrier(2), {}

        def edit(name=name, start=start, outcomes=outcomes):
            start.wait()
            outcomes["edit"] = shop.desk("sari").edit(name, "1.1", "lain", number=1)

        def sign(name=name, start=start, outcomes=outcomes):
            start.wait()
            outcomes["sign"] = shop.desk("bagas").sign(name, "review", number=1)

        threads = [threading.Thread(target=edit), threading.Thread(target=sign)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes["edit"].done != outcomes["sign"].done


def measured_anew(session):
    row = session.exec(select(Measurement).where(col(Measurement.value) == D("98.95"))).first()
    row.value = D("97.10")
    row.quote = row.quote.replace("98.95", "97.10").replace("98,95", "97,10")
    session.add(row)


def test_made_again_the_person_keeps_their_words_and_sees_what_changed_under_them(shop):
    name = shop.keep()
    reading = opened(shop.engine, shop.viewer("sari"), name, "id")
    section, line = next((place, at) for place, part in enumerate(reading.parts, 1) for at, one in enumerate(part.lines, 1) if "98,95%" in one.line.text)
    assert shop.desk().edit(name, f"{section}.{line}", "April 98,95 persen, sudah dibahas").done
    assert shop.desk().add(name, "1", "Kami minta waktu membahas modul").done
    shop.change(measured_anew)
    again = shop.desk().regenerate(name, lambda request: shop.make(request, shop.viewer("sari")))
    assert again.done and "perlu dilihat lagi" in again.answer
    reading = opened(shop.engine, shop.viewer("sari"), name, "id")
    text = reading.draft.markdown()
    assert "April 98,95 persen, sudah dibahas" in text and "Kami minta waktu membahas modul" in text and "97,1%" in text
    (clash,) = reading.clashes
    assert "97,1%" in clash.now and "98,95%" in clash.machine
    assert shop.desk().sign(name, "review").status == "clashing"
    assert shop.desk().settle(name, clash.id, mine=False).done
    assert shop.desk().sign(name, "review").done


def test_made_again_from_the_same_data_there_is_no_new_version(shop):
    name = shop.keep()
    again = shop.desk().regenerate(name, lambda request: shop.make(request, shop.viewer("sari")))
    assert (again.status, again.number) == ("unchanged", 1)


def test_a_customer_that_is_gone_is_a_clear_word(shop):
    name = shop.keep()

    def fails(request):
        raise UnknownCustomer(request.customer_id)

    assert shop.desk().regenerate(name, fails).status == "gone_customer"


def test_every_write_has_its_audit_row(shop):
    name = shop.keep()
    shop.desk().edit(name, "1.1", "lain")
    shop.desk("bagas").comment(name, "1", "baik")
    shop.desk("bagas").sign(name, "review")
    with read(shop.engine) as session:
        rows = session.exec(select(AuditEntry).where(col(AuditEntry.record_kind) == "draft").order_by(col(AuditEntry.id))).all()
    assert [(row.account, row.action) for row in rows] == [("sari", "draft keep"), ("sari", "draft edited"), ("bagas", "draft comment"), ("bagas", "draft sign")]
    assert rows[1].before["content"] == rows[0].after["content"] and rows[1].after["content"] != rows[0].after["content"]


def test_stored_characters_that_were_changed_are_noticed(shop):
    name = shop.keep()

    def alter(session):
        row = session.exec(select(DraftVersion)).one()
        row.content = row.content.replace("tercapai", "terlampaui")
        session.add(row)

    shop.change(alter)
    with pytest.raises(AlteredContent):
        opened(shop.engine, shop.viewer("sari"), name, "id")
    assert shop.desk().sign(name, "review").status == "altered"


def test_the_answers_are_in_the_language_asked_for(shop):
    desk = Desk(shop.engine, shop.viewer("sari"), "en", date(2027, 5, 10))
    assert desk.edit("D77", "1.1", "x").answer == "D77: there is no such draft, or you may not see it."
    with pytest.raises(UnknownDraft):
        versions(shop.engine, shop.viewer("sari"), "D77", "en")
