"""Make the sample bulletins from their specs: PDF, scan, OCR text and the golden JSON of each."""

from __future__ import annotations

import json
from pathlib import Path

from age import age
from newsletter_extract import extract
from newsletter_extract.export.json import to_json
from newsletter_extract.reading import Source, read
from newsletter_extract.settings import ReadingSettings
from typeset import typeset

SAMPLES = Path(__file__).parents[1] / "samples"
FORMS = {"gulf_of_riga_2021q3": "pdf", "gold_coast_2020_03": "scan.pdf", "andes_frontier_2019_10": "ocr.txt"}


def main() -> None:
    for name, form in FORMS.items():
        spec = json.loads((SAMPLES / f"{name}.spec.json").read_text("utf-8"))
        born = SAMPLES / f"{name}.pdf"
        typeset(spec, born)
        if form != "pdf":
            scan = SAMPLES / f"{name}.scan.pdf"
            age(born, scan, "light" if form == "scan.pdf" else "medium")
            born.unlink()
        if form == "ocr.txt":
            text = SAMPLES / f"{name}.ocr.txt"
            if not text.exists():  # a sample of what some OCR once made: it does not change with the engine
                text.write_text(ocr_text(scan), "utf-8")
            scan.unlink()
        path = SAMPLES / f"{name}.{form}"
        (SAMPLES / "golden" / f"{path.name}.json").write_text(to_json(extract(path)), "utf-8")


def ocr_text(scan: Path) -> str:
    """What the OCR engine reads, line by line, a form feed between pages: no layout, no repair."""
    pages = []
    for page in read(Source.from_path(scan), ReadingSettings(ocr="always")).pages:
        lines: list[list[str]] = []
        last = None
        for word in page.words:
            new = last is None or word.bbox.top > last.bbox.bottom or word.bbox.x0 < last.bbox.x0
            if new:
                lines.append([])
            lines[-1].append(word.text)
            last = word
        pages.append("\n".join(" ".join(line) for line in lines))
    return "\f".join(pages) + "\n"


if __name__ == "__main__":
    main()
