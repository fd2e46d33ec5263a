"""Amendments as different offices write them, imported as files: what is in force afterwards, clause by clause."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge.intake.importer import import_paths
from knowledge.records.agreements import Agreement, Clause, Target

TODAY = date(2027, 3, 1)

ARTICLES = """# PERJANJIAN PENGELOLAAN JARINGAN

Nomor: 31/PJ/MLT/2025

Perjanjian ini dibuat pada 2 Januari 2025 antara PT Sinar Penyedia ("Penyedia") dan PT Melati Sejahtera ("Pelanggan").

## Pasal 1 Lingkup

(1) Penyedia mengelola jaringan kantor Pelanggan.

## Pasal 2 Jangka Waktu

(1) Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2028.

(2) Perjanjian diperpanjang otomatis 1 tahun kecuali salah satu pihak memberitahukan tertulis paling lambat 45 hari kalender sebelum berakhir.

## Pasal 3 Pembayaran

(1) Pelanggan membayar faktur paling lambat 30 hari kalender setelah faktur diterima.

(2) Keterlambatan dikenai bunga 1,5% per bulan.

## Pasal 4 Tingkat Layanan

(1) Gangguan P1 ditanggapi dalam 25 menit.

(2) Gangguan P1 dipulihkan paling lama 5 jam.

## Pasal 5 Pelaporan

(1) Penyedia mengirim laporan layanan paling lambat tanggal 7 setiap bulan.
"""

DOTTED = """# NETWORK MANAGEMENT AGREEMENT

No. 31/PJ/MLT/2025

Made on 2 January 2025 between PT Sinar Penyedia ("Provider") and PT Melati Sejahtera ("Customer").

## Article 1 Scope

1.1 The Provider manages the Customer's office network.

## Article 2 Term

2.1 This Agreement is valid from 1 February 2025 until 31 January 2028.

2.2 It renews automatically for 1 year unless a party gives written notice at least 45 calendar days before expiry.

## Article 3 Payment

3.1 The Customer pays invoices within 30 calendar days of receipt.

3.2 Late payment bears interest of 1.5% per month.

## Article 4 Service Levels

4.1 P1 incidents are responded to within 25 minutes.

4.2 P1 incidents are restored within 5 hours.

## Article 5 Reporting

5.1 The Provider sends the service report by day 7 of each month.
"""

LIST = """# PERUBAHAN KEDUA ATAS PERJANJIAN

Perubahan ini mengubah Perjanjian Pengelolaan Jaringan Nomor 31/PJ/MLT/2025 dan berlaku sejak 1 Januari 2027.

1. Pasal 2 ayat (1) selanjutnya berbunyi: Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2030.

2. Pasal 3 ayat (1) diubah menjadi: "Pelanggan membayar faktur paling lambat 50 hari kalender setelah faktur diterima."

Ketentuan lain tidak berubah.
"""

NO_NUMBERS = """# AMANDEMEN KONTRAK

Para pihak dalam Kontrak No. 31/PJ/MLT/2025 sepakat mengubah hal-hal berikut terhitung 1 Januari 2027.

a. Jangka waktu Perjanjian diperpanjang sampai dengan 31 Januari 2030.

b. Batas waktu pembayaran faktur yang semula 30 hari kalender menjadi 50 hari kalender.
"""

FOLLOWING = """# ADENDUM I

Atas Perjanjian Nomor 31/PJ/MLT/2025

Adendum ini mulai berlaku pada 1 Januari 2027.

PASAL I

Ketentuan Pasal 2 ayat (1) diubah sehingga berbunyi sebagai berikut:

(1) Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2030.

PASAL II

Ketentuan Pasal 3 ayat (1) diubah sehingga berbunyi sebagai berikut:

(1) Pelanggan membayar faktur paling lambat 50 hari kalender setelah faktur diterima.

PASAL III

Ketentuan selebihnya tetap berlaku.
"""

WHOLE_ARTICLES = """# ADENDUM PERTAMA

