"""The commands of the store of OCR results: `extract cache info` and `extract cache clear`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that --cache names.")]


def register(app: typer.Typer) -> None:
    cache = typer.Typer(help="Look at or empty a store of OCR results, as --cache makes it.", no_args_is_help=True)
    cache.command()(info)
    cache.command()(clear)
    app.add_typer(cache, name="cache")


def info(folder: _Folder) -> None:
    """Tell how many pages a store holds, and how large they are."""
    _say("holds", folder)


def clear(folder: _Folder) -> None:
    """Remove all results from a store, and nothing else that lies in its folder."""
    _say("held", folder, remove=True)


def _say(verb: str, folder: Path, *, remove: bool = False) -> None:
    from newsletter_extract.errors import InputNotFound
    from newsletter_extract.reading.ocr.cache import OcrCache

    if not folder.is_dir():
        raise InputNotFound(f"{folder}: there is no such folder; --cache makes one.")
    store = OcrCache(folder)
    held = store.clear() if remove else store.info()
    pages = "page" if held.entries == 1 else "pages"
    typer.echo(f"{folder} {verb} {held.entries} {pages}, {held.size_bytes / 1e6:.1f} MB.")
