"""Edits of a block's text, kept so that the text as it was read can be rebuilt.

Passes of edits follow one another; where one touches what an earlier one wrote, the two become one with the names
of both rules, so that the changes of a block never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import Block, Change


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace [start, end) of the text by `after`."""

    start: int
    end: int
    after: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A block under repair with the changes made so far, in coordinates of its present text."""

    block: Block
    changes: tuple[Change, ...] = ()


def apply(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft after edits; of edits that overlap the first is taken."""
    block = draft.block
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if (not chosen or edit.start >= chosen[-1].end) and block.text[edit.start : edit.end] != edit.after:
            chosen.append(edit)
    if not chosen:
        return draft
    move = _mover(chosen)
    parts, position = [], 0
    for edit in chosen:
        parts += [block.text[position : edit.start], edit.after]
        position = edit.end
    text = "".join(parts) + block.text[position:]
    tokens = tuple(replace(t, start=move(t.start, False), end=move(t.end, True)) for t in block.tokens)
    cells = tuple(replace(c, start=move(c.start, False), end=move(c.end, True)) for c in block.cells)
    return Draft(replace(block, text=text, tokens=tokens, cells=cells), _changes(draft, chosen, text, move))


def _mover(edits: Sequence[Edit]) -> Callable[[int, bool], int]:
    """Old position → new; inside an edit it goes to the edit's start, or with `to_end` to its end."""

    def move(position: int, to_end: bool) -> int:
        shift = 0
        for edit in edits:
            if position <= edit.start and not (to_end and position == edit.start == edit.end):
                break
            if position < edit.end:
                return edit.start + shift + (len(edit.after) if to_end else 0)
            shift += len(edit.after) - (edit.end - edit.start)
        return position + shift

    return move


def _changes(draft: Draft, edits: Sequence[Edit], text: str, move: Callable[[int, bool], int]) -> tuple[Change, ...]:
    """Earlier changes moved along, new ones added, those that touch made one."""
    old_text, block_id = draft.block.text, draft.block.id
    spans = [(c.start, c.end, c.rule, c.confidence) for c in draft.changes]
    spans += [(e.start, e.end, e.rule, e.confidence) for e in edits]
    groups: list[tuple[int, int, list[str], float]] = []
    for start, end, rule, confidence in sorted(spans):
        if groups and _touch(groups[-1], start, end):
            low, high, rules, sure = groups[-1]
            groups[-1] = (low, max(high, end), [*rules, *([] if rule in rules else [rule])], min(sure, confidence))
        else:
            groups.append((start, end, [rule], confidence))
    result = []
    for start, end, rules, sure in groups:
        before = _as_read(old_text, draft.changes, start, end)
        low, high = move(start, False), move(end, True)
        result.append(Change(before, text[low:high], "+".join(rules), sure, block_id, low, high))
    return tuple(result)


def _touch(group: tuple[int, int, list[str], float], start: int, end: int) -> bool:
    """Whether a span overlaps a group; an empty one, where something was taken out, also at its edge."""
    return start < group[1] or (start == group[1] and (start == end or group[0] == group[1]))


def _as_read(text: str, changes: Sequence[Change], start: int, end: int) -> str:
    """text[start:end] with the changes inside it undone."""
    parts, position = [], start
    for change in changes:
        if start <= change.start and change.end <= end:
            parts += [text[position : change.start], change.before]
            position = change.end
    return "".join(parts) + text[position:end]


def as_read(text: str, changes: Sequence[Change]) -> str:
    """The text of a block before its repairs."""
    ordered = sorted(changes, key=lambda c: c.start)
    return _as_read(text, ordered, 0, len(text))
