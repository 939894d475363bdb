"""What `extract FILE…` does: settings put together, files read one after the other, results written."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter_extract.errors import ExitCode, NewsletterExtractError, UsageError
from newsletter_extract.export.json import to_json, to_json_line
from newsletter_extract.export.table import repairs_text, table_text
from newsletter_extract.export.writing import write_aside
from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import Settings, load_settings

_FORMS = {"json": to_json, "jsonl": to_json_line, "table": table_text, "repairs": repairs_text}


@dataclass(frozen=True, slots=True)
class Request:
    """A call of the command line. Empty strings in `overrides` leave a setting as it is."""

    files: tuple[str, ...]
    out: Path | None
    form: str
    overrides: dict[str, dict[str, str]]
    config: Path | None
    verbose: bool
    quiet: bool


def run(request: Request) -> ExitCode:
    """Read all files. A failure among several is told and the others are read; a single one raises its error."""
    settings = _settings(request)
    form = request.form or ("jsonl" if len(request.files) > 1 else "json")
    if form not in _FORMS:
        raise UsageError(f"{form!r} is no format; choose json, jsonl or table.")
    results: list[str] = []
    failed = 0
    for name in request.files:
        try:
            text = _FORMS[form](_read(name, settings, request))
        except NewsletterExtractError as error:
            if len(request.files) == 1:
                raise
            failed += 1
            _say(str(error))
            continue
        if request.out is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            results.append(text)
    if request.out is not None:
        write_aside(request.out, "".join(results))
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _read(name: str, settings: Settings, request: Request) -> Extraction:
    source = Source.from_stream(sys.stdin.buffer) if name == "-" else Source.from_path(name)
    if sys.stderr.isatty() and not request.quiet:
        from rich.console import Console

        with Console(stderr=True).status(f"Reading {source.name}"):
            extraction = extract(source, settings)
    else:
        extraction = extract(source, settings)
    if request.verbose:
        counts = (
            f"{len(extraction.events)} events, {len(extraction.seizures)} seizures, {len(extraction.repairs)} repairs"
        )
        _say(f"{source.name}: {counts}")
        for finding in extraction.findings:
            _say(f"{source.name}: {finding.severity}: {finding.message}")
    return extraction


def _say(sentence: str) -> None:
    sys.stderr.write(f"extract: {sentence}\n")


def _settings(request: Request) -> Settings:
    """Defaults, then the configuration file, then the options. Raises ConfigError or UsageError."""
    base = load_settings(request.config) if request.config else Settings()
    data: dict[str, Any] = base.model_dump()
    for section, values in request.overrides.items():
        for key, value in values.items():
            if value:
                data[section][key] = parse_pages(value) if key == "pages" else value
    from pydantic import ValidationError

    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        option = str(first["loc"][-1]) if first["loc"][-1] != "level" else "repair"
        raise UsageError(f"--{option}: {first['msg']}.") from None


def parse_pages(text: str) -> tuple[tuple[int, int | None], ...]:
    """Page ranges from "1-3,7,9-". Raises UsageError."""
    ranges: list[tuple[int, int | None]] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:(-)\s*(\d+)?)?\s*", part)
        if not match or int(match[1]) < 1 or (match[3] and int(match[3]) < int(match[1])):
            raise UsageError(f"--pages: {part!r} is no range of pages; write 1-3,7.")
        last = int(match[3]) if match[3] else None if match[2] else int(match[1])
        ranges.append((int(match[1]), last))
    return tuple(ranges)
