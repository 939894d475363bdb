"""The bulletin itself: title, publisher, issue, period, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import FURNITURE, Block, Document
from newsletter_extract.extractors.dates.calendar_spans import Span, months, quarter, seasons_named
from newsletter_extract.extractors.dates.context import known_span
from newsletter_extract.extractors.dates.find import date_of
from newsletter_extract.extractors.dates.mentions import Habits, Mention
from newsletter_extract.extractors.dates.readers import find_mentions
from newsletter_extract.extractors.events.words import pattern
from newsletter_extract.extractors.languages import language_of
from newsletter_extract.extractors.masthead import ISSUE, parts_of, read_masthead
from newsletter_extract.schema import Bulletin, DateSpan, Organization

_YEARLY_NUMBER = re.compile(r"(?<!\d)(?P<number>\d{1,2})\s?(?:[/–-]|of)\s?(?P<year>(?:19|20)\d\d)(?!\d)")
_HEAD_BLOCKS = 6
_HEAD_WORDS = 45
"""A masthead line is shorter; longer blocks are text, and tell a period only in so many words."""
_LINE_WORDS = 16
"""A masthead that was run together with the text after it has the period among these words."""
_OTHER_ISSUE = re.compile(r"\b(?:next|last|previous|following|will)\b", re.I)
_COVERS = re.compile(
    r"\b(?:covers?|reports? on|reported|sums? up|(?<!same )(?<!corresponding )period|gathers|results? of|between)\b"
    r"(?:(?![.!?]\s).){0,80}$",
    re.I,
)
_PERIOD_DAYS = (26, 370)
_SHORTEST_DAYS = 4
"""A masthead may name a week or a fortnight."""
_RUNNING_PAGES = 2
_SURE, _GUESSED = 0.9, 0.7
"""A period that is written out, and one that the number of the issue tells."""


@dataclass(frozen=True, slots=True)
class Period:
    """The span a bulletin reports on, and the words that say so."""

    block: Block
    mention: Mention
    span: Span

    @property
    def told(self) -> dict[str, Span]:
        """The words of a season whose days the document itself tells, and what they mean wherever they stand."""
        words = self.block.text[self.mention.start : self.mention.end].casefold()
        return {words: self.span} if self.mention.explained else {}


def find_period(document: Document) -> Period | None:
    """The bulletin's period, from its masthead, its running heads or its first words; None where none tells it."""
    heads = list(_masthead(document))
    for block in heads:
        for mention in find_mentions(block.text, Habits(), "title"):
            span = known_span(mention)
            if span and _is_period(block, mention, span):
                return _as_dated(Period(block, mention, span), document)
    return next((period for block in heads if (period := _from_issue(block, heads))), None)


def _as_dated(period: Period, document: Document) -> Period:
    """The period; a season that holds none of the document's days is the one of its name that holds most of them.

    A winter is that of the year in which it ends too, and seasons of the south lie half a year from those of the north.
    """
    season = _SEASON.search(period.span.edtf)
    if season is None:
        return period
    spans = [known_span(m) for block in document.body() for m in find_mentions(block.text, Habits(), block.kind)]
    days = [span.start for span in spans if span and span.start and span.precision == "day"]
    named = seasons_named(int(season["year"]), int(season["code"]))
    held = [sum(span.start <= day <= span.end for day in days if span.start and span.end) for span in named]
    best = max(range(len(named)), key=lambda k: held[k])
    if held[0] or held[best] < _SHOWS_SEASON:
        return period
    mention = replace(period.mention, make=lambda _y: named[best], explained=True)
    return Period(period.block, mention, named[best])


_SEASON = re.compile(r"^(?P<year>\d{4})-(?P<code>2[1-4])$")
_SHOWS_SEASON = 2


def _masthead(document: Document) -> Iterator[Block]:
    """Title and first blocks, then running heads and feet of the first pages."""
    body = [block for page in document.pages[:_RUNNING_PAGES] for block in page.blocks if block.kind not in FURNITURE]
    yield from (block for block in body[:_HEAD_BLOCKS] if block.kind != "table")
    for page in document.pages[:_RUNNING_PAGES]:
        yield from (block for block in page.blocks if block.kind in {"header", "footer"})


_PERIOD_REACH = 4_000
"""Characters of a block in which it may name the bulletin's period."""


def _is_period(block: Block, mention: Mention, span: Span) -> bool:
    if not (span.start and span.end):
        return False
    if mention.start > _PERIOD_REACH:
        return False
    length, before = (span.end - span.start).days, block.text[: mention.start]
    short = len(block.text.split()) <= _HEAD_WORDS
    if _PERIOD_DAYS[0] <= length <= _PERIOD_DAYS[1]:
        if _COVERS.search(before):
            return True
        if block.text.rstrip().endswith("."):
            short = len(before.split()) <= _LINE_WORDS and bool(pattern("masthead").search(before))
        return short and not _OTHER_ISSUE.search(before)
    lone = _WEEK.match(block.text, mention.start) or not re.search(r"[^\W\d_]{3,}\s*,\s*$", before)
    named = pattern("masthead").search(block.text) or block.text[mention.start : mention.end] in parts_of(block)
    return bool(short and lone and length >= _SHORTEST_DAYS and (named or _WEEK.match(block.text, mention.start)))


_WEEK = re.compile(r"(?:week|semaine|woche|semana|settimana|KW|CW)\b", re.I)


def _from_issue(block: Block, heads: Sequence[Block]) -> Period | None:
    """ "No. 4/2021" of a quarterly is its fourth quarter, of a monthly its fourth month."""
    issue = ISSUE.search(block.text)
    numbered = _YEARLY_NUMBER.search(issue[0]) if issue else None
    text = " ".join(b.text for b in heads).casefold()
    if issue is None or numbered is None:
        return None
    number, year = int(numbered["number"]), int(numbered["year"])
    if "quarterly" in text and 1 <= number <= 4:
        span = quarter(year, number)
    elif "monthly" in text and 1 <= number <= 12:
        span = months(year, number, year, number)
    else:
        return None
    start = issue.start() + numbered.start()
    return Period(block, Mention(start, start + len(numbered[0]), lambda _y: span, has_year=False), span)


def read_bulletin(document: Document, period: Period | None, organizations: Sequence[Organization]) -> Bulletin:
    """What the first blocks and the running heads say of the bulletin."""
    masthead = read_masthead(document, organizations)
    return Bulletin(
        title=masthead.title,
        publisher=masthead.publisher,
        issue=masthead.issue,
        period=_date(period) if period else None,
        language=language_of(document.blocks()),
    )


def _date(period: Period) -> DateSpan:
    sure = _SURE if period.mention.has_year else _GUESSED
    return date_of(period.block, period.mention, period.span, sure)
