"""`extract batch`: the options, and how a batch is watched and reported."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsletter_extract.cli.options import (
    LIMITS,
    Cache,
    Config,
    Language,
    Memory,
    Ocr,
    Pages,
    Password,
    RepairLevel,
    SecondReader,
    Timeout,
    overrides,
)

if TYPE_CHECKING:
    from newsletter_extract.archive.batch import Batch, Plan
    from newsletter_extract.errors import ExitCode

_EXAMPLES = """
Examples:

  extract batch archive/ --out extracted                    all bulletins in a folder, its folders, zips and tars

  extract batch archive/ --out extracted                    the same again: goes on where it was, redoes what changed

  extract batch archive/ --out extracted --retry-failed     and tries again what failed

  extract batch '2021/**/*.pdf' more.zip --out extracted    patterns, single files, archives

  find . -name '*.pdf' -print0 | extract batch --list - --out extracted

  extract batch s3://bucket/bulletins --out extracted       remote stores (extra: remote)

  extract batch inbox/ --out extracted --watch              goes on as files arrive, until Ctrl-C

  extract batch --status extracted                          what is done, failed and in work

Results are in OUT/documents, the record of all inputs in OUT/manifest.sqlite; extract export makes tables of them.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=_EXAMPLES)(batch)


def batch(  # noqa: PLR0917
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT…]", help="Folders, files, patterns, zip or tar files, URLs.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the results and their manifest.")] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", help="A file that lists inputs, by line or NUL; - for stdin."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Documents read at once; 0 for every core.")] = 0,
    timeout: Timeout = LIMITS.timeout_s,
    memory: Memory = LIMITS.memory_mb,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read again what failed before.")] = False,
    rehash: Annotated[
        bool, typer.Option("--rehash", help="Read all inputs for changes, also where size and times are the same.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on as files arrive, until Ctrl-C.")] = False,
    interval: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks of --watch.")] = 5.0,
    scheduler: Annotated[str, typer.Option(help="Address of a dask scheduler that has the work done.")] = "",
    status: Annotated[Path | None, typer.Option(metavar="OUT", help="Show what is done there, and do nothing.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --status: as JSON.")] = False,
    log: Annotated[Path | None, typer.Option(help="Append what happens here, as JSON Lines.")] = None,
    pages: Pages = "",
    ocr: Ocr = "",
    language: Language = "",
    second_reader: SecondReader = "",
    cache: Cache = "",
    password: Password = "",
    repair: RepairLevel = "",
    config: Config = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Read whole archives of bulletins, several at once; stop it and run it again at any time."""
    from newsletter_extract.archive.batch import Plan
    from newsletter_extract.archive.limits import Limits
    from newsletter_extract.errors import UsageError
    from newsletter_extract.machine import usable_cores
    from newsletter_extract.settings import settings_of

    if status is not None:
        _show_status(status, as_json)
        return
    if out is None or not (inputs or lists):
        raise UsageError("A batch needs inputs and a folder for results: extract batch INPUT… --out OUT.")
    changed = overrides(
        pages=pages,
        ocr=ocr,
        language=language,
        second_reader=second_reader,
        cache=cache,
        password=password,
        repair=repair,
    )
    plan = Plan(
        inputs=tuple(inputs or ()),
        lists=tuple(lists or ()),
        out=out,
        settings=settings_of(config, changed),
        limits=Limits(timeout, memory),
        jobs=jobs or usable_cores(),
        retry_failed=retry_failed,
        rehash=rehash,
        scheduler=scheduler,
        resting_s=interval if watch else 0.0,
    )
    raise typer.Exit(int(_run(plan, watch_every_s=interval if watch else None, log=log, quiet=quiet)))


def _run(plan: Plan, *, watch_every_s: float | None, log: Path | None, quiet: bool) -> ExitCode:
    from newsletter_extract.archive.batch import Batch
    from newsletter_extract.archive.observers import Bar, Log, Sentences, Several
    from newsletter_extract.archive.report import SHOWN_FAILURES, report, report_text

    lines = Log(log) if log else None
    observer = Several(*([lines] if lines else []))
    work = Batch(plan, observer)
    try:
        with ExitStack() as stack:
            if sys.stderr.isatty() and not quiet:
                bar = stack.enter_context(Bar())
                bar.count(work.count_inputs)
                observer.watch(bar)
            elif not quiet:
                observer.watch(Sentences())
            if watch_every_s is None:
                work.one_pass()
            else:
                _watch(work, watch_every_s)
    finally:
        work.close()
        summary = report(plan.out, most_failures=SHOWN_FAILURES)
        if lines:
            lines.summary(summary)
        if not quiet:
            sys.stderr.write(report_text(summary))
    return _exit_code(summary)


def _watch(work: Batch, every_s: float) -> None:
    from newsletter_extract.archive.watching import changes

    for _ in changes(work.fingerprint, every_s):
        work.one_pass()


def _exit_code(summary: dict[str, Any]) -> ExitCode:
    from newsletter_extract.errors import ExitCode

    failed = summary["statuses"].get("failed") or summary["archives"].get("failed")
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _show_status(out: Path, as_json: bool) -> None:
    from newsletter_extract.archive.report import report, status_text

    summary = report(out)
    sys.stdout.write(json.dumps(summary, indent=2, ensure_ascii=False) + "\n" if as_json else status_text(summary))
