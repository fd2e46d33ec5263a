"""Viewers × customers × doors: nobody gets a word, or the name, of a customer that they may not see.

A canary word of its own stands in every kind of file of each customer. What is answered about a hidden customer is what is answered about
one that does not exist.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting import Drafting, Question, UnclearRequest, UnknownCustomer, as_dict
from assistant.drafts.kinds import kinds
from assistant.proposals.decisions import approve, edit, reject
from assistant.proposals.service import list_for, propose, show
from assistant.settings import Settings
from assistant.tools.desk import Desk
from assistant.tools.toolbox import toolbox
from assistant.wiring import Akrab, bootstrap
from knowledge.access import Viewer
from knowledge.embeddings.e5 import E5Embedder
from knowledge.intake.importer import import_paths
from knowledge.linking import Linker
from knowledge.store import read

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Client:
    """A customer with its canary and a person of its own."""

    name: str
    legal: str
    canary: str
    person: str


CLIENTS = {
    "pangan": Client("Kertasari Pangan", "PT Kertasari Pangan Lestari", "zirkonella", "Rudi Hartawan"),
    "otomotif": Client("Halim Otomotif", "PT Halim Otomotif Nusa", "brontopila", "Sinta Maharani"),
    "dental": Client("Northwick Dental", "Northwick Dental Group Ltd", "quillamore", "Edmund Clarke"),
    "balai": Client("Balai Rahma", "Balai Besar Rahma", "tarsiduna", "Yusuf Alamsyah"),
}
GHOST = Client("Mekarwangi Plastik", "PT Mekarwangi Plastik Utama", "lombardika", "Gunadi Wicaksana")
SEES = {
    "kirana": {"pangan", "otomotif"},
    "bagas": {"dental"},
    "tania": {"pangan", "otomotif", "dental"},  # everything but what is restricted
    "wulan": {"balai"},
}
HIDDEN = [(who, client) for who, seen in SEES.items() for client in CLIENTS if client not in seen]
PROMPTS = (
    "Berapa nilai kontrak {name}?",
    "Kapan perjanjian {name} berakhir?",
    "Apa keluhan {name} bulan Oktober?",
    "Siapa kontak di {name}?",
    "What is the value of the {name} contract?",
    "How many tickets does {name} have?",
    "What does {canary} mean?",
)
GENERAL = (
    "Sebutkan semua pelanggan kita.",
    "Apa saja keluhan pelanggan bulan Oktober 2026?",
    "Berapa jumlah tiket P1?",
    "Total pendapatan semua pelanggan Q3 2026 berapa?",
    "Which customers complained in October 2026?",
    "List all contracts and when they end.",
    "Cetak struk gagal saat toko ramai, apakah ini galat yang sudah dikenal?",
    "Siapa saja yang kena KE-71?",
    "Which known errors are open?",
)


def _agreement(number: int, client: Client) -> str:
    return f"""# PERJANJIAN LAYANAN
Nomor {number}/PJ/2025

antara PT Sarana Awan Digital ("Penyedia") dan {client.legal} ("Pelanggan"), ditandatangani 10 Januari 2025.

## Pasal 1 Jangka waktu
1.1 Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 202{6 + number}.

