"""Writing a result so that nobody ever sees half of it: aside, synced, then renamed."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsletter_extract.errors import OutputError


def write_aside(path: Path, text: str, aside_folder: Path | None = None) -> None:
    """Write `text` to `path` in one step. Raises OutputError; then nothing is left behind.

    It is written beside `path` first, or in `aside_folder` of the same file system.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        _write_through(path, text)
        return
    path = path.resolve()  # a link stays, and what it points to is replaced
    aside: str | None = None
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=aside_folder or path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
        _sync_folder(path.parent)
    except BaseException as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(path, error) from None
        raise


def folder_aside(beside: Path, prefix: str) -> Path:
    """A private folder for what is being made; those of processes that were killed are removed. Raises OSError."""
    host = f"{prefix}{socket.gethostname()}-"
    for left in beside.glob(f"{glob.escape(host)}*"):
        process = left.name.removeprefix(host).split("-")[0]
        if process.isdecimal() and _has_ended(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{host}{os.getpid()}-", dir=beside))


def _has_ended(process: int) -> bool:
    if os.name != "posix":  # elsewhere the question would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A new file to write to. Raises OutputError for what goes wrong with it, and no other error."""
    try:
        file = path.open("wb")
    except OSError as error:
        raise _refused(path, error) from None
    try:
        with file:
            yield file
    except OSError as error:
        raise _refused(path, error) from None


def _sync_folder(folder: Path) -> None:
    """Make the new name last over a power cut; systems that cannot open a folder do so by themselves."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_through(path: Path, text: str) -> None:
    """A device or a pipe is written to and never replaced."""
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written ({error.strerror}); choose another place with --out.")
