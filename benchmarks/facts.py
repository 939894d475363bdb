"""Dates, places, quantities and tables beside other programs, on the same texts and PDFs in one run.

Writes the table between the marks in docs/benchmarks.md. The texts are the passages and clean texts of the
development corpus, where it lies beside the project; the tables are those of its born-digital PDFs and of our samples.
Each figure is the F1 against gold: a date counts where both ends are right, a place by its name, a table row where all
its cells are right. Of quantities only recall is given, of the values of seizures: the other program gives every
quantity, not seizures. Time is of the processor: the whole reading of ours, loaded, against theirs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from results import CORPUS, OURS, ROOT, ask, processor_s, put

from newsletter_extract import extract
from newsletter_extract.schema import Extraction

Item = Any


def texts() -> dict[Path, dict[str, Any]]:
    """Text files with their gold."""
    found = {}
    for folder, ending in (("passages", ".txt"), (".", ".truth.txt")):
        for gold in sorted((CORPUS / folder).glob("*.gold.json")):
            text = gold.with_name(gold.name.replace(".gold.json", ending))
            if text.exists():
                found[text] = json.loads(gold.read_text("utf-8"))
    return found


def tables() -> dict[Path, list[list[str]]]:
    """PDFs with the rows of their table."""
    specs = [*CORPUS.glob("*.spec.json"), *(ROOT / "samples").glob("*.spec.json")]
    found = {}
    for spec in sorted(specs):
        pdf = spec.with_name(spec.name.replace(".spec.json", ".pdf"))
        table = json.loads(spec.read_text("utf-8")).get("table")
        if pdf.exists() and table:
            found[pdf] = [table["columns"], *table["rows"]]
    return found


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def gold_dates(gold: dict[str, Any]) -> tuple[set[Item], set[Item]]:
    """Spans that are asked for, and those that are neither asked for nor held against."""
    spans = [*gold.get("dates", []), *(d for e in gold.get("events", []) for d in e["dates"])]
    optional = {(d.get("start"), d.get("end")) for d in gold.get("optional_dates", [])}
    return {(d.get("start"), d.get("end")) for d in spans}, optional


def gold_places(gold: dict[str, Any]) -> tuple[set[Item], set[Item]]:
    named = [*gold.get("places", []), *(p for e in gold.get("events", []) for p in e["places"])]
    return {fold(p["text"]) for p in named}, {fold(p) for p in gold.get("optional_places", [])}


def gold_values(gold: dict[str, Any]) -> tuple[set[Item], set[Item]]:
    return {float(s["value"]) for s in gold.get("seizures", []) if s.get("value") is not None}, set()


def our_dates(x: Extraction) -> set[Item]:
    return {(d.start and str(d.start), d.end and str(d.end)) for d in x.dates}


def our_places(x: Extraction) -> set[Item]:
    return {fold(p.text) for p in x.places}


def our_values(x: Extraction) -> set[Item]:
    return {float(q.value) for s in x.seizures for q in s.quantities if q.value is not None}


Kind = tuple[Callable[..., Any], Callable[[Extraction], set[Item]], Callable[[Item], Item], tuple[str, ...]]
"""How to take the gold, ours and a peer's answer as items, and the peers."""
KINDS: dict[str, Kind] = {
    "dates": (gold_dates, our_dates, tuple, ("dateparser", "datefinder")),
    "places": (gold_places, our_places, fold, ("geotext", "GeoNames look-up")),
    "quantities": (gold_values, our_values, float, ("quantulum3",)),
}


def main() -> None:
    lines = ["| | F1 | precision | recall | time, times ours |", "|---|---|---|---|---|"]
    golds = texts()
    extract(b"12 May 2021, Riga, Latvia: Officers met.")
    start = processor_s()
    mine = {path: extract(path) for path in golds}
    seconds = processor_s() - start
    for kind, (wanted, found, make, tools) in KINDS.items():
        has_kind = [path for path in golds if (kind if kind != "quantities" else "seizures") in golds[path]]
        lines.append(row(f"{kind}: {OURS}", [(wanted(golds[p]), found(mine[p])) for p in has_kind], 1.0, kind))
        for tool in tools:
            answer, took = found_by(tool, list(golds))
            pairs = [(wanted(golds[p]), {make(item) for item in answer[p]}) for p in has_kind]
            lines.append(row(f"{kind}: {tool}", pairs, took / seconds, kind))
    lines += table_rows()
    put("facts", "\n".join(lines))


def row(name: str, pairs: list[tuple[tuple[set[Item], set[Item]], set[Item]]], times: float, kind: str) -> str:
    hits = wanted = given = 0
    for (gold, optional), found in pairs:
        kept = found - (optional - gold)
        hits, wanted, given = hits + len(gold & kept), wanted + len(gold), given + len(kept)
    recall = hits / wanted if wanted else 0.0
    if kind == "quantities":
        return f"| {name} | – | – | {recall:.3f} | {times:.2f} |"
    precision = hits / given if given else 0.0
    f1 = 2 * hits / (wanted + given) if wanted + given else 0.0
    return f"| {name} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {times:.2f} |"


def found_by(tool: str, paths: list[Path]) -> tuple[dict[Path, list[Item]], float]:
    """What a peer finds in each file, and its seconds in all."""
    answer = ask("peer_facts.py", tool, paths)
    return {path: a["found"] for path, a in answer.items()}, sum(a["seconds"] for a in answer.values())


def table_rows() -> list[str]:
    """Lines of the report on tables."""
    wanted = tables()
    start = processor_s()
    found = {pdf: [row for t in extract(pdf).tables for row in ([*t.columns], *t.rows)] for pdf in wanted}
    seconds = processor_s() - start
    lines = [cells_row(OURS, wanted, found, 1.0)]
    for tool in ("pdfplumber", "camelot"):
        answer, took = found_by(tool, list(wanted))
        lines.append(cells_row(tool, wanted, answer, took / seconds))
    return lines


def cells_row(tool: str, wanted: dict[Path, list[list[str]]], found: dict[Path, list[Item]], times: float) -> str:
    hits = given = asked = 0
    for pdf, rows in wanted.items():
        gold, got = (Counter(tuple(clean(cell) for cell in row) for row in some) for some in (rows, found[pdf]))
        hits, asked, given = hits + (gold & got).total(), asked + len(rows), given + got.total()
    precision, recall = hits / given if given else 0.0, hits / asked
    return f"| table rows: {tool} | {2 * hits / (given + asked):.3f} | {precision:.3f} | {recall:.3f} | {times:.2f} |"


def clean(cell: str | None) -> str:
    """A cell without line breaks and the hyphens of broken words."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=[a-z])[-\u2010]\s+(?=[a-z])", "", cell or "")).strip()


if __name__ == "__main__":
    main()
