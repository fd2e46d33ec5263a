"""Files that cannot be read say why, in both languages; nothing else is ever raised."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.errors import Unreadable
from knowledge.documents.loading import load, walk
from knowledge.documents.model import Limits
from tests.knowledge.documents.samples import (
    agreement_docx,
    encrypted_pdf,
    pdf_bytes,
    scanned_pdf,
    sheet_bytes,
    zip_bytes,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXTENSIONS = ("docx", "xlsx", "pdf", "csv", "md", "txt", "html", "json", "yaml", "eml", "xyz", "")
GOOD = {
    "a.docx": agreement_docx(),
    "a.xlsx": sheet_bytes([["Nama", "Nilai"], ["A", 1]]),
    "a.pdf": pdf_bytes([["Satu dua tiga"]]),
}


def reason(name: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as raised:
        load(name, data, limits or Limits())
    return raised.value.reason_code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.csv", b"", "empty"),
        ("kosong.txt", b" \n\n ", "empty"),
        ("lama.xls", OLE + b"\0" * 600, "unsupported"),
        ("terkunci.xlsx", OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("terkunci.pdf", encrypted_pdf(), "encrypted"),
        ("pindaian.pdf", scanned_pdf(), "no_text"),
        ("potong.pdf", GOOD["a.pdf"][:200], "damaged"),
        ("potong.docx", GOOD["a.docx"][:900], "damaged"),
        ("bukan.xlsx", b"ini catatan biasa saja", "damaged"),
        ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "unsupported"),
        ("foto.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "unsupported"),
        ("biner.txt", bytes(range(1, 9)) * 50, "damaged"),
        ("rusak.json", b"{nama: ", "damaged"),
        ("arsip.docx", zip_bytes({"a.txt": b"x"}), "unsupported"),
    ],
)
def test_the_reason_fits_the_file(name: str, data: bytes, code: str) -> None:
    assert reason(name, data) == code


def test_every_reason_is_worded_in_both_languages() -> None:
    for code in ("damaged", "empty", "encrypted", "too_large", "bomb", "unsupported", "no_text"):
        error = Unreadable(code)
        assert error.message("id") != error.message("en")


def test_a_file_over_the_limit_is_not_opened() -> None:
    assert reason("besar.txt", b"x" * 11, Limits(max_bytes=10)) == "too_large"


def test_an_office_file_that_unpacks_too_far_is_a_bomb() -> None:
    data = zip_bytes({"word/document.xml": b"\0" * 3_000_000})
    assert reason("bom.docx", data, Limits(bomb_bytes=1_000_000)) == "bomb"


def test_yaml_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert reason("tawa.yaml", "\n".join(lines).encode()) == "bomb"


def test_deep_nesting_is_refused() -> None:
    assert reason("dalam.json", b"[" * 100_000 + b"]" * 100_000) in {"bomb", "damaged"}


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), extension=st.sampled_from(EXTENSIONS))
def test_any_bytes_load_or_are_unreadable(data: bytes, extension: str) -> None:
    try:
        document = load(f"berkas.{extension}", data)
    except Unreadable:
        return
    assert document.blocks or document.tables or document.media == "eml"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), extension=st.sampled_from(EXTENSIONS))
def test_any_text_loads_or_is_unreadable(text: str, extension: str) -> None:
    try:
        load(f"berkas.{extension}", text.encode("utf-8", "surrogatepass"))
    except Unreadable:
        return


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(GOOD)), at=st.integers(0, 10_000), change=st.binary(min_size=1, max_size=20))
def test_a_file_with_changed_bytes_loads_or_is_unreadable(name: str, at: int, change: bytes) -> None:
    data = GOOD[name]
    at %= len(data)
    try:
        load(name, data[:at] + change + data[at + len(change) :])
    except Unreadable:
        return


def test_walk_finds_files_in_folders_and_archives(tmp_path: Path) -> None:
    (tmp_path / "rapat").mkdir()
    (tmp_path / "rapat" / "b.md").write_text("# B")
    (tmp_path / "~$kunci.docx").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "Thumbs.db").write_text("x")
    (tmp_path / "tautan.md").symlink_to(tmp_path / "rapat" / "b.md")
    inner = zip_bytes({"dalam/c.csv": b"a,b\n1,2\n"})
    (tmp_path / "arsip.zip").write_bytes(
        zip_bytes({"../../x.csv": b"a,b\n", "__MACOSX/y": b"z", "dua.zip": inner, "C:\\d.txt": b"d"})
    )
    found = {file.source: file for file in walk([tmp_path])}
    assert set(found) == {"rapat/b.md", "arsip.zip/x.csv", "arsip.zip/dua.zip/dalam/c.csv", "arsip.zip/d.txt"}
    assert found["arsip.zip/dua.zip/dalam/c.csv"].read() == b"a,b\n1,2\n"
    assert found["rapat/b.md"].read() == b"# B"


def test_walk_takes_a_single_file_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "satu.txt"
    path.write_text("isi")
    assert [(file.source, file.size) for file in walk([path])] == [("satu.txt", 3)]


def test_an_archive_bomb_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "bom.zip").write_bytes(zip_bytes({"nol.txt": b"\0" * 5_000_000}))
    (file,) = walk([tmp_path], Limits(bomb_bytes=1_000_000))
    assert file.source == "bom.zip"
    assert file.problem is not None
    assert file.problem.reason_code == "bomb"


def test_a_damaged_archive_member_is_a_problem_of_its_own(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("baik.txt", b"baik")
        archive.writestr("rusak.txt", b"AAAAAAAAAAAAAAAA")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue().replace(b"AAAAAAAAAAAAAAAA", b"BAAAAAAAAAAAAAAA"))
    found = {file.source: file.problem for file in walk([tmp_path])}
    assert found["a.zip/baik.txt"] is None
    problem = found["a.zip/rusak.txt"]
    assert problem is not None
    assert problem.reason_code == "damaged"
