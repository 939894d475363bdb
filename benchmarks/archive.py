"""Batches: documents a second, a rerun with nothing to do, memory as an archive grows, and what two workers gain.

`benchmarks/archive.py [COUNT …]` makes so many small text bulletins (default 1000 10000) and reads them, and puts
the table into docs/scaling.md. What two workers gain is the median of three pairs of runs, one and two by turns; the
other figures are of one run. Times are those of the machine it runs on.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from results import ROOT, put

CITIES = ("Riga, Latvia", "Skopje, North Macedonia", "Accra, Ghana", "Lima, Peru", "Antwerp, Belgium", "Mombasa, Kenya")
MONTHS = ("January", "March", "May", "July", "October", "December")
GOODS = ("cocaine", "heroin", "cigarettes", "ivory", "khat", "amphetamine", "counterfeit medicine", "tobacco")


PAIRS = 3


@dataclass(frozen=True)
class Run:
    seconds: float
    processor_s: float
    main_mb: float


def bulletin(rng: random.Random, number: int) -> str:
    """A bulletin of four items, about a kilobyte, like no other."""
    items = [
        f"{rng.randint(1, 28)} {rng.choice(MONTHS)} 2021, {rng.choice(CITIES)}: Customs officers searched a "
        f"lorry from the ferry and seized {rng.randint(2, 900)} kg of {rng.choice(GOODS)} hidden behind a false "
        f"wall. The goods are worth EUR {rng.randint(2, 990)},000. Two drivers were arrested."
        for _ in range(4)
    ]
    return f"Border Desk Bulletin No. {number}\n\n" + "\n\n".join(items) + "\n"


def batch(archive: Path, out: Path, jobs: int) -> Run:
    """Run the command; its own memory is apart from that of its workers."""
    options = [str(archive), "--out", str(out), "--quiet", "-j", str(jobs)]
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "newsletter_extract", "batch", *options])
    main_mb = 0.0
    while process.poll() is None:
        main_mb = max(main_mb, peak_mb(process.pid))
        time.sleep(0.02)
    assert process.returncode == 0, f"the batch failed ({process.returncode})"
    seconds, after = time.perf_counter() - started, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, used, main_mb)


def peak_mb(process: int) -> float:
    """The most memory that a process had so far, without its children (Linux); 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) / 1024 if peak else 0.0


@contextmanager
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="archive-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def texts(count: int) -> Iterator[tuple[str, str]]:
    with folder() as work:
        rng, archive = random.Random(count), work / "archive"
        for number in range(count):
            path = archive / f"{number // 500:03}" / f"{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(bulletin(rng, number), "utf-8")
        first = batch(archive, work / "out", 2)
        again = batch(archive, work / "out", 2)
        yield f"{count:,} text bulletins, two workers: documents a second", f"{count / first.seconds:.0f}"
        yield f"{count:,}: processor time a document", f"{1000 * first.processor_s / count:.0f} ms"
        yield f"{count:,}: memory of the main process", f"{first.main_mb:.0f} MB"
        yield f"{count:,}: a rerun with nothing to do", f"{again.seconds:.1f} s"


def workers(sample: str, copies: int, what: str) -> Iterator[tuple[str, str]]:
    """One worker against two, on copies of a sample that differ in a comment behind their end."""
    with folder() as work:
        archive = work / "archive"
        archive.mkdir()
        data = (ROOT / "samples" / sample).read_bytes()
        for number in range(copies):
            (archive / f"{number}.pdf").write_bytes(data + b"%% %d\n" % number)
        runs: dict[int, list[Run]] = {1: [], 2: []}
        for number in range(PAIRS):
            for jobs in (1, 2) if number % 2 else (2, 1):
                runs[jobs].append(batch(archive, work / f"out-{number}-{jobs}", jobs))
        gain = median(one.seconds / two.seconds for one, two in zip(runs[1], runs[2], strict=True))
        yield f"{copies} {what}: two workers against one", f"{gain:.2f} times"
        yield f"{what}: processor time a document", f"{median(run.processor_s for run in runs[1]) / copies:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--pdfs", type=int, default=500)
    parser.add_argument("--scans", type=int, default=12)
    options = parser.parse_args()
    rows = [
        *workers("gulf_of_riga_2021q3.pdf", options.pdfs, "PDFs of a page"),
        *workers("gold_coast_2020_03.scan.pdf", options.scans, "scans of a page"),
    ]
    for count in options.counts:
        rows += texts(count)
    table = "| | |\n|---|---|\n" + "".join(f"| {what} | {figure} |\n" for what, figure in rows)
    put("archive", table, "scaling.md")


if __name__ == "__main__":
    main()
