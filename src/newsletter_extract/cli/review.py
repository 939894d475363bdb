"""The commands of review: `extract review` and `extract apply`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_extract.cli.options import LIMITS, Config, Memory, Timeout
from newsletter_extract.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from newsletter_extract.review.archive import Overview

_REVIEW_EXAMPLES = """
Examples:

  extract review newsletter.pdf                    extract it, and make newsletter.pdf.review/index.html

  extract review newsletter.pdf.json               of an extraction whose document lies beside it

  extract review facts.json --document news.pdf --out review/

  extract review extracted/                        a folder of JSON: an overview, and a page for each document

  extract review newsletter.pdf --single-file --out review.html

  extract review newsletter.pdf --serve            save corrections straight into a file; on this machine only

Open the page in a browser; it needs no network. Corrections that you save there are used with `extract apply`.
"""
_APPLY_EXAMPLES = """
Examples:

  extract apply newsletter.pdf.corrections.json newsletter.pdf.json --out newsletter.pdf.json

  extract apply newsletter.pdf.corrections.json newsletter.pdf.json | less

The result is an extraction as the person left it, with who changed what in `review`. Kept beside its document it is a
golden file: `extract check` tells from then on where the program and the person disagree.
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(name="review", epilog=_REVIEW_EXAMPLES)(review_command)
    app.command(name="apply", epilog=_APPLY_EXAMPLES)(apply_command)


def review_command(  # noqa: PLR0917
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A document, the JSON of one, or a folder of these.")],
    document: Annotated[Path | None, typer.Option(help="The document of a JSON, where it is not beside it.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the page; with --single-file its HTML file.")] = None,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="One HTML file; of a folder the overview.")
    ] = False,
    pictures: Annotated[bool, typer.Option(help="Of a folder: draw the pages of documents.")] = True,
    jobs: Annotated[int, typer.Option(help="Of a folder: documents at once; 0 for the number of cores.", min=0)] = 0,
    serve: Annotated[bool, typer.Option("--serve", help="Serve the pages here and save corrections to files.")] = False,
    port: Annotated[int, typer.Option(help="Port of --serve; 0 for a free one.", min=0, max=65535)] = 0,
    config: Config = None,
    timeout: Timeout = LIMITS.timeout_s,
    memory: Memory = LIMITS.memory_mb,
) -> None:
    """Make a page on which each fact is seen where it stands, and can be corrected."""
    from newsletter_extract.archive.limits import Limits
    from newsletter_extract.review.making import find_job, write_page
    from newsletter_extract.settings import Settings, load_settings

    if target.is_dir():
        if serve and single_file:
            raise UsageError("--serve shows the pages of all documents, which --single-file leaves out; choose one.")
        made = _review_folder(target, out, single_file=single_file, pictures=pictures, jobs=jobs)
        if serve:
            from newsletter_extract.review.serve import Archive
            from newsletter_extract.review.serve import serve as run_server

            run_server(Archive(made), port, "NAME.corrections.json beside each JSON")
        elif made.problems:
            raise typer.Exit(int(ExitCode.SOME_FAILED))
        return
    settings = load_settings(config) if config else Settings()
    job = find_job(target, document, settings, Limits(timeout, memory))
    if job.warning:
        sys.stderr.write(f"extract: {job.warning}\n")
    if serve:
        from newsletter_extract.review.serve import OnePage
        from newsletter_extract.review.serve import serve as run_server

        run_server(OnePage(job), port, str(job.corrections))
        return
    path = write_page(job, out, single_file=single_file)
    sys.stderr.write(f"extract: open {path} in a browser.\n")


def _review_folder(folder: Path, out: Path | None, *, single_file: bool, pictures: bool, jobs: int) -> Overview:
    from newsletter_extract.review.archive import write_archive

    made = write_archive(folder, out, single_file=single_file, pictures=pictures, jobs=jobs)
    for problem in made.problems:
        sys.stderr.write(f"extract: {problem}\n")
    shown = "1 document" if made.documents == 1 else f"{made.documents} documents"
    sys.stderr.write(f"extract: open {made.html} in a browser; it shows {shown}.\n")
    return made


def apply_command(
    corrections: Annotated[Path, typer.Argument(metavar="CORRECTIONS", help="File saved from the review page.")],
    extraction: Annotated[Path, typer.Argument(metavar="JSON", help="The extraction that was reviewed.")],
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
) -> None:
    """Apply the corrections of a review to the extraction they were made on."""
    from newsletter_extract.export.json import to_json
    from newsletter_extract.export.writing import write_aside
    from newsletter_extract.golden.check import read_golden
    from newsletter_extract.review.corrections import apply, load_corrections

    text = to_json(apply(read_golden(extraction), load_corrections(corrections)))
    if out is None:
        sys.stdout.write(text)
    else:
        write_aside(out, text)
