"""How many seizures of passages are found, and how often each of their fields is right.

    python scripts/fields.py tests/passages/bureaus_after.json           precision and recall by field
    python scripts/fields.py tests/passages/bureaus_after.json --misses  and what was missed or wrong

A seizure in a passage's gold is [name, value, unit, sum or null, {"by": …, "at": …, "on": …}]. Rows that follow one
another under one name with other units are one seizure. The fields of a seizure are judged where it was found by its
amount, or by its sum where it has none; authority, place and date only where the gold has them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from newsletter_extract import extract
from newsletter_extract.gazetteer import fold

Gold = dict[str, Any]
Tally = dict[str, list[int]]
"""Field → how many were right, wanted and given."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="show what was missed or wrong")
    options = parser.parse_args()
    tally: Tally = defaultdict(lambda: [0, 0, 0])
    for case in [c for file in options.files for c in json.loads(file.read_text("utf-8")) if "seizures" in c]:
        given = extract(case["text"].encode(), name="passage").model_dump(mode="json")["seizures"]
        notes = judge(records(case["seizures"]), given, tally)
        if options.misses and notes:
            print(f"{case['text'][:80]!r}", *notes, sep="\n    ", file=sys.stderr)
    print("| field | precision | recall |\n|---|---|---|")
    for field, (hits, wanted, found) in tally.items():
        print(f"| {field} | {share(hits, found)} | {share(hits, wanted)} |")


def share(part: int, whole: int) -> str:
    return f"{part} of {whole}, {part / whole:.3f}" if whole else "–"


def records(rows: list[list[Any]]) -> list[Gold]:
    """The seizures of a passage's gold, with all amounts of one in one."""
    found: list[Gold] = []
    for row in rows:
        name, value, unit, money, info = (*row, None, None)[:5]
        amounts = [(value, unit)] if value is not None else []
        last = found[-1] if found else None
        if last and amounts and last["amounts"] and last["name"] == name and info is None and not money:
            last["amounts"] += amounts
        else:
            found.append({"name": name, "amounts": amounts, "money": money, **(info or {})})
    return found


def judge(gold: list[Gold], given: list[Gold], tally: Tally) -> list[str]:
    """Count what is right of one passage; returns what is not, in words."""
    notes, free = [], list(given)
    for wanted in gold:
        fitting = sorted((s for s in free if is_found(wanted, s)), key=lambda s: not names(wanted, s))
        if not fitting:
            add(tally, "seizure", 0, 1, 0)
            notes.append(f"missed {wanted['name']} {wanted['amounts'] or wanted['money']}")
            continue
        free = [s for s in free if s is not fitting[0]]
        add(tally, "seizure", 1, 1, 1)
        for field, right, asked, told in fields(wanted, fitting[0]):
            add(tally, field, right, asked, told)
            if not right == asked == told:
                notes.append(f"{field} of {wanted['name']}: {right} right of {asked} wanted and {told} given")
    for seizure in free:
        add(tally, "seizure", 0, 0, 1)
        notes.append(
            f"wrong {seizure['confidence']} {seizure['commodity']['text']} {[q['text'] for q in seizure['quantities']]}"
        )
    return notes


def add(tally: Tally, field: str, right: int, wanted: int, given: int) -> None:
    tally[field] = [a + b for a, b in zip(tally[field], (right, wanted, given), strict=True)]


def is_found(wanted: Gold, seizure: Gold) -> bool:
    values = {q["value"] for q in seizure["quantities"]} - {None}
    if wanted["amounts"]:
        return any(value in values for value, _ in wanted["amounts"])
    return not values and bool(wanted["money"]) and wanted["money"][0] in {m["amount"] for m in seizure["money"]}


def names(wanted: Gold, seizure: Gold) -> bool:
    """Whether the last word of the gold's name is in the name given."""
    told = " ".join([seizure["commodity"]["text"], *(q["item"] or "" for q in seizure["quantities"])])
    return fold(wanted["name"]).split()[-1].rstrip("s") in fold(told)


def fields(wanted: Gold, seizure: Gold) -> list[tuple[str, int, int, int]]:
    """Each field with how many of it are right, wanted and given."""
    amounts = {(q["value"], q["unit"]) for q in seizure["quantities"] if q["value"] is not None}
    values, sums = {value for value, _ in amounts}, {(m["amount"], m["currency"]) for m in seizure["money"]}
    worth = {tuple(wanted["money"])} if wanted["money"] else set()
    held = [
        ("commodity", int(names(wanted, seizure)), 1, 1),
        ("amount", len({v for v, _ in wanted["amounts"]} & values), len(wanted["amounts"]), len(amounts)),
        ("unit", len({tuple(a) for a in wanted["amounts"]} & amounts), len(wanted["amounts"]), len(amounts)),
        ("value", len(sums & worth), len(worth), len(sums)),
    ]
    if "by" in wanted:
        held.append(("authority", *alike(wanted["by"], [[body] for body in seizure["by"]])))
    if "at" in wanted:
        places = [p for p in seizure["places"] if is_place(p, wanted["at"], seizure["places"])]
        held.append(("place", *alike(wanted["at"], [[p["name"], p["text"]] for p in places])))
    if "on" in wanted:
        date = seizure["dates"]
        held.append(("date", int(bool(date) and [date["start"], date["end"]] == wanted["on"]), 1, int(bool(date))))
    return held


def is_place(place: Gold, wanted: list[str], places: list[Gold]) -> bool:
    """Whether a place is to be judged: a country or a region beside a town only says where the town is."""
    asked = any(fold(w) in {fold(place["name"]), fold(place["text"])} for w in wanted)
    return asked or not (place["kind"] in {"country", "region"} and len(places) > 1)


def alike(wanted: list[str], given: list[list[str]]) -> tuple[int, int, int]:
    """How many are right, wanted and given; a name is right that holds the other or is held by it."""

    def is_one(one: str, spellings: list[str]) -> bool:
        return any(fold(one) in fold(s) or fold(s) in fold(one) for s in spellings)

    right = sum(any(is_one(w, s) for s in given) for w in wanted)
    wrong = sum(not any(is_one(w, s) for w in wanted) for s in given)
    return right, len(wanted), right + wrong


if __name__ == "__main__":
    main()
