"""Edits of a block's text, kept so that the text as it was read can be rebuilt.

Passes of edits follow one another; where one touches what an earlier one wrote, the two become one with the names
of both rules, so that the changes of a block never overlap. The work grows with the length of the block, no faster.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from newsletter_extract.document import Block, Cell, Change


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace [start, end) of the text by `after`."""

    start: int
    end: int
    after: str
    rule: str
    confidence: float


def columns_of(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The cells of a table column by column, in the order in which they come."""
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        columns[cell.column].append(cell)
    return list(columns.values())


@dataclass(frozen=True)
class Draft:
    """A block under repair: its text as it is now, the changes made so far, and where its tokens have moved to."""

    source: Block
    """The block as it was read."""
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    cells: tuple[Cell, ...]
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, block: Block) -> Draft:
        starts, ends = [t.start for t in block.tokens], [t.end for t in block.tokens]
        return cls(block, block.text, starts, ends, block.cells, choices(block))

    def block(self) -> Block:
        """The block with its text as it is now, tokens and cells where their words are."""
        if not self.changes:
            return self.source
        moved = zip(self.source.tokens, self.starts, self.ends, strict=True)
        tokens = tuple(token.at(start, end) for token, start, end in moved)
        return replace(self.source, text=self.text, tokens=tokens, cells=self.cells)

    def confidence_at(self, position: int) -> float | None:
        """What the OCR engine thought of the word at a position; None where it did not say."""
        at = bisect_right(self.starts, position) - 1
        return self.source.tokens[at].confidence if at >= 0 else None

    @cached_property
    def line_starts(self) -> list[int]:
        """Where printed lines begin, in order, the first of the block apart."""
        return [self.starts[k] for k in self._turns]

    @cached_property
    def line_ends(self) -> list[int]:
        """Where printed lines end, in order, the last of the block apart."""
        return [self.ends[k - 1] for k in self._turns]

    def begins_line(self, position: int) -> bool:
        return _is_in(self.line_starts, position)

    def ends_line(self, position: int) -> bool:
        return _is_in(self.line_ends, position)

    @cached_property
    def _turns(self) -> list[int]:
        tokens = self.source.tokens
        pairs = enumerate(pairwise(tokens), start=1)
        return [k for k, (a, b) in pairs if a.line != b.line or a.page != b.page]


def _is_in(ordered: Sequence[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value


def apply(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft after edits; of edits that overlap the first is taken, and those that change nothing are dropped."""
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if (not chosen or edit.start >= chosen[-1].end) and draft.text[edit.start : edit.end] != edit.after:
            chosen.append(edit)
    if not chosen:
        return draft
    move = _mover(chosen)
    parts, position = [], 0
    for edit in chosen:
        parts += [draft.text[position : edit.start], edit.after]
        position = edit.end
    text = "".join(parts) + draft.text[position:]
    return Draft(
        draft.source,
        text,
        _moved(draft.starts, chosen, move, to_end=False),
        _moved(draft.ends, chosen, move, to_end=True),
        tuple(replace(c, start=move(c.start, False), end=move(c.end, True)) for c in draft.cells),
        _changes(draft, chosen, text, move),
    )


def _moved(
    positions: Sequence[int], edits: Sequence[Edit], move: Callable[[int, bool], int], *, to_end: bool
) -> list[int]:
    """Positions in order, moved along: those before the first edit stay, those behind the last are shifted alike."""
    first = bisect_left(positions, edits[0].start)
    last = bisect_right(positions, edits[-1].end, lo=first)
    shift = sum(len(edit.after) - (edit.end - edit.start) for edit in edits)
    middle = [move(position, to_end) for position in positions[first:last]]
    return [*positions[:first], *middle, *(position + shift for position in positions[last:])]


def _mover(edits: Sequence[Edit]) -> Callable[[int, bool], int]:
    """Old position → new; inside an edit it goes to the edit's start, or with `to_end` to its end."""
    starts = [edit.start for edit in edits]
    shifts = [0]
    for edit in edits:
        shifts.append(shifts[-1] + len(edit.after) - (edit.end - edit.start))

    def move(position: int, to_end: bool) -> int:
        k = bisect_left(starts, position)
        if k and position < edits[k - 1].end:
            edit = edits[k - 1]
            return edit.start + shifts[k - 1] + (len(edit.after) if to_end else 0)
        if to_end and k < len(edits) and edits[k].start == edits[k].end == position:
            k += 1
        return position + shifts[k]

    return move


def _changes(draft: Draft, edits: Sequence[Edit], text: str, move: Callable[[int, bool], int]) -> tuple[Change, ...]:
    """Earlier changes moved along, new ones added, those that overlap or meet made one.

    Where two meet there may be a third between them, which took out all its text and has no length.
    """
    spans = [(c.start, c.end, c.rule, c.confidence) for c in draft.changes]
    spans += [(e.start, e.end, e.rule, e.confidence) for e in edits]
    groups: list[tuple[int, int, list[str], float]] = []
    for start, end, rule, confidence in sorted(spans):
        if groups and start <= groups[-1][1]:
            low, high, rules, sure = groups[-1]
            rules += [part for part in rule.split("+") if part not in rules]
            groups[-1] = (low, max(high, end), rules, min(sure, confidence))
        else:
            groups.append((start, end, rule.split("+"), confidence))
    result = []
    for start, end, rules, sure in groups:
        before = _as_read(draft.text, draft.changes, start, end)
        low, high = move(start, False), move(end, True)
        if before != text[low:high]:
            result.append(Change(before, text[low:high], "+".join(rules), sure, draft.source.id, low, high))
    return tuple(result)


def choices(block: Block) -> tuple[Change, ...]:
    """The words of a block of which another reading than the first was taken, as changes of that."""
    return tuple(
        Change(first.text, after, first.rule, t.confidence or 0.0, block.id, t.start, t.end)
        for t in block.tokens
        if (first := t.first_reading) is not None and (after := block.text[t.start : t.end]) != first.text
    )


def _as_read(text: str, changes: Sequence[Change], start: int, end: int) -> str:
    """text[start:end] with the changes inside it undone; `changes` are in order."""
    parts, position = [], start
    for k in range(bisect_left(changes, start, key=lambda c: c.start), len(changes)):
        change = changes[k]
        if change.start > end:
            break
        if change.end <= end:
            parts += [text[position : change.start], change.before]
            position = change.end
    return "".join(parts) + text[position:end]


def as_read(text: str, changes: Sequence[Change]) -> str:
    """The text of a block before its repairs."""
    ordered = sorted(changes, key=lambda c: c.start)
    return _as_read(text, ordered, 0, len(text))
