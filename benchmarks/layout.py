"""Words, reading order and time of born-digital pages, beside other readers of PDFs, on the same files in one run.

Writes the table between the marks in docs/benchmarks.md. Figures are shares of the true words: `words` of those found at
all, `order` of those in the longest common run in the right order; words broken at a line end are put together for all.
Time is the least of three readings in one process, as a multiple of ours.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from newsletter_extract import layout, reading
from newsletter_extract.reading import Source
from newsletter_extract.settings import ReadingSettings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from scoring import common_words  # noqa: E402

PEERS = ROOT / ".venv-peers" / "bin" / "python"
REPORT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- layout -->", "<!-- /layout -->"
OURS = "newsletter-extract"
RUNS = 3
Figures = tuple[float, float, float]
"""Words, order, seconds."""


def files() -> list[tuple[Path, Path]]:
    """PDFs and their texts in reading order: our designs, and the development corpus where it lies beside the project."""
    found = [(path, path.with_suffix(".truth.txt")) for path in sorted((ROOT / "tests/layout/designs").glob("*.pdf"))]
    corpus = ROOT.parent / "shared" / "corpus" / "dev"
    for truth in sorted(corpus.glob("*.truth.txt")):
        stem = truth.name.removesuffix(".truth.txt")
        found += [(path, truth) for form in ("pdf", "rows.pdf") if (path := corpus / f"{stem}.{form}").exists()]
    return found


def ours(path: Path) -> tuple[str, float]:
    best, text = float("inf"), ""
    for _ in range(RUNS):
        start = time.perf_counter()
        document = layout.arrange(reading.read(Source.from_path(path), ReadingSettings(ocr="never")))
        best = min(best, time.perf_counter() - start)
        text = "\n".join(re.sub(r"[-\u2010] ", "", block.text) for block in document.body())
    return text, best


def figures(truth: str, text: str, seconds: float) -> Figures:
    wanted, given = truth.split(), re.sub(r"[-\u2010]\s*\n\s*", "", text).split()
    found = sum((Counter(wanted) & Counter(given)).values())
    return found / len(wanted), common_words(wanted, given) / len(wanted), seconds


def measure() -> dict[str, dict[str, Figures]]:
    """Figures of each tool for each file."""
    pairs = files()
    truths = {path: truth.read_text(encoding="utf-8") for path, truth in pairs}
    result = {OURS: {path.name: figures(truths[path], *ours(path)) for path, _ in pairs}}
    for tool in ("pdfplumber", "pdfium", "pdftotext", "kreuzberg", "pdf_oxide", "markitdown"):
        names = [str(path) for path, _ in pairs]
        command = [str(PEERS), str(ROOT / "benchmarks" / "peer_text.py"), tool, *names]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        result[tool] = {
            path.name: figures(truths[path], told[str(path)]["text"], told[str(path)]["seconds"]) for path, _ in pairs
        }
    return result


def table(result: dict[str, dict[str, Figures]]) -> str:
    """Markdown: the order of each file by tool, and below it the mean words, order and time."""
    tools = list(result)
    lines = [f"| order | {' | '.join(tools)} |", "|---|" + "---|" * len(tools)]
    for name in result[OURS]:
        lines.append(f"| {name} | " + " | ".join(f"{result[tool][name][1]:.3f}" for tool in tools) + " |")
    count = len(result[OURS])
    for row, label in ((1, "mean order"), (0, "mean words")):
        means = [sum(f[row] for f in result[tool].values()) / count for tool in tools]
        lines.append(f"| **{label}** | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    base = sum(f[2] for f in result[OURS].values())
    times = [sum(f[2] for f in result[tool].values()) / base for tool in tools]
    lines.append("| **time, times ours** | " + " | ".join(f"{ratio:.2f}" for ratio in times) + " |")
    return "\n".join(lines)


def main() -> None:
    text = table(measure())
    print(text)
    report = REPORT.read_text(encoding="utf-8")
    head, rest = report.split(BEGIN)
    REPORT.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
