"""Words, reading order and time of born-digital pages, beside other readers of PDFs, on the same files in one run.

Writes the table between the marks in docs/benchmarks.md. Figures are shares of the true words: `words` those that were
found, `order` those in the longest common run in the right order; words broken at a line end are put together for all.
Time is the least processor time of two readings in one process, as a multiple of ours. Each design is also measured
as a file that holds the same words at the same places, written row by row across the columns, as many producers do; not
those in other scripts than Latin, which the fonts that every PDF reader has cannot write. Designs that were drawn after
the code was done, as their docstrings or their file in scripts/ say, are a group of their own.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas
from results import CORPUS, OURS, ROOT, ask, processor_s, put

from newsletter_extract import layout, reading
from newsletter_extract.layout.lines import rows_of
from newsletter_extract.reading import Source
from newsletter_extract.settings import ReadingSettings

sys.path.insert(0, str(ROOT / "scripts"))
import more_designs  # noqa: F401 - adds its designs to the others
from late_designs import DESIGNS
from scoring import common_words

RUNS = 2
Figures = tuple[float, float, float]
"""Words, order, seconds."""


def is_late(name: str) -> bool:
    """Whether a design was drawn after the code was done."""
    draw = DESIGNS[name]
    return draw.__module__ == "late_designs" or (draw.__doc__ or "").startswith("Drawn")


def files(folder: Path) -> dict[str, list[tuple[Path, Path]]]:
    """PDFs and their texts in reading order, by group; the copies by rows are written into the folder."""
    paths = sorted((ROOT / "tests/layout/designs").glob("*.pdf"))
    pairs = [(path, path.with_suffix(".truth.txt")) for path in paths]
    late = [pair for pair in pairs if is_late(pair[0].stem)]
    groups = {
        "designs": [pair for pair in pairs if pair not in late],
        "late designs": late,
        "designs, by rows": [(by_rows(path, folder), truth) for path, truth in pairs if _is_latin(truth)],
    }
    for truth in sorted(CORPUS.glob("*.truth.txt")):
        stem = truth.name.removesuffix(".truth.txt")
        for form in ("pdf", "rows.pdf"):
            if (path := truth.with_name(f"{stem}.{form}")).exists():
                groups[path.name] = [(path, truth)]
    return groups


def _is_latin(truth: Path) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in truth.read_text(encoding="utf-8"))


def by_rows(path: Path, folder: Path) -> Path:
    """A copy of the PDF with its words written row by row, each at its place."""
    document = reading.read(Source.from_path(path), ReadingSettings(ocr="never"))
    target = folder / f"{path.stem}.rows.pdf"
    canvas = Canvas(str(target))
    for page in document.pages:
        canvas.setPageSize((page.width_pt, page.height_pt))
        for word in (word for row in rows_of(page.words) for word in sorted(row, key=lambda w: w.bbox.x0)):
            text = canvas.beginText()
            content, size = word.text.replace("\u2010", "-"), word.size_pt or word.bbox.height
            font = "Helvetica-Bold" if word.bold else "Helvetica"
            text.setFont(font, size)
            text.setHorizScale(100 * word.bbox.width / canvas.stringWidth(content, font, size))
            text.setTextOrigin(word.bbox.x0, page.height_pt - word.bbox.bottom + 0.2 * word.bbox.height)
            text.textOut(content)
            canvas.drawText(text)
        for rule in page.rules:
            x0, top, x1, bottom = rule.bbox
            canvas.rect(x0, page.height_pt - bottom, x1 - x0, bottom - top, stroke=int(rule.filled), fill=0)
        canvas.showPage()
    canvas.save()
    return target


def ours(path: Path) -> tuple[str, float]:
    best, text = float("inf"), ""
    for _ in range(RUNS):
        start = processor_s()
        document = layout.arrange(reading.read(Source.from_path(path), ReadingSettings(ocr="never")))
        best = min(best, processor_s() - start)
        text = "\n".join(re.sub(r"[-\u2010] ", "", block.text) for block in document.body())
    return text, best


def figures(truth: str, text: str, seconds: float) -> Figures:
    wanted, given = truth.split(), re.sub(r"[-\u2010]\s*\n\s*", "", text).split()
    found = sum((Counter(wanted) & Counter(given)).values())
    return found / len(wanted), common_words(wanted, given) / len(wanted), seconds


def measure(groups: dict[str, list[tuple[Path, Path]]]) -> dict[str, dict[str, list[Figures]]]:
    """Figures of each tool for the files of each group."""
    truths = {path: truth.read_text(encoding="utf-8") for pairs in groups.values() for path, truth in pairs}
    told = {OURS: {path: ours(path) for path in truths}}
    for tool in ("pdfplumber", "pdfium", "pdftotext", "kreuzberg", "pdf_oxide", "markitdown"):
        told[tool] = {path: (a["text"], a["seconds"]) for path, a in ask("peer_text.py", tool, list(truths)).items()}
    return {
        tool: {group: [figures(truths[path], *texts[path]) for path, _ in pairs] for group, pairs in groups.items()}
        for tool, texts in told.items()
    }


def table(result: dict[str, dict[str, list[Figures]]]) -> str:
    """Markdown: mean order and words of each group by tool, and the time of all."""
    tools = list(result)
    lines = [f"| | {' | '.join(tools)} |", "|---|" + "---|" * len(tools)]
    for row, label in ((1, "order"), (0, "words")):
        for group in result[OURS]:
            means = [sum(f[row] for f in result[tool][group]) / len(result[tool][group]) for tool in tools]
            lines.append(f"| {label}: {group} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    worst = [min(f[1] for group in result[tool].values() for f in group) for tool in tools]
    lines.append("| worst order of a file | " + " | ".join(f"{value:.3f}" for value in worst) + " |")
    born = [group for group in result[OURS] if group.endswith(".pdf") and not group.endswith(".rows.pdf")]
    for label, groups in (("time, times ours", list(result[OURS])), ("time of the dev PDFs, times ours", born)):
        seconds = [sum(f[2] for group in groups for f in result[tool][group]) for tool in tools]
        if seconds[0]:
            lines.append(f"| {label} | " + " | ".join(f"{value / seconds[0]:.2f}" for value in seconds) + " |")
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = table(measure(files(Path(folder))))
    put("layout", text)


if __name__ == "__main__":
    main()
