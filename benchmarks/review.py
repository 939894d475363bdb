"""What the review pages take: making them, opening them, filtering an archive; sizes. Chromium measures in the page.

    python benchmarks/review.py [--documents 10000]

The archive is generated: newsletters of invented events and seizures at places of the gazetteer, the same each time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from playwright.sync_api import sync_playwright

from newsletter_extract.pipeline import extract
from newsletter_extract.reading import Source
from newsletter_extract.review.html import pack, page_html
from newsletter_extract.review.making import Job, write_page
from newsletter_extract.review.summary import columns, summarize
from newsletter_extract.schema import Category, EventKind, Extraction
from newsletter_extract.settings import Settings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import chromium  # noqa: E402

CHUNK = 1000
GOODS = (
    "cocaine",
    "cigarettes",
    "counterfeit shoes",
    "tramadol tablets",
    "ivory",
    "undeclared cash",
    "spirits",
    "pistols",
)


def places() -> list[dict[str, Any]]:
    path = files("newsletter_extract") / "resources" / "gazetteer.sqlite"
    query = "SELECT name, kind, country, lat, lon FROM place WHERE population > 300000 AND lat IS NOT NULL ORDER BY id"
    rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(query)
    return [{"text": r[0], "name": r[0], "kind": r[1], "country": r[2], "lat": r[3], "lon": r[4]} for r in rows]


def document(number: int, known: list[dict[str, Any]]) -> Extraction:
    """One invented newsletter: four to twelve events, five to twenty seizures, up to four findings."""
    chance = random.Random(number)
    first = dt.date(2010, 1, 1) + dt.timedelta(days=number % 5000)
    home = chance.choices(known, k=12)

    def date() -> dict[str, Any]:
        day = (first + dt.timedelta(days=chance.randrange(90))).isoformat()
        return {"text": day, "start": day, "end": day, "precision": "day", "edtf": day}

    def sure() -> float:
        return round(chance.uniform(0.4, 1), 2)

    def event(index: int) -> dict[str, Any]:
        where = chance.choice(home)
        return {
            "id": f"event-{index}", "heading": f"Officers of {where['name']} met on matter {chance.randrange(999)}",
            "kind": chance.choice(get_args(EventKind)), "body": "They spoke about risk, routes and results. " * 4,
            "occurrences": [{"dates": date(), "places": [where]}], "confidence": sure(),
        }  # fmt: skip

    def seizure(index: int, events: int) -> dict[str, Any]:
        amount = chance.randrange(1, 4000)
        return {
            "id": f"seizure-{index}", "origin": "narrative", "confidence": sure(), "dates": date(),
            "commodity": {"text": chance.choice(GOODS), "category": chance.choice(get_args(Category))},
            "quantities": [{"text": f"{amount} kg", "value": amount, "unit": "kg"}], "places": [chance.choice(home)],
            "event_id": chance.choice([None, f"event-{chance.randrange(events)}"]),
        }  # fmt: skip

    events = chance.randrange(4, 13)
    return Extraction.model_validate({
        "generator": {"version": "0"},
        "source": {"name": f"bulletin-{number:05}.pdf", "sha256": "0" * 64, "bytes": 1, "media_type": "application/pdf",
                   "pages": [{"number": 1, "width": 595, "height": 842, "origin": "text_layer"}]},
        "bulletin": {"title": f"Frontier news {number}", "publisher": f"Agency {number % 40}", "language": "en"},
        "events": [event(k) for k in range(events)],
        "seizures": [seizure(k, events) for k in range(chance.randrange(5, 21))],
        "findings": [{"code": chance.choice(("date_ambiguous", "place_ambiguous", "table_total_mismatch")),
                      "severity": "warning", "message": "Look here."} for _ in range(chance.randrange(4))],
        "tables": [], "dates": [], "places": [], "organizations": [], "money": [], "repairs": [], "text": [],
    })  # fmt: skip


def archive_page(count: int) -> tuple[str, int]:
    """The overview of so many documents as one HTML file, and the size of its packed data."""
    known = places()
    parts = []
    for first in range(0, count, CHUNK):
        rows = [summarize(document(n, known), f"documents/{n}.html") for n in range(first, min(count, first + CHUNK))]
        parts.append(pack(columns(rows, first)))
    return page_html("overview", "An archive", {"title": "An archive"}, parts=parts), sum(map(len, parts))


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    before = resource.getrusage(resource.RUSAGE_SELF)
    result = work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result


class Clock:
    """Wall time and the page's main thread's CPU time, which the load of the machine does not change; in ms."""

    def __init__(self, page: Any) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.start()

    def start(self) -> None:
        self._cpu, self._wall = self._busy(), time.perf_counter()

    def taken(self) -> tuple[float, float]:
        return (time.perf_counter() - self._wall) * 1000, (self._busy() - self._cpu) * 1000

    def _busy(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
SET = """([label, value]) => {
  const holder = [...document.querySelectorAll(".tools label")].find((l) => l.firstChild.textContent === label);
  const element = holder.querySelector("input, select");
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value").set.call(element, value);
  element.dispatchEvent(new Event(element.type === "search" ? "input" : "change", { bubbles: true }));
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
FILTERS = {
    "Text": "counterfeit", "Country": "3", "Kind of event": "1", "Goods": "2", "Finding": "1", "How sure": "0.9",
    "From": "2018-01-01",
}  # fmt: skip


def opened(browser: Any, path: Path, ready: str) -> tuple[Any, float, float]:
    """The page, with the time from navigation until `ready` is shown and the next frame drawn: the best of three."""
    best = (float("inf"), float("inf"))
    for _ in range(3):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        clock = Clock(page)
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector(ready)
        page.evaluate(DRAWN)
        best = min(best, clock.taken(), key=lambda taken: taken[1])
    return page, *best


def filter_times(page: Any) -> Iterator[str]:
    """What each filter takes until the next frame is drawn: the median of five by CPU time."""
    clock = Clock(page)
    for name, value in FILTERS.items():
        times = []
        for _ in range(5):
            clock.start()
            page.evaluate(SET, [name, value])
            times.append(clock.taken())
            page.evaluate(SET, [name, "0" if name == "How sure" else ""])
        wall, busy = sorted(times, key=lambda taken: taken[1])[2]
        yield f"  filter {name}: {busy:.0f} ms of CPU, {wall:.0f} ms until the next frame"


def report(count: int, reference: Path) -> Iterator[str]:
    source = Source.from_path(reference)
    extraction = extract(source, Settings())
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        job = Job(extraction, source, folder / source.name)
        write_page(job, None, single_file=False)
        seconds, html = cpu(lambda: write_page(job, None, single_file=False))
        pictures = list((html.parent / "pages").iterdir())
        yield f"document page of {source.name}, {len(pictures)} pages: made in {seconds:.2f} s of CPU"
        total = sum(p.stat().st_size for p in pictures)
        yield f"  HTML {html.stat().st_size / 1000:.0f} kB, pictures {total / 1000:.0f} kB"
        overview = folder / "index.html"
        text, packed = archive_page(count)
        overview.write_text(text, "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        _, wall, busy = opened(browser, html, "aside .fact")
        yield f"  usable after {busy:.0f} ms of CPU, {wall:.0f} ms"
        page, wall, busy = opened(browser, overview, ".list .row[aria-rowindex='2']")
        yield f"overview of {count} documents: data {packed / 1e6:.1f} MB, rest {(len(text) - packed) / 1000:.0f} kB"
        yield f"  usable after {busy:.0f} ms of CPU, {wall:.0f} ms"
        yield from filter_times(page)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--reference", type=Path, default=ROOT / "samples/gulf_of_riga_2021q3.pdf")
    options = parser.parse_args()
    for line in report(options.documents, options.reference):
        print(line, flush=True)


if __name__ == "__main__":
    main()
