"""The reliability table: of the facts given a confidence, how many are right, on passages that nothing was built on.

    python scripts/calibrate.py                 the table in Markdown, as in docs/accuracy.md
    python scripts/calibrate.py --misses        and every wrong fact given 0.9 or more, on standard error
    python scripts/calibrate.py --scan medium   the passages of each file typeset as a bulletin, printed and scanned

A passage's gold names the kinds it holds completely; only those are judged. A place is right when name and country are,
a seizure when one of its amounts and its goods are, an event when all its dates and countries are.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from age import age
from newsletter_extract import extract
from newsletter_extract.gazetteer import fold
from typeset import typeset

PASSAGES = Path(__file__).parents[1] / "tests/passages"
BUILT_ON = {"a.json", "b.json"}
"""Passages that were at hand while the extractors were written."""
BINS = (0.95, 0.9, 0.8, 0.6, 0.0)

Judged = dict[str, list[tuple[float, bool]]]
"""Kind → (confidence, whether right) of each fact."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(PASSAGES.glob("*.json")))
    parser.add_argument("--misses", action="store_true", help="name the wrong facts given 0.9 or more")
    parser.add_argument("--scan", choices=("light", "medium", "heavy"), help="how worn the scans are")
    options = parser.parse_args()
    judged: Judged = defaultdict(list)
    for file in options.files:
        if file.name in BUILT_ON:
            continue
        cases = json.loads(file.read_text("utf-8"))
        for case in [together(cases)] if options.scan else cases:
            found = extract(scan(cases, options.scan) if options.scan else case["text"].encode(), name="passage")
            judge(found.model_dump(mode="json"), case, judged, misses=options.misses)
    print(table(judged))


def together(cases: list[dict[str, Any]]) -> dict[str, Any]:
    """All passages as one, with the kinds of gold that each of them has."""
    kinds = set.intersection(*(set(case) for case in cases)) - {"text"}
    return {"text": cases[0]["text"]} | {kind: [fact for case in cases for fact in case[kind]] for kind in kinds}


def scan(cases: list[dict[str, Any]], level: str) -> bytes:
    """The passages as the items of a bulletin in two columns, printed and scanned."""
    blocks = [{"kind": "p", "text": part} for case in cases for part in case["text"].split("\n\n")]
    spec = {"title": "Notes from the Posts", "subtitle": "A digest", "running": "Notes", "columns": 2, "blocks": blocks}
    with tempfile.TemporaryDirectory() as folder:
        born, worn = Path(folder) / "born.pdf", Path(folder) / "worn.pdf"
        typeset(spec, born)
        age(born, worn, level)
        return worn.read_bytes()


def judge(facts: dict[str, Any], case: dict[str, Any], judged: Judged, *, misses: bool) -> None:
    """Hold the facts of one document against its gold."""
    for kind, is_right in RIGHT.items():
        if kind not in case:
            continue
        for fact in facts[kind]:
            right = is_right(fact, case)
            judged[kind].append((fact["confidence"], right))
            if misses and not right and fact["confidence"] >= 0.9:
                shown = fact.get("text") or fact.get("heading") or fact["commodity"]["text"]
                print(f"{kind} {fact['confidence']} {shown!r} in {case['text'][:60]!r}", file=sys.stderr)


def date_is_right(date: dict[str, Any], case: dict[str, Any]) -> bool:
    spans = [*case["dates"], *case.get("optional_dates", [])]
    for event in case.get("events", []):
        spans += [event[:2]] if isinstance(event, list) else event["dates"]
    return [date["start"], date["end"]] in [list(span) for span in spans]


def place_is_right(place: dict[str, Any], case: dict[str, Any]) -> bool:
    names = {fold(place["text"]), fold(place["name"])}
    for known in case["places"]:
        name, country = known.rsplit(":", 1)
        if (place["country"] or "") == country and any(fold(name) in n or n in fold(name) for n in names):
            return True
    return False


def money_is_right(money: dict[str, Any], case: dict[str, Any]) -> bool:
    return [money["amount"], money["currency"]] in case["money"]


def seizure_is_right(seizure: dict[str, Any], case: dict[str, Any]) -> bool:
    amounts = {q["value"] for q in seizure["quantities"]} | {m["amount"] for m in seizure["money"]}
    goods = fold(seizure["commodity"]["text"])
    return any(
        (gold[1] in amounts or (gold[1] is None and not seizure["quantities"]))
        and fold(gold[0]).split()[-1].rstrip("s") in goods
        for gold in case["seizures"]
    )


def event_is_right(event: dict[str, Any], case: dict[str, Any]) -> bool:
    dates = sorted([o["dates"]["start"], o["dates"]["end"]] for o in event["occurrences"] if o["dates"])
    countries = sorted({p["country"] or "" for o in event["occurrences"] for p in o["places"]})
    for gold in case["events"]:
        spans, held = ([gold[:2]], gold[2]) if isinstance(gold, list) else (gold["dates"], gold["countries"])
        if dates == sorted(list(s) for s in spans) and countries == sorted(set(held)):
            return True
    return False


def organization_is_right(body: dict[str, Any], case: dict[str, Any]) -> bool:
    return body["name"] in case["organizations"] or body["text"] in case["organizations"]


RIGHT: dict[str, Callable[[dict[str, Any], dict[str, Any]], bool]] = {
    "dates": date_is_right,
    "places": place_is_right,
    "events": event_is_right,
    "seizures": seizure_is_right,
    "money": money_is_right,
    "organizations": organization_is_right,
}


def table(judged: Judged) -> str:
    """Markdown: a row a kind, a column a range of confidence, each "right of all"."""
    ranges = [f"{low:.2f}–{high:.2f}" for low, high in zip(BINS, (1.0, *BINS), strict=False)]
    lines = [f"| kind | {' | '.join(ranges)} | 0.90 and more |", f"|---|{'---|' * (len(BINS) + 1)}"]
    everything = [pair for pairs in judged.values() for pair in pairs]
    for kind, pairs in [*judged.items(), ("all", everything)]:
        cells = [
            share([p for p in pairs if low <= p[0] < high]) for low, high in zip(BINS, (1.01, *BINS), strict=False)
        ]
        lines.append(f"| {kind} | {' | '.join(cells)} | {share([p for p in pairs if p[0] >= 0.9])} |")
    return "\n".join(lines)


def share(pairs: list[tuple[float, bool]]) -> str:
    right = sum(right for _, right in pairs)
    return f"{right} of {len(pairs)}, {right / len(pairs):.0%}" if pairs else "–"


if __name__ == "__main__":
    main()
