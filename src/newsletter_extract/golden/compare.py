"""What differs between two extractions of one document, told by fact and not by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newsletter_extract.golden.facts import KINDS, Fact, Value, facts_of
from newsletter_extract.schema import Extraction

Change = Literal["added", "lost", "changed", "moved"]

_ALIKE = 0.5
"""Share of equal fields from which two facts are one with something changed; below, one was lost and one added."""
_NAME_ALIKE = 0.6
"""Likeness of two names (0 to 1 as difflib counts it) from which text and headings count as the same."""
_NAME_LENGTH = 400
"""Characters of a name that are compared."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What is no drift."""

    confidence_step: float = 0.0
    """Changes of a confidence up to this are ignored (0 to 1)."""
    geometry: bool = True
    """Whether a fact that only stands elsewhere counts as moved."""
    geometry_pt: float = 0.5
    """How far, in points, an edge of a box may move before it counts."""
    kinds: frozenset[str] = frozenset(KINDS)
    """Kinds of facts that are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `field`, `before` and `after` are set where a field changed or the fact moved."""

    change: Change
    kind: str
    name: str
    page: int | None = None
    field: str | None = None
    before: Value = None
    after: Value = None


def compare(golden: Extraction, today: Extraction, tolerance: Tolerance | None = None) -> list[Difference]:
    """Differences from `golden` to `today`, by kind and then in reading order; none where they tell the same.

    Which program and OCR engine made the extraction does not count, and neither do the ids of its records.
    """
    tolerance = tolerance or Tolerance()
    before, after = facts_of(golden), facts_of(today)
    return [
        difference
        for kind in KINDS
        if kind in tolerance.kinds
        for difference in _compare_kind(
            [f for f in before if f.kind == kind], [f for f in after if f.kind == kind], tolerance
        )
    ]


def _compare_kind(before: Sequence[Fact], after: Sequence[Fact], tolerance: Tolerance) -> Iterator[Difference]:
    lost: list[Fact] = []
    added: list[Fact] = []
    signatures = [_signature(f) for f in before], [_signature(f) for f in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *signatures, autojunk=False).get_opcodes():
        old, new = before[i1:i2], after[j1:j2]
        for first, second in zip(old, new, strict=True) if tag == "equal" else _pairs(old, new):
            if first and second:
                yield from _differences(first, second, tolerance)
            elif first:
                lost.append(first)
            elif second:
                added.append(second)
    for fact in lost:
        twin = next((other for other in added if _signature(other) == _signature(fact)), None)
        if twin is None:
            yield Difference("lost", fact.kind, fact.name, _page(fact))
        else:
            added.remove(twin)
            if tolerance.geometry:
                yield Difference("moved", fact.kind, fact.name, _page(twin), "order")
    for fact in added:
        yield Difference("added", fact.kind, fact.name, _page(fact))


def _signature(fact: Fact) -> tuple[tuple[str, Value], ...]:
    """What has to be equal for two facts to be one and the same."""
    return tuple((path, value) for path, value in fact.fields.items() if not _is_confidence(path))


def _is_confidence(path: str) -> bool:
    return path.rpartition(".")[2] == "confidence"


def _pairs(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Each fact with the most alike of the other side, or alone."""
    scores = sorted(
        ((score, -i, -j) for i, a in enumerate(before) for j, b in enumerate(after) if (score := _likeness(a, b)) > 0),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scores:
        if -i not in partner and -j not in taken:
            partner[-i] = -j
            taken.add(-j)
    for i, fact in enumerate(before):
        yield fact, after[partner[i]] if i in partner else None
    yield from ((None, fact) for j, fact in enumerate(after) if j not in taken)


def _likeness(first: Fact, second: Fact) -> float:
    """How surely two facts are one and the same, 0 where they are not."""
    if first.kind in {"source", "bulletin"}:
        return 1.0
    paths = first.fields.keys() | second.fields.keys()
    equal = sum(first.fields.get(p) == second.fields.get(p) for p in paths) / max(1, len(paths))
    names = _name_likeness(first.name, second.name)
    if first.kind == "text":
        return names if names >= _NAME_ALIKE else 0.0
    return equal + names if names >= _NAME_ALIKE or (equal >= _ALIKE and _same_spot(first, second)) else 0.0


def _name_likeness(first: str, second: str) -> float:
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first[:_NAME_LENGTH], second[:_NAME_LENGTH], autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < _NAME_ALIKE or matcher.quick_ratio() < _NAME_ALIKE else matcher.ratio()


def _same_spot(first: Fact, second: Fact) -> bool:
    return first.spot is not None and second.spot is not None and first.spot.page == second.spot.page


def _differences(golden: Fact, today: Fact, tolerance: Tolerance) -> Iterator[Difference]:
    """Fields of one fact that changed; where none did, whether it moved."""
    changed = False
    for path in dict.fromkeys([*golden.fields, *today.fields]):
        old, new = golden.fields.get(path), today.fields.get(path)
        if old == new or (_is_confidence(path) and _near(old, new, tolerance.confidence_step)):
            continue
        changed = True
        yield Difference("changed", golden.kind, golden.name, _page(today), path, old, new)
    if not changed and tolerance.geometry and golden.spot and today.spot:
        before, after = golden.spot, today.spot
        if before.page != after.page:
            yield Difference("moved", golden.kind, golden.name, after.page, "page", before.page, after.page)
        elif before.bbox and after.bbox and _apart(before.bbox, after.bbox) > tolerance.geometry_pt:
            old_box, new_box = _box_text(before.bbox), _box_text(after.bbox)
            yield Difference("moved", golden.kind, golden.name, after.page, "bbox", old_box, new_box)
        elif not before.bbox and not after.bbox and before.characters != after.characters:
            ends = ["{}-{}".format(*spot.characters) for spot in (before, after)]
            yield Difference("moved", golden.kind, golden.name, after.page, "characters", *ends)


def _near(old: Value, new: Value, step: float) -> bool:
    numbers = isinstance(old, int | float) and isinstance(new, int | float)
    return numbers and abs(float(old or 0) - float(new or 0)) <= step + 1e-9


def _apart(first: Sequence[float], second: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def _box_text(box: Sequence[float]) -> str:
    return " ".join(f"{edge:.1f}" for edge in box)


def _page(fact: Fact) -> int | None:
    return fact.spot.page if fact.spot else None
