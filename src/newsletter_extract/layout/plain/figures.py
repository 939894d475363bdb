"""Tables in plain text whose cells stand one space apart: told by rows of a label and as many figures each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from newsletter_extract import resources
from newsletter_extract.document import Block, Line, Word
from newsletter_extract.layout.building import make_table

_FIGURE = re.compile(r"[€$£¥]?\d[\d.,’']*%?|[-–—]")
_LEAD, _GROUP = re.compile(r"[€$£¥]?\d{1,3}"), re.compile(r"\d{3}(?:[.,]\d+)?")
"""The first and the other parts of a figure whose thousands spaces part."""
_LEAST_FIGURES, _MIN_ROWS = 3, 3
"""Two figures behind a label are a count and an amount, which `tables` knows more of."""
_SAMPLE = 40
"""So many rows tell how many figures a row has."""
_MAX_LABEL_WORDS, _MAX_HEAD_WORDS = 8, 16

Row = list[list[Word]]


class Table(NamedTuple):
    block: Block
    end: int
    """One past its last line."""
    heads: int
    """How many lines above the first row are its heads: one or none."""


class _Parsed(NamedTuple):
    label: list[Word]
    figures: Row
    """Figures or parts of them, each with its unit, up to the end of the line."""


def figure_table(lines: Sequence[Line], start: int, page: int) -> Table | None:
    """The table whose first row is the line at `start`, or None where no three rows have as many figures.

    Lines of words between two rows go on with the label above or begin the one below.
    """
    first = [row.figures for _, row in islice(_run(lines, start), _SAMPLE)] if _parsed(lines[start]) else []
    if len(first) < _MIN_ROWS:
        return None
    count = _count(first, lines[start - 1].words if start else ())
    rows: list[Row] = []
    end = start
    for k, (label, words) in _run(lines, start):
        figures = _grouped(words, count)
        if figures is None:
            break
        between = [word for line in lines[end:k] for word in line.words] if rows else []
        if between and between[0].text[0].islower():
            rows[-1][0].extend(between)
            between = []
        rows.append([[*between, *label], *figures])
        end = k + 1
    if len(rows) < _MIN_ROWS:
        return None
    total = short_total(lines[end], rows) if end < len(lines) else None
    rows, end = ([*rows, total], end + 1) if total else (rows, end)
    heads = _heads(lines[start - 1].words, count) if start else None
    if heads and len(heads) == count + 2 and all(map(_ends_in_unit, rows)):
        rows = [[row[0][:-1], row[0][-1:], *row[1:]] for row in rows]
    heads = heads if heads and len(heads) == len(rows[0]) else None
    if heads is None and any(len(cell) > 1 for row in rows for cell in row[1:]):
        return None  # a list of amounts is one cell
    table = make_table(page, [heads, *rows] if heads else rows, int(heads is not None), plain_text=True)
    return Table(table, end, int(heads is not None))


def _count(sample: Sequence[Row], above: Sequence[Word]) -> int:
    """How many figures a row has: as many as the line above has heads for, where all rows can; else what most have."""
    told = len(_by_capitals(above)) - 1
    if told >= _LEAST_FIGURES and all(_grouped(figures, told) for figures in sample):
        return told
    return Counter(map(len, sample)).most_common(1)[0][0]


def _run(lines: Sequence[Line], start: int) -> Iterator[tuple[int, _Parsed]]:
    """The rows from line `start` on, with their numbers; between two at most one line of a wrapped label stands."""
    last = start - 1
    for k in range(start, len(lines)):
        parsed = _parsed(lines[k])
        if parsed:
            yield k, parsed
            last = k
        elif k - last > 1 or len(lines[k].words) > _MAX_LABEL_WORDS or any(c.isdigit() for c in lines[k].text):
            return


def _parsed(line: Line) -> _Parsed | None:
    """The label and the figures of a row; None where the line is none."""
    label, figures = _split(line.words)
    if len(figures) < _LEAST_FIGURES or not 0 < len(label) <= _MAX_LABEL_WORDS:
        return None
    if not any(c.isalpha() for c in label[0].text) or not any(c.isdigit() for cell in figures for c in cell[0].text):
        return None
    return _Parsed(label, figures)


def _split(words: Sequence[Word]) -> tuple[list[Word], Row]:
    """The words of a line before the figures at its end, and those."""
    figures: Row = []
    begin = len(words)
    while begin and (size := _figure_size(words[:begin])):
        figures.insert(0, list(words[begin - size : begin]))
        begin -= size
    return list(words[:begin]), figures


def names_total(text: str) -> bool:
    """Whether words before figures say that these sum up others: "Total", "All ports:"."""
    return text.casefold().rstrip(":") in resources.words("total_words.txt")


def short_total(line: Line, rows: Sequence[Row]) -> Row | None:
    """A last row that sums up fewer columns than there are; None where a figure is the sum of none.

    A lone figure that nothing adds up to is of the counts in the first column, as a total that is wrong often is.
    """
    label, figures = _split(line.words)
    if not (label and names_total(label[0].text)) or not 0 < len(figures) < len(rows[0]):
        return None
    sums = [str(sum(int(_digits(row[c])) for row in rows)) for c in range(1, len(rows[0]))]
    total: Row = [list(label), *([] for _ in sums)]
    for figure in figures:
        free = [c for c in range(1, len(total)) if not any(total[c:]) and sums[c - 1] == _digits(figure)]
        if not free and len(figures) == 1 and all(row[1][0].text.isdecimal() for row in rows):
            free = [1]
        if not free:
            return None
        total[free[0]] = list(figure)
    return total


def _digits(words: Sequence[Word]) -> str:
    return "".join(c for word in words for c in word.text if c.isdecimal()) or "0"


def _figure_size(words: Sequence[Word]) -> int:
    """How many of the last words are one figure: one, two where a unit stands behind it, or none."""
    if _FIGURE.fullmatch(words[-1].text):
        return 1
    unit = len(words) > 1 and words[-1].text.casefold() in unit_names() and words[-2].text[-1:].isdigit()
    return 2 if unit and _FIGURE.fullmatch(words[-2].text) else 0


def _grouped(figures: Row, count: int) -> Row | None:
    """The figures as so many, with thousands put together; None where there is no way, or more than one."""
    ways = list(islice(_ways(figures, count), 2))
    return ways[0] if len(ways) == 1 else None


def _ways(figures: Row, count: int) -> Iterator[Row]:
    if not figures or not count or len(figures) < count:
        if not figures and not count:
            yield []
        return
    size = 1
    while size <= len(figures) and (size == 1 or _goes_on(figures[:size])):
        for rest in _ways(figures[size:], count - 1):
            yield [[word for figure in figures[:size] for word in figure], *rest]
        size += 1


def _goes_on(figures: Row) -> bool:
    """Whether the last of the figures is more digits of one that spaces part."""
    before, last = figures[-2], figures[-1]
    whole = len(before) == 1 and (_LEAD if len(figures) == 2 else _GROUP).fullmatch(before[0].text)
    return bool(whole and _GROUP.fullmatch(last[0].text))


def _heads(words: Sequence[Word], count: int) -> Row | None:
    """The words of a line as heads; None where it cannot be the line of heads over a label and so many figures."""
    if len(words) > _MAX_HEAD_WORDS or not words[0].text[0].isupper() or words[-1].text.endswith((".", ";")):
        return None
    heads = _by_capitals(words)
    return heads if len(heads) in {count + 1, count + 2} else None


def _by_capitals(words: Sequence[Word]) -> Row:
    """The words in groups that begin with a capital or are numbers, as years are."""
    groups: Row = []
    for word in words:
        if groups and not word.text[0].isupper() and not word.text.isdecimal():
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _ends_in_unit(row: Row) -> bool:
    return len(row[0]) > 1 and row[0][-1].text.casefold() in unit_names()


@cache
def unit_names() -> frozenset[str]:
    """The spellings of all units, in small letters."""
    return frozenset(name for row in resources.rows("units.csv") for name in row["names"].casefold().split("|"))
