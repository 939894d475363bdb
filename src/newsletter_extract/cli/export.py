"""`extract export`: the results of a batch as tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

_EXAMPLES = """
Examples:

  extract export extracted --to csv                    extracted/export/csv/events.csv, seizures.csv …

  extract export extracted --to parquet --out tables   typed, for pandas, polars, R and DuckDB

  extract export extracted --to duckdb                 one database: extracted/export/bulletins.duckdb

  extract export extracted --to sqlite

  extract export extracted --to geojson                events and seizures on the map

The columns are told in docs/reference/tables.md. Parquet and DuckDB need pip install 'newsletter-extract[tables]'.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="export", epilog=_EXAMPLES)(export_command)


def export_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a batch.")],
    to: Annotated[str, typer.Option(help="csv, parquet, sqlite, duckdb, geojson or jsonl.")],
    target: Annotated[
        Path | None, typer.Option("--out", help="Where to; by default a place in OUT/export.", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only on standard error.")] = False,
) -> None:
    """Make tables of all results of a batch: one a kind of fact, joined by document."""
    from newsletter_extract.archive.record import Reading, errors_told
    from newsletter_extract.errors import ExitCode, UsageError
    from newsletter_extract.export.archive import FORMS, export

    if to not in FORMS:
        raise UsageError(f"{to!r} is no format; choose {', '.join(FORMS)}.")
    form = FORMS[to]
    target = target or out / "export" / form.name
    count = failed = 0
    with Reading(out) as manifest, errors_told(out):
        for _path, trouble in export((document.result for document in manifest.documents()), form, target):
            count += trouble is None
            failed += trouble is not None
            if trouble:
                sys.stderr.write(f"extract: {trouble}\n")
    if not quiet:
        sys.stderr.write(f"{count} documents in {target}\n")
    raise typer.Exit(int(ExitCode.SOME_FAILED if failed else ExitCode.OK))
