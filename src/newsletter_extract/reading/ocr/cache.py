"""A store of OCR results on disk, named by what they were made from: an archive is OCRed once.

An entry's name is a digest of the page's pixels, the engines with their versions, the settings that matter, and the
code of this package, so that a result is never taken for another's. Entries are written aside and moved into place, so
that several processes can share a store; one that cannot be read counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsletter_extract.document import BBox, FirstReading, Notice, Page, Rule, Word
from newsletter_extract.errors import OutputError
from newsletter_extract.gazetteer import GAZETTEER

Result = tuple[Page, list[Notice]]
_SUFFIX = ".ocr.json"
_NAME = "?" * 64 + _SUFFIX


@dataclass(frozen=True, slots=True)
class Info:
    """What a store holds."""

    entries: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class OcrCache:
    """A store in a folder, which is made when the first entry is kept."""

    folder: Path

    def get(self, key: str) -> Result | None:
        """The result of this key, or None where there is none or it is damaged."""
        try:
            return _unpacked(json.loads(self._path(key).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result. Raises OutputError where the folder cannot be written."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(_packed(result), file, ensure_ascii=False, separators=(",", ":"))
                Path(aside).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(aside).unlink()
                raise
        except OSError as error:
            raise OutputError(
                f"The OCR cache {self.folder} cannot be written ({error.strerror}); choose another folder with --cache."
            ) from None

    def info(self) -> Info:
        """How many results the store holds, and how large they are."""
        sizes = []
        for path in self._entries():
            with suppress(OSError):
                sizes.append(path.stat().st_size)
        return Info(len(sizes), sum(sizes))

    def clear(self) -> Info:
        """Remove every entry, and nothing else that may lie in the folder; what was removed."""
        before = self.info()
        for path in list(self._entries()):
            with suppress(OSError):
                path.unlink()
            with suppress(OSError):
                path.parent.rmdir()
        return before

    def _entries(self) -> Iterator[Path]:
        return self.folder.glob(f"??/{_NAME}")

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"


def key_of(page: Page, grey: Any, parts: tuple[object, ...]) -> str:
    """The name of the result for these pixels of a page, under `parts`: engines, settings, resolution."""
    digest = hashlib.sha256(_code())
    digest.update(repr((page.number, page.rotation_degrees, grey.shape, parts)).encode())
    digest.update(grey.tobytes())
    return digest.hexdigest()


@cache
def _code() -> bytes:
    """A digest of the code that makes results, and of the places whose accents it looks for."""
    digest = hashlib.sha256(GAZETTEER.read_bytes())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def _packed(result: Result) -> dict[str, Any]:
    page, notices = result
    return {"page": asdict(page), "notices": [asdict(notice) for notice in notices]}


def _unpacked(data: dict[str, Any]) -> Result:
    page = dict(data["page"])
    page["words"] = tuple(_word(word) for word in page["words"])
    page["rules"] = tuple(Rule(BBox(*rule["bbox"]), rule["filled"]) for rule in page["rules"])
    page["pictures"] = tuple(BBox(*box) for box in page["pictures"])
    page["blocks"] = ()
    return Page(**page), [Notice(**notice) for notice in data["notices"]]


def _word(data: dict[str, Any]) -> Word:
    first = data["first_reading"]
    typed = {
        "bbox": BBox(*data["bbox"]),
        "accents": tuple(data["accents"]),
        "first_reading": FirstReading(*first) if first else None,
    }
    return Word(**{**data, **typed})
