"""Tables in plain text whose rows are alike: words, figures and dates, as many of them as there are heads.

Cells stand one space apart, so that nothing but the heads and the shape of the rows tells the columns: where both give
the same number in every row, they are settled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from newsletter_extract import resources
from newsletter_extract.document import Line, Word
from newsletter_extract.layout.building import make_table
from newsletter_extract.layout.plain.figures import Row, Table, names_total, short_total, unit_names

_FIGURE = re.compile(r"[€$£¥]?\d[\d.,’']*(?:%|[A-Za-z]{1,3})?|[-–—]")
_DAY, _MONTH, _YEAR = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\.?"), re.compile(r"[^\W\d_]{3,}\.?,?"), re.compile(r"\d{4}")
_MIN_ROWS = 3
_MOST_WORDS, _MOST_HEAD_WORDS, _MOST_ROLE_WORDS = 24, 24, 4
_SHARED = 0.5
"""Two columns of words are parted where so many rows share one of their cells with another row."""
_AFTER = 2
"""Within so many lines behind the rows another one of their shape means that a cell was wrapped."""


class Segment(NamedTuple):
    kind: str
    """`words`, `figure` or `date`."""
    words: list[Word]


def pattern_table(lines: Sequence[Line], start: int, page: int) -> Table | None:
    """The table whose heads are the line at `start`, or None where heads and rows do not settle the same columns."""
    words = lines[start].words
    if not 2 <= len(words) <= _MOST_HEAD_WORDS or not words[0].text[0].isupper() or words[-1].text.endswith("."):
        return None
    figures = [word.text for word in words if word.text[0].isdigit()]
    if len(figures) == 1 or not all(map(_YEAR.fullmatch, figures)):
        return None  # one year is that of a caption
    rows, end = _alike(lines, start + 1)
    if len(rows) < _MIN_ROWS or _goes_on(lines, end, rows):
        return None
    cells = [[segment.words for segment in row] for row in rows]
    heads = _heads(words, len(cells[0]))
    if heads is None:
        heads, cells = _with_units_apart(words, rows)
    if heads is None:
        heads, cells = _with_two_labels(words, rows)
    if heads is None:
        return None
    total = _total(lines[end], cells) if end < len(lines) else None
    table = make_table(page, [heads, *cells, *([total] if total else [])], 1, plain_text=True)
    return Table(table, end + bool(total), 0)


def unclear_rows(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines that look like the rows of a table, and were not read as one."""
    k = 0
    while k < len(lines):
        rows, end = _alike(lines, k)
        told = sum(segment.kind != "words" for segment in rows[0]) if rows else 0
        if len(rows) >= _MIN_ROWS and told > 1 and len(rows[0]) > 2 and rows[0][0].kind == "words":
            yield lines[k:end]
        k = max(k + 1, end)


def _alike(lines: Sequence[Line], start: int) -> tuple[list[list[Segment]], int]:
    """The rows from a line on whose cells are of the same kinds, and one past the last of them."""
    rows: list[list[Segment]] = []
    k = start
    while k < len(lines) and (row := _segments(lines[k])) and (not rows or _shape(row) == _shape(rows[0])):
        if _is_total(lines[k]):
            break
        rows.append(row)
        k += 1
    return rows, k


def _is_total(line: Line) -> bool:
    """Whether the words before the first figure are those of a total."""
    label = next((segment.words for segment in _segments(line)), [])
    return names_total(" ".join(word.text for word in label)) or names_total(line.words[0].text)


def _total(line: Line, cells: Sequence[Row]) -> Row | None:
    """The cells of a last row that sums up the others; None where the line is none or its figures may be of any column.

    They are of the columns of figures where it has one for each and those are the last columns.
    """
    if not _is_total(line):
        return None
    label, *figures = _segments(line)
    width = len(cells[0])
    columns = [c for c in range(1, width) if all(_is_figure(row[c]) for row in cells)]
    last = list(range(width - len(figures), width))
    if columns == last and all(segment.kind == "figure" for segment in figures):
        return [label.words, *([] for _ in range(1, last[0])), *(segment.words for segment in figures)]
    return short_total(line, cells)


def _is_figure(cell: Sequence[Word]) -> bool:
    return bool(cell) and _kind(cell)[0] == "figure"


