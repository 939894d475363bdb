"""Paragraphs of a column, and what kind of block each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise
from statistics import median

from newsletter_extract.document import Block, BlockKind, Line
from newsletter_extract.layout.building import make_block
from newsletter_extract.layout.initials import is_initial_line
from newsletter_extract.layout.lines import type_size
from newsletter_extract.layout.notes import nested, numbered_items, with_notes_last
from newsletter_extract.layout.typography import is_capitals

_GAP = 1.25
"""A line this many times the usual pitch below the last begins a paragraph (leading varies by under a tenth).

The usual pitch is the lower quartile, since columns of short paragraphs have as many gaps between
as lines inside them.
"""
_LOOSE = 1.1
"""Where no fonts are known, so much more than the usual pitch is white if the words tell of a heading too."""
_MIN_PITCHES = 4
"""So many pairs of lines of one type tell their pitch; notes under a text are set closer than it."""
_SHORT = 0.82
"""A line that fills less of the column is short; after a full stop it ends its paragraph."""
_INDENT = (0.7, 4.0)
"""Indents of a first line, in type sizes: from a narrow column's em to a wide one's."""
_LARGER = 1.25
_TITLE = 1.45
"""Where no fonts are known a line that is larger by less may hold large letters by chance; two in a row do not."""
_SMALLER = 0.86
_SPACED_EM = 0.72
"""Letters of a heading set wide take more of the type size each; common ones take half."""
_HEADING_WORDS = 14
_DATELINE = re.compile(r"[^\W\d_a-z]{4,}(?: [^\W\d_a-z]{2,}){0,3}, ")
"""A name in capitals and a comma."""
_UNENDED = re.compile(r"[.!?:;,…–—-][”’\"')\]]*$")
"""The end of a line that is no title."""
_LONE_WORDS = 6
"""A line this short that stands alone is a heading where OCR tells no fonts."""
_MARKER = re.compile(r"(?:[•·▪■●◦‣–—*+¢«»©°]|\(?(?:[ivx]{1,4}|\d{1,2}|[a-z])\))(?=\s)")
_MISREAD_MARKS = frozenset("eocEOC@0")
"""What OCR makes of a bullet, besides marks."""
_MISREAD_DIGITS = frozenset("239")
"""The same; footnotes begin with these, too, so that they are no marks by themselves."""
_MIN_ITEMS = 2
_FLUSH = 0.5
"""Two lines are flush where they begin within this share of their height."""
_NOTE = re.compile(r"(?:\d{1,2}|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+|[!])(?=\s|[A-Z])")
_LEADER = re.compile(r"(?:\.\s?|…){3,}\s*\d{1,3}$")
"""The end of a line of contents."""
_HANGING, _HANG = re.compile(r"[gjpqyQ,;()\[\]{}|$@]"), 0.2
"""Letters and marks that reach under the line, and by how much of the height of a word."""
_STOP = re.compile(r"[.!?:;…][”’\"')\]]*$")


def blocks_of(lines: Sequence[Line], page: int, size: float) -> list[Block]:
    """Blocks of one column from top to bottom; `size` is the body type of the document in points."""
    if not lines:
        return []
    feet = [_foot(line) for line in lines]
    pitches = [below - above for above, below in pairwise(feet)]
    sizes = [type_size(line.words) for line in lines]
    usual = _usual_pitches(lines, pitches, sizes, size)
    left, right = min(line.bbox.x0 for line in lines), max(line.bbox.x1 for line in lines)
    numbered = numbered_items(lines, size)
    marks = [line.words[0].bbox.x0 for line in lines if _MARKER.match(line.text)]
    if len(marks) < _MIN_ITEMS:
        marks += _hung_letters(lines, size)
    groups: list[list[Line]] = [[lines[0]]]
    for k, (pitch, last, line) in enumerate(zip(pitches, lines, lines[1:], strict=False)):
        following = lines[k + 2] if k + 2 < len(lines) else None
        if (
            (_is_indented(last, line, following, left, size) and not _is_misread_item(last, marks, size))
            or pitch > _GAP * _expected(usual[k], min(sizes[k : k + 2]), size)
            or _changes_size(last, line, sizes[k + 1] - sizes[k], size)
            or id(line) in numbered
            or _begins(last, line, (left, right), size)
            or (pitch > _LOOSE * usual[k] and _is_set_apart(last, line, right, size))
            or (len(groups[-1]) == 1 and _stands_over_dateline(last, line, right, size))
        ):
            groups.append([])
        groups[-1].append(line)
    ink = _ink(lines)
    parted = [part for group in groups for part in _parted_items(group, marks, size)]
    blocks = [
        make_block(
            "list_item" if _is_misread_item(group[0], marks, size) else _kind(group, size, ink, numbered), page, group
        )
        for group in parted
    ]
    return nested(with_notes_last(_with_rests_of_notes(blocks, parted, size)))


def _with_rests_of_notes(blocks: list[Block], groups: Sequence[Sequence[Line]], size: float) -> list[Block]:
    """The blocks, with small print that goes on with a sentence right above a note made a note: the rest of another."""
    kinds: list[BlockKind] = [block.kind for block in blocks]
    for k, (block, below) in enumerate(pairwise(blocks)):
        small = _has_fonts(groups[k][0]) and type_size(groups[k][0].words) < _SMALLER * size
        if small and block.kind == "paragraph" and below.kind == "footnote" and block.text[0].islower():
            kinds[k] = "footnote"
    return [replace(block, kind=kind) for block, kind in zip(blocks, kinds, strict=True)]


def _foot(line: Line) -> float:
    """Where a line stands. A PDF's boxes reach as far down in every line; those of OCR do where a letter hangs down."""
    if _has_fonts(line):
        return line.bbox.bottom
    standing = [word.bbox.bottom for word in line.words if not _HANGING.search(word.text)]
    return median(standing or [word.bbox.bottom - _HANG * word.bbox.height for word in line.words])


