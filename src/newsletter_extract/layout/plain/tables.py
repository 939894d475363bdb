"""Tables in plain text: rows of a label, a count and an amount, however their cells were broken over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract import resources
from newsletter_extract.document import Block, Line, Word
from newsletter_extract.layout.building import make_table
from newsletter_extract.layout.plain.figures import figure_table, names_total
from newsletter_extract.layout.plain.patterns import pattern_table

_NUMBER = re.compile(r"[€$£]?\d[\d.,’']*%?$")
_AMOUNT = re.compile(r"[€$£]\s?\d|\d")
_MIN_ROWS = 3
_MAX_LABEL_WORDS = 14
_MAX_BETWEEN = 2
"""Lines without numbers that may stand between two rows, as wrapped labels do."""

Row = list[list[Word]]


def find_tables(lines: Sequence[Line], page: int) -> list[list[Line] | Block]:
    """The lines in order, with each run that is a table made a block."""
    parts: list[list[Line] | Block] = []
    rest: list[Line] = []
    k = 0
    while k < len(lines):
        told = pattern_table(lines, k, page) or figure_table(lines, k, page)
        if told:
            kept = rest[: len(rest) - told.heads]
            parts += [kept, told.block] if kept else [told.block]
            rest, k = [], told.end
            continue
        end = _table_end(lines, k)
        if end is None:
            rest.append(lines[k])
            k += 1
            continue
        begin, header = _header(rest, lines[k])
        kept = rest[: len(rest) - begin]
        parts += [kept] if kept else []
        parts.append(_table(lines[k:end], header, page))
        rest, k = [], end
    return [*parts, rest] if rest else parts


def _split(line: Line, *, inside: bool = False) -> tuple[int, int] | None:
    """Where the first and second number columns of a row begin, as indexes of words; None where it is no row.

    `inside` a table an amount may begin with any word, as the rest of a list does whose beginning stands above.
    """
    words = [word.text for word in line.words]
    if len(words) < 2 or len(words) > 40:
        return None
    for k in range(1, min(len(words), _MAX_LABEL_WORDS)):
        if _NUMBER.match(words[k]) and not _NUMBER.match(words[k - 1]) and _begins_with_letter(words[:k]):
            rest = words[k + 1 :]
            if not rest:
                return (k, k + 1) if words[0][0].isupper() else None
            if words[k].isdigit() and len(words[k]) <= 5 and (inside or _AMOUNT.match(rest[0])):
                return k, k + 1
            return None
    return None


def _begins_with_letter(words: Sequence[str]) -> bool:
    first = next((c for word in words for c in word if c.isalnum()), "")
    return first.isalpha()


def _is_row(line: Line, *, inside: bool = False) -> bool:
    return _split(line, inside=inside) is not None and (inside or not line.text.endswith((",", "-")))


def _table_end(lines: Sequence[Line], start: int) -> int | None:
    """One past the last line of a table that begins with the row at `start`, or None."""
    if not _is_row(lines[start]) or not lines[start].text[0].isupper() or not _has_count(lines[start]):
        return None
    rows, last, gap = int(_is_row(lines[start])), start, 0
    counts = int(_has_count(lines[start]))
    for k in range(start + 1, len(lines)):
        if _is_row(lines[k], inside=True):
            rows, last, gap = rows + _is_row(lines[k]), k, 0
            counts += _has_count(lines[k])
            if names_total(lines[k].words[0].text):
                break
        else:
            gap += 1
            if gap > _MAX_BETWEEN or len(lines[k].words) > _MAX_LABEL_WORDS:
                break
    return last + 1 if rows >= _MIN_ROWS and counts >= 0.6 * rows else None


def _has_count(line: Line) -> bool:
    cut = _split(line, inside=True)
    return cut is not None and (len(line.words) > cut[1] or names_total(line.words[0].text))


def _header(before: list[Line], row: Line) -> tuple[int, Row | None]:
    """How many lines before the table are its head (0 or 1), and their cells."""
    if not before:
        return 0, None
    words = before[-1].words
    roles = {word for r in resources.rows("table_roles.csv") for word in r["words"].split("|")}
    if not 2 <= len(words) <= 8 or not all(w.text[0].isupper() or w.text.startswith("(") for w in words):
        return 0, None
    known = [w.text.casefold().strip("()") in roles for w in words]
    return (1, [[word] for word in words]) if sum(known) >= 2 else (0, None)


def _table(lines: Sequence[Line], header: Row | None, page: int) -> Block:
    """Rows of label, count, amount; words of lines between two rows go to the label they belong to."""
    rows: list[Row] = []
    pending: list[Word] = []
    amounts: list[Word] = []
    for line in lines:
        cut = _split(line, inside=True)
        if cut is None:
            words = [w for w in line.words if any(c.isalnum() for c in w.text)]
            if words and words[0].text[0].isdigit():
                amounts += words
            elif _belongs_above(words, rows):
                rows[-1][0].extend(words)
            else:
                pending += words
            continue
        label = pending + _clean(line.words[: cut[0]])
        rows.append([label, list(line.words[cut[0] : cut[1]]), amounts + _clean(line.words[cut[1] :])])
        pending, amounts = [], []
    if pending and rows:
        rows[-1][0].extend(pending)
    width = max(len(row) for row in rows)
    if header:
        header = [*header, *([] for _ in range(width))][: max(width, len(header))]
        width = len(header)
    padded = [row + [[] for _ in range(width - len(row))] for row in rows]
    return make_table(page, [header, *padded] if header else padded, int(header is not None), plain_text=True)


def _clean(words: Sequence[Word]) -> list[Word]:
    """Words without lone marks at the edges of a cell, which are remains of rules."""
    kept = list(words)
    while kept and not any(c.isalnum() for c in kept[0].text):
        kept.pop(0)
    while kept and not any(c.isalnum() for c in kept[-1].text):
        kept.pop()
    return kept


def _belongs_above(words: Sequence[Word], rows: Sequence[Row]) -> bool:
    """Whether a line without numbers ends the label above rather than begins the one below."""
    if not rows or not words:
        return False
    above = " ".join(w.text for w in rows[-1][0])
    return above.endswith(("-", "‐", ",")) or words[0].text[0].islower()
