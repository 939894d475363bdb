"""Words broken over lines are joined; real hyphens stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsletter_extract.document import Block
from newsletter_extract.lexicon import zipf
from newsletter_extract.repair.edits import Edit

_HYPHENS = r"\-\u2010\u00ad"
"""Hyphen-minus, hyphen and soft hyphen, as members of a character class."""
_BROKEN = re.compile(
    rf"(?P<first>[^\s{_HYPHENS}]*(?:[{_HYPHENS}][^\s{_HYPHENS}]+)*)(?P<hyphen>[{_HYPHENS}])\s(?P<second>\S+)"
)
_INSIDE = re.compile(
    rf"(?<![\w{_HYPHENS}])(?P<first>[^\W\d_]{{2,}})[{_HYPHENS}](?P<second>[^\W\d_]{{2,}})(?![\w{_HYPHENS}])"
)
_LETTERS = re.compile(r"[^\W\d_]+")


def find_breaks(block: Block, vocabulary: dict[str, int], is_name: Callable[[str], bool]) -> Iterator[Edit]:
    """Edits that join words broken at a line's end, and words that keep a hyphen of an earlier setting."""
    ends = {a.end for a, b in zip(block.tokens, block.tokens[1:], strict=False) if a.line != b.line or a.page != b.page}
    for match in _BROKEN.finditer(block.text):
        at_line_end = match.end("hyphen") in ends
        if not match["first"] or not match["first"][-1].isalpha() or not match["second"][0].isalpha():
            continue
        if not at_line_end and match["hyphen"] != "\u00ad" and match["second"].casefold() in {"and", "or", "to"}:
            continue
        if match["second"][0].isupper() and match["second"][1:2].islower() and not _is_word(match["first"], is_name):
            continue
        keep = match["hyphen"] == "-" and _keeps_hyphen(match["first"], match["second"], vocabulary, is_name)
        middle = "-" if keep else ""
        after = f"{match['first']}{middle}{match['second']}"
        yield Edit(
            match.start(), match.end(), after, "hyphen.keep" if keep else "hyphen.join", 0.97 if at_line_end else 0.9
        )
    for match in _INSIDE.finditer(block.text):
        joined = match["first"] + match["second"]
        parts = min(zipf(match["first"]), zipf(match["second"]))
        if (
            zipf(joined) >= 3.5
            and parts < 2.5
            and vocabulary.get(match[0].casefold(), 0) < 2
            and match["second"].islower()
        ):
            yield Edit(match.start(), match.end(), joined, "hyphen.inside", 0.92)


def _is_word(part: str, is_name: Callable[[str], bool]) -> bool:
    """Whether the part before a hyphen can stand alone; else a capital after it begins another column's line."""
    tail = _LETTERS.findall(part)[-1]
    return zipf(tail) >= 2.5 or tail.isupper() or is_name(tail)


def _keeps_hyphen(first: str, second: str, vocabulary: dict[str, int], is_name: Callable[[str], bool]) -> bool:
    """Whether the hyphen at the line's end belongs to the word, as in cross-border."""
    tail, head = _LETTERS.findall(first)[-1], _LETTERS.match(second)
    head_text = head[0] if head else second
    joined, hyphened = (tail + head_text).casefold(), f"{tail}-{head_text}".casefold()
    if head_text[:1].isupper() and (tail[:1].isupper() or len(tail) > 3):
        return True
    if vocabulary.get(hyphened, 0) > vocabulary.get(joined, 0):
        return True
    if zipf(joined) >= 2.5 or vocabulary.get(joined, 0) or is_name(tail + head_text):
        return False
    return min(zipf(tail), zipf(head_text)) >= 3.6 and len(tail) >= 3 and len(head_text) >= 3
