"""How the cost of a reading grows: with the words of a page, the pages of a file, the documents of an archive.

Writes docs/growth.svg and the table between the marks in docs/benchmarks.md. Seconds are of the processor, start-up
taken off for a single file, so that other work on the machine weighs little. Garbage is looked for as rarely as in the
processes of the commands.
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from results import PEERS, ROOT, put

from archive import batch, bulletin, folder
from newsletter_extract import extract
from newsletter_extract.machine import collect_rarely

Series = dict[str, list[tuple[int, float]]]
"""Seconds by size, by what the size counts."""


def measured(sizes: Sequence[int], cost: Callable[[int, Path], float]) -> list[tuple[int, float]]:
    with folder() as work:
        return [(size, cost(size, work)) for size in sizes]


def reading(path: Path) -> float:
    start = time.process_time()
    extract(path)
    return time.process_time() - start


def words(count: int, work: Path) -> float:
    """One page of plain text."""
    rng, items, have = random.Random(count), [], 0
    while have < count:
        items.append(bulletin(rng, len(items)))
        have += len(items[-1].split())
    path = work / f"{count}.txt"
    path.write_text("\n".join(items), "utf-8")
    return reading(path)


def pages(count: int, work: Path) -> float:
    """A born-digital file of pages of some 300 words."""
    rng, path = random.Random(count), work / f"{count}.pdf"
    canvas = Canvas(str(path))
    for number in range(count):
        text = canvas.beginText(60, 770)
        for paragraph in (bulletin(rng, 2 * number) + bulletin(rng, 2 * number + 1)).split("\n\n"):
            for line in simpleSplit(paragraph, "Helvetica", 11, 475):
                text.textLine(line)
            text.textLine()
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return reading(path)


def documents(count: int, work: Path) -> float:
    rng, archive = random.Random(count), work / f"archive-{count}"
    archive.mkdir()
    for number in range(count):
        (archive / f"{number:06}.txt").write_text(bulletin(rng, number), "utf-8")
    return batch(archive, work / f"out-{count}", 2).processor_s


def table(series: Series) -> str:
    """How much dearer one more is at the largest size than in the middle: 1 is growth in proportion."""
    lines = ["| | sizes | seconds | cost of one more, at the end over the middle |", "|---|---|---|---|"]
    for what, points in series.items():
        middle = len(points) // 2
        (n0, s0), (n1, s1), (n2, s2) = points[middle - 1], points[middle], points[-1]
        ratio = ((s2 - s1) / (n2 - n1)) / ((s1 - s0) / (n1 - n0))
        sizes = " · ".join(f"{size:,}" for size, _ in points)
        seconds = " · ".join(f"{spent:.0f}" if spent >= 10 else f"{spent:.2g}" for _, spent in points)
        lines.append(f"| {what} | {sizes} | {seconds} | {ratio:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    measured([500], words)  # loads what a reading needs once
    collect_rarely()  # as the processes that read documents do
    series = {
        "words of a page": measured([1_000, 4_000, 16_000, 64_000, 256_000], words),
        "pages of a file": measured([4, 16, 64, 256, 1_024], pages),
        "documents of an archive": measured([64, 256, 1_024, 4_096], documents),
    }
    drawing = [str(PEERS), str(ROOT / "benchmarks" / "plot_growth.py"), str(ROOT / "docs" / "growth.svg")]
    subprocess.run(drawing, input=json.dumps(series), text=True, check=True)
    put("growth", table(series))


if __name__ == "__main__":
    main()
