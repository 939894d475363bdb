"""What `extract FILE…` does: settings put together, files read one after the other, results written.

The reading itself happens in a process of its own, since a document is hostile until it has been read.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.pool import Pool, read_one
from newsletter_extract.archive.readers import Task
from newsletter_extract.cli.options import Overrides
from newsletter_extract.errors import ConfigError, ExitCode, NewsletterExtractError, UsageError

_FORMS = ("json", "jsonl", "table", "repairs")


@dataclass(frozen=True, slots=True)
class Request:
    """A call of the command line."""

    files: tuple[str, ...]
    out: Path | None
    form: str
    overrides: Overrides
    config: Path | None
    verbose: bool
    quiet: bool
    limits: Limits = field(default_factory=Limits)


def run(request: Request) -> ExitCode:
    """Read all files. A failure among several is told and the others are read; a single one raises its error."""
    form = request.form or ("jsonl" if len(request.files) > 1 else "json")
    if form not in _FORMS:
        raise UsageError(f"{form!r} is no format; choose json, jsonl or table.")
    settings = {"config": str(request.config or ""), "overrides": request.overrides}
    pool = Pool(settings, request.limits, jobs=1)
    pool.warm_up()  # before all else, for it loads its libraries while the file is read here
    try:
        return _run(request, form, pool)
    finally:
        pool.close()


def _run(request: Request, form: str, pool: Pool) -> ExitCode:
    results: list[str] = []
    failed = 0
    for name in request.files:
        try:
            text = _read(name, form, request, pool)
        except (UsageError, ConfigError):
            raise
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
        from newsletter_extract.export.writing import write_aside

        write_aside(request.out, "".join(results))
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _read(name: str, form: str, request: Request, pool: Pool) -> str:
    """The document in the form that is asked for."""
    from newsletter_extract.reading import Source

    source = Source.from_stream(sys.stdin.buffer) if name == "-" else Source.from_path(name)
    task = Task(source.name, data=source.data, form="json" if form == "json" else "jsonl")
    with _status(f"Reading {source.name}", request):
        outcome = read_one(pool, task)
    outcome.raise_failure()
    if request.verbose:
        account = outcome.account
        counts = f"{account['events']} events, {account['seizures']} seizures, {account['repairs']} repairs"
        _say(f"{source.name}: {counts}")
        for severity, message in account["messages"]:
            _say(f"{source.name}: {severity}: {message}")
    text = outcome.body.decode("utf-8")
    return text if form in {"json", "jsonl"} else _for_people(text, form)


def _status(sentence: str, request: Request) -> Any:
    if not sys.stderr.isatty() or request.quiet:
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(sentence)


def _for_people(text: str, form: str) -> str:
    from newsletter_extract.export.table import repairs_text, table_text
    from newsletter_extract.schema import Extraction

    extraction = Extraction.model_validate_json(text)
    return table_text(extraction) if form == "table" else repairs_text(extraction)


def _say(sentence: str) -> None:
    sys.stderr.write(f"extract: {sentence}\n")
