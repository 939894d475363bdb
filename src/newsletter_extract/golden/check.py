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


@dataclass(frozen=True, slots=True)
class Pair:
    """A golden file and the document it was made from; None where that is gone."""

    golden: Path
    document: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found. `problem` is a sentence where the document or the golden file could not be read."""

    golden: Path
    status: Literal["same", "drift", "error"]
    differences: tuple[Difference, ...] = ()
    problem: str = ""
    today: str = ""
    """Today's JSON where it drifted: what an update writes."""


def find_pairs(folders: Sequence[Path]) -> list[Pair]:
    """Golden files in these folders, or named themselves: NAME.json where NAME is the document.

    The document lies beside its golden file, or, where that is in a folder called `golden`, in the folder above it.
    Other JSON files are passed over. Raises InputNotFound where a name does not exist or no golden file is found.
    """
    pairs: list[Pair] = []
    for folder in folders:
        if not folder.exists():
            raise InputNotFound(f"{folder}: no such file or folder; name a folder of golden JSON files.")
        files = sorted(folder.rglob("*.json")) if folder.is_dir() else [folder]
        pairs += [pair for path in files if (pair := _pair(path, named=path == folder))]
    if not pairs:
        names = ", ".join(map(str, folders))
        raise InputNotFound(f"{names}: no golden files; make one with `extract DOCUMENT --out DOCUMENT.json`.")
    return pairs


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
        golden = read_golden(pair.golden)
        if reading is None:
            raise InputNotFound(f"{pair.golden.stem} is gone; put the document back, or delete its golden file.")
        reading.raise_failure()
    except NewsletterExtractError as error:
        return Outcome(pair.golden, "error", problem=str(error))
    today = Extraction.model_validate_json(reading.body)
    differences = tuple(compare(golden, today, tolerance))
    if not differences:
        return Outcome(pair.golden, "same")
    return Outcome(pair.golden, "drift", differences, today=reading.body.decode("utf-8"))


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
