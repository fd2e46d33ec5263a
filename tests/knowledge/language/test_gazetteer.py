import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.gazetteer import Entry, Gazetteer, company_forms, initials, person_entries, short_company_forms

COMPANY = "PT Angsana Tirta Wening (Persero) Tbk"
PEOPLE = {"p1": "Sekar Wulan Dewanti", "p2": "Sekar Ayu", "p3": "Budi Prasetyo"}
ENTRIES = [
    *(Entry("c1", "customer", form) for form in company_forms(COMPANY)),
    *(Entry("c1", "customer", form, 0.7) for form in short_company_forms(COMPANY)),
    *(Entry("c2", "customer", form) for form in company_forms("Rumah Sakit Kenari Medika")),
    *(Entry(key, "person", form) for key, name in PEOPLE.items() for form in person_entries(name)),
    Entry("s1", "service", "DRC"),
    Entry("s2", "service", "Managed Firewall"),
    Entry("s3", "service", "DAN"),
]
NAMES = Gazetteer(ENTRIES)


@pytest.mark.parametrize(
    ("text", "mention", "ids"),
    [
        ("kontrak PT. Angsana Tirta Wening (Persero) Tbk?", "PT. Angsana Tirta Wening (Persero) Tbk", ["c1"]),
        ("kontrak angsana tirta wening", "angsana tirta wening", ["c1"]),
        ("angsna tirta wening kapan", "angsna tirta wening", ["c1"]),
        ("kontrak ATW?", "ATW", ["c1"]),
        ("angsanatirtawening", "angsanatirtawening", ["c1"]),
        ("RS Kenari Medika", "RS Kenari Medika", ["c2"]),
        ("rumah sakit kenari medika", "rumah sakit kenari medika", ["c2"]),
        ("kata Bu Sekar", "Sekar", ["p1", "p2"]),
        ("kata sekar ayu", "sekar ayu", ["p2"]),
        ("Pak budi marah", "budi", ["p3"]),
        ("budi marah", "budi", ["p3"]),
        ("drc mati", "drc", ["s1"]),
        ("manged firewal mati", "manged firewal", ["s2"]),
        ("layanan DAN mati", "DAN", ["s3"]),
        ("kontrak Angsana's", "Angsana", ["c1"]),
    ],
)
def test_a_name_is_found(text: str, mention: str, ids: list[str]) -> None:
    assert [(found.text, found.entry_ids) for found in NAMES.find(text)] == [(mention, ids)]


@pytest.mark.parametrize("text", ["lambat dan mati", "Ini budi pekerti luhur", "angsa terbang", "kenangan manis"])
def test_everyday_words_are_no_names(text: str) -> None:
    assert NAMES.find(text) == []


def test_kinds_filter_before_the_longest_match() -> None:
    assert [found.kind for found in NAMES.find("Sekar di RS Kenari Medika", kinds={"person"})] == ["person"]


def test_typos_score_less_and_can_be_switched_off() -> None:
    (exact,), (typo,) = NAMES.find("managed firewall"), NAMES.find("managed firewal")
    assert exact.score > typo.score
    assert NAMES.find("managed firewal", fuzzy=False) == []


def test_one_word_of_two_kinds_gives_a_mention_each() -> None:
    names = Gazetteer([Entry("a", "customer", "Kirana"), Entry("b", "application", "Kirana", 0.5)])
    assert [(found.kind, found.score) for found in names.find("Kirana lambat")] == [
        ("customer", 1.0),
        ("application", 0.5),
    ]


def test_forms_of_people() -> None:
    assert person_entries("Dr. Sekar Wulan Dewanti, S.Kom., M.M.") == person_entries("Sekar Wulan Dewanti")
    assert {"Sekar Wulan Dewanti", "Sekar Wulan", "Sekar", "Dewanti"} <= set(person_entries("Sekar Wulan Dewanti"))
    assert person_entries("Muhammad Rafli") == ["Muhammad Rafli", "Rafli"]


def test_forms_of_organisations() -> None:
    assert company_forms("CV Lembayung") == ["CV Lembayung", "Lembayung"]
    assert "Wolkenbau" in company_forms("Wolkenbau GmbH")
    assert "RS Kenari" in company_forms("Rumah Sakit Kenari")
    assert "BLB" in company_forms("PT Bank Lembayung (BLB)")
    assert {"Kenari Asri", "RSUD Kenari Asri", "Kenari"} <= set(short_company_forms("RSUD Kota Kenari Asri"))
    assert "Ombak Timur" in short_company_forms("PT Asuransi Jiwa Ombak Timur") and "Jiwa" not in short_company_forms("PT Asuransi Jiwa Ombak Timur")
    assert "Makmur Jaya" in short_company_forms("PT Bank Perkreditan Rakyat Makmur Jaya")
    assert initials("RSUD Kota Kenari") is None
    assert initials(COMPANY) == "ATW" and initials("PT Lembayung") is None


@given(
    st.sampled_from(ENTRIES),
    st.sampled_from(["", "kapan ", "please check "]),
    st.sampled_from(["", " mati", " is down"]),
)
def test_every_listed_name_is_found_as_written(entry: Entry, before: str, after: str) -> None:
    found = NAMES.find(f"{before}{entry.name}{after}")
    assert any(entry.id in mention.entry_ids and entry.kind == mention.kind for mention in found)


@given(st.text(max_size=120))
def test_mentions_lie_where_they_say(text: str) -> None:
    assert all(text[found.start : found.end] == found.text for found in NAMES.find(text))


def test_thousands_of_names_are_searched_in_milliseconds() -> None:
    names = Gazetteer(
        Entry(str(n), "customer", f"{'abcdefghij'[n % 10]}rana{n // 10} Lestari{n % 97}") for n in range(5000)
    )
    text = ("Rapat dengan pelanggan tentang gangguan jaringan di kantor pusat kemarin sore. " * 26)[:2000]
    names.find(text)
    started = time.perf_counter()
    names.find(text)
    assert time.perf_counter() - started < 0.1
