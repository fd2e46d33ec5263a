"""Finds the files in folders and zip archives, with guards against archives that would fill the disk."""

import io
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.documents.errors import Unreadable
from knowledge.documents.model import DEFAULT_LIMITS, Limits

_SYSTEM_NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "icon\r"}
_ENCRYPTED_FLAG = 0x1


@dataclass(slots=True)
class FoundFile:
    """A file to load. `source`: posix path relative to the folder given; inside an archive "archive.zip/inner.csv".

    `problem` is set instead of content where the archive or file cannot be used. `mtime` is seconds since 1970.
    """

    source: str
    size: int
    mtime: float
    path: Path | None = None
    content: bytes | None = None
    problem: Unreadable | None = None

    def read(self, limits: Limits = DEFAULT_LIMITS) -> bytes:
        """The file's bytes. Raises Unreadable("too_large" or "damaged") and the problem found while walking."""
        if self.problem is not None:
            raise self.problem
        if self.size > limits.max_bytes:
            raise Unreadable("too_large", f"{self.size} bytes")
        if self.content is not None:
            return self.content
        assert self.path is not None
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise Unreadable("damaged", error.strerror or "cannot be opened") from error


def walk(paths: Iterable[Path | str], limits: Limits = DEFAULT_LIMITS) -> Iterator[FoundFile]:
    """Every file in the folders, files and zip archives given, sorted by name. Symbolic links are not followed;
    hidden and system files are passed over. Archives that break a limit come as one FoundFile with a problem."""
    for given in map(Path, paths):
        if given.is_dir():
            yield from _folder(given, limits)
        elif given.exists():
            yield from _file(given, given.name, limits)
        else:
            yield FoundFile(given.name, 0, 0.0, path=given, problem=Unreadable("damaged", "no such file or folder"))


def check_office_archive(data: bytes, limits: Limits) -> list[str]:
    """Member names of an office file (docx, xlsx); raises Unreadable("bomb" or "damaged")."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data), limits)
            markup = sum(member.file_size for member in archive.infolist() if member.filename.endswith((".xml", ".rels")))
            streamed = limits.spill is not None and any(member.filename == "xl/workbook.xml" for member in archive.infolist())
            if markup > (limits.max_sheets if streamed else limits.max_text * limits.xml_ratio):
                raise Unreadable("too_large", f"{markup} bytes of XML")
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged", f"zip: {error}") from error


def is_passed_over(path: PurePosixPath) -> bool:
    """True for hidden and system files: .DS_Store, ~$lock.docx, Thumbs.db, __MACOSX/…"""
    return any(part.startswith((".", "~$")) or part.lower() in _SYSTEM_NAMES for part in path.parts)


def _folder(root: Path, limits: Limits) -> Iterator[FoundFile]:
    try:
        entries = sorted(root.iterdir(), key=lambda entry: entry.name)
    except OSError:
        return
    yield from _entries(entries, root, limits)


def _entries(entries: list[Path], root: Path, limits: Limits) -> Iterator[FoundFile]:
    for entry in entries:
        if is_passed_over(PurePosixPath(entry.name)) or entry.is_symlink():
            continue
        if entry.is_dir():
            try:
                inner = sorted(entry.iterdir(), key=lambda item: item.name)
            except OSError:
                continue
            yield from _entries(inner, root, limits)
        elif entry.is_file():
            yield from _file(entry, entry.relative_to(root).as_posix(), limits)


def _file(path: Path, source: str, limits: Limits) -> Iterator[FoundFile]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return
        if path.suffix.lower() == ".zip":
            if status.st_size > limits.max_bytes:
                raise Unreadable("too_large", f"{status.st_size} bytes")
            yield from _members(path.read_bytes(), source, status.st_mtime, limits, depth=0)
        else:
            yield FoundFile(source, status.st_size, status.st_mtime, path=path)
    except OSError as error:
        yield FoundFile(source, 0, 0.0, path=path, problem=Unreadable("damaged", error.strerror or "cannot be opened"))
    except Unreadable as error:
        yield FoundFile(source, status.st_size, status.st_mtime, path=path, problem=error)


def _members(data: bytes, source: str, mtime: float, limits: Limits, depth: int) -> Iterator[FoundFile]:
    """An archive's files; nested archives one level deep. Members that cannot be read come with a problem."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged", f"zip: {error}") from error
    with archive:
        _check(archive, len(data), limits)
        for info in sorted(archive.infolist(), key=lambda item: item.filename):
            inner = _safe_name(info.filename)
            if info.is_dir() or inner is None or is_passed_over(inner) or stat.S_ISLNK(info.external_attr >> 16):
                continue
            name = f"{source}/{inner.as_posix()}"
            try:
                content = _member(archive, info, limits)
                if inner.suffix.lower() == ".zip":
                    if depth >= 1:
                        raise Unreadable("unsupported", "archive inside an archive inside an archive")
                    yield from _members(content, name, mtime, limits, depth + 1)
                else:
                    yield FoundFile(name, len(content), mtime, content=content)
            except Unreadable as problem:
                yield FoundFile(name, info.file_size, mtime, problem=problem)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise Unreadable("encrypted", "archive member")
    if info.file_size > limits.max_bytes:
        raise Unreadable("too_large", f"{info.file_size} bytes")
    try:
        return archive.read(info)
    except Exception as error:  # zlib, lzma, bz2 and struct errors alike: this member is damaged
        raise Unreadable("damaged", f"zip member: {type(error).__name__}") from error


def _check(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    # Python's zipfile never unpacks more than the declared size, so the declared sizes are a bound.
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > limits.max_members:
        raise Unreadable("bomb", f"{len(members)} members")
    if total > limits.max_unzipped or (total > limits.bomb_bytes and total > size * limits.bomb_ratio):
        raise Unreadable("bomb", f"{total} bytes from {size}")


def _safe_name(name: str) -> PurePosixPath | None:
    """The member's name without drive, root, "." and ".." parts; None where nothing is left."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0].endswith(":"):
        parts = parts[1:]
    return PurePosixPath(*parts) if parts else None