Adendum ini merupakan perubahan atas Perjanjian Nomor 31/PJ/MLT/2025 dan berlaku sejak 1 Januari 2027.

1. Pasal 2 diubah menjadi:

   Pasal 2 Jangka Waktu

   (1) Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2030.

   (2) Perjanjian diperpanjang otomatis 1 tahun kecuali salah satu pihak memberitahukan tertulis paling lambat 45 hari kalender sebelum berakhir.

2. Pasal 3 diubah menjadi:

   Pasal 3 Pembayaran

   (1) Pelanggan membayar faktur paling lambat 50 hari kalender setelah faktur diterima.

   (2) Keterlambatan dikenai bunga 1,5% per bulan.
"""

TABLE = """# ADENDUM 2 PERJANJIAN NOMOR 31/PJ/MLT/2025

Berlaku sejak 1 Januari 2027. Ketentuan berikut diubah:

| Pasal | Semula | Menjadi |
|---|---|---|
| Pasal 2 ayat (1) | 31 Januari 2028 | 31 Januari 2030 |
| Pasal 3 ayat (1) | 30 hari kalender | 50 hari kalender |
"""

REVERSED = """# ADDENDUM

Mengubah Perjanjian No. 31/PJ/MLT/2025, efektif 1 Januari 2027.

1. Ayat (1) Pasal 2 dicabut dan diganti dengan ketentuan: Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2030.

2. Pada Pasal 3 ayat 1, angka 30 (tiga puluh) diganti dengan 50 (lima puluh).
"""

SHORT = """# ADENDUM NO. 1 ATAS PERJANJIAN 31/PJ/MLT/2025

Berlaku 1 Januari 2027.

- Pasal 2 ayat (1): berakhir 31 Januari 2030
- Pasal 3 ayat (1): 50 hari kalender
"""


@pytest.mark.parametrize(
    "text", [LIST, NO_NUMBERS, FOLLOWING, WHOLE_ARTICLES, TABLE, REVERSED, SHORT],
    ids=["list", "without numbers", "text on the next line", "whole articles", "table", "paragraph first", "short"],
)  # fmt: skip
def test_an_indonesian_amendment_is_in_force(engine: Engine, folder: Path, text: str) -> None:
    found = _imported(engine, folder, ARTICLES, text)
    assert found.ends_on == date(2030, 1, 31)
    assert "50" in found.text("3(1)")
    assert "30" not in found.text("3(1)")
    assert "2028" not in found.text("2(1)")
    assert found.text("3(2)").endswith("1,5% per bulan.")
    assert found.agreement.notice_value == 45
    assert found.text("5(1)") == "(1) Penyedia mengirim laporan layanan paling lambat tanggal 7 setiap bulan."


DELETED_AND_REPLACED = """# AMENDMENT NO. 1

This amendment to Network Management Agreement no. 31/PJ/MLT/2025 between PT Sinar Penyedia and PT Melati Sejahtera was signed and takes effect on 1 January 2027.

1. Clause 2.1 is deleted and replaced by: "This Agreement is valid from 1 February 2025 until 31 January 2030."

2. Clause 3.1 is amended as follows: The Customer pays invoices within fifty (50) calendar days of receipt.

All other terms remain unchanged.
"""

DEED = """# DEED OF VARIATION

PT Sinar Penyedia and PT Melati Sejahtera vary Agreement 31/PJ/MLT/2025 with effect from 1 January 2027.

(a) In Article 2.1, "31 January 2028" is replaced with "31 January 2030".

(b) In Article 3.1, the figure 30 shall be read as 50.
"""

PLAIN_WORDS = """# SECOND AMENDMENT TO THE NETWORK MANAGEMENT AGREEMENT (31/PJ/MLT/2025)

Effective 1 January 2027.

The term of the Agreement is extended to 31 January 2030.

