"""Call notes of several days, customers and people in one file; letters whose number ends with their day."""

from datetime import date

LOG = """11 Mei 2031, 10.20 - Bu Wulan (Angkasa Boga). Kecewa sekali dgn laporan yang telat.

17 Mei 2031, 09.40 - Helen (Northwind Textiles). Minta penawaran sebelum 30 Juni.
"""

LETTER = """Northwind Textiles
Ref: NWT/12/2031 — 3 May 2031
To: PT Sinar Serat Persada

Dear Mr Fajar Nugraha,

We confirm the grant. A signed plan reaches us no later than 15 August 2031.

Yours sincerely,
Helen Marsh
"""


def test_every_entry_of_a_log_has_its_own_day_customer_and_person(reading) -> None:
    facts = reading(LOG, "catatan telepon mei.txt").facts
    assert [(one.on, one.customer_id, one.person) for one in facts.feedback] == [(date(2031, 5, 11), 1, "Wulan Sari")]
    assert [(one.on, one.customer_id, one.due, one.extra["requested_by"]) for one in facts.commitments if one.kind == "request"] == [
        (date(2031, 5, 17), 2, date(2031, 6, 30), "Helen Marsh")
    ]


def test_a_letter_is_of_the_day_at_the_end_of_its_number(reading) -> None:
    assert reading(LETTER, "letter.md").klass.dated == date(2031, 5, 3)
