"""A made-up provider's small portfolio: four customers, four colleagues with different rights, agreements, minutes, tickets."""

from pathlib import Path

CUSTOMERS = ("Tirta Kencana", "Graha Medika", "Northwick Dental", "Dewan Arsip")
"""Who sees whom: sekar 1 and 2, bimo 2 and 3, ratna all that is not restricted (1, 2, 3), wira the restricted one (4)."""
PEOPLE = {
    "sekar": ("Sekar Wulandari", "sekar@sarana.example", "Tirta Kencana; Graha Medika"),
    "bimo": ("Bimo Prakoso", "bimo@sarana.example", "Graha Medika; Northwick Dental"),
    "ratna": ("Ratna Dewayani", "ratna@sarana.example", "SEMUA"),
    "wira": ("Wira Lesmana", "wira@sarana.example", "Dewan Arsip"),
}
CONTACTS = ("Bu Laksmi Anindita", "Pak Hendro Saputra", "Mr Oliver Marsh", "Pak Yanuar Rizki")


def agreement(number: int, customer: str) -> str:
    """The agreement of the n-th customer; every figure of it is its own."""
    return f"""# Perjanjian Layanan {customer}
Nomor {number}01/PKS/2025, ditandatangani 10 Januari 2025 antara PT Sarana Digital ("Penyedia") dan {customer} ("Pelanggan").

## Pasal 1 Jangka waktu
1.1 Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 202{6 + number}.
1.2 Perjanjian dapat diakhiri dengan pemberitahuan tertulis paling lambat {30 * number} hari sebelum berakhir.

## Pasal 2 Tingkat layanan
2.1 Waktu respons insiden prioritas 1 adalah {10 + number} menit.
2.2 Waktu respons insiden prioritas 2 adalah {40 + number} menit.

## Pasal 3 Biaya
3.1 Biaya bulanan layanan jaringan adalah Rp {number}55.000.000, dibayar paling lambat 30 hari sejak faktur diterima.
"""


def write_portfolio(folder: Path) -> None:
    """The files."""
    numbered = list(enumerate(CUSTOMERS, 1))
    managers = ("Sekar Wulandari", "Sekar Wulandari", "Bimo Prakoso", "Wira Lesmana")
    sheets = {
        "pelanggan.csv": ["Kode,Nama Klien,Account Manager,Akses", *(f"C{n},{name},{managers[n - 1]},{'terbatas' if n == 4 else 'umum'}" for n, name in numbered)],
        "hak_akses.csv": ["Akun,Nama Lengkap,Jabatan,Surel,Pelanggan yang boleh dilihat", *(f"{account},{name},Account Manager,{mail},{seen}" for account, (name, mail, seen) in PEOPLE.items())],
        "kontak.csv": ["Nama,Jabatan,Pelanggan,Telepon", *(f"{CONTACTS[n - 1]},Kepala TI,{name},0811-22-{n}00{n}" for n, name in numbered)],
        "tiket.csv": ["No Tiket,Pelanggan,Tanggal Buka,Prioritas,Ringkasan", *(f"TKT-{n}{m},{name},2026-10-0{n + m},P{m},Gangguan jaringan cabang {n}{m}" for n, name in numbered for m in (1, 2))],
    }  # fmt: skip
    for file, lines in sheets.items():
        (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number, name in numbered:
        (folder / f"Perjanjian {name}.md").write_text(agreement(number, name), encoding="utf-8")
        minutes = f"# Notulen rapat {name}\nTanggal: {number} Oktober 2026\nHadir: {CONTACTS[number - 1]}, {managers[number - 1]}\n\n- {CONTACTS[number - 1]} meminta laporan kapasitas sebelum 1 Desember 2026.\n"
        (folder / f"Notulen {name} 2026-10-0{number}.md").write_text(minutes, encoding="utf-8")
