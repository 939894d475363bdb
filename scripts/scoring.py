"""Compare an extraction with gold annotations: hits, what the gold has, what was given."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

Count = tuple[int, int, int]


def score(gold: dict[str, Any], extraction: dict[str, Any]) -> dict[str, Count]:
    """Counts by kind, for the kinds that the gold has."""
    counts: dict[str, Count] = {}
    if "events" in gold:
        counts["events"] = _count(map(_gold_event, gold["events"]), map(_event, extraction["events"]))
    if "money" in gold:
        counts["money"] = _count(
            {(float(m["amount"]), m["currency"]) for m in gold["money"]},
            {(float(m["amount"]), m["currency"]) for m in extraction["money"] if m["amount"] is not None},
        )
    if "dates" in gold:
        wanted = [*gold["dates"], *(d for e in gold.get("events", []) for d in e["dates"])]
        optional = {_span(d) for d in gold.get("optional_dates", [])}
        counts["dates"] = _count({_span(d) for d in wanted}, {_span(d) for d in extraction["dates"]} - optional)
    if "places" in gold:
        counts["places"] = _places(gold, extraction["places"])
    if "seizures" in gold:
        counted = [
            (g["value"], _fold(g["commodity"]).split()[-1].rstrip("s"))
            for g in gold["seizures"]
            if g["value"] is not None
        ]
        sums = [tuple(g["money"]) for g in gold["seizures"] if g["value"] is None and g.get("money")]
        counts["seizures"] = _count([*counted, *sums], [*_amounts(extraction, gold), *_sums(extraction)])
    if "bodies" in gold:
        counts["bodies"] = _count(gold["bodies"], [_edges(e["body"], gold["bodies"]) for e in extraction["events"]])
    if "kinds" in gold:
        counts["kinds"] = _count(gold["kinds"], [e["kind"] for e in extraction["events"]])
    if "bulletin" in gold:
        given = {**extraction["bulletin"], "period": list(_span(extraction["bulletin"]["period"] or _NO_SPAN))}
        counts["bulletin"] = _count(gold["bulletin"].items(), [(key, given[key]) for key in gold["bulletin"]])
    if "table_total" in gold:
        totals = [(t["total"]["stated"], t["total"]["computed"]) for t in extraction["tables"] if t["total"]]
        wanted_total = (gold["table_total"]["stated"], gold["table_total"]["computed"])
        counts["table_total"] = (int(wanted_total in totals), 1, 1)
    return counts


def f1(count: Count) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was given."""
    hits, gold, given = count
    return 2 * hits / (gold + given) if gold + given else 1.0


def _count(gold: Any, given: Any) -> Count:
    gold, rest = list(gold), list(given)
    total, hits = len(rest), 0
    for item in gold:
        if item in rest:
            rest.remove(item)
            hits += 1
    return hits, len(gold), total


def _places(gold: dict[str, Any], given: Sequence[dict[str, Any]]) -> Count:
    """Distinct places; one is hit where its country and its name, as written or canonical, are the gold's."""
    events = (p for e in gold.get("events", []) for p in e["places"] if "text" in p)
    wanted = {(_fold(p["text"]), p["country"]) for p in (*gold["places"], *events)}
    optional = {_fold(text) for text in gold.get("optional_places", [])}
    found = {(_fold(p["name"]), p["country"]): {_fold(p["name"]), _fold(p["text"])} for p in given}
    hits = {w for w in wanted if any(country == w[1] and w[0] in names for (_, country), names in found.items())}
    wrong = [
        key
        for key, names in found.items()
        if not names & optional and not any(key[1] == country and name in names for name, country in wanted)
    ]
    return len(hits), len(wanted), len(hits) + len(wrong)


_NO_SPAN = {"start": None, "end": None}


def _edges(body: str, wanted: Sequence[Sequence[str]]) -> Sequence[str]:
    """The gold whose first and last words the body has, else its own."""
    return next((w for w in wanted if body.startswith(w[0]) and body.endswith(w[1])), (body[:20], body[-20:]))


def _span(date: dict[str, Any]) -> tuple[Any, Any]:
    return date["start"], date["end"]


def _gold_event(event: dict[str, Any]) -> Any:
    return sorted(_span(d) for d in event["dates"]), sorted({p["country"] or "" for p in event["places"]})


def _event(event: dict[str, Any]) -> Any:
    dates = sorted(_span(o["dates"]) for o in event["occurrences"] if o["dates"])
    return dates, sorted({p["country"] or "" for o in event["occurrences"] for p in o["places"]})


def _amounts(extraction: dict[str, Any], gold: dict[str, Any]) -> list[Any]:
    optional = {g["value"] for g in gold.get("optional_seizures", [])}
    found = []
    for seizure in extraction["seizures"]:
        for quantity in seizure["quantities"]:
            if quantity["value"] is None or quantity["value"] in optional:
                continue
            words = _fold(f"{seizure['commodity']['text']} {quantity['item'] or ''}").split()
            wanted = {
                _fold(g["commodity"]).split()[-1].rstrip("s")
                for g in gold["seizures"]
                if g["value"] == quantity["value"]
            }
            word = next((w.rstrip("s") for w in reversed(words) if w.rstrip("s") in wanted), words[-1].rstrip("s"))
            found.append((quantity["value"], word))
    return found


def _sums(extraction: dict[str, Any]) -> list[Any]:
    """The sums of the seizures of which nothing else is told, as cash."""
    return [
        (money["amount"], money["currency"])
        for seizure in extraction["seizures"]
        if not seizure["quantities"]
        for money in seizure["money"]
    ]


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))


def reading_order(truth: Sequence[str], given: Sequence[str]) -> float:
    """How far two runs of words agree in order: twice the longest common subsequence over the words of both.

    The subsequence is found from the shortest edit script (Myers 1986), quick where there is little to edit.
    """
    total = len(truth) + len(given)
    return 2 * common_words(truth, given) / total if total else 1.0


def common_words(truth: Sequence[str], given: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    return (len(truth) + len(given) - _edits(truth, given)) // 2


def _edits(first: Sequence[str], second: Sequence[str]) -> int:
    """The least number of words to delete and insert."""
    furthest = {1: 0}
    for edits in range(len(first) + len(second) + 1):
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            while x < len(first) and x - diagonal < len(second) and first[x] == second[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            if x >= len(first) and x - diagonal >= len(second):
                return edits
    raise AssertionError("deleting all and inserting all is an edit script")