## Pasal 2 Biaya
2.1 Nilai kontrak {client.name} adalah Rp {number}55.000.000 untuk layanan {client.canary}.
"""


def _write(folder: Path) -> None:
    """The files of the portfolio."""
    clients = list(CLIENTS.values())
    managers = ("Kirana Dewi", "Kirana Dewi", "Bagas Wibowo", "Wulan Asih")
    sheets = {
        "master.csv": ["Kode,Nama Klien,Nama Resmi,Account Manager,Akses", *(
            f"C{n},{one.name},{one.legal},{manager},{'terbatas' if one.canary == 'tarsiduna' else 'umum'}"
            for n, (one, manager) in enumerate(zip(clients, managers, strict=True), 1))],
        "hak_akses.csv": [
            "Akun,Nama Lengkap,Jabatan,Surel,Pelanggan yang boleh dilihat",
            "kirana,Kirana Dewi,Account Manager,kirana@awan.example,Kertasari Pangan; Halim Otomotif",
            "bagas,Bagas Wibowo,Account Manager,bagas@awan.example,Northwick Dental",
            "tania,Tania Prameswari,Kepala BRM,tania@awan.example,SEMUA",
            "wulan,Wulan Asih,Account Manager,wulan@awan.example,Balai Rahma",
        ],
        "kontak.csv": ["Nama,Jabatan,Pelanggan,Telepon", *(f"{one.person},Manajer {one.canary},{one.name},0811-22-{n}00{n}" for n, one in enumerate(clients, 1))],
        "tiket.csv": ["No Tiket,Pelanggan,Tanggal Buka,Prioritas,Ringkasan", *(f"TKT-{n}1,{one.name},2026-10-0{n},P1,Server {one.canary} mati" for n, one in enumerate(clients, 1))],
        "umpan_balik.csv": ["Tanggal,Pelanggan,Dari,Isi,Sentimen", *(f"2026-10-1{n},{one.name},{one.person},Layanan {one.canary} lambat sekali,negatif" for n, one in enumerate(clients, 1))],
        "pendapatan.csv": ["Pelanggan,Q2 2026,Q3 2026", *(f"{one.name},Rp {n}10.000.000,Rp {n}20.000.000" for n, one in enumerate(clients, 1))],
        "galat.csv": ["Kode Galat,Judul,Solusi Sementara,Status,Yang kena", f"KE-71,Cetak struk gagal saat ramai,Mulai ulang layanan cetak,Terbuka,{'; '.join(one.name for one in clients)}"],
    }  # fmt: skip
    for name, lines in sheets.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number, client in enumerate(clients, 1):
        (folder / f"Perjanjian {client.name}.md").write_text(_agreement(number, client), encoding="utf-8")
        minutes = f"# Notulen rapat {client.name}\nTanggal: {number} Oktober 2026\nHadir: {client.person}\n\n- {client.person} meminta laporan {client.canary} sebelum 1 Desember 2026.\n"
        (folder / f"Notulen {client.name} 2026-10-0{number}.md").write_text(minutes, encoding="utf-8")


@pytest.fixture(scope="module")
def akrab(tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Iterator[Akrab]:
    folder = tmp_path_factory.mktemp("access")
    _write(folder)
    akrab = bootstrap(Settings(home=tmp_path_factory.mktemp("home"), today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    import_paths(akrab.engine, [folder], today=TODAY)
    akrab.embed_new()
    yield akrab
    akrab.engine.dispose()


def _told(client: Client) -> str:
    return f"{client.person} dari {client.name} mengeluh laporan {client.canary} selalu terlambat."


@pytest.fixture(scope="module")
def proposed(akrab: Akrab) -> dict[str, str]:
    """A proposal about each customer, made by the owner: its id by customer."""
    found = {}
    for key, client in CLIENTS.items():
        (proposal,) = propose(akrab.engine, akrab.viewer(None), _told(client), TODAY).proposals
        found[key] = proposal.id
    return found


def _leaks(shown: Any, who: str, question: str = "") -> list[str]:
    """Canaries, names and people of customers that this person may not see, outside the question's own words."""
    text = (shown if isinstance(shown, str) else json.dumps(shown, default=str, ensure_ascii=False)).lower()
    asked = question.lower()
    secret = [word.lower() for key, client in CLIENTS.items() if key not in SEES[who] for word in (client.canary, client.name, client.legal, client.person)]
    return [word for word in secret if word in text and word not in asked]


def _worded(answer: str, client: Client) -> str:
    """An answer without the words quoted from the question."""
    for word in (client.name, client.canary, client.person):
        answer = re.sub(re.escape(word), "…", answer, flags=re.IGNORECASE)
    return answer


def _asked(akrab: Akrab, who: str, question: str) -> dict[str, Any]:
    answered = akrab.answering.ask(question, akrab.viewer(who)).as_dict()
    return {key: value for key, value in answered.items() if key not in ("conversation", "seconds")}


@pytest.mark.parametrize("who", SEES)
def test_what_one_may_see_is_answered(akrab: Akrab, who: str) -> None:
    for key in SEES[who]:
        answered = _asked(akrab, who, f"Berapa nilai kontrak {CLIENTS[key].name}?")
        assert not answered["abstained"], answered
        assert "55.000.000" in answered["answer"]


@pytest.mark.parametrize(("who", "key"), HIDDEN)
def test_a_hidden_customer_is_answered_like_one_that_does_not_exist(akrab: Akrab, who: str, key: str) -> None:
    client = CLIENTS[key]
    for prompt in PROMPTS:
        question = prompt.format(name=client.name, canary=client.canary)
        hidden = _asked(akrab, who, question)
        ghost = _asked(akrab, who, prompt.format(name=GHOST.name, canary=GHOST.canary))
        assert hidden["abstained"], (question, hidden)
        assert hidden["citations"] == []
        assert _leaks(hidden, who, question) == []
        hidden["answer"], ghost["answer"] = _worded(hidden["answer"], client), _worded(ghost["answer"], GHOST)
        assert hidden == ghost, question


@pytest.mark.parametrize("who", SEES)
@pytest.mark.parametrize("question", GENERAL)
def test_a_question_about_everybody_is_answered_from_the_visible(akrab: Akrab, who: str, question: str) -> None:
    assert _leaks(_asked(akrab, who, question), who) == []


