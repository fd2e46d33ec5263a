"""Service credits from records: which rule, which month, which service; what is said, and what is missing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from langchain_core.messages import ToolCall
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from assistant.answers.facts import Quantity
from assistant.answers.verify import verify
from assistant.models.builtin.brain import Brain
from assistant.models.builtin.sentences.credit import credit_answer
from assistant.tools.credits.clauses import InForce, all_fees_in, fee_in, rules_of
from assistant.tools.credits.due import CreditFindings, service_credits
from assistant.tools.credits.services import KnownService
from assistant.tools.credits.words import asks_for_credit
from assistant.tools.desk import Desk
from assistant.tools.toolbox import toolbox
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.operations import Measurement
from knowledge.records.services import Service, Subscription
from knowledge.store import open_store, write

TODAY = date(2026, 11, 22)
LUMBUNG, ORCHARD, KELUD, TERUSAN = 1, 2, 3, 4
SARI = Viewer("sari", "Sari", frozenset({LUMBUNG, ORCHARD, KELUD}))
D = Decimal

CLAUSES: dict[int, list[dict[str, Any]]] = {
    1: [  # Lumbung Beras, contract
        {
            "number": "6.1",
            "text": "6.1 Bila ketersediaan Jaringan Kantor kurang dari 99,4% namun tidak kurang dari 98,8%, kredit 6% dari biaya bulanannya; bila kurang dari 98,8%, kredit 11%.",
            "extra": {"credit": [{"percent": "6", "below": "99.4", "at_least": "98.8"}, {"percent": "11", "below": "98.8"}], "amended": "replaced"},
            "amended_by_id": 21,
            "amended_from": date(2026, 5, 1),
        },
        {"number": "6.2", "text": "6.2 Kredit diajukan tertulis paling lambat 14 hari kerja setelah laporan diterima.", "extra": {}},
        {"number": "6.3", "text": "6.3 Kredit sebulan paling banyak 12% dari biaya layanan itu.", "extra": {"credit": [{"cap": "12"}]}},
        {"number": "6.4", "text": "6.4 Bila ketersediaan Gudang Data kurang dari 99,0%, kredit 8%, atau 9% bila berulang.", "extra": {"credit": [{"percent": "8", "below": "99.0"}]}},
        {"number": "3.1", "topic": "charges", "text": "3.1 Biaya bulanan:\nLayanan: Jaringan Kantor; Biaya: Rp40.000.000\nLayanan: Gudang Data; Biaya: Rp75.000.000", "extra": {}},
    ],
    2: [  # its amendment
        {
            "id": 21,
            "number": "1.3",
            "text": "1.3 Pasal 6.1 diubah: kredit 7% bila ketersediaan Jaringan Kantor kurang dari 99,6% namun tidak kurang dari 99,0%; kredit 14% bila kurang dari 99,0%.",
            "extra": {"credit": [{"percent": "7", "below": "99.6", "at_least": "99.0"}, {"percent": "14", "below": "99.0"}]},
        },
    ],
    3: [  # Orchard Foods, English, steps
        {"number": "4.1", "text": "4.1 For each full 0.2 percentage point below target the Customer receives a credit of 3% of the monthly charge of the affected service.", "extra": {"credit": [{"percent": "3", "step": "0.2"}]}},
        {"number": "4.2", "text": "4.2 Credits are capped at 10% of the monthly charge.", "extra": {"credit": [{"cap": "10"}]}},
    ],
    4: [  # its amendment, which only changes a value
        {"number": "2", "text": "2 In clause 4.1, 3% shall read 4%.", "extra": {}},
    ],
    6: [{"number": "9.1", "text": "9.1 Bila ketersediaan kurang dari 99,9%, kredit 30%.", "extra": {"credit": [{"percent": "30", "below": "99.9"}]}}],
}  # fmt: skip
AGREEMENTS = [
    Agreement(id=1, customer_id=LUMBUNG, kind="contract", title="Kontrak 17", effective_from=date(2025, 1, 1), ends_on=date(2027, 12, 31)),
    Agreement(id=2, customer_id=LUMBUNG, kind="amendment", title="Adendum 1", effective_from=date(2026, 5, 1), amends_id=1),
    Agreement(id=3, customer_id=ORCHARD, kind="contract", title="MSA 8", effective_from=date(2024, 1, 1)),
    Agreement(id=4, customer_id=ORCHARD, kind="amendment", title="Amendment 2", effective_from=date(2026, 9, 1), amends_id=3),
    Agreement(id=5, customer_id=KELUD, kind="contract", title="Kontrak 3", effective_from=date(2025, 1, 1)),
    Agreement(id=6, customer_id=TERUSAN, kind="contract", title="Kontrak 4", effective_from=date(2025, 1, 1)),
]  # fmt: skip
MEASURED = [
    (LUMBUNG, "NWK", "Ketersediaan jaringan", 3, "99.2"),
    (LUMBUNG, "NWK", "Ketersediaan jaringan", 4, "99.5"),
    (LUMBUNG, "NWK", "Ketersediaan jaringan", 5, "99.5"),
    (LUMBUNG, "NWK", "Ketersediaan jaringan", 6, "98.95"),
    (LUMBUNG, "NWK", "Ketersediaan jaringan", 7, "99.6"),
    (LUMBUNG, "DWH", "Ketersediaan", 7, "99.9"),
    (ORCHARD, "NWK", "Availability", 8, "99.0"),
    (ORCHARD, "NWK", "Availability", 9, "99.0"),
    (ORCHARD, "DWH", "Availability", 9, "97.1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('credits') / 'store.db'}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        for number, name in (
            (LUMBUNG, "Lumbung Beras"),
            (ORCHARD, "Orchard Foods"),
            (KELUD, "Kelud Farma"),
            (TERUSAN, "Terusan Baja"),
        ):
            session.add(Customer(id=number, key=f"K{number}", name=name, legal_name=f"PT {name}"))
        session.flush()
        session.add(Service(key="NWK", name="Jaringan Kantor", name_en="Office Network", identity="s1"))
        session.add(Service(key="DWH", name="Gudang Data", name_en="Data Warehouse", identity="s2"))
        for agreement in AGREEMENTS:
            _with_document(session, agreement)
        passages = 0
        for agreement_id, clauses in CLAUSES.items():
            owner = AGREEMENTS[agreement_id - 1].customer_id
            for clause in clauses:
                passages += 1
                session.add(
                    Passage(
                        id=passages,
                        document_id=agreement_id,
                        text=clause["text"],
                        locator={"clause": clause["number"]},
                        ready=True,
                    )
                )
                session.flush()
                session.add(PassageCustomer(passage_id=passages, customer_id=owner))
                known = {"topic": "credit", **clause}
                session.add(
                    Clause(
                        agreement_id=agreement_id,
                        customer_id=owner,
                        document_id=agreement_id,
                        passage_id=passages,
                        identity=f"c{passages}",
                        **known,
                    )
                )
        for customer, service, indicator, month, value in MEASURED:
            first = date(2026, month, 1)
            session.add(
                Measurement(
                    customer_id=customer,
                    service=service,
                    indicator=indicator,
                    period_start=first,
                    period_end=first,
                    value=D(value),
                    target=D("99.5"),
                    unit="percent",
                    document_id=1,
                    quote=f"{indicator}: {value}",
                    identity=f"m{customer}{service}{month}",
                )
            )
        for customer, service, fee, currency in (
            (LUMBUNG, "NWK", 40_000_000, "IDR"),
            (LUMBUNG, "DWH", 75_000_000, "IDR"),
            (ORCHARD, "NWK", 5200, "EUR"),
            (KELUD, "NWK", 9_000_000, "IDR"),
        ):
            session.add(
                Subscription(
                    customer_id=customer,
                    service=service,
                    fee=D(fee),
                    currency=currency,
                    fee_per="month",
                    document_id=1,
                    quote=f"Layanan: {service}; Biaya: {currency} {fee}",
                    identity=f"f{customer}{service}",
                )
            )
        session.add(
            Target(
                customer_id=ORCHARD,
                agreement_id=3,
                indicator="availability",
                service="network office",
                value=D("99.5"),
                unit="percent",
                identity="t1",
            )
        )
    yield engine
    engine.dispose()


def _with_document(session: Session, agreement: Agreement) -> None:
    values = agreement.model_dump() | {"document_id": agreement.id, "identity": f"a{agreement.id}"}
    kind = "amendment" if agreement.kind == "amendment" else "agreement"
    session.add(
        Document(
            id=agreement.id,
            source=f"berkas/{agreement.title}.docx",
            title=agreement.title,
            kind=kind,
            state="ready",
            customer_id=agreement.customer_id,
        )
    )
    session.flush()
    session.add(Agreement(**values))
    session.flush()


@contextmanager
def desk_of(engine: Engine) -> Iterator[Desk]:
    with Session(engine) as session:
        yield Desk(session, SARI, TODAY, Linker.from_store(session), None, None)  # type: ignore[arg-type]


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with desk_of(engine) as desk:
        yield desk


def amounts(found: CreditFindings) -> list[tuple[str, Decimal, Decimal]]:
    return [(credit.service, credit.due.percent, credit.due.amount) for credit in found.credits if credit.due]


def said(desk: Desk, question: str, language: Language) -> str:
    """What a person reads: composed and verified; nothing of it may be removed."""
    text, _ = credit_answer(service_credits(desk, question), language)
    verified = verify(text, desk.found, question, today=TODAY, linker=desk.linker, computed=desk.computed, viewer=SARI)
    assert verified.removed == [], verified.faults
    return verified.text


@pytest.mark.parametrize(
    ("question", "percent", "amount"),
    [
        ("Berapa kredit layanan jaringan Lumbung Beras untuk Maret 2026?", 6, 2_400_000),  # original rule
        ("Berapa kredit jaringan Lumbung Beras April 2026?", 0, 0),  # 99.5 met what held before the amendment
        ("Berapa kredit jaringan Lumbung Beras Mei 2026?", 7, 2_800_000),  # the same value after it
        ("How much credit is Lumbung Beras owed for the network in May 2026?", 7, 2_800_000),
        ("Berapa rupiah kredit jaringan Lumbung Beras bln Juni 2026?", 12, 4_800_000),  # 14 % capped
        ("Berapa kredit jaringan Lumbung Beras Juli 2026?", 0, 0),  # exactly at the threshold
        ("Ketersediaan jaringan Lumbung Beras Maret 2026 adalah 98,7%. Berapa kreditnya?", 11, 4_400_000),
    ],
)
def test_the_rule_is_the_one_in_force_in_that_month(desk: Desk, question: str, percent: int, amount: int) -> None:
    assert amounts(service_credits(desk, question)) == [("Jaringan Kantor", percent, amount)]


@pytest.mark.parametrize(
    ("question", "percent", "amount"),
    [
        ("What credit is Orchard Foods owed for the network in August 2026?", 6, 312),  # 2 full steps of 3 %
        ("What credit is Orchard Foods owed for the network in September 2026?", 8, 416),  # 2 steps of 4 %
        ("Berapa kredit jaringan Orchard Foods September 2026 kalau 98,9%?", 10, 520),  # 3 steps: 12 %, capped
    ],
)
def test_steps_are_counted_and_an_amendment_may_change_one_value(
    desk: Desk, question: str, percent: int, amount: int
) -> None:
    assert amounts(service_credits(desk, question)) == [("Jaringan Kantor", percent, amount)]


def test_the_answer_leads_with_the_amount_and_cites_rule_measurement_and_fee(desk: Desk) -> None:
    text = said(desk, "Berapa kredit jaringan Lumbung Beras Mei 2026?", "id")
    assert text.startswith(
        "Rp2.800.000 — kredit Lumbung Beras, Jaringan Kantor, Mei 2026: 7% × Rp40.000.000, terukur 99,5% [1]"
    )
    assert "Adendum 1 (Pasal 1.3): “1.3 Pasal 6.1 diubah" in text
    assert "Sebelum diubah, Kontrak 17 (Pasal 6.1)" in text
    assert "Pengajuan — Kontrak 17 (Pasal 6.2): “6.2 Kredit diajukan tertulis paling lambat 14 hari kerja" in text
    assert Quantity(D(2_800_000).normalize(), "IDR") in desk.computed.quantities


def test_the_cap_is_said_and_quoted_in_english(desk: Desk) -> None:
    text = said(desk, "How much credit is Lumbung Beras owed for the network in June 2026?", "en")
    assert text.startswith(
        "IDR 4,800,000 — credit of Lumbung Beras, Jaringan Kantor, June 2026: 12% × IDR 40,000,000, capped from 14%, measured 98.95%"
    )
    assert "Cap — Kontrak 17 (clause 6.3): “6.3 Kredit sebulan paling banyak 12%" in text


def test_steps_are_shown(desk: Desk) -> None:
    text = said(desk, "What credit is Orchard Foods owed for the network in September 2026?", "en")
    assert text.startswith(
        "EUR 416 — credit of Orchard Foods, Jaringan Kantor, September 2026: 8% (2 × 4%) × EUR 5,200, measured 99%"
    )
    assert "Amendment 2" in text and "MSA 8 (clause 4.1): “4.1 For each full 0.2" in text


def test_a_value_that_differs_from_the_record_is_shown_beside_it(desk: Desk) -> None:
    text = said(desk, "Ketersediaan jaringan Lumbung Beras Mei 2026 adalah 98,9%, berapa kreditnya?", "id")
    assert "terukur 98,9%" in text and "Yang tercatat 99,5%" in text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What credit is Orchard Foods owed for the data warehouse in September 2026?", "fee"),
        ("What credit is Orchard Foods owed for the network in February 2026?", "measurement"),
        ("Berapa kredit Gudang Data Lumbung Beras Juli 2026?", "unclear"),  # "9 % if repeated" was not read
    ],
)
def test_a_missing_part_is_named_instead_of_an_amount(desk: Desk, question: str, missing: str) -> None:
    found = service_credits(desk, question)
    assert [credit.missing for credit in found.credits] == [missing]
    assert credit_answer(found, "id")[1] and credit_answer(found, "en")[1]
    assert said(desk, question, "en") and said(desk, question, "id")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Berapa kredit yang menjadi hak kami untuk Mei 2026?", "customer"),
        ("Berapa kredit Terusan Baja Mei 2026?", "customer"),  # not for this viewer
        ("Berapa kredit yang menjadi hak Lumbung Beras?", "month"),
        ("Berapa kredit Kelud Farma Mei 2026?", "rule"),
        ("Berapa kredit Lumbung Beras Desember 2024?", "rule"),  # before the agreement
        ("Berapa kredit Lumbung Beras Mei 2026 pada 98,5%?", "service"),
    ],
)
def test_what_the_question_leaves_open_is_asked_for(desk: Desk, question: str, missing: str) -> None:
    found = service_credits(desk, question)
    assert (found.missing, found.credits) == (missing, [])
    assert not desk.computed.quantities
    text, without_amount = credit_answer(found, "en")
    assert without_amount and text
    assert missing != "service" or "Jaringan Kantor; Gudang Data" in text


def test_a_value_that_the_person_did_not_state_counts_for_nothing(desk: Desk) -> None:
    question = "Ketersediaan jaringan Lumbung Beras Mei 2026 adalah 97,5%. Berapa kreditnya?"
    made_up = service_credits(desk, question, asked="Berapa kredit jaringan Lumbung Beras Mei 2026?")
    assert [(credit.measured, credit.due.amount) for credit in made_up.credits if credit.due] == [
        (D("99.5"), 2_800_000)
    ]
    assert amounts(service_credits(desk, question, asked=question)) == [("Jaringan Kantor", 12, 4_800_000)]


def test_a_quarter_gives_its_months_with_a_credit_and_their_sum(desk: Desk) -> None:
    question = "Berapa total kredit jaringan Lumbung Beras triwulan II 2026?"
    assert [credit.month for credit in service_credits(desk, question).credits] == [date(2026, 5, 1), date(2026, 6, 1)]
    assert said(desk, question, "id").startswith("Seluruhnya Rp7.600.000 [1]")


def test_without_a_month_the_rule_of_today_holds_and_no_month_is_claimed(desk: Desk) -> None:
    found = service_credits(desk, "What credit does Lumbung Beras get if the network is at 99.3% in a month?")
    assert amounts(found) == [("Jaringan Kantor", 7, 2_800_000)]
    assert found.credits[0].month is None


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Berapa kredit layanan Lumbung Beras Mei 2026?", True),
        ("What service credit is Orchard Foods owed for May?", True),
        ("At what percentage are the service credits capped?", False),
        ("Apa aturan kredit layanan Lumbung Beras?", False),
        ("Berapa nota kredit yang terbit bulan Mei?", False),
        ("Berapa biaya jaringan Lumbung Beras?", False),
        ("How much is the late payment fee?", False),
    ],
)
def test_only_questions_for_an_amount_of_credit_are_taken(question: str, asks: bool) -> None:
    assert asks_for_credit(question) is asks


def test_a_remote_model_reads_amount_parts_and_references(desk: Desk) -> None:
    question = "Berapa kredit jaringan Lumbung Beras Mei 2026?"
    box = {one.name: one for one in toolbox(desk, question)}
    message = box["credit_due"].invoke(
        ToolCall(name="credit_due", args={"question": question}, id="c1", type="tool_call")
    )
    credit = json.loads(message.content)["credits"][0]
    assert (credit["amount"], credit["percent_of_fee"], credit["monthly_fee"]) == ("2800000 IDR", "7%", "40000000 IDR")
    assert set(credit["refs"]) <= set(desk.found)
    stated = f"Kreditnya Rp2.800.000 [{credit['refs'][0]}]."
    judged = verify(
        stated, desk.found, question, today=TODAY, linker=desk.linker, computed=desk.computed, viewer=SARI, strict=True
    )
    assert judged.cited and not judged.removed


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("Berapa kredit jaringan Lumbung Beras Mei 2026?", True),
        ("What credit does Lumbung Beras get when the network is at 99.3%?", True),
        ("Kapan kredit Lumbung Beras untuk Mei 2026 harus diajukan?", False),
        ("Is Lumbung Beras entitled to a credit for May 2026?", False),
        ("Apakah benar kredit Lumbung Beras dihitung dari biaya bulanan?", False),
    ],
)
def test_the_built_in_model_works_a_credit_out_only_when_asked_how_much(desk: Desk, question: str, calls: bool) -> None:
    assert ("credit_due" in [name for name, _ in Brain(desk).plan(question)]) is calls


def test_a_text_worked_out_at_import_is_what_the_rules_are_read_from() -> None:
    base = Clause(
        id=1,
        number="5.1",
        text="5.1 Availability below 99.0%: credit 5% of the monthly fee.",
        extra={"credit": [{"percent": "5", "below": "99.0"}]},
    )
    amending = Clause(id=2, number="2", text="2 In clause 5.1 the words “99.0%” are replaced by “99.4%”.", extra={})
    base.extra = {**base.extra, "current_text": base.text.replace("99.0", "99.4")}
    assert [(rule.percent, rule.below) for rule in rules_of(InForce([amending, base], partly=True, latest=True))] == [
        (5, D("99.4"))
    ]
    assert [(rule.percent, rule.below) for rule in rules_of(InForce([base]))] == [(5, D("99.0"))]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("EUR 9,000 per month: portal EUR 5,000, archive EUR 3,000, desk EUR 1,000. Payable in 30 days.", [9000]),
        ("Biaya per bulan: arsip Rp4.000.000; portal Rp5.000.000.", [4_000_000, 5_000_000]),
        ("Layanan: Portal; Rp per bulan: 5.000.000\nLayanan: Arsip; Rp per bulan: 4.000.000\nLayanan: Jumlah; Rp per bulan: 9.000.000", [9_000_000]),
    ],
)
def test_what_an_agreement_has_paid_altogether_is_its_sum_where_it_states_one(text: str, amounts: list[int]) -> None:
    fees = all_fees_in(Clause(agreement_id=1, text=text, topic="charges", identity="x"))
    assert [fee.amount for fee in fees] == [Decimal(amount) for amount in amounts]


def test_a_list_of_fees_before_what_is_said_of_paying_late() -> None:
    clause = Clause(agreement_id=1, text="Layanan: Portal terkelola; Biaya per bulan: Rp 5.000.000\nTagihan dibayar 30 hari. Keterlambatan didenda 1%.", topic="late_payment", identity="x")
    portal, archive = KnownService("Portal", "Portal", {"portal"}), KnownService("Arsip", "Arsip", {"arsip"})
    fee = fee_in(clause, portal, [portal, archive])
    assert fee is not None and fee.amount == Decimal(5_000_000)
    assert fee_in(clause, archive, [portal, archive]) is None
