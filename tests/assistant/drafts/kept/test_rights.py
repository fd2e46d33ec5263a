"""Who sees which kept draft: its customer's people, and only while they may see all that it rests on. What a store keeps of it."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlmodel import col, delete, select

from assistant.drafts.kept.reading import UnknownDraft, compared, listed, opened, versions
from assistant.proposals.tables import Proposal
from knowledge.backup import back_up, restore_from
from knowledge.intake.removal import drop_orphans
from knowledge.records.access import Grant
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.records.drafts import DraftSource, DraftSourceCustomer, DraftVersion, KeptDraft
from knowledge.records.operations import Ticket
from knowledge.store import MIGRATIONS, migrate, newest_migration, open_store, read


def names(shop, who):
    return [line.draft for line in listed(shop.engine, shop.viewer(who), "id")]


def hidden(shop, who, name):
    with pytest.raises(UnknownDraft):
        opened(shop.engine, shop.viewer(who), name, "id")
    with pytest.raises(UnknownDraft):
        versions(shop.engine, shop.viewer(who), name, "id")
    with pytest.raises(UnknownDraft):
        compared(shop.engine, shop.viewer(who), name, 1, 1)
    desk = shop.desk(who)
    outcomes = [desk.edit(name, "1.1", "x"), desk.comment(name, "1", "x"), desk.sign(name, "review"), desk.regenerate(name, lambda request: pytest.fail("made"))]
    return names(shop, who) == [] and {outcome.status for outcome in outcomes} == {"unknown"}


def test_only_who_may_see_the_customer_sees_the_draft(shop):
    name = shop.keep("sari")
    assert names(shop, "bagas") == [name] and names(shop, "rina") == [name] and names(shop, None) == [name]
    assert hidden(shop, "dewi", name)


def test_who_may_not_see_the_customer_any_more_does_not_see_the_draft(shop):
    name = shop.keep("sari")
    shop.change(lambda session: session.exec(delete(Grant).where(col(Grant.customer_id) == shop.one)))
    assert hidden(shop, "bagas", name)


def test_a_draft_whose_record_is_about_somebody_else_now_is_not_shown(shop):
    name = shop.keep("sari", kind="brief")
    with read(shop.engine) as session:
        source = session.exec(select(DraftSource).where(col(DraftSource.record_kind) == "ticket")).first()
    assert source is not None

    def moved(session):
        session.get(Ticket, source.record_id).customer_id = shop.other

    shop.change(moved)
    assert hidden(shop, "bagas", name)
    assert names(shop, "rina") == [name]


def test_a_draft_whose_passage_names_a_customer_they_may_not_see_is_not_shown(shop):
    name = shop.keep("sari", kind="brief")
    with read(shop.engine) as session:
        passage = session.exec(select(DraftSource.passage_id).where(col(DraftSource.passage_id).is_not(None))).first()
    assert passage is not None
    shop.change(lambda session: session.add(PassageCustomer(passage_id=passage, customer_id=shop.other, required=True)))
    assert hidden(shop, "bagas", name)
    assert names(shop, "rina") == [name]


def test_what_a_source_was_about_is_remembered_after_it_is_gone(shop):
    name = shop.keep("sari", kind="brief")

    def forget(session):
        row = session.exec(select(DraftSource)).first()
        session.add(DraftSourceCustomer(source_id=row.id, customer_id=shop.other, required=True))
        session.flush()
        for passage in session.exec(select(DraftSource.passage_id).where(col(DraftSource.passage_id).is_not(None))).all():
            session.exec(delete(PassageCustomer).where(col(PassageCustomer.passage_id) == passage))
            session.exec(delete(Passage).where(col(Passage.id) == passage))

    shop.change(forget)
    assert hidden(shop, "bagas", name)
    assert names(shop, "rina") == [name]
    with read(shop.engine) as session:
        assert session.exec(select(DraftSource).where(col(DraftSource.passage_id).is_not(None))).all() == []


def test_an_older_version_that_rests_on_something_hidden_is_left_out_of_the_list(shop):
    name = shop.keep("sari")
    shop.desk().edit(name, "1.1", "lain")

    def hide(session):
        version = session.exec(select(DraftVersion).where(col(DraftVersion.number) == 1)).one()
        source = session.exec(select(DraftSource).where(col(DraftSource.version_id) == version.id)).first()
        session.add(DraftSourceCustomer(source_id=source.id, customer_id=shop.other, required=True))

    shop.change(hide)
    assert [line.number for line in versions(shop.engine, shop.viewer("bagas"), name, "id")] == [2]
    with pytest.raises(UnknownDraft):
        compared(shop.engine, shop.viewer("bagas"), name, 1, 2)


def test_a_customer_with_kept_drafts_stays_when_its_files_go_and_takes_them_along_when_it_is_removed(shop):
    name = shop.keep("sari")

    def files_gone(session):
        customer = session.get(Customer, shop.one)
        customer.document_id, customer.confirmed_by, customer.origin = None, None, "import"
        drop_orphans(session)

    shop.change(files_gone)
    assert names(shop, None) == [name]
    with shop.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text("DELETE FROM kept_draft"))
        left = [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("draft_version", "draft_source", "draft_source_customer", "draft_comment", "draft_signature")]
    assert left == [0, 0, 0, 0, 0]


def test_a_customer_with_a_proposal_that_waits_does_not_break_an_import(shop):
    def files_gone(session):
        customer = Customer(name="Bintang Laut", legal_name="PT Bintang Laut")
        session.add(customer)
        session.flush()
        session.add(Proposal(id="prop_1", account="sari", kind="feedback", customer_id=customer.id))
        session.add(Customer(name="Awan Biru", legal_name="PT Awan Biru"))
        drop_orphans(session)

    shop.change(files_gone)
    with read(shop.engine) as session:
        left = set(session.exec(select(Customer.name)))
    assert "Bintang Laut" in left and "Awan Biru" not in left


def test_the_customers_removal_takes_its_drafts_along():
    about = next(iter(KeptDraft.__table__.c.customer_id.foreign_keys))
    assert (about.column.table.name, about.ondelete) == ("customer", "CASCADE")


def test_a_backup_brings_kept_drafts_back_to_the_character(shop, tmp_path):
    name = shop.keep("sari")
    shop.desk().sign(name, "review")
    before = opened(shop.engine, shop.viewer("sari"), name, "id")
    with shop.engine.begin() as connection:  # the fixture makes its tables without Alembic
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR)"))
        connection.execute(text(f"INSERT INTO alembic_version VALUES ('{newest_migration()}')"))
    back_up(shop.url, tmp_path / "cadangan.db")
    restore_from(tmp_path / "cadangan.db", f"sqlite:///{tmp_path / 'pulih.db'}")
    shop.engine = open_store(f"sqlite:///{tmp_path / 'pulih.db'}")
    after = opened(shop.engine, shop.viewer("sari"), name, "id")
    assert (after.line, after.draft.markdown()) == (before.line, before.draft.markdown())


def test_a_store_of_the_schema_before_is_brought_to_this_one(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'lama.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "0004")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO customer (name, legal_name, restricted, origin, quote, identity, locator, edits, extra, created_at, withdrawn) VALUES ('Arjuna Kopi', 'PT Arjuna', 0, 'import', '', '', '{}', '{}', '{}', '2027-01-01', 0)"))
        assert not inspect(connection).has_table("kept_draft")
    migrate(engine)
    found = inspect(engine)
    for table in (KeptDraft, DraftVersion, DraftSource, DraftSourceCustomer):
        assert {column["name"] for column in found.get_columns(table.__tablename__)} == set(table.__table__.columns.keys())
    with engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM customer")).scalar() == "Arjuna Kopi"
    command.downgrade(config, "0004")
    assert not inspect(engine).has_table("kept_draft")
