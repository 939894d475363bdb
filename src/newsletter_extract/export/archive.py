"""All results of a batch in one go, in the form that a tool takes; a document at a time is in memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsletter_extract.errors import OutputError
from newsletter_extract.export.geojson import GeoJsonFile, features
from newsletter_extract.export.rows import Facts, Row
from newsletter_extract.export.sinks import (
    CsvSink,
    DuckDbSink,
    JsonLinesSink,
    ParquetSink,
    SqliteSink,
    write_errors,
)
from newsletter_extract.export.tables import TABLES, Table
from newsletter_extract.export.writing import folder_aside


def export(results: Iterable[Path], form: Form, target: Path) -> Iterator[tuple[Path, str | None]]:
    """Write all results to `target` and yield each, with a sentence where it could not be used.

    Nothing is seen of it before it is whole; what was there is replaced. Raises OutputError.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = folder_aside(target.parent, ".export-")
    except OSError as error:
        raise _refused(target, error) from None
    try:
        made = aside / "made"
        if form.is_folder:
            made.mkdir()
        yield from _fill(form, form.sink(made), results)
        _replace(made, target)
    except write_errors() as error:
        raise _refused(target, error) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fill(form: Form, sink: Any, results: Iterable[Path]) -> Iterator[tuple[Path, str | None]]:
    for path in results:
        try:
            facts: Facts = json.loads(path.read_bytes(), parse_float=Decimal)
            made = form.made_of(facts)
        except (OSError, ValueError, KeyError, TypeError) as error:
            yield path, f"{path} is missing or no extraction ({type(error).__name__}); run the batch again."
            continue
        for part in made:
            sink.add(*part)
        yield path, None
    sink.close()


def _rows(facts: Facts) -> list[tuple[Table, list[Row]]]:
    """All of a document's rows by table."""
    document = facts["source"]["sha256"]
    return [(table, [(document, *row) for row in table.rows(facts)]) for table in TABLES]


def _features(facts: Facts) -> list[tuple[dict[str, Any]]]:
    return [(feature,) for feature in features(facts)]


@dataclass(frozen=True, slots=True)
class Form:
    """A format: a file, or a folder with a file a table."""

    name: str
    is_folder: bool
    sink: Callable[[Path], Any]
    made_of: Callable[[Facts], list[Any]] = _rows
    """What a document gives: all of it before the first is written, so that none of a broken one is."""


FORMS = {
    "csv": Form("csv", True, CsvSink),
    "jsonl": Form("jsonl", True, JsonLinesSink),
    "parquet": Form("parquet", True, ParquetSink),
    "sqlite": Form("bulletins.sqlite", False, SqliteSink),
    "duckdb": Form("bulletins.duckdb", False, DuckDbSink),
    "geojson": Form("bulletins.geojson", False, GeoJsonFile, _features),
}


def _replace(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
    elif made.is_dir():
        if not target.is_dir():
            raise OutputError(f"{target} is a file; name a folder with --out.")
        for path in made.iterdir():
            path.replace(target / path.name)
    elif target.is_dir():
        raise OutputError(f"{target} is a folder; name a file with --out.")
    else:
        made.replace(target)


def _refused(target: Path, error: Exception) -> OutputError:
    cause = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return OutputError(f"{target} cannot be written ({cause}); choose another place with --out.")
