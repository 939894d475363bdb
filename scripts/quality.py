"""The quality gate: F1 on samples and passages against the floors in quality_floors.json.

A figure under its floor fails. --update raises floors to today's figures and writes them, by document and by kind, into
docs/accuracy.md; --allow-lower lets it lower them too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from newsletter_extract import extract
from scoring import Count, f1, score

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "quality_floors.json"
REPORT = ROOT / "docs" / "accuracy.md"
CORPUS = ROOT.parent / "shared/corpus/dev"
PASSAGES = sorted((ROOT / "tests/passages").glob("*.json"))
FORMS = ("pdf", "scan.pdf", "ocr.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    options = parser.parse_args()
    figures = {name: {k: round(f1(c), 3) for k, c in counts.items()} for name, counts in measure().items()}
    for name, kinds in figures.items():
        print(f"{name:40s}" + "  ".join(f"{kind} {value:.3f}" for kind, value in kinds.items()))
    known = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"gold": "", "floors": {}}
    digest = gold_digest()
    lower = [
        f"{name} {kind}: {figures[name][kind]} is under {floor}"
        for name, kinds in known["floors"].items()
        if name in figures
        for kind, floor in kinds.items()
        if figures[name].get(kind, 0.0) < floor
    ]
    if options.update and (not lower or options.allow_lower):
        FLOORS.write_text(
            json.dumps({"gold": digest, "floors": {**known["floors"], **figures}}, indent=1) + "\n", "utf-8"
        )
        write_report(figures)
        return 0
    if known["gold"] != digest:
        lower.append("the gold annotations have changed since the floors were set; look at the change, then --update")
    print("\n".join(lower) or "No figure is under its floor.", file=sys.stderr)
    return int(bool(lower))


def write_report(figures: dict[str, dict[str, float]]) -> None:
    kinds = list(dict.fromkeys(kind for shown in figures.values() for kind in shown))
    head = f"| | {' | '.join(kind.replace('_', ' ') for kind in kinds)} |\n|---|{'---|' * len(kinds)}\n"
    rows = "".join(
        f"| {name} | {' | '.join(f'{shown[kind]:.3f}' if kind in shown else '' for kind in kinds)} |\n"
        for name, shown in figures.items()
    )
    text = REPORT.read_text("utf-8")
    begin, end = "<!-- quality -->", "<!-- /quality -->"
    before, _, rest = text.partition(begin)
    REPORT.write_text(f"{before}{begin}\n\n{head}{rows}\n{end}{rest.partition(end)[2]}", "utf-8")


def measure() -> dict[str, dict[str, Count]]:
    """Counts for each sample, for all passages together, and for the development corpus where it exists."""
    results: dict[str, dict[str, Count]] = {}
    for gold_file in [*sorted((ROOT / "samples").glob("*.gold.json")), *sorted(CORPUS.glob("*.gold.json"))]:
        name = gold_file.name.removesuffix(".gold.json")
        for form in FORMS:
            path = gold_file.with_name(f"{name}.{form}")
            if path.exists():
                results[path.name] = score(json.loads(gold_file.read_text("utf-8")), _facts(path))
    results["passages"] = _passages()
    return results


def _facts(path: Path) -> dict[str, Any]:
    return extract(path).model_dump(mode="json")


def _passages() -> dict[str, Count]:
    """Counts over all passages; the short form of a passage's gold is spelled out as that of a document."""
    total: dict[str, Count] = {}
    for case in [c for file in PASSAGES for c in json.loads(file.read_text("utf-8"))]:
        facts = extract(case["text"].encode(), name="passage").model_dump(mode="json")
        for kind, count in score(_spelled_out(case), facts).items():
            total[kind] = tuple(a + b for a, b in zip(total.get(kind, (0, 0, 0)), count, strict=True))  # type: ignore[assignment]
    return total


def _spelled_out(case: dict[str, Any]) -> dict[str, Any]:
    gold: dict[str, Any] = {key: case[key] for key in ("bodies", "kinds", "bulletin") if key in case}
    if "events" in case:
        gold["events"] = [_event(event) for event in case["events"]]
    if "seizures" in case:
        gold["seizures"] = [
            {"commodity": name, "value": value, "unit": unit, "money": money[0] if money else None}
            for name, value, unit, *money in case["seizures"]
        ]
    if "money" in case:
        gold["money"] = [{"amount": amount, "currency": currency} for amount, currency in case["money"]]
    if all(":" in place for place in case.get("places", [":"])) and "places" in case:
        pairs = [place.rsplit(":", 1) for place in case["places"]]
        gold["places"] = [{"text": name, "country": country or None} for name, country in pairs]
    if "dates" in case:
        gold["dates"] = _spans(case["dates"])
        gold["optional_dates"] = _spans(case.get("optional_dates", []))
    return gold


def _event(event: Any) -> dict[str, Any]:
    """An event as [first day, last day, countries], or with several spans as {"dates": …, "countries": …}."""
    if isinstance(event, list):
        event = {"dates": [event[:2]], "countries": event[2]}
    return {"dates": _spans(event["dates"]), "places": [{"country": c} for c in event["countries"]]}


def _spans(pairs: list[list[str | None]]) -> list[dict[str, str | None]]:
    return [{"start": start, "end": end} for start, end in pairs]


def gold_digest() -> str:
    """One digest over the gold of this repository, so that nobody changes it unnoticed."""
    files = [*sorted((ROOT / "samples").glob("*.gold.json")), *PASSAGES]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