@pytest.mark.parametrize(("who", "key"), HIDDEN)
def test_no_tool_brings_anything_of_a_hidden_customer(akrab: Akrab, who: str, key: str) -> None:
    client = CLIENTS[key]
    query = f"{client.canary} {client.name} {client.person}"
    with read(akrab.engine) as session:
        desk = Desk(session, akrab.viewer(who), TODAY, Linker.of(akrab.engine), akrab.retriever, akrab.embedder)
        for tool in toolbox(desk):
            given = {"question": query, "query": query, "description": query, "customers": [client.name]}
            arguments = {name: value for name, value in given.items() if name in tool.args}
            for shown in (arguments, {name: value for name, value in arguments.items() if name != "customers"}):
                try:
                    result = tool.invoke(shown)
                except (TypeError, ValueError):  # a tool that counts days takes other arguments
                    continue
                assert _leaks(str(result), who, query) == []
        assert _leaks([str(evidence) for evidence in desk.found.values()], who) == []


def _draft(drafting: Drafting, kind: str, customer: str, viewer: Viewer) -> str:
    """The whole draft, or what is asked back where it needs something to be about."""
    try:
        return json.dumps(as_dict(drafting.make(drafting.wanted(kind, customer, viewer), viewer)), default=str, ensure_ascii=False)
    except UnclearRequest as unclear:
        return str(unclear)


@pytest.mark.parametrize("who", SEES)
def test_drafts_are_made_for_visible_customers_only_and_hold_nothing_of_others(akrab: Akrab, who: str) -> None:
    drafting = Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)
    viewer = akrab.viewer(who)
    for key, client in CLIENTS.items():
        if key in SEES[who]:
            texts = {kind: _draft(drafting, kind, client.name, viewer) for kind in kinds()}
            assert client.canary in texts["brief"]
            assert {kind: _leaks(text, who) for kind, text in texts.items() if _leaks(text, who)} == {}
            continue
        for kind in kinds():
            with pytest.raises((UnknownCustomer, UnclearRequest)) as refused:
                drafting.make(drafting.wanted(kind, client.name, viewer), viewer)
            assert _leaks(str(refused.value), who, client.name) == []
        request = f"Tolong buatkan brief rapat untuk {client.name}."
        hidden, ghost = drafting.asked_for(request, viewer), drafting.asked_for(request.replace(client.name, GHOST.name), viewer)
        assert isinstance(hidden, Question)
        assert isinstance(ghost, Question)
        assert _worded(hidden.text, client) == _worded(ghost.text, GHOST)
        assert hidden.choices == ghost.choices
        assert _leaks([hidden.text, *hidden.choices], who, request) == []


@pytest.mark.parametrize(("who", "key"), HIDDEN)
def test_an_update_about_a_hidden_customer_is_refused_in_the_same_words(akrab: Akrab, who: str, key: str) -> None:
    client = CLIENTS[key]
    hidden, ghost = (propose(akrab.engine, akrab.viewer(who), _told(one), TODAY) for one in (client, GHOST))
    assert hidden.abstained
    assert hidden.proposals == []
    assert _worded(hidden.answer, client) == _worded(ghost.answer, GHOST)
    assert (hidden.abstained, hidden.asked, hidden.reason) == (ghost.abstained, ghost.asked, ghost.reason)
    assert _leaks(hidden.answer, who, _told(client)) == []


@pytest.mark.parametrize(("who", "key"), HIDDEN)
def test_a_proposal_about_a_hidden_customer_is_not_there(akrab: Akrab, proposed: dict[str, str], who: str, key: str) -> None:
    viewer, identity, missing = akrab.viewer(who), proposed[key], "prop_000000000000"
    assert show(akrab.engine, viewer, identity) is None
    assert identity not in [proposal.id for proposal in list_for(akrab.engine, viewer)]
    for decide in (approve, reject):
        hidden, none = (decide(akrab.engine, viewer, number, today=TODAY) if decide is approve else decide(akrab.engine, viewer, number) for number in (identity, missing))
        assert (hidden.done, hidden.status) == (none.done, none.status) == (False, "unknown")
        assert hidden.answer.replace(identity, "…") == none.answer.replace(missing, "…")
    edited = edit(akrab.engine, viewer, identity, {"sentiment": "positive"}, today=TODAY)
    assert (edited.done, edited.status) == (False, "unknown")


@pytest.mark.parametrize("who", SEES)
def test_the_list_of_proposals_holds_the_visible_ones(akrab: Akrab, proposed: dict[str, str], who: str) -> None:
    listed = {proposal.id for proposal in list_for(akrab.engine, akrab.viewer(who))}
    assert {proposed[key] for key in CLIENTS if proposed[key] in listed} <= {proposed[key] for key in SEES[who]}
    for key in SEES[who]:
        assert show(akrab.engine, akrab.viewer(who), proposed[key]) is not None
