"""The program `extract`. Heavy imports happen in the commands that need them, so that it starts soon."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from newsletter_extract._version import __version__
from newsletter_extract.cli import batch, cache, export, golden, review, streams
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
from newsletter_extract.errors import ExitCode, NewsletterExtractError, UsageError

_EXAMPLES = """
Examples:

  extract newsletter.pdf                       the facts as JSON on standard output

  extract newsletter.pdf --format table        what was found, for people

  extract a.pdf b.txt scan.tif                 several files: JSON Lines

  cat page.txt | extract -                     standard input

  extract scan.pdf --pages 1-3 --out facts.json

  extract noisy.txt --show-repairs             every repair: before, after, rule

Exit codes: 0 fine, 2 wrong call, 3-10 the input, 11-13 OCR, 14 configuration, 15 output, 16 some of several
files failed, 130 interrupted. A file that is named like a command is given with its folder: extract ./schema
"""


class DefaultGroup(TyperGroup):
    """Runs the command `file` where the first argument names no command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = {*self.commands, "--help", "--version", "--install-completion", "--show-completion"}
        if not args or args[0] not in known:
            args = ["file", *args] if args else ["--help"]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=DefaultGroup,
    no_args_is_help=True,
    epilog=_EXAMPLES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 110},
    help="Read bulletins of police, customs and border bodies and print their facts as JSON.",
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"newsletter-extract {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(name="file", epilog=_EXAMPLES)
def file_command(  # noqa: PLR0917
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="PDF, image, hOCR or text; - for standard input.")
    ],
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
    form: Annotated[str, typer.Option("--format", help="json, jsonl or table.")] = "",
    pages: Pages = "",
    ocr: Ocr = "",
    language: Language = "",
    second_reader: SecondReader = "",
    cache: Cache = "",
    password: Password = "",
    repair: RepairLevel = "",
    config: Config = None,
    timeout: Timeout = LIMITS.timeout_s,
    memory: Memory = LIMITS.memory_mb,
    show_repairs: Annotated[bool, typer.Option("--show-repairs", help="Print the repairs instead of JSON.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell more on standard error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only on standard error.")] = False,
) -> None:
    """Read files and print their facts. This is the default command: `extract newsletter.pdf`."""
    from newsletter_extract.archive.limits import Limits
    from newsletter_extract.cli.run import Request, run

    request = Request(
        files=tuple(files),
        out=out,
        form="repairs" if show_repairs else form,
        overrides=overrides(
            pages=pages,
            ocr=ocr,
            language=language,
            second_reader=second_reader,
            cache=cache,
            password=password,
            repair=repair,
        ),
        config=config,
        verbose=verbose,
        quiet=quiet,
        limits=Limits(timeout, memory),
    )
    raise typer.Exit(int(run(request)))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from newsletter_extract.export.json import schema_json

    sys.stdout.write(schema_json())


@app.command()
def doctor(language: Annotated[str, typer.Option(help="Language that a run would use.")] = "eng") -> None:
    """Tell which OCR engine is used, and how to mend what is missing."""
    from newsletter_extract.cli.doctor import examine

    report = examine(language)
    typer.echo(f"newsletter-extract {__version__}")
    typer.echo(f"OCR engine: {report.engine or 'none'}")
    if report.engine:
        typer.echo(f"program:    {report.program}")
        typer.echo(f"languages:  {', '.join(report.languages)}")
    for advice in report.advice:
        typer.echo(advice)
    if report.advice:
        raise typer.Exit(int(ExitCode.LANGUAGE_MISSING if report.engine else ExitCode.NO_OCR_ENGINE))


batch.register(app)
cache.register(app)
export.register(app)
golden.register(app)
review.register(app)


def main() -> None:
    """Entry point of `extract`: one sentence and an exit code for what a user can mend, never a traceback."""
    if sys.argv[1:] == ["--version"]:
        print(f"newsletter-extract {__version__}")  # noqa: T201
        return
    streams.prepare()
    try:
        try:
            app(prog_name="extract")
        finally:
            sys.stdout.flush()
    except UsageError as error:
        _fail(f"{error} See extract --help.", error.exit_code)
    except NewsletterExtractError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("Interrupted.", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        streams.abandon_output()
        sys.exit(0)
    except OSError as error:
        streams.abandon_output()
        _fail(f"{error.filename or 'Standard output'} cannot be written ({error.strerror}).", ExitCode.OUTPUT)


def _fail(sentence: str, code: ExitCode) -> None:
    sys.stderr.write(f"extract: {sentence}\n")
    sys.exit(int(code))
