"""Which messages ask for a draft, and which only tell of one or ask about one."""

import pytest

from assistant.drafts.asking import is_for_people, is_word_of_asking, opens_with_draft, orders_draft
from assistant.drafts.kinds import wanted_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sitting down with Arjuna Kopi tomorrow - one-pager please", "brief"),
        ("besok ketemu arjuna kopi, tolong rangkumkan apa saja yang perlu saya tahu", "brief"),
        ("Mohon disusunkan laporan kinerja Arjuna Kopi kuartal lalu", "review"),
        ("pull together the QBR for Arjuna Kopi", "review"),
        ("laporan SLA bulanan arjuna kopi dong", "review"),
        ("Put together the justification for a second link: one-off IDR 400m, saves IDR 20m a month", "business_case"),
        ("hitungkan kelayakan UPS baru: modal 240 juta, hemat 15 juta sebulan, jadikan dokumen", "business_case"),
        ("Write something on how happy Arjuna Kopi is with us, surveys included", "satisfaction"),
        ("csat report arjuna kopi pls", "satisfaction"),
        ("butuh checklist cutover arjuna kopi", "transition"),
        ("Arjuna Kopi is losing patience. Draft a get-well plan for them.", "improvement"),
        ("Write an assessment of what more we could sell to Arjuna Kopi", "opportunity"),
        ("siapkan nota pengaruh kenaikan kurs terhadap Arjuna Kopi", "driver"),
        ("Rencana pengelolaan akun Arjuna Kopi 2028, tolong disusun", "account_plan"),
        ("Tolong surati Arjuna Kopi soal bug kasir beserta solusi sementaranya", "error_notice"),
        ("customer advisory for Arjuna Kopi about the known problem, please", "error_notice"),
    ],
)
def test_a_document_is_asked_for_in_many_words(text, kind):
    assert wanted_kind(text) == kind
    assert orders_draft(text)


@pytest.mark.parametrize(
    "text",
    [
        "Arjuna Kopi asked us to prepare a service report by Friday", "Kami janji ke Arjuna Kopi kirim rencana perbaikan hari Jumat",
        "Arjuna Kopi minta kita menyiapkan rencana perbaikan sebelum 5 Juni", "Laporan SLA Arjuna Kopi sudah dikirim kemarin",
        "I promised Arjuna Kopi a service report by 30 May", "Siapa yang menyusun business case UPS Arjuna Kopi?", "When did we last send Arjuna Kopi a service review?",
        "tolong catat: Arjuna Kopi mengeluh soal laporan layanan", "rapat dengan Arjuna Kopi dipindah ke 9 Juni", "Is there an account plan for Arjuna Kopi?",
        "Berapa nilai peluang kamera gerai?", "buat catatan: Arjuna Kopi puas dengan migrasi kemarin", "tolong buat catatan bahwa Arjuna Kopi puas",
        "tolong ingatkan saya kirim laporan ke Arjuna Kopi hari Jumat", "remind me to prepare for the Arjuna Kopi meeting",
    ],
)  # fmt: skip
def test_telling_of_a_document_or_asking_about_one_orders_none(text):
    assert not orders_draft(text)


@pytest.mark.parametrize("text", ["tolong buatkan catatan yang harus saya angkat besok di Arjuna Kopi", "Could I have a service improvement plan for Arjuna Kopi?"])
def test_some_document_is_asked_for_though_which_must_be_asked_back(text):
    assert orders_draft(text)


def test_what_follows_the_name_of_a_draft_is_told_apart_from_what_is_said_of_it():
    assert opens_with_draft("rapor layanan Arjuna Kopi triwulan lalu") == "Arjuna Kopi triwulan lalu"
    assert opens_with_draft("laporan layanan Arjuna Kopi sudah terkirim") is None
    assert opens_with_draft("Arjuna Kopi: laporan layanan") is None
    assert opens_with_draft("agenda rapat Arjuna Kopi bulan lalu apa saja") is None


@pytest.mark.parametrize("word", ["hitungkan", "Jadikan", "disusunkan", "bikinin", "tolong"])
def test_words_of_making_are_no_topic(word):
    assert is_word_of_asking(word) and not is_word_of_asking("genset")


@pytest.mark.parametrize(
    "text",
    [
        "Hitung kredit layanan Arjuna Kopi bulan Mei", "tolong hitungin denda Arjuna Kopi kuartal lalu", "work out the penalty for Arjuna Kopi in May", "jumlahkan menit gangguan Arjuna Kopi",
        "kita perlu ketemu Arjuna Kopi minggu depan soal gudang", "we need to meet Arjuna Kopi about the renewal", "minta ketemu direksi Arjuna Kopi hari Kamis",
    ],
)
def test_figures_are_questions_and_meeting_is_for_people(text):
    assert is_for_people(text) and not orders_draft(text)


@pytest.mark.parametrize("text", ["butuh bahan buat ketemu Arjuna Kopi besok", "hitung untung ruginya link kedua: biaya 40 juta, hemat 5 juta sebulan", "tolong siapkan laporan denda Arjuna Kopi", "I need notes before I meet Arjuna Kopi"])
def test_papers_with_figures_or_for_a_meeting_are_drafts(text):
    assert not is_for_people(text)
