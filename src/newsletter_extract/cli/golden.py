"""The commands of regression: `extract check` and `extract diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_extract.cli.options import LIMITS, Config, Memory, Timeout
from newsletter_extract.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from newsletter_extract.golden.check import Outcome
    from newsletter_extract.golden.compare import Tolerance
    from newsletter_extract.golden.report import Form

_CHECK_EXAMPLES = """
Examples:

  extract check golden/                              every golden file in the folder, exit 1 on drift

  extract check golden/ --update                     show the drift, then write today's output

  extract check bulletins/ --add                     make golden files for documents that have none

  extract check golden/ --ignore-geometry --confidence-step 0.05

  extract check golden/ --format github              annotations in a GitHub workflow

A golden file is what --add or `extract DOCUMENT --out DOCUMENT.json` wrote. Its document lies beside it, or, where
it is in a folder called golden, in the folder above. Exit codes: 0 the same, 1 drift, 16 some documents or golden
files failed.
"""
_DIFF_EXAMPLES = """
Examples:

  extract diff before.json after.json                two extractions of one document

  extract diff run-1/ run-2/                         two runs of an archive, summed up by fact and field

  extract diff run-1/ run-2/ --details               each difference too

  extract diff run-1/ run-2/ --only event,seizure

Exit codes: 0 the same, 1 they differ, 16 some files are missing or no extraction.
"""

_Step = Annotated[float, typer.Option(help="Ignore changes of a confidence up to this.", min=0.0, max=1.0)]
_Geometry = Annotated[bool, typer.Option("--ignore-geometry", help="A fact that only stands elsewhere is the same.")]
_Only = Annotated[str, typer.Option(help="Kinds of facts to compare, as event,seizure,date.")]
_Format = Annotated[str, typer.Option("--format", help="text, json, junit or github.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(name="check", epilog=_CHECK_EXAMPLES)(check_command)
    app.command(name="diff", epilog=_DIFF_EXAMPLES)(diff_command)


def check_command(  # noqa: PLR0917
    folders: Annotated[list[Path], typer.Argument(metavar="DIR…", help="Folders of golden files, or such files.")],
    update: Annotated[bool, typer.Option("--update", help="Show the drift, then write today's output.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Make golden files for documents that have none.")] = False,
    ignore_geometry: _Geometry = False,
    confidence_step: _Step = 0.0,
    only: _Only = "",
    form: _Format = "text",
    jobs: Annotated[int, typer.Option(help="Documents at once; 0 for the number of cores.", min=0)] = 0,
    config: Config = None,
    timeout: Timeout = LIMITS.timeout_s,
    memory: Memory = LIMITS.memory_mb,
) -> None:
    """Extract documents anew and compare with their golden JSON, fact by fact."""
    from newsletter_extract.archive.limits import Limits
    from newsletter_extract.export.writing import write_aside
    from newsletter_extract.golden.check import check, find_pairs, without_golden
    from newsletter_extract.golden.report import report
    from newsletter_extract.settings import Settings, load_settings

    tolerance, chosen = _tolerance(ignore_geometry, confidence_step, only), _form(form)
    settings = load_settings(config) if config else Settings()
    pairs = find_pairs(folders, add=add)
    outcomes = list(check(pairs, settings, tolerance, jobs, Limits(timeout, memory)))
    sys.stdout.write(report(outcomes, chosen))
    if missing := without_golden(folders, pairs):
        sys.stderr.write(f"extract: {_named(missing)} no golden file; make one with --add, and read it.\n")
    accepted = {"new", "drift"} if update else {"new"}
    written = [o for o in outcomes if o.status in accepted]
    for outcome in written:
        write_aside(outcome.golden, outcome.today)
    if update or add:
        sys.stderr.write(f"extract: {len(written)} golden {'file' if len(written) == 1 else 'files'} written.\n")
    raise typer.Exit(int(_exit_code([o for o in outcomes if o.status not in accepted])))


def diff_command(
    first: Annotated[Path, typer.Argument(metavar="BEFORE", help="A JSON file, or a folder of them.")],
    second: Annotated[Path, typer.Argument(metavar="AFTER", help="The same of another run.")],
    details: Annotated[bool, typer.Option("--details", help="Show each difference of every document.")] = False,
    ignore_geometry: _Geometry = False,
    confidence_step: _Step = 0.0,
    only: _Only = "",
    form: _Format = "text",
) -> None:
    """Compare two extractions, or two runs of an archive, and sum up what differs."""
    from newsletter_extract.golden.report import report, summary, sums_table
    from newsletter_extract.golden.runs import compare_runs

    tolerance, chosen = _tolerance(ignore_geometry, confidence_step, only), _form(form)
    outcomes = list(compare_runs(first, second, tolerance))
    if chosen != "text" or details or first.is_file():
        sys.stdout.write(report(outcomes, chosen))
    else:
        problems = "".join(f"{o.problem}\n" for o in outcomes if o.problem)
        sys.stdout.write(problems + sums_table(outcomes) + summary(outcomes) + "\n")
    raise typer.Exit(int(_exit_code(outcomes)))


def _tolerance(ignore_geometry: bool, confidence_step: float, only: str) -> Tolerance:
    from newsletter_extract.golden.compare import Tolerance
    from newsletter_extract.golden.facts import KINDS

    kinds = frozenset(part.strip() for part in only.split(",") if part.strip()) or frozenset(KINDS)
    if unknown := sorted(kinds - set(KINDS)):
        raise UsageError(f"--only: {unknown[0]!r} is no kind of fact; choose from {', '.join(KINDS)}.")
    return Tolerance(confidence_step, geometry=not ignore_geometry, kinds=kinds)


def _form(form: str) -> Form:
    from newsletter_extract.golden.report import FORMS

    chosen = next((f for f in FORMS if f == form), None)
    if chosen is None:
        raise UsageError(f"{form!r} is no format; choose {', '.join(FORMS)}.")
    return chosen


def _named(paths: Sequence[Path]) -> str:
    return f"{paths[0]} has" if len(paths) == 1 else f"{len(paths)} documents, as {paths[0]}, have"


def _exit_code(outcomes: Sequence[Outcome]) -> ExitCode:
    """Errors come before drift: who reads only the code must not take a failure for a mere change."""
    found = {o.status for o in outcomes}
    return ExitCode.SOME_FAILED if "error" in found else ExitCode.DRIFT if "drift" in found else ExitCode.OK
