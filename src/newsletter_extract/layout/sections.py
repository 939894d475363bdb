"""Sections: bands of white over all columns that part one set of columns from the next."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import BBox, Word
from newsletter_extract.layout.gutters import Interval, extent_of, gap_below, row_gaps, shared_gaps
from newsletter_extract.layout.lines import type_size
from newsletter_extract.layout.run import Run, run_of

_BAND_EM = 0.5
"""Least white over all columns that may part sections, in type sizes."""
_BALANCED_EM = 6.0
"""The columns of a section end within this many type sizes of each other."""
_LARGER, _LARGER_SCAN = 1.08, 1.2
_HEAD_LINES = 2
_SAMPLE = 60
"""So many words of a column tell its script."""
_WIDE_EM = 1.2
"""White between two words of a heading is less than so many type sizes."""
_STOPS = (".", "!", "?", ":", "”", ")")


def sections_of(run: Run, size: float, walls: Sequence[BBox] = ()) -> list[Run]:
    """The run, parted where a heading stands over all its columns, and between rows of short articles side by side.

    `size` is the body type in points. White at the same height in every column says little alone. A section begins
    where a heading at the left is followed by text in several columns on one line, or where each column begins with a
    heading as each did at the top of the run. An upright stroke between two columns, one of the `walls`, goes on
    through one section. Columns in different scripts are a text in two languages, each of which is read as a whole.
    """
    cuts = run.inner(run.gaps)
    if not cuts or _are_scripts(run.words(), cuts):
        return [run]
    between = [wall for wall in walls if any(low <= wall.x0 <= high for low, high in cuts)]
    edges = [
        k
        for k in range(1, len(run.rows))
        if _begins_section(run.rows, k, cuts, size) and not _is_ruled_through(run.rows[k], between)
    ]
    if not edges:
        return [run]
    extent = extent_of(run.words())
    parts = [run.rows[low:high] for low, high in zip([0, *edges], [*edges, len(run.rows)], strict=True)]
    return [part for rows in parts for part in _with_head(rows, cuts, extent, size)]


def _are_scripts(words: Sequence[Word], cuts: Sequence[Interval]) -> bool:
    """Whether the text of each column is in another script than that of the one before."""
    columns: list[list[str]] = [[] for _ in range(len(cuts) + 1)]
    for word in words[: _SAMPLE * len(columns)]:
        columns[_column(word, cuts)].append(word.text)
    scripts = [_script("".join(texts)) for texts in columns]
    return all(a and b and a != b for a, b in pairwise(scripts))


def _script(text: str) -> str:
    """The script of most letters, by the first word of their names in Unicode; "" where there are none."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else ""
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            found[unicodedata.name(letter, "").split(" ", 1)[0]] += count
    return found.most_common(1)[0][0] if found else ""


def _is_ruled_through(row: Sequence[Word], walls: Sequence[BBox]) -> bool:
    """Whether an upright stroke runs from above a row to below it."""
    top, bottom = min(w.bbox.top for w in row), max(w.bbox.bottom for w in row)
    return any(wall.top < top - 1 and wall.bottom > bottom + 1 for wall in walls)


def _begins_section(rows: Sequence[list[Word]], k: int, cuts: Sequence[Interval], size: float) -> bool:
    if gap_below(rows[k - 1], rows[k]) < _BAND_EM * size:
        return False
    after = _after_head(rows, k, cuts, size)
    if after is not None:
        return len(_filled(rows[after], cuts)) > 1 and _white_beside(rows, k, cuts) < _BALANCED_EM * size
    return (
        _heads_columns(rows[k], cuts, size)
        and _heads_columns(rows[_after_head(rows, 0, cuts, size) or 0], cuts, size)
        and all(_ends_sentence(line) for line in _last_lines(rows, k, cuts))
    )


def _heads_columns(row: Sequence[Word], cuts: Sequence[Interval], size: float) -> bool:
    """Whether the row is one of headings, in several columns."""
    pieces = _pieces(row, cuts)
    return len(pieces) > 1 and all(_is_head(piece, size) for piece in pieces)


def _after_head(rows: Sequence[list[Word]], k: int, cuts: Sequence[Interval], size: float) -> int | None:
    """The row behind a heading of one or two lines at the left that begins at row k, or None."""
    after = k
    while after < len(rows) and after - k < _HEAD_LINES and _filled(rows[after], cuts) == {0}:
        if not _is_head(rows[after], size):
            return None
        after += 1
    return after if k < after < len(rows) else None


def _white_beside(rows: Sequence[list[Word]], k: int, cuts: Sequence[Interval]) -> float:
    """How far above row k the column that ends first ends, in points."""
    top = min(word.bbox.top for word in rows[k])
    return top - min(max(w.bbox.bottom for w in line) for line in _last_lines(rows, k, cuts))


def _with_head(rows: list[list[Word]], cuts: Sequence[Interval], extent: Interval, size: float) -> list[Run]:
    """A section as a run, and its heading as one of its own."""
    after = _after_head(rows, 0, cuts, size) or 0
    return [_run(part, extent, size) for part in (rows[:after], rows[after:]) if part]


def _run(rows: list[list[Word]], extent: Interval, size: float) -> Run:
    gaps = row_gaps(rows[0], extent, size)
    for row in rows[1:]:
        gaps = shared_gaps(gaps, row_gaps(row, extent, size), size)
    whole = run_of([word for row in rows for word in row], gaps)
    return Run(rows, gaps, whole.left, whole.right)


def _column(word: Word, cuts: Sequence[Interval]) -> int:
    middle = (word.bbox.x0 + word.bbox.x1) / 2
    return sum(middle > (low + high) / 2 for low, high in cuts)


def _filled(row: Sequence[Word], cuts: Sequence[Interval]) -> set[int]:
    return {_column(word, cuts) for word in row}


def _pieces(row: Sequence[Word], cuts: Sequence[Interval]) -> list[list[Word]]:
    """The words of a row in each column that has any."""
    return [[word for word in row if _column(word, cuts) == column] for column in sorted(_filled(row, cuts))]


def _last_lines(rows: Sequence[list[Word]], k: int, cuts: Sequence[Interval]) -> list[list[Word]]:
    """The lowest line of each column above row k."""
    found: dict[int, list[Word]] = {}
    for above in range(k - 1, -1, -1):
        for piece in _pieces(rows[above], cuts):
            found.setdefault(_column(piece[0], cuts), piece)
        if len(found) > len(cuts):
            break
    return list(found.values())


def _ends_sentence(line: Sequence[Word]) -> bool:
    return max(line, key=lambda w: w.bbox.x1).text.endswith(_STOPS)


def _is_head(words: Sequence[Word], size: float) -> bool:
    larger = _LARGER if words[0].size_pt is not None else _LARGER_SCAN
    ordered = sorted(words, key=lambda w: w.bbox.x0)
    if any(b.bbox.x0 - a.bbox.x1 > _WIDE_EM * size for a, b in pairwise(ordered)):
        return False  # heads of a table
    return all(word.bold for word in words) or type_size(words) >= larger * size
