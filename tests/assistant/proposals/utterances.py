"""Chat messages and the facts they tell. Today is Wednesday 14 October 2026; the speaker sees all customers but the Dinas.

An expected fact is a dict of the fields that must hold; `[]` = nothing to propose, "ask" = asks which customer,
"refuse" = asks and refuses.
"""

from datetime import date
from decimal import Decimal

from tests.assistant.proposals.cast import HARTMANN, KLINIK, LESTARI, MITRA

TODAY = date(2026, 10, 14)


def fact(kind, customer, **fields):  # type: ignore[no-untyped-def]
    return {"kind": kind, "customer_id": customer, **fields}


UTTERANCES = [
    # complaints
    ("Pak Joko dari Mitra Kargo mengeluh jaringan kantor lelet sejak pagi.", [fact("complaint", MITRA, person="Joko Widagdo", service="ONW", sentiment="negative", servqual_dimension="responsiveness")]),
    ("bu sekar mitra komplen lg, tiketnya blm dibalas2 jg", [fact("complaint", MITRA, person="Sekar Arum", servqual_dimension="responsiveness")]),
    ("Tono at Bank Cendana complained that the invoice was wrong again.", [fact("complaint", LESTARI, person="Tono Harjono", servqual_dimension="reliability")]),
    ("Greta Sommer is not happy, the help desk never calls back.", [fact("complaint", HARTMANN, person="Greta Sommer", service="HLP", sentiment="negative")]),
    ("Klinik Waras kecewa berat, penggajian awan mati dua kali minggu ini", [fact("complaint", KLINIK, service="PAY", servqual_dimension="reliability")]),
    ("Bu Citra bilang teknisi kita jutek waktu datang", [fact("complaint", KLINIK, person="Citra Maheswari", servqual_dimension="assurance")]),
    ("Pak Joko merasa diabaikan, kita nggak pernah tanya kebutuhan gudang mereka", [fact("complaint", MITRA, person="Joko Widagdo", servqual_dimension="empathy")]),
    ("Oliver Brandt says the monthly report looks messy and the layout is confusing.", [fact("complaint", HARTMANN, person="Oliver Brandt", servqual_dimension="tangibles")]),
    ("Tono kurang puas sama tim helpdesk", [fact("complaint", LESTARI, person="Tono Harjono", service="HLP")]),
    ("Pak Tono protes: kenapa tagihan dobel terus?", [fact("complaint", LESTARI, person="Tono Harjono")]),
    ("Laporan untuk Hartmann terlalu lama disiapkan, kata Greta", [fact("complaint", HARTMANN, person="Greta Sommer")]),
    ("Sekar kesal krn respon tim lambat dan laporannya telat", [fact("complaint", MITRA, person="Sekar Arum")]),
    ("Hartmann aren't satisfied with how we handled Monday's outage", [fact("complaint", HARTMANN, sentiment="negative")]),
    ("Kita ingkar janji lagi ke Bank Cendana, Pak Tono marah", [fact("complaint", LESTARI, person="Tono Harjono")]),
    # compliments
    ("Bu Sekar puji tim helpdesk, sigap banget kemarin", [fact("compliment", MITRA, person="Sekar Arum", service="HLP", sentiment="positive", servqual_dimension="responsiveness")]),
    ("Greta was delighted with the new dashboard, very tidy.", [fact("compliment", HARTMANN, person="Greta Sommer", servqual_dimension="tangibles")]),
    ("Citra isn't annoyed with payroll any more, it runs smoothly now", [fact("compliment", KLINIK, person="Citra Maheswari", service="PAY", sentiment="positive")]),
    ("Pak Tono tidak protes soal harga, malah senang dengan rinciannya", [fact("compliment", LESTARI, person="Tono Harjono", sentiment="positive")]),
    ("Oliver trusts our engineers, he finds them really knowledgeable", [fact("compliment", HARTMANN, person="Oliver Brandt", servqual_dimension="assurance")]),
    ("Mitra Kargo berterima kasih atas perhatian tim kita waktu pindahan", [fact("compliment", MITRA, servqual_dimension="empathy")]),
    ("pak joko seneng bgt, jaringan kantor skrg stabil", [fact("compliment", MITRA, person="Joko Widagdo", service="ONW", servqual_dimension="reliability")]),
    ("Klinik Waras bilang layanan tidak lambat lagi", [fact("compliment", KLINIK, sentiment="positive")]),
    ("Bu Citra: timnya ramah dan sopan sekali", [fact("compliment", KLINIK, person="Citra Maheswari", servqual_dimension="assurance")]),
    ("Hartmann thanked us for the quick fix on Sunday", [fact("compliment", HARTMANN, servqual_dimension="responsiveness")]),
    ("Tono bilang tim kita lebih baik dari vendor lain", [fact("compliment", LESTARI, person="Tono Harjono")]),
    # neutral feedback
    ("Feedback Bu Sekar soal pelatihan: biasa aja", [fact("feedback", MITRA, person="Sekar Arum", sentiment="neutral")]),
    ("Oliver said the onboarding was fine, nothing special", [fact("feedback", HARTMANN, person="Oliver Brandt", sentiment="neutral")]),
    ("Umpan balik Klinik Waras: format tiket sudah sesuai, tidak ada keluhan", [fact("feedback", KLINIK, sentiment="neutral")]),
    ("masukan dr pak tono: jadwal pemeliharaan oke", [fact("feedback", LESTARI, person="Tono Harjono", sentiment="neutral")]),
    # commitments
    ("Saya janji ke Pak Joko kirim laporan kapasitas besok", [fact("commitment", MITRA, person="Joko Widagdo", due=date(2026, 10, 15), party="provider")]),
    ("We promised Hartmann the migration plan by 30 October 2026", [fact("commitment", HARTMANN, due=date(2026, 10, 30), party="provider")]),
    ("kita sanggupi ke bu citra waras, switch diganti lusa", [fact("commitment", KLINIK, person="Citra Maheswari", due=date(2026, 10, 16), party="provider")]),
    ("Greta promised to sign the amendment by Friday", [fact("commitment", HARTMANN, person="Greta Sommer", party="customer", due=date(2026, 10, 16))]),
    ("Pak Tono janji bayar tunggakan tanggal 20 Oktober", [fact("commitment", LESTARI, person="Tono Harjono", party="customer", due=date(2026, 10, 20))]),
    ("Bank Cendana dijanjikan uji pemulihan tgl 2 November 2026", [fact("commitment", LESTARI, party="provider", due=date(2026, 11, 2))]),
    ("I've committed to Klinik Waras that we deliver the training next Tuesday", [fact("commitment", KLINIK, party="provider", due=date(2026, 10, 20))]),
    ("catat janji kita ke Mitra Kargo: audit port selesai akhir bulan ini", [fact("commitment", MITRA, party="provider", due=date(2026, 10, 31))]),
    ("Kami akan mengirim notulen ke Bu Sekar hari Jumat", [fact("commitment", MITRA, person="Sekar Arum", due=date(2026, 10, 16))]),
    ("Rangga janji ke Greta perbaiki dasbor dalam 5 hari", [fact("commitment", HARTMANN, person="Greta Sommer", party="provider", due=date(2026, 10, 19))]),
    ("Kami tidak menjanjikan diskon ke Bank Cendana", []),
    ("We never promised Hartmann a dedicated engineer", []),
    ("belum ada janji apa pun ke Mitra Kargo", []),
    # meetings
    ("Jadwalkan rapat dengan Bu Citra tanggal 21 Oktober 2026 bahas payroll", [fact("meeting", KLINIK, person="Citra Maheswari", due=date(2026, 10, 21))]),
    ("Meeting with Oliver Brandt on 4 November 2026 about the renewal", [fact("meeting", HARTMANN, person="Oliver Brandt", due=date(2026, 11, 4))]),
    ("bsk ketemu pak tono bahas keluhan bulan lalu", [fact("meeting", LESTARI, person="Tono Harjono", due=date(2026, 10, 15))]),
    ("Call with Greta this Friday to discuss risks", [fact("meeting", HARTMANN, person="Greta Sommer", due=date(2026, 10, 16))]),
    ("Mitra Kargo minta rapat Senin depan", [fact("meeting", MITRA, due=date(2026, 10, 19))]),
    ("set meeting sama Pak Joko tgl 22 Oktober jam 10", [fact("meeting", MITRA, person="Joko Widagdo", due=date(2026, 10, 22))]),
    ("Kunjungan ke Klinik Waras 28 Oktober 2026", [fact("meeting", KLINIK, due=date(2026, 10, 28))]),
    # opportunities
    ("Bank Cendana minta penawaran firewall, kira-kira Rp 800 juta", [fact("opportunity", LESTARI, amount=Decimal(800_000_000), currency="IDR")]),
    ("Greta wants a penetration test, budget about EUR 25k", [fact("opportunity", HARTMANN, person="Greta Sommer", amount=Decimal(25_000), currency="EUR")]),
    ("pak joko mau nambah 20 titik jaringan kantor, budget 150 jt", [fact("opportunity", MITRA, person="Joko Widagdo", service="ONW", amount=Decimal(150_000_000), currency="IDR")]),
    ("Klinik Waras tertarik payroll untuk cabang kedua", [fact("opportunity", KLINIK, service="PAY", amount=None)]),
    ("Oliver asked for a quote for 40 more seats of help desk", [fact("opportunity", HARTMANN, person="Oliver Brandt", service="HLP")]),
    ("Bu Sekar butuh solusi arsip dokumen tahun depan", [fact("opportunity", MITRA, person="Sekar Arum")]),
    ("Hartmann is interested in cloud payroll", [fact("opportunity", HARTMANN, service="PAY")]),
    # risks
    ("Bank Cendana mau tender ulang layanan pusat bantuan tahun depan", [fact("risk", LESTARI, service="HLP")]),
    ("Greta hinted they may switch to another provider", [fact("risk", HARTMANN, person="Greta Sommer")]),
    ("Klinik Waras didekati kompetitor, harganya 20% lebih murah", [fact("risk", KLINIK)]),
    ("Mitra Kargo berencana kelola sendiri jaringannya", [fact("risk", MITRA)]),
    ("Oliver said Hartmann will not renew the contract", [fact("risk", HARTMANN, person="Oliver Brandt")]),
    ("pak tono ancam pindah ke PT Sinar Galaksi", [fact("risk", LESTARI, person="Tono Harjono")]),
    # improvements
    ("Bu Citra usul formulir cuti digabung jadi satu", [fact("improvement", KLINIK, person="Citra Maheswari")]),
    ("Oliver suggests that we send the report as a spreadsheet", [fact("improvement", HARTMANN, person="Oliver Brandt")]),
    ("Saran dari Mitra Kargo: notifikasi lewat aplikasi saja", [fact("improvement", MITRA)]),
    ("Pak Tono punya ide supaya tiket bisa dinilai langsung", [fact("improvement", LESTARI, person="Tono Harjono")]),
    ("Greta thinks it would be better if tickets had a priority filter", [fact("improvement", HARTMANN, person="Greta Sommer")]),
    # contact changes
    ("Nomor HP Bu Sekar ganti jadi 0812-5550-1234", [fact("contact_change", MITRA, person="Sekar Arum", field="phone", value="0812-5550-1234")]),
    ("Oliver Brandt has a new email: o.brandt@hartmann.example", [fact("contact_change", HARTMANN, person="Oliver Brandt", field="email", value="o.brandt@hartmann.example")]),
    ("Pak Joko digantikan Bu Ratih Kencana mulai 1 November 2026", [fact("contact_change", MITRA, person="Ratih Kencana", field="new", replaces="Joko Widagdo", due=date(2026, 11, 1))]),
    ("Greta Sommer will be replaced by Anna Keller on 1 December 2026", [fact("contact_change", HARTMANN, person="Anna Keller", replaces="Greta Sommer", due=date(2026, 12, 1))]),
    ("Pak Tono pensiun akhir tahun ini", [fact("contact_change", LESTARI, person="Tono Harjono", field="leaving", due=date(2026, 12, 31))]),
    ("Bu Citra naik jabatan jadi direktur operasional per 1 November", [fact("contact_change", KLINIK, person="Citra Maheswari", field="position", value="direktur operasional", due=date(2026, 11, 1))]),
    ("PIC baru Mitra Kargo: Bagas Permana", [fact("contact_change", MITRA, person="Bagas Permana", field="new")]),
    ("Heike Vogt takes over from Oliver at Hartmann as IT manager", [fact("contact_change", HARTMANN, person="Heike Vogt", replaces="Oliver Brandt", value="IT manager")]),
    ("Oliver has resigned, his last day is 31 October 2026", [fact("contact_change", HARTMANN, person="Oliver Brandt", field="leaving", due=date(2026, 10, 31))]),
    ("Bu Sekar sekarang menjabat kepala gudang", [fact("contact_change", MITRA, person="Sekar Arum", field="position", value="kepala gudang")]),
    # several facts
    ("Bu Sekar senang dgn tim, tapi laporan telat lagi", [fact("compliment", MITRA, person="Sekar Arum"), fact("complaint", MITRA, person="Sekar Arum", servqual_dimension="reliability")]),
    ("Greta praised the engineers but complained about the portal, and we promised a fix by 20 October 2026", [fact("compliment", HARTMANN), fact("complaint", HARTMANN), fact("commitment", HARTMANN, due=date(2026, 10, 20))]),
    ("Bank Cendana puas dengan helpdesk, sedangkan Klinik Waras kecewa tiketnya lama", [fact("compliment", LESTARI, service="HLP"), fact("complaint", KLINIK)]),
    ("Pak Joko komplain jaringan kantor putus-putus. Saya janji kirim teknisi besok.", [fact("complaint", MITRA, person="Joko Widagdo"), fact("commitment", MITRA, person="Joko Widagdo", due=date(2026, 10, 15))]),
    ("Rapat kemarin dengan Bu Citra: dia puas, dan minta penawaran modul absensi Rp 60 juta", [fact("compliment", KLINIK, person="Citra Maheswari"), fact("opportunity", KLINIK, person="Citra Maheswari", amount=Decimal(60_000_000))]),
    ("Oliver is disappointed with the outage; he may move to another vendor", [fact("complaint", HARTMANN, person="Oliver Brandt"), fact("risk", HARTMANN, person="Oliver Brandt")]),
    ("Mitra Kargo dan Bank Cendana komplain portal sulit diakses", [fact("complaint", MITRA), fact("complaint", LESTARI)]),
    ("Pak Tono puas. Kapan kontraknya habis?", [fact("compliment", LESTARI, person="Tono Harjono")]),
    # people and customers
    ("Bu Mira di Klinik Waras memuji helpdesk", [fact("compliment", KLINIK, person="Mira Kusnadi")]),
    ("Mira Halim complained about slow answers", [fact("complaint", HARTMANN, person="Mira Halim")]),
    ("Eka Wibisono Mitra Kargo kecewa", [fact("complaint", MITRA, person="Eka Wibisono")]),
    ("Pak Lukas komplain tiketnya lama", [fact("complaint", LESTARI, person="Lukas Marbun")]),
    ("Pak Bondan dari Mitra Kargo komplain tiketnya lama", [fact("complaint", MITRA, person="Bondan")]),
    # asks
    ("Bu Mira komplain laporannya telat", "ask"),
    ("Eka Wibisono puas dengan tim", "ask"),
    ("pelanggan tadi komplain laporannya telat", "ask"),
    ("They are unhappy with the response time", "ask"),
    ("Komplain: jaringan lelet terus", "ask"),
    # refused
    ("Dinas Perikanan Karimun komplain server mati", "refuse"),
    ("PT Angin Ribut komplain server mati", "refuse"),
    ("Pak Yosef kecewa sama tim kita", "refuse"),
    ("Pak Wiryo kecewa sama tim kita", "refuse"),
    ("Pak Lukas di Dinas Perikanan Karimun komplain tiketnya lama", "refuse"),
    ("Mitra Kargo puas, tapi Dinas Perikanan Karimun kecewa", "refuse"),
    # no updates
    ("Kapan kontrak Mitra Kargo berakhir?", []),
    ("brp kali bank cendana komplain bulan ini", []),
    ("Did we promise Greta anything?", []),
    ("ada komplain dari Mitra Kargo ga", []),
    ("apakah Pak Joko puas", []),
    ("Has Oliver complained about payroll", []),
    ("makasih ya", []),
    ("Thanks a lot, great job!", []),
    ("Selamat pagi semua", []),
    ("oke siap", []),
    ("Buatkan ringkasan keluhan Bank Cendana", []),
    ("Show me the complaints of Hartmann", []),
    ("Kalau Mitra Kargo komplain, kita kasih diskon", []),
    ("Semoga Bu Sekar puas", []),
    ("If Greta complains we offer a discount", []),
    ("What did Pak Tono say about the invoices", []),
    ("Siapa yang janji ke Klinik Waras?", []),
    ("Klinik Waras punya dua gedung", []),
]  # fmt: skip
