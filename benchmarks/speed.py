"""The figures of speed that the program holds itself to, and how it keeps them.

Writes the table between the marks in docs/benchmarks.md. Start-up and batches are by the clock, as a user waits for
them, with the processor's part beside it; the rest is processor time. Each is the least of several runs, since other
work only adds to it. The reference and the PDFs are those of the development corpus, where it lies beside the project,
else samples of our own.
"""

from __future__ import annotations

import os
import platform
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from results import CORPUS, PEERS, ROOT, ask, processor_s, put

from archive import batch, bulletin, folder
from newsletter_extract import __version__, extract
from newsletter_extract.machine import usable_cores
from newsletter_extract.reading.ocr.tesseract import find_engine

STARTS, READINGS, BATCHES = 9, 5, 2
DOCUMENTS = 1_000
SMALL = b"5 July 2021, Riga, Latvia: Border guards seized 12 kg of heroin in a lorry.\n"


def main() -> None:
    put("machine", machine())
    rows = [start(), reference(), *born_digital(), scan(), documents()]
    put("speed", "| | wanted | measured |\n|---|---|---|\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows))


def machine() -> str:
    """A sentence on what the figures were measured with."""
    facts = Path("/proc/cpuinfo").read_text("utf-8") + Path("/proc/meminfo").read_text("utf-8")
    model = re.search(r"^model name\s*: (.*)", facts, re.MULTILINE)
    memory = re.search(r"^MemTotal:\s+(\d+) kB", facts, re.MULTILINE)
    assert model
    assert memory
    load = os.getloadavg()[0]
    busy = f" Other work kept it busy: a load of {load:.0f} before the start, so that clocks tell too much."
    return (
        f"The machine: {model[1]}, {usable_cores()} cores, {round(int(memory[1]) / 2**20)} GiB of memory, no GPU; "
        f"{platform.system()}, Python {platform.python_version()}, {find_engine().name}. "
        f"newsletter-extract {__version__}.{busy if load >= 1 else ''}"
    )


def least(runs: int, work: Callable[[], object], clock: Callable[[], float] = processor_s) -> float:
    """Seconds of the quickest run."""
    seconds = []
    for _ in range(runs):
        begun = clock()
        work()
        seconds.append(clock() - begun)
    return min(seconds)


def start() -> tuple[str, str, str]:
    with folder() as work:
        path = work / "small.txt"
        path.write_bytes(SMALL)
        command = [sys.executable, "-m", "newsletter_extract", str(path)]
        clocks = (time.perf_counter, processor_s)
        runs = [least(STARTS, lambda: subprocess.run(command, check=True, capture_output=True), c) for c in clocks]
    what = "`extract` of a sentence, from the start of the program to its end"
    return what, "0.8 s", f"{runs[0]:.2f} s, {runs[1]:.2f} s of the processor"


def reference() -> tuple[str, str, str]:
    found = [*CORPUS.glob("border_control_2021q4.ocr.txt"), ROOT / "samples/andes_frontier_2019_10.ocr.txt"]
    path = found[0]
    extract(SMALL)
    first = least(1, lambda: extract(path))
    later = least(READINGS, lambda: extract(path))
    return f"{path.name}, read after start-up", "0.5 s", f"{first:.2f} s the first time, {later:.2f} s then"


def born_digital() -> list[tuple[str, str, str]]:
    paths = sorted(p for p in (*CORPUS.glob("*.pdf"), *(ROOT / "samples").glob("*.pdf")) if p.name.count(".") == 1)
    pages = sum(len(extract(path).source.pages) for path in paths)
    ours = sum(least(READINGS, lambda p=path: extract(p)) for path in paths) / pages  # type: ignore[misc]
    what = f"born-digital, whole `extract`, a page ({len(paths)} files, {pages} pages)"
    rows = [(what, "60 ms", f"{1000 * ours:.0f} ms")]
    if PEERS.exists():
        theirs = sum(answer["seconds"] for answer in ask("peer_text.py", "pdfplumber", paths).values()) / pages
        rows.append(("the same, against pdfplumber's `extract_text` alone", "0.50 times", f"{ours / theirs:.2f} times"))
    return rows


def scan() -> tuple[str, str, str]:
    path = ROOT / "samples/gold_coast_2020_03.scan.pdf"
    pages = len(extract(path).source.pages)
    return f"scan, whole `extract`, a page ({path.name})", "–", f"{least(2, lambda: extract(path)) / pages:.1f} s"


def documents() -> tuple[str, str, str]:
    with folder() as work:
        rng, archive = random.Random(DOCUMENTS), work / "archive"
        archive.mkdir()
        for number in range(DOCUMENTS):
            (archive / f"{number:04}.txt").write_text(bulletin(rng, number), "utf-8")
        runs = [batch(archive, work / f"out-{run}", 2) for run in range(BATCHES)]
    what = f"a batch of {DOCUMENTS:,} text bulletins of a kilobyte, two workers"
    pace = DOCUMENTS / min(run.seconds for run in runs)
    cost = 1000 * min(run.processor_s for run in runs) / DOCUMENTS
    return what, "40 documents a second", f"{pace:.0f} a second, {cost:.0f} ms of the processor each"


if __name__ == "__main__":
    main()