def _usual_pitches(lines: Sequence[Line], pitches: Sequence[float], sizes: Sequence[float], size: float) -> list[float]:
    """For each pitch the one that is usual between lines of the same type, as far as there are enough of them."""
    solid = sorted(p for p in pitches if p > 0.8 * size) or [size * 1.3]
    by_size: dict[int, list[float]] = defaultdict(list)
    kinds = [_same_size(sizes[k], sizes[k + 1]) if _has_fonts(lines[k]) else None for k in range(len(pitches))]
    for kind, pitch in zip(kinds, pitches, strict=True):
        if kind is not None and pitch > 0.8 * kind:
            by_size[kind].append(pitch)
    usual = {kind: sorted(group)[len(group) // 4] for kind, group in by_size.items() if len(group) >= _MIN_PITCHES}
    return [solid[len(solid) // 4] if kind is None else usual.get(kind, solid[len(solid) // 4]) for kind in kinds]


def _same_size(first: float, second: float) -> int | None:
    """The type size of two lines in whole points, or None where they differ."""
    return round(first) if round(first) == round(second) else None


def _ink(lines: Sequence[Line]) -> int | None:
    """The usual colour of the column, where the reader knows colours."""
    colors = Counter(word.color for line in lines for word in line.words)
    return colors.most_common(1)[0][0]


def _color(line: Line) -> int | None:
    """The colour of all words of the line, or None."""
    first = line.words[0].color
    return first if all(word.color == first for word in line.words) else None


def _is_misread_item(line: Line, marks: Sequence[float], size: float) -> bool:
    """Whether OCR read a list's mark as a letter: a lone one right below or above the marks of other items."""
    first = line.words[0]
    if len(marks) < _MIN_ITEMS or first.text not in _MISREAD_MARKS | _MISREAD_DIGITS or len(line.words) < 2:
        return False
    return line.words[1].text[0].isupper() and any(abs(first.bbox.x0 - left) < 0.4 * size for left in marks)


def _hung_letters(lines: Sequence[Line], size: float) -> list[float]:
    """Where OCR read marks of a list as lone letters, set out from lines that begin where their text does."""
    found = [
        (line.words[0].bbox.x0, line.words[1].bbox.x0, below.bbox.x0)
        for line, below in zip(lines, [*lines[1:], None], strict=True)
        if below and not _has_fonts(line) and len(line.words) > 1 and line.words[0].text in _MISREAD_MARKS
    ]
    hung = any(abs(text - below) < _FLUSH * size for _, text, below in found)
    return [mark for mark, _, _ in found] if hung else []


def _parted_items(group: list[Line], marks: Sequence[float], size: float) -> list[list[Line]]:
    parted = [group[:1]]
    for line in group[1:]:
        if _is_misread_item(line, marks, size):
            parted.append([])
        parted[-1].append(line)
    return parted


def _is_indented(last: Line, line: Line, following: Line | None, left: float, size: float) -> bool:
    """Whether the line alone is set in from its neighbours, as the first of a paragraph is."""
    if is_initial_line(last.words[0], size):
        return False
    if _MARKER.match(last.text) or not _INDENT[0] * size < line.bbox.x0 - left < _INDENT[1] * size:
        return False
    flush = 0.3 * size
    return last.bbox.x0 - left < flush and following is not None and following.bbox.x0 - left < flush


def _expected(usual: float, smaller: float, size: float) -> float:
    """The pitch to expect between two lines: the `usual` one, or more where the `smaller` of them is set large."""
    return max(usual, 1.3 * smaller) if smaller > _LARGER * size else usual


def _begins(last: Line, line: Line, edges: tuple[float, float], size: float) -> bool:
    left, right = edges
    if _is_marked(line, last):
        return True
    if _LEADER.search(last.text):
        return True
    if _color(last) != _color(line) and None not in {_color(last), _color(line)}:
        return min(len(last.words), len(line.words)) <= _HEADING_WORDS
    if _all_italic(last) != _all_italic(line) and len(line.words) <= _HEADING_WORDS >= len(last.words):
        return not (_all_italic(last) and line.words[0].italic) and not line.text[0].islower()
    if _is_run_in(last, line):
        return True
    if _all_bold(last) and last.text.endswith((".", ":")) and right - last.bbox.x1 < size and not line.words[0].bold:
        return False
    if _all_bold(last) != _all_bold(line) and (_all_bold(last) or len(line.words) <= _HEADING_WORDS):
        return not (_all_bold(last) and line.words[0].bold)
    short = last.bbox.x1 - left < _SHORT * (right - left)
    room = right - last.bbox.x1 > line.words[0].bbox.width + 0.5 * size
    return short and room and bool(_STOP.search(last.text)) and not line.text[0].islower()


def _is_set_apart(last: Line, line: Line, right: float, size: float) -> bool:
    """Whether a heading of its own line ends before or with `last`, where no fonts are known to tell.

    A line that had room for the next word was ended on purpose, and capitals end where the text begins.
    """
    if _has_fonts(line) or line.text[0].islower() or last.text.endswith(("-", ",")):
        return False
    room = right - last.bbox.x1 > line.words[0].bbox.width + 0.5 * size
    return room or is_capitals(last.text) != is_capitals(line.text)


def _stands_over_dateline(last: Line, line: Line, right: float, size: float) -> bool:
    """Whether a line with white above is the title of a text that begins with a name in capitals, on a scan."""
    if _has_fonts(line) or not _DATELINE.match(line.text) or is_capitals(last.text):
        return False
    titled = len(last.words) <= _HEADING_WORDS and last.text[0].isupper() and not _UNENDED.search(last.text)
    return titled and right - last.bbox.x1 > size


def _is_marked(line: Line, last: Line) -> bool:
    """Whether the line begins with the mark of an item, and not with the end of what stands in brackets."""
    found = _MARKER.match(line.text)
    if found is None or (found[0].endswith(")") and "(" not in found[0] and _opens_bracket(last.text)):
        return False
    return not (found[0][0] == "(" and _refers(line.text[found.end() :].lstrip(), line, last))


def _refers(rest: str, line: Line, last: Line) -> bool:
    """Whether a mark in brackets is named in a sentence of the line above, as in `of paragraph / (i) of this order`."""
    flush = abs(line.bbox.x0 - last.bbox.x0) < _FLUSH * line.bbox.height
    ended = _STOP.search(last.text) or last.text.endswith((",", " and", " or")) or _MARKER.match(last.text)
    return flush and not ended and rest[:1].islower()


def _opens_bracket(text: str) -> bool:
    return text.rfind("(") > text.rfind(")")


def _changes_size(last: Line, line: Line, growth: float, size: float) -> bool:
    """Whether the type changes between the lines, and not inside one of them as small capitals in a sentence do."""
    change = abs(growth)
    if not (_has_fonts(line) and _has_fonts(last)):
        return change > 0.4 * size
    before, after = last.words[-1].size_pt, line.words[0].size_pt
    return change > 0.15 * size and (before is None or after is None or abs(after - before) > 0.15 * size)


def _has_fonts(line: Line) -> bool:
    return line.words[0].size_pt is not None


def _all_italic(line: Line) -> bool:
    return all(w.italic for w in line.words)


def _is_run_in(last: Line, line: Line) -> bool:
    """Whether the line begins with a bold heading of its paragraph, after the end of another."""
    bold = [word.bold for word in line.words]
    return bold[0] and not all(bold) and not last.words[-1].bold and bool(_STOP.search(last.text))


def _all_bold(line: Line) -> bool:
    return all(w.bold for w in line.words)


def _kind(group: Sequence[Line], size: float, ink: int | None, numbered: Set[int]) -> BlockKind:
    text = " ".join(line.text for line in group)
    height = median(type_size(line.words) for line in group)
    words = sum(len(line.words) for line in group)
    # a single letter on a scan is a stroke of a drawing or a speck
    lettered = sum(map(str.isalpha, text)) > (0 if _has_fonts(group[0]) else 1)
    mark = _MARKER.match(text)
    if mark and not (mark[0][-1] == ")" and all(_all_bold(line) for line in group)):
        return "list_item"
    if height < _SMALLER * size and _NOTE.match(text):
        return "footnote"
    if words <= _HEADING_WORDS and lettered and not text.rstrip().endswith((".", ",", ";")):
        fonts = _has_fonts(group[0])
        capitals = is_capitals(text)
        alone = (
            not fonts
            and len(group) == 1
            and words <= _LONE_WORDS
            and text[0].isupper()
            and not any(c.isdigit() for c in text)
        )
        if alone and not text.endswith((":", "-")):
            return "heading"
        coloured = ink is not None and all(_color(line) not in {None, ink} for line in group)
        bold = all(_all_bold(line) for line in group)
        spaced = fonts and all(line.bbox.width > _SPACED_EM * height * len(line.text) for line in group)
        slanted = height >= size and len(group) == 1 and all(word.italic for word in group[0].words)
        if (
            height > (_LARGER if fonts or len(group) > 1 else _TITLE) * size
            or bold
            or capitals
            or coloured
            or spaced
            or slanted
        ):
            return "heading"
    return "list_item" if mark or id(group[0]) in numbered else "paragraph"
