"""Where the time goes: processor time of each stage on each sample, in milliseconds, the median of five, loaded.

Writes the table between the marks in docs/benchmarks.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

from results import ROOT, processor_s, put

from newsletter_extract import extractors, layout, reading, repair, validation
from newsletter_extract.export.json import to_json
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading import Source
from newsletter_extract.settings import Settings

RUNS = 5
STAGES = ("reading", "layout", "repair", "facts", "checks", "JSON")
T = TypeVar("T")


def main() -> None:
    lines = [f"| ms | pages | {' | '.join(STAGES)} |", f"|{'---|' * (len(STAGES) + 2)}"]
    for path in sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".pdf", ".txt"}):
        read(path)
        runs = [read(path) for _ in range(RUNS)]
        figures = [f"{1000 * median(times[stage] for _, times in runs):.1f}" for stage in STAGES]
        lines.append(f"| {path.name} | {runs[0][0]} | {' | '.join(figures)} |")
    put("stages", "\n".join(lines))


def read(path: Path) -> tuple[int, dict[str, float]]:
    """Read a document; its number of pages and the seconds that each stage took."""
    seconds: dict[str, float] = defaultdict(float)

    def timed(stage: str, work: Callable[[], T]) -> T:
        start = processor_s()
        result = work()
        seconds[stage] += processor_s() - start
        return result

    source, settings, gazetteer = Source.from_path(path), Settings(), load_gazetteer()
    pages = timed("reading", lambda: reading.read(source, settings.reading))
    blocks = timed("layout", lambda: layout.arrange(pages))
    clean, log = timed("repair", lambda: repair.clean(blocks, settings.repair, gazetteer))
    facts = timed("facts", lambda: extractors.find(clean, gazetteer, settings.extraction))
    extraction = timed("checks", lambda: validation.check(clean, log, facts))
    timed("JSON", lambda: to_json(extraction))
    return len(extraction.source.pages), seconds


if __name__ == "__main__":
    main()
