"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsletter_extract.archive.limits import LEAST_MEMORY_MB, Limits

LIMITS = Limits()
Timeout = Annotated[
    float,
    typer.Option(min=1, help="Seconds that a document may take, and as long again for each page that is OCRed."),
]
Memory = Annotated[int, typer.Option(min=LEAST_MEMORY_MB, help="Megabytes that the reading of a document may take.")]
Pages = Annotated[str, typer.Option(help="Only these pages, as 1-3,7.")]
Ocr = Annotated[str, typer.Option(help="auto, always or never.")]
Language = Annotated[str, typer.Option(help="Language of the OCR, as eng+deu.")]
SecondReader = Annotated[
    str, typer.Option(help="auto, on or off: a second OCR engine for doubtful lines; auto where it is installed.")
]
Cache = Annotated[str, typer.Option(metavar="DIR", help="Keep OCR results in this folder, and take them from there.")]
Password = Annotated[str, typer.Option(help="Password of encrypted PDFs.")]
RepairLevel = Annotated[str, typer.Option(help="off, safe or full.")]
Config = Annotated[Path | None, typer.Option(help="Settings and data of your own (TOML).")]

Overrides = dict[str, dict[str, str]]
"""Settings by section and name; an empty string leaves a setting as it is."""


def overrides(
    *, pages: str, ocr: str, language: str, second_reader: str, cache: str, password: str, repair: str
) -> Overrides:
    """The options of reading and repair as settings."""
    reading = {"pages": pages, "ocr": ocr, "language": language, "second_reader": second_reader}
    return {"reading": {**reading, "cache": cache, "password": password}, "repair": {"level": repair}}
