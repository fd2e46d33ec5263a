"""A small provider of our own, as files that a person could have written: three customers, agreements, minutes, mails, sheets."""

from pathlib import Path

FILES = {
    "master_pelanggan.csv": """\
Kode,Nama Pelanggan,Nama Resmi,Industri,Manajer Akun
B01,Cendana Tekstil,PT Cendana Tekstil Jaya,Manufaktur,Dimas Aryo
B02,Riverside Foods,Riverside Foods Ltd,Makanan,Dimas Aryo
B03,Koperasi Mutiara,Koperasi Mutiara Bersama,Keuangan,Laras Wening
""",
    "hak_akses.csv": """\
Akun,Nama Lengkap,Jabatan,Surel,Pelanggan yang boleh dilihat
dimas,Dimas Aryo,Account Manager,dimas@lenteradata.example,Cendana Tekstil; Riverside Foods
laras,Laras Wening,Account Manager,laras@lenteradata.example,Koperasi Mutiara
""",
    "kontak.csv": """\
Nama,Jabatan,Pelanggan,Telepon,Surel
Hendro Pranata,Manajer TI,Cendana Tekstil,0812-7000-1188,hendro@cendana.example
Farida Usman,Kepala Keuangan,Cendana Tekstil,0812-7000-2299,farida@cendana.example
Oliver Grant,IT Director,Riverside Foods,+44 20 5550 1177,oliver@riverside.example
Suci Amalia,Ketua Pengurus,Koperasi Mutiara,0813-9000-3344,suci@mutiara.example
""",
    "tiket.csv": """\
No Tiket,Pelanggan,Tanggal Buka,Prioritas,Ringkasan,Status
TKT-701,Cendana Tekstil,2026-08-03,P1,Jaringan pabrik putus total,Selesai
TKT-702,Cendana Tekstil,2026-08-19,P3,Permintaan akun baru,Selesai
TKT-703,Cendana Tekstil,2026-09-11,P1,Server absensi mati,Selesai
TKT-704,Riverside Foods,2026-09-15,P2,Cold store gateway slow,Selesai
TKT-705,Koperasi Mutiara,2026-10-02,P2,Cetak buku tabungan gagal,Terbuka
TKT-706,Cendana Tekstil,2026-10-20,P2,VPN kantor cabang lambat,Terbuka
""",
    "pendapatan.csv": """\
Pelanggan,Q1 2026,Q2 2026,Q3 2026
Cendana Tekstil,Rp 145.500.000,Rp 151.000.000,Rp 149.250.000
Riverside Foods,Rp 98.000.000,Rp 97.400.000,Rp 101.900.000
Koperasi Mutiara,Rp 60.000.000,Rp 60.000.000,Rp 63.750.000
""",
    "perjanjian/Perjanjian Cendana 12-LD-CTJ-2025.md": """\
# PERJANJIAN LAYANAN TEKNOLOGI INFORMASI
Nomor 12/LD-CTJ/2025

antara PT Lentera Data ("Penyedia") dan PT Cendana Tekstil Jaya ("Pelanggan"), ditandatangani 17 Februari 2025.

## Pasal 1 Jangka waktu
1.1 Perjanjian ini berlaku sejak 1 Maret 2025 sampai dengan 28 Februari 2027.
1.2 Perjanjian diperpanjang otomatis selama 12 bulan, kecuali salah satu pihak menyampaikan pemberitahuan tertulis paling lambat 60 (enam puluh) hari kalender sebelum tanggal berakhir.

## Pasal 2 Tingkat layanan
2.1 Waktu tanggap untuk insiden P1 adalah 20 menit, dan untuk insiden P2 adalah 1 jam.
2.2 Ketersediaan jaringan pabrik sekurang-kurangnya 99,6% per bulan.
2.3 Laporan kinerja layanan disampaikan setiap bulan, paling lambat hari kerja ke-5.

## Pasal 3 Biaya
3.1 Biaya bulanan layanan jaringan pabrik adalah Rp 48.500.000, belum termasuk PPN.
3.2 Faktur dibayar dalam waktu 30 hari sejak diterima.

## Pasal 4 Tanggung jawab
4.1 Penyedia menyimpan cadangan data harian selama 35 hari di pusat data kedua.
4.2 Kunjungan teknisi di luar jam kerja memerlukan persetujuan tertulis Hendro Pranata.
""",
    "perjanjian/Riverside services agreement RF-2025-08.md": """\
# SERVICES AGREEMENT
No. RF-2025-08

between PT Lentera Data ("Provider") and Riverside Foods Ltd ("Customer"), signed on 3 June 2025.

## 1 Term
1.1 This Agreement starts on 1 July 2025 and ends on 30 June 2028.
1.2 It renews for successive periods of one year unless either party gives written notice at least 90 days before it ends.

## 2 Service levels
2.1 The response time for priority 1 incidents is 25 minutes.
2.2 Backups are kept for 60 days in a second data centre.

## 3 Liability
3.1 The Provider's total liability in a contract year is limited to USD 120,000.
3.2 The Provider is not liable for loss of goods in the cold store.
""",
    "perjanjian/Kontrak penunjang Jalur Cahaya.md": """\
# KONTRAK PENUNJANG PT JALUR CAHAYA
Nomor UC/07/2025 antara PT Lentera Data dan PT Jalur Cahaya tentang sambungan serat optik.

## Pasal 1 Tingkat layanan
1.1 Waktu respons insiden prioritas 1 adalah 35 menit.
""",
    "perjanjian/OLA Meja Layanan.md": """\
# OLA MEJA LAYANAN
Nomor OLA/02/2025 antara manajer akun dan meja layanan PT Lentera Data.

## Pasal 1 Tingkat layanan internal
1.1 Waktu respons insiden prioritas 1 adalah 15 menit.
""",
    "rapat/Notulen Cendana 2026-10-14.md": """\
# Notulen rapat bulanan Cendana Tekstil
Tanggal: 14 Oktober 2026
Hadir: Hendro Pranata, Farida Usman, Dimas Aryo

## Pembahasan
- Hendro menyampaikan bahwa waktu tanggap P1 yang disepakati adalah 45 menit.
- Farida meminta faktur dikirim sebelum tanggal 5 setiap bulan.

## Keputusan
- Pemasangan jalur serat kedua disetujui dan selesai paling lambat 18 Desember 2026.
""",
    "rapat/Tinjauan margin.md": """\
# Tinjauan margin, 16 November 2026

| Pelanggan | Margin | Catatan |
| --- | --- | --- |
| Cendana Tekstil | 22% | harga baja naik |
| Riverside Foods | 9% | diskon tahun pertama |
""",
    "rapat/Kronologi gangguan 2026-09-11 Cendana.md": """\
# Kronologi gangguan server absensi Cendana Tekstil, 11 September 2026
- 09.10 Server absensi tidak menjawab, gangguan dimulai.
- 09.25 Teknisi Penyedia tiba di pabrik.
- 10.40 Server absensi pulih sepenuhnya, gangguan selesai.

Penyebab gangguan adalah catu daya server absensi yang rusak.
""",
    "surat/Oliver 2026-11-05.eml": """\
From: Oliver Grant <oliver@riverside.example>
To: Dimas Aryo <dimas@lenteradata.example>
Date: Thu, 5 Nov 2026 10:12:00 +0000
Subject: Cold store gateway
Content-Type: text/plain; charset=utf-8

Dear Dimas,

The cold store gateway was replaced on 2 November 2026 because its power module had overheated.
Please send us the final report by 27 November 2026.

Oliver Grant
""",
    "rapat/Kunjungan Mutiara 2026-10-28.txt": """\
Catatan kunjungan Koperasi Mutiara, 28 Oktober 2026
Ibu Suci Amalia mengeluh cetak buku tabungan sering gagal pada hari Senin.
Anggaran peremajaan printer 2027 adalah Rp 72.000.000.
""",
}


DAMAGED = "Lampiran Cendana 2025.pdf"


def write(folder: Path) -> Path:
    """Write the files beneath a folder."""
    for name, content in FILES.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    (folder / DAMAGED).write_bytes(b"%PDF-1.7 cut off")
    return folder
