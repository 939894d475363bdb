"""Documents run against the golden JSON beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from newsletter_extract.errors import GoldenBroken, InputNotFound, NewsletterExtractError
from newsletter_extract.golden.compare import Difference, Tolerance, compare
from newsletter_extract.machine import usable_cores
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


def check(pairs: Sequence[Pair], settings: Settings, tolerance: Tolerance, jobs: int = 0) -> Iterator[Outcome]:
    """The outcome of each pair in order, `jobs` documents at once (0: as many as there are usable cores)."""
    jobs = min(jobs or usable_cores(), len(pairs))
    work = partial(check_one, settings=settings, tolerance=tolerance)
    if jobs == 1:
        yield from map(work, pairs)
        return
    one_page_at_once = settings.model_copy(update={"reading": settings.reading.model_copy(update={"jobs": 1})})
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(check_one, settings=one_page_at_once, tolerance=tolerance), pairs)


def check_one(pair: Pair, settings: Settings, tolerance: Tolerance) -> Outcome:
    """Extract one document and compare it with its golden file."""
    from newsletter_extract.export.json import to_json
    from newsletter_extract.pipeline import extract
    from newsletter_extract.reading import Source

    try:
        golden = read_golden(pair.golden)
        if pair.document is None:
            raise InputNotFound(f"{pair.golden.stem} is gone; put the document back, or delete its golden file.")
        today = extract(Source.from_path(pair.document), settings)
    except NewsletterExtractError as error:
        return Outcome(pair.golden, "error", problem=str(error))
    differences = tuple(compare(golden, today, tolerance))
    if not differences:
        return Outcome(pair.golden, "same")
    return Outcome(pair.golden, "drift", differences, today=to_json(today))


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
