"""Two spellings taken for one customer, and parted again through the command line: who sees what, and that it stays so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from assistant.proposals.tables import AuditEntry
from integrations.cli.app import run
from knowledge.access import passage_clause, viewer_for
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage
from knowledge.records.operations import KnownErrorCustomer
from knowledge.records.services import Subscription
from knowledge.store import open_store, read

FILES = {
    "pelanggan.csv": "Kode Pelanggan;Nama Pelanggan;Badan Hukum;Segmen;Kota\nK-01;Melati;PT Melati Sejahtera;Ritel;Bogor\nK-02;Kenanga;PT Kenanga Jaya;Perbankan;Medan\n",
    "langganan.csv": "Pelanggan,Layanan,Biaya per bulan (Rp juta),Mulai\nMelati Sejahtra,Cloud,15,01/02/2025\nMelati,LAN,2,01/02/2025\n",
    "kedb.csv": 'KE ID,Title,Symptoms,Workaround,Affected customers\nKE-5,Lost packets,Packets vanish,Restart link,"Melati Sejahtra, Kenanga"\n',
    "hak akses.csv": "username,customer\nayu,Melati Sejahtra\nbimo,K-01\n",
    "notulen 2026-05-04.md": "# Rapat dengan Melati Sejahtra\n\nGerbang gudang akan diperlebar sebelum 30 Juni 2026.\n",
    "menara.md": "Melati Sejahtra dan PT Melati Sejahtera memakai satu menara yang sama di Bogor.\n",
}
Cli = Callable[..., Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("berkas")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def cli(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line; its JSON, or its line of refusal."""
    monkeypatch.setenv("AKRAB_HOME", str(home))
    monkeypatch.setenv("AKRAB_TODAY", "2026-11-22")
    monkeypatch.setenv("AKRAB_LANGUAGE", "en")
    monkeypatch.delenv("AKRAB_DEBUG", raising=False)

    def command(*arguments: str | Path) -> Any:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return printed.err if code == 2 else json.loads(printed.out)

    return command


def looked(home: Path, look: Callable[[Session], Any]) -> Any:
    engine = open_store(f"sqlite:///{home / 'akrab.db'}")
    with read(engine) as session:
        found = look(session)
    engine.dispose()
    return found


def world(home: Path) -> dict[str, Any]:
    """Whose each thing is, and what the two accounts may read."""

    def look(session: Session) -> dict[str, Any]:
        names = dict(session.exec(select(Customer.id, Customer.name)).all())
        return {
            "services": {one.service: names[one.customer_id] for one in session.exec(select(Subscription)).all()},
            "error": {names[link.customer_id] for link in session.exec(select(KnownErrorCustomer)).all()},
            "minutes": {names.get(one.customer_id) for one in session.exec(select(Document)).all() if one.source.startswith("notulen")},
            "rights": {who: {names[number] for number in viewer_for(session, who).customers} for who in ("ayu", "bimo")},
            "reads": {who: {text for text in session.exec(select(Passage.text).where(passage_clause(viewer_for(session, who)))).all()} for who in ("ayu", "bimo")},
        }

    return looked(home, look)


def test_a_spelling_taken_for_another_customer_is_parted_after_a_look_and_stays_so(home: Path, folder: Path, cli: Cli) -> None:
    cli("import", folder, "--json")
    (merge,) = cli("customers", "merges", "--json")["merges"]
    assert (merge["spelling"], merge["undone"]) == ("Melati Sejahtra", False)
    before = world(home)
    assert before["services"] == {"Cloud": "Melati", "LAN": "Melati"} and before["rights"]["ayu"] == {"Melati"}

    shown = cli("customers", "split", merge["number"], "--json")
    assert not shown["undone"] and shown["moved"]["rights"] == 1 and "menara.md" in shown["read_again"]
    assert world(home) == before, "a look writes nothing"

    done = cli("customers", "split", merge["number"], "--yes", "--json")
    assert done["undone"] and done["moved"] == shown["moved"]
    parted = world(home)
    assert parted["services"] == {"Cloud": "Melati Sejahtra", "LAN": "Melati"}
    assert parted["error"] == {"Melati Sejahtra", "Kenanga"}
    assert parted["minutes"] == {"Melati Sejahtra"}
    assert parted["rights"] == {"ayu": {"Melati Sejahtra"}, "bimo": {"Melati"}}
    for who, mine, others in (("ayu", "Cloud", "LAN"), ("bimo", "LAN", "Cloud")):
        text = "\n".join(parted["reads"][who])
        assert mine in text and others not in text and "menara" not in text
    assert "Gerbang" in "\n".join(parted["reads"]["ayu"]) and "Gerbang" not in "\n".join(parted["reads"]["bimo"])

    report = cli("import", folder, "--json")
    assert not report["merges"]
    assert world(home) == parted, "files read again say the same"


def test_a_split_is_on_record_and_is_made_once_and_by_the_owner_alone(home: Path, cli: Cli) -> None:
    (entry,) = looked(home, lambda session: [one.model_dump() for one in session.exec(select(AuditEntry).where(AuditEntry.action == "split")).all()])
    assert (entry["account"], entry["record_kind"]) == ("owner", "customer")
    assert entry["before"]["customer"] == "Melati" and entry["after"]["customer"] == "Melati Sejahtra"
    (merge,) = cli("customers", "merges", "--json")["merges"]
    assert merge["undone"]
    assert "Melati Sejahtra" in cli("customers", "split", merge["number"], "--yes")
    assert "--as" in cli("customers", "split", merge["number"], "--yes", "--as", "bimo")
