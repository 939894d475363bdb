"""Where, when and by whom goods were seized: by the sentence that tells of them, its event, or what led up to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from newsletter_extract.document import Block
from newsletter_extract.extractors.facts import Fact
from newsletter_extract.extractors.seizures.known import Known, within
from newsletter_extract.extractors.seizures.narrative import Told
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.schema import DateSpan, Occurrence, Organization, Place

_AUTHORITIES = frozenset({"customs", "police", "border", "unit", "justice", "government"})
_BESIDE = 14
"""Characters between goods and a place of their own in a list: "4 kg of heroin in Dover, 7 kg …"."""
_LED_UP = 1_000
"""Characters before the sentence with the goods in which others may say where, when and by whom."""
_REACH = 60
"""Characters before a place in which words say how it stands to what is told."""


def places_of(told: Told, known: Known, occurrence: Occurrence | None, lead: Block | None) -> list[Place]:
    """The places beside the goods, else in their sentence, else of the event, else of what led up to it."""
    if here := _places_of_sentence(told, known):
        return here
    if occurrence and occurrence.places:
        return list(occurrence.places)
    return next((p for text, facts in _before(told, lead, known.places) if (p := _at_hand(text, facts))), [])


def dates_of(told: Told, known: Known, occurrence: Occurrence | None, lead: Block | None) -> DateSpan | None:
    """The day of the sentence, else a month in it, else its year or the event's date, else that of what led up to it.

    A year in the sentence gives way to the date of the event where that lies in it.
    """
    dates = within(known.dates, told.block.id, *told.sentence)
    if here := next((d for kind in ("day", "month") for d in dates if d.precision == kind), None):
        return here
    of_event = occurrence.dates if occurrence else None
    if dates:
        return of_event if of_event and _is_within(of_event, dates[0]) else dates[0]
    if of_event:
        return of_event
    for _, facts in _before(told, lead, known.dates):
        if facts:
            narrow = [d for d in facts if d.precision in {"day", "month"}]
            return narrow[0] if len(narrow) == 1 else None
    return None


def _is_within(date: DateSpan, longer: DateSpan) -> bool:
    """Whether a date lies in a longer one: the day of an event in the year that a sentence names."""
    if date.start is None or date.end is None:
        return False
    return (longer.start is None or longer.start <= date.start) and (longer.end is None or date.end <= longer.end)


def authorities_of(told: Told, known: Known, lead: Block | None) -> list[str]:
    """The authorities that the sentence names, else those of the last one before it that names some."""
    here = _acting(told.block.text, within(known.organizations, told.block.id, *told.sentence))
    if here:
        return here
    return next((o for text, facts in _before(told, lead, known.organizations) if (o := _acting(text, facts))), [])


def _before(told: Told, lead: Block | None, facts: Mapping[str, Sequence[Fact]]) -> Iterator[tuple[str, list[Fact]]]:
    """The facts of the sentences that led up to the goods, the last first, each with its text.

    They are those before it in the paragraph, back to one that turns to something else ("Separately, …"), or the block
    that announced the list which the goods are an item of.
    """
    block = told.block
    if lead is not None:
        yield lead.text, within(facts, lead.id, 0, len(lead.text))
        return
    following = told.sentence[0]
    low = max(0, following - _LED_UP)
    for start, end in reversed(sentence_spans(block.text[low:following])):
        if context("shift").match(block.text, following):
            return
        following = low + start
        yield block.text, within(facts, block.id, following, low + end)


def _acting(text: str, bodies: Sequence[Organization]) -> list[str]:
    """The authorities among bodies, but for those that something was handed to, or that only asked, told or helped."""
    acting = [
        o.text
        for o in bodies
        if o.kind in _AUTHORITIES and o.provenance and not _RECEIVES.search(text, 0, o.provenance.start)
    ]
    return list(dict.fromkeys(acting))


_RECEIVES = re.compile(
    r"\b(?:handed|turned|passed|transferred|delivered|referred|sent|entrusted|donated|reported|over)\s(?:over\s)?to\s(?:the\s)?$"
    r"|\b(?:request\sof|behalf\sof|information\sfrom|supported\sby|support\sof)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _places_of_sentence(told: Told, known: Known) -> list[Place]:
    """The places of the sentence; where each of several goods has its own, that of the goods."""
    block, goods = told.block.id, told.goods
    text = told.block.text
    whole = _visited(text, within(known.places, block, *told.sentence))
    clause = _clause(text, told.sentence, goods.start)
    whole = _visited(text, within(known.places, block, *clause)) or whole
    if told.room == told.sentence:
        return whole
    after = _visited(text, within(known.places, block, goods.end, told.room[1]))
    if after and after[0].provenance:
        gap = text[goods.end : after[0].provenance.start]
        if len(gap) <= _BESIDE and not re.search(r"[,;]|\band\b", gap):
            return after
    before = within(known.places, block, told.room[0], goods.start)
    if before and before[-1].provenance and goods.start - before[-1].provenance.end <= _BESIDE:
        return before
    return whole


def _clause(text: str, sentence: tuple[int, int], position: int) -> tuple[int, int]:
    """The part of a sentence, between semicolons, that holds a position."""
    start = text.rfind("; ", sentence[0], position)
    end = text.find("; ", position, sentence[1])
    return (start if start >= 0 else sentence[0]), (end if end >= 0 else sentence[1])


def _visited(text: str, places: Sequence[Place]) -> list[Place]:
    """The places without those that goods or people come from or go to: "a parcel from Spain", "bound for Chennai"."""
    return _kept(text, places, lambda start: _ELSEWHERE.search(text, max(0, start - _REACH), start) is None)


def _at_hand(text: str, places: Sequence[Place]) -> list[Place]:
    """The places that a sentence says it happened at: "in Dover", "at the port of Bar", a dateline."""
    return _kept(
        text, _visited(text, places), lambda start: _AT.search(text, max(0, start - _REACH), start) is not None
    )


def _kept(text: str, places: Sequence[Place], is_wanted: Callable[[int], bool]) -> list[Place]:
    """The places whose first of a list is wanted by where it starts."""
    kept, end, wanted = [], -1, False
    for place in places:
        if place.provenance is None:
            continue
        start = place.provenance.start
        listed = end >= 0 and _LISTED.fullmatch(text, end, start) is not None
        wanted = wanted if listed else is_wanted(start)
        end = place.provenance.end
        kept += [place] if wanted else []
    return kept


_LISTED = re.compile(r"\s?(?:,\s(?:and\s)?|\sand\s|\sor\s|/|\s?\(|\)\s)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?<!miles\s)(?<!km\s)(?<!metres\s)(?<!meters\s)(?<!far\s)(?<!away\s)(?<!seized\s)(?<!recovered\s)\b(?:from|to|via|for|towards?|originating\sin|registered\sin|transit\sthrough|made\sin|citizens?\sof|nationals?\sof|flag\sof)"
    r"\s(?:the\s)?(?:(?:port|airport|city|town|island)\sof\s)?$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:\b(?:in|at|near|off|outside|around|on|along|inside|into)\s(?:the\s)?(?:(?!from\b|to\b|for\b|via\b)[\w’'-]+\s){0,3}?|^(?:PORT\sOF\s)?)$",
    re.IGNORECASE,
)
"""What stands before the place where something happened: "in the provinces of", "off", the beginning of a dateline."""
