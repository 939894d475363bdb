"""What there is to read: folders, files, patterns and lists, in a fixed order, with a reason for what is left out."""

from __future__ import annotations

import glob
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from newsletter_extract.archive import lock, record
from newsletter_extract.archive.entry import Entry
from newsletter_extract.archive.remote import remote_entries
from newsletter_extract.errors import InputNotFound, InputUnreadable, UsageError
from newsletter_extract.reading.source import shown_name

_HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_SPECIAL = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(slots=True)
class Discovery:
    """A walk over all inputs of a batch."""

    inputs: Sequence[str]
    lists: Sequence[str]
    out: Path
    resting_s: float = 0.0
    """Files that changed in the last so many seconds are growing."""
    _incomplete: set[str] = field(default_factory=set)
    """Roots of which a part could not be listed, so that what was not found may still be there."""
    _folders: set[tuple[int, int] | None] = field(default_factory=set)

    def check(self) -> None:
        """Before any work begins. Raises InputNotFound where an input is missing, UsageError where it is OUT itself."""
        for given in self.inputs:
            if "://" in given:
                next(remote_entries(given, given), None)
            elif not os.path.lexists(given) and not _matches(given):
                raise InputNotFound(f"{shown_name(given)}: nothing is there, and no file matches; check the name.")
            elif _identity(given) and _identity(given) == _identity(self.out):
                raise UsageError(f"{shown_name(given)} is both input and OUT; name a folder in it for OUT.")

    def roots(self) -> list[str]:
        return [_root(given) for given in (*self.inputs, *self.lists)]

    def covered(self) -> tuple[list[str], list[bytes]]:
        """After a walk: the roots, and the folders by path, of which all that is there was found."""
        folders = [given for given in self.inputs if Path(given).is_dir() and _root(given) not in self._incomplete]
        roots = sorted(set(self.roots()) - self._incomplete)
        return roots, [os.fsencode(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100

    def entries(self) -> Iterator[Entry]:
        """All inputs, each folder in the order of its names."""
        for given in self.inputs:
            yield from self._given(given, _root(given))
        for name in self.lists:
            yield from self._listed(name)

    def _given(self, given: str, root: str) -> Iterator[Entry]:
        if "://" in given:
            try:
                yield from remote_entries(given, root)
            except (InputNotFound, InputUnreadable) as error:
                self._incomplete.add(root)
                failed = type(error).__name__, str(error)
                yield Entry(given.encode("utf-8", "surrogateescape"), shown_name(given), (), root, given, failed=failed)
        elif os.path.lexists(given):
            parts = () if Path(given).is_dir() else (Path(given).name,)
            yield from self._at(Path(given).absolute(), parts, root)
        else:
            base = _fixed_part(given)
            for path in _matches(given):
                yield from self._at(Path(path).absolute(), Path(os.path.relpath(path, base)).parts, root)

    def _listed(self, name: str) -> Iterator[Entry]:
        root = _root(name)
        for given in _names_in(name):
            if "://" in given:
                yield from self._given(given, root)
                continue
            path = Path(given).absolute()
            parts = tuple(part for part in Path(given).parts if part != Path(given).anchor)
            if os.path.lexists(path):
                yield from self._at(path, parts, root)
            else:
                reason = f"{shown_name(given)}: there is no such file; it stands in the list {shown_name(name)}."
                yield _entry(path, parts, root, failed=("InputNotFound", reason))

    def _at(self, path: Path, parts: tuple[str, ...], root: str) -> Iterator[Entry]:
        """A path and all below it; a stack and no recursion, for folders may be nested without end."""
        waiting: list[Iterator[tuple[Path, tuple[str, ...]]]] = [iter([(path, parts)])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                continue
            path, parts = following
            if len(waiting) > 1 and _is_hidden(path.name):
                yield _entry(path, parts, root, skipped="hidden")
                continue
            entry = self._entry(path, parts, root)
            if entry:
                yield entry
                continue
            folder = _identity(path)
            if folder == _identity(self.out):
                continue
            if folder and folder in self._folders:
                if len(waiting) > 1:  # else it is an input that lies in another
                    yield _entry(path, parts, root, skipped="a folder that is read already, as by a link")
                continue
            self._folders.add(folder)
            try:
                names = sorted(os.listdir(path), key=os.fsencode)  # noqa: PTH208
            except OSError as error:
                self._incomplete.add(root)
                reason = f"{shown_name(str(path))} cannot be listed ({error.strerror}); check its permissions."
                yield _entry(path, parts, root, failed=("InputUnreadable", reason))
                continue
            if {record.NAME, lock.NAME} <= set(names):
                yield _entry(path, parts, root, skipped="the results of a batch")
                continue
            waiting.append(_inside(path, parts, names))

    def _entry(self, path: Path, parts: tuple[str, ...], root: str) -> Entry | None:
        """The entry of what is at this path; None for a folder to go into."""
        try:
            status = path.stat()
        except OSError as error:
            if path.is_symlink():
                return _entry(path, parts, root, skipped="a link that leads nowhere")
            reason = f"{shown_name(str(path))} cannot be read ({error.strerror}); check its permissions."
            return _entry(path, parts, root, failed=("InputUnreadable", reason))
        if stat.S_ISDIR(status.st_mode):
            return None
        for is_such, what in _SPECIAL:
            if is_such(status.st_mode):
                return _entry(path, parts, root, skipped=f"{what}, not a file")
        signature = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{status.st_ino}"
        age_s = time.time() - max(status.st_mtime, status.st_ctime)
        is_growing = 0 <= age_s < self.resting_s  # a clock that goes before ours tells nothing
        return _entry(path, parts, root, size=status.st_size, signature=signature, is_growing=is_growing)


def _entry(path: Path, parts: tuple[str, ...], root: str, **more: object) -> Entry:
    text = str(path)
    return Entry(os.fsencode(text), shown_name(text), parts, root, text, **more)  # type: ignore[arg-type]


def _inside(folder: Path, parts: tuple[str, ...], names: list[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Paths made one at a time, for a folder may hold a million."""
    return ((folder / name, (*parts, name)) for name in names)


def _identity(path: str | Path) -> tuple[int, int] | None:
    """What a folder is, by whatever path it is called; None where there is no folder."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _HIDDEN


def _root(given: str) -> str:
    return given if "://" in given or given == "-" else shown_name(os.path.abspath(given))  # noqa: PTH100


def _matches(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern, recursive=True), key=os.fsencode) if glob.has_magic(pattern) else []  # noqa: PTH207


def _fixed_part(pattern: str) -> str:
    """The folders of a pattern before its first wild card."""
    parts = []
    for part in Path(pattern).parts:
        if glob.has_magic(part):
            break
        parts.append(part)
    return str(Path(*parts)) if parts else "."


@cache
def _standard_input() -> bytes:
    """All of standard input, which can be read but once."""
    return sys.stdin.buffer.read() if sys.stdin else b""


def _names_in(list_file: str) -> list[str]:
    """The paths of a list, one a line, or apart by NUL as `find -print0` writes them; UTF-16 as Windows writes it too.

    Raises InputNotFound or InputUnreadable.
    """
    try:
        data = _standard_input() if list_file == "-" else Path(list_file).read_bytes()
    except FileNotFoundError:
        raise InputNotFound(f"{shown_name(list_file)}: there is no such list.") from None
    except OSError as error:
        raise InputUnreadable(f"{shown_name(list_file)} cannot be read ({error.strerror}).") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(line) for line in lines if line.strip()]
