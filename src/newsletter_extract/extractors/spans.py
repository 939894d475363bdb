"""Spans of characters that are taken, kept in order so that asking costs little however many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Half-open spans [start, end) that do not overlap; ones that do are joined."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span shares a character with [start, end)."""
        k = bisect_left(self._starts, end)
        return k > 0 and self._ends[k - 1] > start

    def add(self, start: int, end: int) -> None:
        """Take [start, end), which must be free."""
        k = bisect_left(self._starts, start)
        self._starts.insert(k, start)
        self._ends.insert(k, end)

    def before(self, position: int) -> int | None:
        """The last end at or before the position."""
        k = bisect_right(self._ends, position)
        return self._ends[k - 1] if k else None

    def after(self, position: int) -> int | None:
        """The first start at or after the position."""
        k = bisect_left(self._starts, position)
        return self._starts[k] if k < len(self._starts) else None
