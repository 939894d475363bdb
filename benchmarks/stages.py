"""Time of each stage on the samples, in milliseconds a document (median of five), after one warm-up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsletter_extract import extractors, layout, reading, repair, validation
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading import Source
from newsletter_extract.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
RUNS = 5


def main() -> None:
    settings, gazetteer = Settings(), load_gazetteer()
    print(f"{'':36s}{'reading':>9s}{'layout':>9s}{'repair':>9s}{'facts':>9s}{'checks':>9s}")
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in {".pdf", ".txt"}):
        source = Source.from_path(path)
        times: dict[str, list[float]] = {}

        def timed(stage: str, work: Callable[[], Any], into: dict[str, list[float]] = times) -> Any:
            start = time.perf_counter()
            result = work()
            into.setdefault(stage, []).append(1000 * (time.perf_counter() - start))
            return result

        for _ in range(RUNS + 1):
            read = timed("reading", lambda: reading.read(source, settings.reading))  # noqa: B023
            blocks = timed("layout", lambda: layout.arrange(read))  # noqa: B023
            clean, log = timed("repair", lambda: repair.clean(blocks, settings.repair, gazetteer))  # noqa: B023
            facts = timed("facts", lambda: extractors.find(clean, gazetteer, settings.extraction))  # noqa: B023
            timed("checks", lambda: validation.check(clean, log, facts))  # noqa: B023
        print(f"{path.name:36s}" + "".join(f"{statistics.median(runs[1:]):9.1f}" for runs in times.values()))


if __name__ == "__main__":
    main()
