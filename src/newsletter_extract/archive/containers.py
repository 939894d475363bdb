"""Zip and tar files, member by member, inside a reading process: they are as hostile as any document."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from newsletter_extract.errors import BrokenInput, UnknownInputType
from newsletter_extract.export.writing import writing
from newsletter_extract.reading.source import MAX_BYTES, shown_name

MAX_DEPTH = 3
"""Archives within archives; more is no filing but a trap."""
MAX_MEMBERS = 200_000
_MAX_GROWTH, _FREE_BYTES = 100, 2 << 30
"""All members together may have so many times the bytes of the archive, or so many bytes: text packs ten to one."""
_CHUNK = 1 << 20
_OFFICE = ("[content_types].xml", "mimetype", "meta-inf/manifest.mf")
"""First members of word processors' files, e-books and programs, which are no archives for people."""
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    IndexError, KeyError,
)  # fmt: skip
_ZIP_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


def container_kind(head: bytes) -> str | None:
    """ "zip", "tar" or None, told by the first 512 bytes of a file."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head[257:262] == b"ustar" or head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")):
        return "tar"
    return None


class Unpacking:
    """An open archive that gives one member after the other."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises BrokenInput or UnknownInputType where the file is no archive that can be opened."""
        self._name = name
        self._left = max(_FREE_BYTES, _MAX_GROWTH * path.stat().st_size)
        self._count = 0
        with path.open("rb") as file:
            kind = container_kind(file.read(512))
        try:
            self._members = _zip_members(path) if kind == "zip" else _tar_members(path)
        except tarfile.ReadError:
            raise UnknownInputType(f"{name} is packed, but no archive, or damaged; unpack it yourself.") from None
        except _BROKEN as error:
            raise BrokenInput(f"{name} is damaged and cannot be opened as archive ({_said(error)}).") from None

    def next_member(self, spool: Path) -> dict[str, Any]:
        """Write the next member's content to `spool` and tell its name, size and digest.

        Instead of those: `skipped` with the reason why a member is left out, `failed` with the class of an error and a
        `reason`, or `end`, with a `reason` where that came before its time.
        """
        self._count += 1
        if self._count > MAX_MEMBERS:
            return {"end": True, "reason": f"{self._name} has over {MAX_MEMBERS} members; the others were not read."}
        try:
            member = next(self._members, None)
        except _BROKEN as error:
            reason = f"{self._name} is damaged after {self._count - 1} members ({_said(error)}); fetch it again."
            return {"end": True, "reason": reason}
        if member is None:
            return {"end": True}
        name, content = member
        return {"member": name, **(content if isinstance(content, dict) else self._spooled(name, content, spool))}

    def _spooled(self, name: str, stream: IO[bytes], spool: Path) -> dict[str, Any]:
        """Raises OutputError where the content cannot be written, which is not the archive's fault."""
        digest, size = hashlib.sha256(), 0
        with stream, writing(spool) as file:
            while True:
                try:
                    chunk = stream.read(_CHUNK)
                except _BROKEN as error:
                    return _damaged(name, error)
                if not chunk:
                    return {"size": size, "sha256": digest.hexdigest()}
                size += len(chunk)
                self._left -= len(chunk)
                if size > MAX_BYTES:
                    return {"failed": "InputTooLarge", "reason": f"{name} has more than {MAX_BYTES >> 20} MB."}
                if self._left < 0:
                    reason = (
                        f"{self._name} unpacks to more than {_MAX_GROWTH} times its size, as only archives do "
                        "that are made to do harm; the rest was not read."
                    )
                    return {"end": True, "reason": reason}
                digest.update(chunk)
                file.write(chunk)


Member = tuple[str, IO[bytes] | dict[str, Any]]
"""A name with its content, or with why there is none."""
_NO_FILE = {"skipped": "a link or special file in an archive, which is not followed"}


def _zip_members(path: Path) -> Iterator[Member]:
    archive = zipfile.ZipFile(path)
    members = archive.infolist()
    if members and members[0].filename.casefold() in _OFFICE:
        raise UnknownInputType(f"{shown_name(path.name)} is an office document or a program; save it as PDF.")
    return _each_in_zip(archive, members)


def _each_in_zip(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Member]:
    for member in members:
        name = member.filename
        if member.is_dir():
            continue
        kind = member.external_attr >> 28  # the type of a Unix file
        if kind not in {0, 8}:
            yield name, _NO_FILE
        elif member.flag_bits & 1:
            reason = f"{name} is encrypted in its archive; unpack it yourself."
            yield name, {"failed": "PasswordNeeded", "reason": reason}
        elif member.compress_type not in _ZIP_METHODS:
            reason = f"{name} is packed by an unknown method ({member.compress_type}); unpack it yourself."
            yield name, {"failed": "BrokenInput", "reason": reason}
        else:
            try:
                yield name, archive.open(member)
            except _BROKEN as error:
                yield name, _damaged(name, error)


def _tar_members(path: Path) -> Iterator[Member]:
    archive = tarfile.open(path, "r:*", errorlevel=2)  # noqa: SIM115
    return _each_in_tar(archive)


def _each_in_tar(archive: tarfile.TarFile) -> Iterator[Member]:
    while (member := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined]  # it would keep every member it has seen
        if member.isdir():
            continue
        content = archive.extractfile(member) if member.isreg() else None
        yield member.name, content or _NO_FILE


def _damaged(name: str, error: BaseException) -> dict[str, Any]:
    return {"failed": "BrokenInput", "reason": f"{name} is damaged in its archive ({_said(error)}); fetch it again."}


def _said(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
