"""Words found on worn pages by this program, plain Tesseract, OCRmyPDF and RapidOCR, with time, in one run.

Writes the table between the marks in docs/benchmarks.md. The pages are samples of our own, printed and worn by
scripts/wear.py. `words` is the F1 of words against the spec; time is that of the processor, as a multiple of plain
Tesseract's, whose images are the same pages at 300 dpi. Ours with the second reader is left out where that is missing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageSequence
from results import OURS, ROOT, ask, processor_s, put

from newsletter_extract.errors import NoOcrEngine
from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.reading.ocr.rapid import find_second_engine
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.settings import Settings

sys.path.insert(0, str(ROOT / "scripts"))
from typeset import typeset
from wear import worn

KINDS = ("light", "medium", "heavy", "fax_fine")
NAMES = ("gulf_of_riga_2021q3", "gold_coast_2020_03")
DPI, TESSERACT_DPI = 200, 300
FURNITURE = {"header", "footer", "page_number"}
QUOTES = str.maketrans("‘’“”–—", "''\"\"--")
Texts = dict[Path, str]
"""What was read of each scan."""


def pages(name: str, font: str | None = None) -> tuple[list[Any], str]:
    """A sample's pages in grey, in its own type or another, and its words."""
    spec = json.loads((ROOT / "samples" / f"{name}.spec.json").read_text("utf-8"))
    spec |= {"font": font} if font else {}
    with tempfile.TemporaryDirectory() as folder:
        typeset(spec, Path(folder) / "page.pdf")
        document = pypdfium2.PdfDocument((Path(folder) / "page.pdf").read_bytes())
        greys = [page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document]
    table = spec.get("table") or {"title": "", "columns": [], "rows": []}
    cells = [table["title"], *table["columns"], *(cell for row in table["rows"] for cell in row)]
    return greys, " ".join([spec["title"], spec["subtitle"], *(b["text"] for b in spec["blocks"]), *cells])


def scans(folder: Path) -> dict[str, dict[Path, str]]:
    """A TIFF of each sample worn in each way, with its words, by way."""
    samples = {name: pages(name) for name in NAMES}
    return {
        kind: {scan(greys, kind, folder / f"{name}.{kind}.tif"): words for name, (greys, words) in samples.items()}
        for kind in KINDS
    }


def scan(greys: list[Any], kind: str, path: Path) -> Path:
    leaves = worn(greys, kind, DPI)
    first, *rest = [Image.fromarray(grey) for grey, _ in leaves]
    first.save(path, "TIFF", save_all=True, append_images=rest, dpi=leaves[0][1], compression="tiff_lzw")
    return path


def ours(second_reader: str, repair: str = "safe") -> Callable[[Sequence[Path]], tuple[Texts, float]]:
    settings = Settings.model_validate(
        {"reading": {"jobs": 1, "second_reader": second_reader}, "repair": {"level": repair}}
    )

    def read(path: Path) -> str:
        found = extract(Source.from_path(path), settings)
        return " ".join(b.text for page in found.text for b in page.blocks if b.kind not in FURNITURE)

    return lambda paths: timed(read, paths)


def tesseract(path: Path) -> str:
    engine = find_engine()
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    if engine.data_folder:
        surroundings["TESSDATA_PREFIX"] = engine.data_folder
    texts = []
    with Image.open(path) as picture:
        for page in ImageSequence.Iterator(picture):
            across, down = (TESSERACT_DPI / float(dpi) for dpi in page.info["dpi"])
            image = page.resize((round(page.width * across), round(page.height * down)), Image.Resampling.BICUBIC)
            png = cv2.imencode(".png", np.asarray(image))[1].tobytes()
            command = [engine.program, "stdin", "stdout", "--dpi", str(TESSERACT_DPI)]
            done = subprocess.run(command, input=png, capture_output=True, check=True, env=surroundings)
            texts.append(done.stdout.decode())
    return "\n".join(texts)


def timed(read: Callable[[Path], str], paths: Sequence[Path]) -> tuple[Texts, float]:
    started = processor_s()
    return {path: read(path) for path in paths}, processor_s() - started


def peer(tool: str) -> Callable[[Sequence[Path]], tuple[Texts, float]]:
    def read(paths: Sequence[Path]) -> tuple[Texts, float]:
        answer = ask("peer_text.py", tool, paths)
        return {path: a["text"] for path, a in answer.items()}, sum(a["seconds"] for a in answer.values())

    return read


def f1(truth: str, found: str) -> float:
    joined = re.sub(r"-\n", "", found)
    wanted, given = (Counter(re.findall(r"[\w.,'/-]*\w", text.translate(QUOTES))) for text in (truth, joined))
    return 2 * (wanted & given).total() / (wanted.total() + given.total())


def readers() -> dict[str, Callable[[Sequence[Path]], tuple[Texts, float]]]:
    found = {"plain Tesseract": lambda paths: timed(tesseract, paths), OURS: ours("off")}
    try:
        find_second_engine()
        found["with the second reader"] = ours("on")
    except NoOcrEngine:
        print("RapidOCR is not in this environment: ours is not read with it", file=sys.stderr)
    return {**found, "OCRmyPDF": peer("ocrmypdf"), "RapidOCR": peer("rapidocr")}


def main() -> None:
    lines = [f"| words | {' | '.join(KINDS)} | CPU time |", f"|{'---|' * (len(KINDS) + 2)}"]
    with tempfile.TemporaryDirectory() as folder:
        worn_pages, base = scans(Path(folder)), 0.0
        for name, read in readers().items():
            texts, seconds = read([path for kind in KINDS for path in worn_pages[kind]])
            base = base or seconds
            means = []
            for kind in KINDS:
                scores = [f1(words, texts[path]) for path, words in worn_pages[kind].items()]
                means.append(f"{sum(scores) / len(scores):.3f}")
            lines.append(f"| {name} | {' | '.join(means)} | {seconds / base:.2f} |")
    put("ocr", "\n".join(lines))


if __name__ == "__main__":
    main()
