"""A run: rows that share white gutters, and its pieces between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import Interval, extent_of

AHEAD, TEXT_WORDS, TIGHT_EM = 3, 4, 1.0
"""Within so many rows a text of so many words a line goes on, with less white between its lines, in type sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows, the white intervals that all of them share, and how far they reach; `rows` is added to in place."""

    rows: list[list[Word]]
    gaps: list[Interval]
    left: float
    right: float

    def inner(self, gaps: Sequence[Interval]) -> list[Interval]:
        """The gaps with words on both sides."""
        return [gap for gap in gaps if gap[0] >= self.left and gap[1] <= self.right]

    def words(self) -> list[Word]:
        return [word for row in self.rows for word in row]


def run_of(row: list[Word], gaps: list[Interval]) -> Run:
    """A run of one row."""
    return Run([row], gaps, *extent_of(row))


def edges_of(cuts: Sequence[Interval]) -> list[float]:
    """The middles of the cuts, and what lies beyond all words on both sides."""
    return [float("-inf"), *((low + high) / 2 for low, high in cuts), float("inf")]


def pieces_of(words: Sequence[Word], cuts: Sequence[Interval]) -> list[list[Word]]:
    """The words between cuts, from left to right."""
    edges = edges_of(cuts)
    return [[w for w in words if low <= (w.bbox.x0 + w.bbox.x1) / 2 < high] for low, high in pairwise(edges)]


def starts_of_columns(run: Run, cuts: Sequence[Interval]) -> list[float]:
    """Where the columns of a run begin, from left to right, in points."""
    return [extent_of(piece)[0] for piece in pieces_of(run.words(), cuts) if piece]
