"""Archives that lie on S3, Google Cloud, a web server and the like, by way of fsspec (extra: remote)."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsletter_extract.archive.containers import container_kind
from newsletter_extract.archive.entry import Entry
from newsletter_extract.errors import InputNotFound, InputUnreadable, UsageError
from newsletter_extract.export.writing import writing
from newsletter_extract.reading.source import MAX_BYTES, shown_name

_CHUNK = 1 << 20
_MAX_ARCHIVE_BYTES = 64 << 30
"""A zip or tar file that does not end there is taken for one without end."""
_MARKS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")
"""What the stores call that which changes with a file's content."""


def remote_entries(url: str, root: str) -> Iterator[Entry]:
    """The files at a URL, each folder in the order of its names; a file, a folder or a pattern.

    Raises UsageError where the store's library is missing, InputNotFound, or InputUnreadable where it does not answer.
    """
    try:
        import fsspec

        store, path = fsspec.url_to_fs(url)
    except ImportError as error:
        raise UsageError(
            f"{url} needs a library that is not installed ({error}); pip install 'newsletter-extract[remote]'."
        ) from None
    except ValueError as error:
        raise UsageError(f"{url} is no address of a store ({error}).") from None
    try:
        yield from _entries(store, path, root)
    except FileNotFoundError:
        raise InputNotFound(f"{url}: nothing is there; check the address.") from None
    except InputNotFound:
        raise
    except Exception as error:  # each store has errors of its own
        raise InputUnreadable(f"{url} cannot be listed ({_said(error)}); run the same command again.") from None


def _entries(store: Any, path: str, root: str) -> Iterator[Entry]:
    if glob.has_magic(path):
        base = path[: path.rfind("/", 0, next(i for i, c in enumerate(path) if c in "*?[")) + 1]
        found = store.glob(path, detail=True)
        files = sorted((name, info) for name, info in found.items() if info["type"] != "directory")
        if not files:
            raise InputNotFound(f"{root}: nothing matches; check the pattern.")
        for name, info in files:
            yield _entry(store, name, name.removeprefix(base), root, info)
    elif store.isfile(path):
        yield _entry(store, path, path.rsplit("/", 1)[-1], root, store.info(path))
    else:
        base = path.rstrip("/") + "/"
        store.info(path)  # raises where there is nothing
        for _folder, folders, files in store.walk(path, detail=True):
            _sort(folders)  # the walk goes on in this order
            for info in sorted(files.values(), key=lambda info: str(info["name"])):
                yield _entry(store, info["name"], str(info["name"]).removeprefix(base), root, info)


def _sort(folders: dict[str, Any]) -> None:
    ordered = sorted(folders.items())
    folders.clear()
    folders.update(ordered)


def _entry(store: Any, path: str, below: str, root: str, info: dict[str, Any]) -> Entry:
    url = store.unstrip_protocol(path)
    mark = next((info[name] for name in _MARKS if info.get(name) is not None), None)
    return Entry(
        key=url.encode("utf-8", "surrogateescape"),
        name=shown_name(url),
        parts=tuple(part for part in below.split("/") if part),
        root=root,
        path=url,
        size=info.get("size"),
        signature=None if mark is None else f"{info.get('size')}-{mark}",
        fetch=lambda target: _fetch(store, path, target),
    )


def _fetch(store: Any, path: str, target: Path) -> None:
    """Copy a file to `target`; a document ends at one byte more than it may have.

    Raises InputUnreadable where the store is the trouble, OutputError where `target` cannot be written.
    """
    left = 0
    with writing(target) as file:
        for number, chunk in enumerate(_chunks(store, path)):
            if number == 0:
                left = _MAX_ARCHIVE_BYTES if container_kind(chunk) else MAX_BYTES + 1
            file.write(chunk[:left])
            left -= len(chunk)
            if left <= 0:
                return


def _chunks(store: Any, path: str) -> Iterator[bytes]:
    try:
        with store.open(path, "rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except Exception as error:  # each store has errors of its own
        raise InputUnreadable(_said(error)) from None


def _said(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
