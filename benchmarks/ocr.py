"""Words found on worn pages by plain Tesseract, plain RapidOCR and this program, with time, in one run.

`--write` puts the table between the marks in docs/benchmarks.md. The pages are samples of our own, printed and worn by
scripts/wear.py. `words` is the F1 of words against the spec; time is user CPU time of the process and its children, as
a multiple of plain Tesseract's, whose images are the same pages at 300 dpi. RapidOCR is left out where it is missing.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pypdfium2
from PIL import Image

from newsletter_extract.errors import NoOcrEngine
from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.reading.ocr.engine import Request
from newsletter_extract.reading.ocr.rapid import find_second_engine
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.settings import Settings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from typeset import typeset  # noqa: E402
from wear import worn  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- ocr -->", "<!-- /ocr -->"
KINDS = ("light", "medium", "heavy", "fax_fine")
NAMES = ("gulf_of_riga_2021q3", "gold_coast_2020_03")
DPI = 200
FURNITURE = {"header", "footer", "page_number"}


def pages(name: str) -> tuple[list[Any], str]:
    """A sample's pages in grey and its words."""
    spec = json.loads((ROOT / "samples" / f"{name}.spec.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        typeset(spec, Path(folder) / "page.pdf")
        document = pypdfium2.PdfDocument((Path(folder) / "page.pdf").read_bytes())
        greys = [page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document]
    table = spec.get("table") or {"title": "", "columns": [], "rows": []}
    cells = [table["title"], *table["columns"], *(cell for row in table["rows"] for cell in row)]
    return greys, " ".join([spec["title"], spec["subtitle"], *(b["text"] for b in spec["blocks"]), *cells])


def plain_tesseract(greys: list[Any]) -> str:
    engine = find_engine()
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    if engine.data_folder:
        surroundings["TESSDATA_PREFIX"] = engine.data_folder
    texts = []
    for grey in greys:
        larger = cv2.resize(grey, None, fx=300 / DPI, fy=300 / DPI, interpolation=cv2.INTER_CUBIC)
        png = cv2.imencode(".png", larger)[1].tobytes()
        command = [engine.program, "stdin", "stdout", "--dpi", "300"]
        texts.append(
            subprocess.run(command, input=png, capture_output=True, check=True, env=surroundings).stdout.decode()
        )
    return re.sub(r"-\n", "", "\n".join(texts))


def plain_rapid(greys: list[Any]) -> str:
    found = find_second_engine().read(greys, Request(DPI, "eng", "page", 600.0))
    return " ".join(word.text for words in found for word in words)


def ours(second_reader: str) -> Callable[[list[Any]], str]:
    settings = Settings.model_validate({"reading": {"jobs": 1, "second_reader": second_reader}})

    def read(greys: list[Any]) -> str:
        target = io.BytesIO()
        first, *rest = [Image.fromarray(grey) for grey in greys]
        first.save(target, "TIFF", save_all=True, append_images=rest, dpi=(DPI, DPI))
        found = extract(Source("scan.tif", target.getvalue()), settings)
        return " ".join(b.text for page in found.text for b in page.blocks if b.kind not in FURNITURE)

    return read


def f1(truth: str, found: str) -> float:
    wanted, given = (Counter(re.findall(r"[\w.,'/-]*\w", text.translate(QUOTES))) for text in (truth, found))
    return 2 * (wanted & given).total() / (wanted.total() + given.total())


QUOTES = str.maketrans("‘’“”–—", "''\"\"--")


def cpu() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    readers = {"plain Tesseract": plain_tesseract, "newsletter-extract": ours("off")}
    try:
        find_second_engine()
        readers |= {"plain RapidOCR": plain_rapid, "with the second reader": ours("on")}
    except NoOcrEngine:
        print("RapidOCR is not installed and left out", file=sys.stderr)
    samples = [pages(name) for name in NAMES]
    rows, base = [], 0.0
    for name, read in readers.items():
        started, figures = cpu(), []
        for kind in KINDS:
            scores = [f1(truth, read([grey for grey, _ in worn(greys, kind, DPI)])) for greys, truth in samples]
            figures.append(sum(scores) / len(scores))
        seconds = cpu() - started
        base = base or seconds
        rows.append(f"| {name} | " + " | ".join(f"{v:.3f}" for v in figures) + f" | {seconds / base:.2f} |")
        print(rows[-1], file=sys.stderr, flush=True)
    head = f"| words | {' | '.join(KINDS)} | CPU time |\n|{'---|' * (len(KINDS) + 2)}\n"
    if "--write" not in sys.argv[1:]:
        return
    text = REPORT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    REPORT.write_text(f"{before}{BEGIN}\n\n{head}" + "\n".join(rows) + f"\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