The payment term is changed from 30 to 50 calendar days.
"""

ENGLISH_FOLLOWING = """# Amendment

to Agreement 31/PJ/MLT/2025, effective from 1 January 2027

A. Clause 2.1 shall be deleted in its entirety and replaced with the following:

"2.1 This Agreement is valid from 1 February 2025 until 31 January 2030."

B. Clause 3.1 shall be deleted in its entirety and replaced with the following:

"3.1 The Customer pays invoices within 50 calendar days of receipt."
"""

ENGLISH_TABLE = """# CONTRACT VARIATION 1

Contract: 31/PJ/MLT/2025. Effective date: 1 January 2027.

| Clause | Current text | New text |
|---|---|---|
| 2.1 | This Agreement is valid from 1 February 2025 until 31 January 2028. | This Agreement is valid from 1 February 2025 until 31 January 2030. |
| 3.1 | The Customer pays invoices within 30 calendar days of receipt. | The Customer pays invoices within 50 calendar days of receipt. |
"""


@pytest.mark.parametrize(
    "text", [DELETED_AND_REPLACED, DEED, PLAIN_WORDS, ENGLISH_FOLLOWING, ENGLISH_TABLE],
    ids=["deleted and replaced", "deed", "without numbers", "text on the next line", "table"],
)  # fmt: skip
def test_an_english_amendment_is_in_force(engine: Engine, folder: Path, text: str) -> None:
    found = _imported(engine, folder, DOTTED, text)
    assert found.ends_on == date(2030, 1, 31)
    assert "50" in found.text("3.1")
    assert "30 " not in found.text("3.1")
    assert "2028" not in found.text("2.1")
    assert "1.5%" in found.text("3.2")
    assert found.agreement.notice_value == 45


@pytest.mark.parametrize("name", ["adendum.txt", "perubahan kontrak.docx", "perubahan.pdf"])
def test_the_file_format_makes_no_difference(engine: Engine, folder: Path, name: str) -> None:
    found = _imported(engine, folder, ARTICLES, LIST, name)
    assert found.ends_on == date(2030, 1, 31)
    assert "50 hari" in found.text("3(1)")


LEVELS = """# ADENDUM

Adendum atas Perjanjian Nomor 31/PJ/MLT/2025 ini berlaku sejak 1 Januari 2027.

1. Pasal 4 ayat (1) selanjutnya berbunyi: Waktu tanggap untuk gangguan P1 adalah 10 (sepuluh) menit.

2. Pasal 4 ayat (2) selanjutnya berbunyi: Layanan yang terhenti karena gangguan P1 wajib pulih dalam 2 (dua) jam.

