"""Archives that lie on S3, Google Cloud, a web server and the like, by way of fsspec (extra: remote)."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsletter_extract.archive.discovery import Entry
from newsletter_extract.errors import InputNotFound, InputUnreadable, UsageError
from newsletter_extract.reading.source import MAX_BYTES, shown_name

_CHUNK = 1 << 20
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
    """Copy a file to `target`, at most one byte more than a document may have. Raises OSError."""
    try:
        with store.open(path, "rb") as source, target.open("wb") as file:
            left = MAX_BYTES + 1
            while left > 0 and (chunk := source.read(min(_CHUNK, left))):
                left -= len(chunk)
                file.write(chunk)
    except Exception as error:  # each store has errors of its own
        raise OSError(_said(error)) from None


def _said(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