def _shape(row: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(segment.kind for segment in row)


def _segments(line: Line) -> list[Segment]:
    """The cells of a line by their kinds; none where it cannot be a row."""
    words = line.words
    first = words[0].text
    if len(words) > _MOST_WORDS or not (first[0].isupper() or first.isdecimal()) or words[-1].text.endswith((".", ",")):
        return []
    row: list[Segment] = []
    k = 0
    while k < len(words):
        kind, size = _kind(words[k:])
        if kind == "words" and row and row[-1].kind == "words":
            row[-1].words.append(words[k])
        else:
            row.append(Segment(kind, list(words[k : k + size])))
        k += size
    return row if len(row) > 1 and any(segment.kind != "words" for segment in row) else []


def _kind(words: Sequence[Word]) -> tuple[str, int]:
    """The kind of the cell that begins with these words, and how many of them it holds at least."""
    texts = [word.text for word in words[:4]]
    if len(texts) > 2 and _DAY.fullmatch(texts[0]) and _MONTH.fullmatch(texts[1]) and _YEAR.fullmatch(texts[2]):
        return "date", 3
    if not _FIGURE.fullmatch(texts[0]):
        return "words", 1
    size = 1
    while size < len(texts) and texts[size].casefold().strip(".") in (unit_names() | _scales()):
        size += 1
    return "figure", size


@cache
def _scales() -> frozenset[str]:
    return frozenset(row["word"] for row in resources.rows("number_words.csv") if row["kind"] in {"scale", "group"})


@cache
def _roles() -> dict[str, str]:
    return {name: row["role"] for row in resources.rows("table_roles.csv") for name in row["words"].split("|")}


def _heads(words: Sequence[Word], count: int) -> Row | None:
    """The words as so many heads, each of a known name or beginning with a capital; None where they are not so many."""
    for by_name, joined in ((True, False), (False, False), (False, True)):
        groups = _groups(words, by_name=by_name, joined=joined)
        if len(groups) == count and any(map(_role, groups)):
            return groups
    return None


def _role(head: Sequence[Word]) -> str | None:
    """What a column of a known name holds."""
    return _roles().get(" ".join(word.text for word in head).casefold().strip("()"))


def _groups(words: Sequence[Word], *, by_name: bool, joined: bool) -> Row:
    """Heads by their names or their capitals; `joined` leaves a capital behind a small word in its head."""
    groups: Row = []
    k = 0
    while k < len(words):
        size = _name_size(words[k:]) if by_name else 0
        capital = words[k].text[0].isupper() and not (
            joined and groups and words[k - 1].text in resources.words("head_joiners.txt")
        )
        if not groups or size or capital or words[k].text.isdecimal():
            groups.append(list(words[k : k + max(1, size)]))
        else:
            groups[-1].append(words[k])
        k += max(1, size)
    return groups


def _name_size(words: Sequence[Word]) -> int:
    """How many of the first words are the longest known name of a column."""
    texts = [word.text.casefold() for word in words[:_MOST_ROLE_WORDS]]
    return next((n for n in range(len(texts), 0, -1) if " ".join(texts[:n]) in _roles()), 0)


def _with_units_apart(words: Sequence[Word], rows: Sequence[Sequence[Segment]]) -> tuple[Row | None, list[Row]]:
    """Heads and cells where the units behind the figures of a column have a head of their own."""
    heads = _heads(words, len(rows[0]) + 1)
    at = next((k for k, head in enumerate(heads or ()) if _role(head) == "unit"), 0)
    if heads is None or not 0 < at <= len(rows[0]):
        return None, []
    if not all(row[at - 1].kind == "figure" and len(row[at - 1].words) > 1 for row in rows):
        return None, []
    cells: list[Row] = []
    for row in rows:
        texts = [segment.words for segment in row]
        figure = texts[at - 1]
        cells.append([*texts[: at - 1], figure[:-1], figure[-1:], *texts[at:]])
    return heads, cells


def _with_two_labels(words: Sequence[Word], rows: Sequence[Sequence[Segment]]) -> tuple[Row | None, list[Row]]:
    """Heads and cells where one column of words is two: a head of goods says so, and cells recur in other rows."""
    heads = _heads(words, len(rows[0]) + 1)
    labels = [c for c, segment in enumerate(rows[0]) if segment.kind == "words"]
    if heads is None or len(labels) != 1:
        return None, []
    at = labels[0]
    named = [_role(head) for head in heads[at : at + 2]]
    cuts = _cuts([row[at].words for row in rows])
    if cuts is None or "commodity" not in named:
        return None, []
    cells = [
        [*(s.words for s in row[:at]), row[at].words[:cut], row[at].words[cut:], *(s.words for s in row[at + 1 :])]
        for row, cut in zip(rows, cuts, strict=True)
    ]
    return heads, cells


def _cuts(labels: Sequence[Sequence[Word]]) -> list[int] | None:
    """Where each label is two: behind a beginning or before an end that other labels have too; None where unsure."""
    texts = [tuple(word.text.casefold() for word in label) for label in labels]
    begins = Counter(text[:k] for text in texts for k in range(1, len(text)))
    ends = Counter(text[k:] for text in texts for k in range(1, len(text)))
    cuts, shared = [], 0
    for text in texts:
        longest = [max((k for k in range(1, len(text)) if begins[text[:k]] > 1), default=0)]
        longest.append(min((k for k in range(1, len(text)) if ends[text[k:]] > 1), default=0))
        known = {k for k in longest if k}
        shared += bool(known)
        if len(known) > 1 or (len(text) != 2 and not known):
            return None
        cuts.append(known.pop() if known else 1)
    return cuts if shared >= _SHARED * len(texts) else None


def _goes_on(lines: Sequence[Line], end: int, rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether more rows of the shape stand a little below, behind a line that is none."""
    near = (_segments(line) for line in lines[end + 1 : end + 1 + _AFTER])
    return any(row and _shape(row) == _shape(rows[0]) for row in near)
