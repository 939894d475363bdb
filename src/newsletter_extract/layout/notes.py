"""Marks of list items and footnotes, the nesting of lists, and the blocks that footnotes belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import FURNITURE, Block, Line
from newsletter_extract.layout.flow import DATE_LEAD

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(rf"[{_SUPERSCRIPTS}]+|\(?[0-9A-Za-z]{{1,4}}[).]|\d{{1,3}}(?=\s)|[^\w\s]{{1,3}}(?=\s)|[*†‡§]+")
_TO_SUPERSCRIPT = str.maketrans("0123456789", _SUPERSCRIPTS)
_NUMBERED = re.compile(r"(\d{1,2})\.(?=\s)")
_BACK, _LEVEL_EM = 12, 0.8
_INDENT_PT, _INDENT_CHARACTERS = 5.0, 1.0
"""Items whose marks stand this near to each other are of one level."""


def marker_of(block: Block) -> str | None:
    """The mark that a list item or footnote begins with, as it stands in the text; None for other blocks."""
    if block.kind not in {"list_item", "footnote"}:
        return None
    found = _MARK.match(block.text)
    return found[0] if found else None


def nested(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a column with the level of each list item, 0 the outermost, by where its mark stands."""
    lefts = sorted(block.tokens[0].bbox.x0 for block in blocks if block.kind == "list_item")
    steps: list[float] = []
    for left in lefts:
        if not steps or left - steps[-1] > (_INDENT_CHARACTERS if blocks[0].plain_text else _INDENT_PT):
            steps.append(left)
    return [
        replace(block, level=sum(step <= block.tokens[0].bbox.x0 for step in steps) - 1)
        if block.kind == "list_item"
        else block
        for block in blocks
    ]


def numbered_items(lines: Sequence[Line], size: float) -> Set[int]:
    """The identities of the lines that begin with the next number of a list, as `2.` under `1.`, at the same height.

    A number with a stop that begins a line by chance, as the day of a date does, has no such fellow.
    """
    found: set[int] = set()
    last: list[tuple[int, Line]] = []
    for line in lines:
        mark = _NUMBERED.match(line.text)
        if mark is None or len(line.words) < 2 or _is_month(line.words[1].text):
            continue
        number = int(mark[1])
        for before, other in reversed(last[-_BACK:]):
            if number == before + 1 and abs(other.bbox.x0 - line.bbox.x0) < _LEVEL_EM * size:
                found |= {id(other), id(line)}
                break
        last.append((number, line))
    return found


def _is_month(word: str) -> bool:
    return word.casefold().strip(".,") in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(row["name"].strip(".") for row in resources.rows("months.csv"))


def with_notes_last(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a column, where notes marked by a plain number are paragraphs if other text stands below them."""
    last = max((k for k, block in enumerate(blocks) if block.kind not in {"footnote", "caption"}), default=-1)
    return [
        replace(block, kind="paragraph")
        if block.kind == "footnote" and block.text[0].isdecimal() and (k < last or DATE_LEAD.match(block.text))
        else block
        for k, block in enumerate(blocks)
    ]


def noted(blocks: Sequence[Block]) -> dict[str, str]:
    """For the id of each footnote, the id of the block whose text bears its mark: the last such one before it."""
    found: dict[str, str] = {}
    for k, block in enumerate(blocks):
        marker = marker_of(block) if block.kind == "footnote" else None
        if marker is None:
            continue
        mark = _reference(marker)
        near = [b for b in blocks[:k] if b.kind != "footnote" and b.kind not in FURNITURE]
        near += [b for b in blocks[k + 1 :] if b.kind != "footnote" and b.page == block.page]
        bearer = next((b for b in reversed(near[-_REACH:]) if mark.search(b.text)), None)
        if bearer:
            found[block.id] = bearer.id
    return found


_REACH = 80
"""How many blocks back the mark of a footnote is looked for."""


def _reference(marker: str) -> re.Pattern[str]:
    """The mark as it stands in the text: digits raised, other signs behind a word."""
    raised = marker.rstrip(".)").translate(_TO_SUPERSCRIPT)
    if raised[0] in _SUPERSCRIPTS:
        return re.compile(rf"(?<![{_SUPERSCRIPTS}]){raised}(?![{_SUPERSCRIPTS}])")
    return re.compile(rf"(?<=\w){re.escape(marker)}(?![*†‡§])")
