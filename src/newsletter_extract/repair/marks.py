"""Stray marks: misread bullets, specks at the edges of lines, note marks at names, lost first letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsletter_extract.document import Block
from newsletter_extract.lexicon import zipf
from newsletter_extract.repair.edits import Edit

_BULLET = re.compile(r"^[¢+*«»©°■▪·](?=\s)")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])(?P<mark>[\"”“]{2,}|[*†‡]+)(?=[\s(.,;)]|$)")
_STRAY = re.compile(r"(?<=\s)(?P<stray>[&|~_^<>\\=]\d?|[:;](?=\s))\s")
_BAR_END = re.compile(r"\s[|¦](?=\s|$)")
_SPACE_BEFORE = re.compile(r"(?<=[\w)’”]) (?=[,;.)](?:\s|$))")


def find_marks(block: Block, is_name: Callable[[str], bool]) -> Iterator[Edit]:
    """Edits that take stray marks away or put the right ones."""
    text = block.text
    if block.kind == "list_item" and (match := _BULLET.match(text)):
        yield Edit(match.start(), match.end(), "•", "glyph.bullet", 0.95)
    ends = {t.end for a, t in zip(block.tokens[1:], block.tokens, strict=False) if a.line != t.line}
    starts = {a.start for a, t in zip(block.tokens[1:], block.tokens, strict=False) if a.line != t.line}
    for match in _NOTE_MARK.finditer(text):
        yield Edit(match.start(), match.end(), "", "glyph.note_mark", 0.85)
    for match in _STRAY.finditer(text):
        if match.end("stray") in ends or match.start("stray") in starts:
            yield Edit(match.start(), match.end(), "", "glyph.stray", 0.9)
    for match in _SPACE_BEFORE.finditer(text):
        yield Edit(match.start(), match.end(), "", "space.before_mark", 0.95)


def find_lost_letters(block: Block, vocabulary: dict[str, int]) -> Iterator[Edit]:
    """A first letter lost at a line's start, where just one makes the document's own word."""
    starts = [t for before, t in zip(block.tokens, block.tokens[1:], strict=False) if before.line != t.line]
    for token in starts:
        word = block.text[token.start : token.end]
        bare = word.strip(".,;:()")
        if not bare.isalpha() or (zipf(bare) >= 3.5 and vocabulary.get(bare.casefold(), 0) > 1):
            continue
        if bare == "nd":
            yield Edit(token.start, token.start + 2, "and", "glyph.lost_first", 0.9)
        elif bare.isupper() and len(bare) >= 5:
            whole = [v for v in vocabulary if v[1:] == bare.casefold()]
            if len(whole) == 1 and vocabulary.get(bare.casefold(), 0) <= 1:
                yield Edit(token.start, token.start + len(bare), whole[0].upper(), "glyph.lost_first", 0.92)