3. Pasal 2 ayat (2) selanjutnya berbunyi: Perjanjian diperpanjang otomatis 1 tahun kecuali salah satu pihak memberitahukan tertulis paling lambat 90 hari kalender sebelum berakhir.
"""


def test_targets_and_notice_follow_from_the_new_text(engine: Engine, folder: Path) -> None:
    found = _imported(engine, folder, ARTICLES, LEVELS)
    assert (found.agreement.notice_value, found.agreement.notice_unit) == (90, "day")
    assert found.targets() == {("response", "P1", 10, "minute"), ("resolution", "P1", 2, "hour")}
    assert found.ends_on == date(2028, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("PERUBAHAN KEDUA", "RANCANGAN PERUBAHAN KEDUA"),
        LIST.replace("Ketentuan lain tidak berubah.", "Naskah ini masih draf dan belum ditandatangani."),
        DELETED_AND_REPLACED.replace("# AMENDMENT NO. 1", "# DRAFT AMENDMENT NO. 1 (for discussion)"),
        LIST.replace("1 Januari 2027", "1 Juni 2027"),
    ],
    ids=["rancangan", "unsigned", "draft", "later"],
)
def test_a_draft_or_one_of_the_future_changes_nothing(engine: Engine, folder: Path, text: str) -> None:
    found = _imported(engine, folder, ARTICLES, text)
    assert found.ends_on == date(2028, 1, 31)
    assert "30 hari" in found.text("3(1)")


def test_minutes_and_letters_about_an_amendment_change_nothing(engine: Engine, folder: Path) -> None:
    minutes = "# Notulen pembahasan adendum\n\nTanggal: 4 Februari 2027\n\nHadir: Rina, Tono\n\n- Pasal 3 ayat (1) Perjanjian 31/PJ/MLT/2025 diusulkan diubah menjadi 50 hari.\n- Pasal 2 ayat (1) diubah: berakhir 31 Januari 2030.\n"
    (folder / "surat.txt").write_text(
        "Nomor: 12/S/II/2027\nPerihal: Usulan perubahan Perjanjian 31/PJ/MLT/2025\n\nKepada Yth. Bapak Tono\n\nKami mengusulkan agar Pasal 3 ayat (1) diubah menjadi 60 hari kalender dan Pasal 2 ayat (1) menjadi berakhir 31 Januari 2031.\n\nHormat kami,\nRina\n"
    )
    found = _imported(engine, folder, ARTICLES, minutes)
    assert found.ends_on == date(2028, 1, 31)
    assert "30 hari" in found.text("3(1)")


def test_the_later_of_two_amendments_prevails(engine: Engine, folder: Path) -> None:
    (folder / "kedua.md").write_text(
        "# ADENDUM KEDUA\n\nAdendum kedua atas Perjanjian Nomor 31/PJ/MLT/2025 berlaku sejak 1 Februari 2027.\n\n1. Pasal 3 ayat (1) selanjutnya berbunyi: Pelanggan membayar faktur paling lambat 60 hari kalender setelah faktur diterima.\n"
    )
    found = _imported(engine, folder, ARTICLES, LIST)
    assert found.ends_on == date(2030, 1, 31)
    assert "60 hari" in found.text("3(1)")


class _Imported:
    """The only agreement of the store after an import, and what its clauses say now."""

    def __init__(self, engine: Engine) -> None:
        self.session = Session(engine)
        self.agreement = self.session.exec(select(Agreement).where(Agreement.kind == "contract")).one()
        self.clauses = {clause.number: clause for clause in self.session.exec(select(Clause).where(Clause.agreement_id == self.agreement.id)).all()}

    @property
    def ends_on(self) -> date | None:
        return self.agreement.ends_on

    def text(self, number: str) -> str:
        clause = self.clauses[number]
        if clause.amended_by_id is None:
            return clause.text
        assert "current_text" in clause.extra, f"clause {number} is amended, but not known to what"
        return clause.extra["current_text"]

    def targets(self) -> set[tuple[str, str | None, int, str | None]]:
        rows = self.session.exec(select(Target).where(col(Target.superseded).is_(False))).all()
        return {(row.indicator, row.priority, int(row.value or 0), row.unit) for row in rows}


def _imported(engine: Engine, folder: Path, base: str, amendment: str, name: str = "adendum.md") -> _Imported:
    (folder / "perjanjian.md").write_text(base)
    _write(folder / name, amendment)
    import_paths(engine, [folder], today=TODAY)
    return _Imported(engine)


def _write(path: Path, text: str) -> None:
    """A text as Markdown, plain text, Word or PDF, by the path's ending."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if path.suffix == ".docx":
        import docx

        document = docx.Document()
        for line in lines:
            document.add_paragraph(line.lstrip("# "))
        document.save(str(path))
    elif path.suffix == ".pdf":
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

        styles = getSampleStyleSheet()
        story = [part for line in lines for part in (Paragraph(line.lstrip("# "), styles["Title" if line.startswith("#") else "Normal"]), Spacer(1, 8))]
        SimpleDocTemplate(str(path)).build(story)
    else:
        path.write_text("\n\n".join(line.lstrip("# ") for line in lines) + "\n" if path.suffix == ".txt" else text)
