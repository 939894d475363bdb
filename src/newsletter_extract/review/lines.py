"""Boxes of the printed lines that a fact stands on, where its one box spans several.

The contract gives a fact a single box; over a line break that covers two whole lines, most of whose words are not the
fact's. The words of a page with a text layer are at hand again, so there a fact is shown on just its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from newsletter_extract.document import BBox, Word, union
from newsletter_extract.errors import NewsletterExtractError
from newsletter_extract.reading import Source, read
from newsletter_extract.schema import Extraction, Provenance
from newsletter_extract.settings import ReadingSettings

_SHOWN = ("events", "seizures", "dates", "places", "organizations", "money", "repairs", "findings")
"""Lists whose facts are words in a line; a table is one box."""
_SLACK_PT = 0.6
"""Boxes of the output are rounded to a hundredth, and a word may lean out of its line's."""
_OTHER_LETTERS, _OTHER_SHARE = 8, 0.2
"""Letters that the boxes may hold more or less than the fact: of compounds it is part of, and what repairs changed."""


def line_boxes(extraction: Extraction, source: Source) -> dict[str, list[BBox]]:
    """Boxes by the JSON pointer of their fact, of those facts that a text layer shows on more than one line."""
    numbers = {page.number for page in extraction.source.pages if page.origin == "text_layer"}
    if not numbers or extraction.source.media_type != "application/pdf":
        return {}
    try:
        document = read(source, ReadingSettings(ocr="never", pages=tuple((n, n) for n in sorted(numbers))))
    except NewsletterExtractError:  # encrypted, as a rule; the pictures are missing then too
        return {}
    words = {page.number: page.words for page in document.pages}
    texts = {block.id: block.text for page in extraction.text for block in page.blocks}
    found = {}
    for pointer, where in _located(extraction):
        text = texts[where.block][where.start : where.end]
        if "\t" in text:  # a row of a table is one box, however many lines its cells have
            continue
        lines = _lines(_inside(words.get(where.page, ()), where))
        if len(lines) > 1 and (boxes := boxes_on(lines, text)):
            found[pointer] = boxes
    return found


def _located(extraction: Extraction) -> Iterator[tuple[str, Provenance]]:
    for kind in _SHOWN:
        for index, fact in enumerate(getattr(extraction, kind)):
            if fact.provenance and fact.provenance.bbox:
                yield f"/{kind}/{index}", fact.provenance


def _inside(words: Iterable[Word], where: Provenance) -> list[Word]:
    x0, top, x1, bottom = where.bbox or (0.0, 0.0, 0.0, 0.0)
    return [
        word
        for word in words
        if x0 - _SLACK_PT <= word.bbox.x0
        and word.bbox.x1 <= x1 + _SLACK_PT
        and top <= (word.bbox.top + word.bbox.bottom) / 2 <= bottom
    ]


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line, from the top, each line from left to right; a word is of a line whose middle its box spans."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.bbox.top + w.bbox.bottom):
        if lines and word.bbox.top < (lines[-1][0].bbox.top + lines[-1][0].bbox.bottom) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.bbox.x0) for line in lines]


def boxes_on(lines: Sequence[Sequence[Word]], text: str) -> list[BBox]:
    """The box on each line of the words that `text` begins and ends with; none where they are not its words.

    Only the ends are compared, letter by letter, since repairs may have changed what stands between.
    """
    wanted = _letters(text)
    first, last = lines[0], lines[-1]
    rest = "".join(_letters(w.text) for line in lines[1:] for w in line)
    starts = [_common(_letters("".join(w.text for w in first[k:])) + rest, wanted) for k in range(len(first))]
    before = "".join(_letters(w.text) for line in lines[:-1] for w in line)
    ends = [
        _common((before + _letters("".join(w.text for w in last[: k + 1])))[::-1], wanted[::-1])
        for k in range(len(last))
    ]
    if not wanted or not max(starts) or not max(ends):
        return []
    begin, end = starts.index(max(starts)), ends.index(max(ends))
    covered = (first[begin:], *lines[1:-1], last[: end + 1])
    letters = sum(len(_letters(w.text)) for line in covered for w in line)
    if abs(letters - len(wanted)) > max(_OTHER_LETTERS, _OTHER_SHARE * len(wanted)):
        return []  # as where the fact goes on in the next column, and much else stands in its box
    return [union(w.bbox for w in line) for line in covered]


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
