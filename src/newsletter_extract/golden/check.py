"""Documents run against the golden JSON beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.pool import Pool, read_each
from newsletter_extract.archive.readers import Outcome as Reading
from newsletter_extract.archive.readers import Task
from newsletter_extract.errors import GoldenBroken, InputNotFound, NewsletterExtractError
from newsletter_extract.golden.compare import Difference, Tolerance, compare
from newsletter_extract.machine import usable_cores
from newsletter_extract.reading.source import shown_name
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings

_GOLDEN_FOLDER = "golden"
_ENDINGS = frozenset({".pdf", ".txt", ".hocr", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp"})
"""Of files that are taken for documents where no golden file says so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A golden file and the document it was made from; None where that is gone. A new one is yet to be written."""

    golden: Path
    document: Path | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found. `problem` is a sentence where the document or the golden file could not be read."""

    golden: Path
    status: Literal["same", "drift", "error", "new"]
    differences: tuple[Difference, ...] = ()
    problem: str = ""
    today: str = ""
    """Today's JSON where it drifted or is new: what an update writes."""


def find_pairs(folders: Sequence[Path], *, add: bool = False) -> list[Pair]:
    """Golden files in these folders, or named themselves: NAME.json where NAME is the document.

    The document lies beside its golden file, or, where that is in a folder called `golden`, in the folder above it.
    Other JSON files are passed over. With `add`, documents without a golden file come last, each with a new one.
    Raises InputNotFound where a name does not exist or nothing is found.
    """
    pairs: list[Pair] = []
    for folder in folders:
        if not folder.exists():
            raise InputNotFound(f"{folder}: no such file or folder; name a folder of golden JSON files.")
        files = sorted(folder.rglob("*.json")) if folder.is_dir() else [folder]
        pairs += [pair for path in files if (pair := _pair(path, named=path == folder))]
    if add:
        pairs += [Pair(_new_golden(document), document, is_new=True) for document in without_golden(folders, pairs)]
    if not pairs:
        names = ", ".join(map(str, folders))
        raise InputNotFound(f"{names}: no golden files; make them with `extract check FOLDER --add`.")
    return pairs


def without_golden(folders: Sequence[Path], pairs: Sequence[Pair]) -> list[Path]:
    """Documents below the folders, told by the endings of their names, that none of the pairs has."""
    known = {pair.document for pair in pairs}
    found = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS}
    return sorted(path for path in found - known if path.is_file() and not path.name.startswith("."))


def _new_golden(document: Path) -> Path:
    aside = document.parent / _GOLDEN_FOLDER
    return (aside if aside.is_dir() else document.parent) / f"{document.name}.json"


def _pair(path: Path, named: bool) -> Pair | None:
    places = [path.parent, *([path.parent.parent] if path.parent.name == _GOLDEN_FOLDER else [])]
    document = next((place / path.stem for place in places if (place / path.stem).is_file()), None)
    if document or named or _is_extraction(path):
        return Pair(path, document)
    return None


def _is_extraction(path: Path) -> bool:
    """Whether a JSON file without its document is an extraction: then the document went away, which must be told."""
    try:
        with path.open(encoding="utf-8") as file:
            return '"schema_version"' in file.read(200)
    except (OSError, UnicodeDecodeError):
        return False


def check(
    pairs: Sequence[Pair], settings: Settings, tolerance: Tolerance, jobs: int = 0, limits: Limits | None = None
) -> Iterator[Outcome]:
    """The outcome of each pair in order, `jobs` documents at once (0: as many as there are usable cores).

    Documents are read in processes of their own, under the limits.
    """
    jobs = max(1, min(jobs or usable_cores(), len(pairs)))
    if jobs > 1:  # the documents share the cores already
        settings = settings.model_copy(update={"reading": settings.reading.model_copy(update={"jobs": 1})})
    pool = Pool({"settings": settings.model_dump_json()}, limits or Limits(), jobs)
    try:
        readings = read_each(
            pool, (Task(shown_name(p.document.name), path=str(p.document)) for p in pairs if p.document)
        )
        for pair in pairs:
            yield _outcome(pair, next(readings) if pair.document else None, tolerance)
    finally:
        pool.close()


def _outcome(pair: Pair, reading: Reading | None, tolerance: Tolerance) -> Outcome:
    """What a pair comes to, with its document as it was read today."""
    try:
        golden = None if pair.is_new else read_golden(pair.golden)
        if reading is None:
            raise InputNotFound(f"{pair.golden.stem} is gone; put the document back, or delete its golden file.")
        reading.raise_failure()
    except NewsletterExtractError as error:
        return Outcome(pair.golden, "error", problem=str(error))
    text = reading.body.decode("utf-8")
    if golden is None:
        return Outcome(pair.golden, "new", today=text)
    differences = tuple(compare(golden, Extraction.model_validate_json(text), tolerance))
    return Outcome(pair.golden, "drift", differences, today=text) if differences else Outcome(pair.golden, "same")


def read_golden(path: Path) -> Extraction:
    """The extraction in a JSON file. Raises GoldenBroken where it is none."""
    from pydantic import ValidationError

    try:
        return Extraction.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldenBroken(f"{path} cannot be read ({error.strerror}).") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise GoldenBroken(
            f"{path} is no extraction ({key}: {first['msg']}); make it anew with `extract DOCUMENT --out {path.name}`."
        ) from None
