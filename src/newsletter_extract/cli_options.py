"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

from newsletter_extract.archive.limits import LEAST_MEMORY_MB, Limits

LIMITS = Limits()
Timeout = Annotated[
    float,
    typer.Option(min=1, help="Seconds that a document may take, and as long again for each page that is OCRed."),
]
SecondReader = Annotated[
    str, typer.Option(help="auto, on or off: a second OCR engine for doubtful lines; auto where it is installed.")
]
Cache = Annotated[str, typer.Option(metavar="DIR", help="Keep OCR results in this folder, and take them from there.")]
Memory = Annotated[int, typer.Option(min=LEAST_MEMORY_MB, help="Megabytes that the reading of a document may take.")]
