"""Seizures told in sentences: goods tied to a word that says they were taken out of traffic."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from newsletter_extract.document import Block
from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.extractors.seizures import continued
from newsletter_extract.extractors.seizures.cash import find_cash
from newsletter_extract.extractors.seizures.goods import find_goods
from newsletter_extract.extractors.seizures.goods_types import Goods, Span
from newsletter_extract.extractors.seizures.ties import (
    DIRECT_REACH,
    Tied,
    between,
    counts,
    governs,
    is_presumed,
    tie,
    with_unknown,
)
from newsletter_extract.extractors.seizures.totals import partly_told, parts_after, parts_of, without_totals
from newsletter_extract.extractors.seizures.triggers import Strength, Trigger, find_triggers, is_cancelled
from newsletter_extract.extractors.seizures.words import context, says
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Money

_LONGEST_SENTENCE = 2_000
_DUTY_REACH = 40
"""Characters before a sum in which a word says that it is duty or tax."""
_REMEMBERED = 40
"""So many of the seizures told last can be those that a sentence speaks of again."""
_SENTENCES_BACK = 3
"""So far back may goods be told that a sentence names again: "The bars have been confiscated"."""
_SURE: dict[Strength, float] = {
    "seizing": 0.96,
    "strong": 0.94,
    "rescue": 0.92,
    "stray": 0.8,
    "weak": 0.86,
    "presumed": 0.8,
}
"""Share of right facts by the strength of the trigger, measured on passages of our own (docs/accuracy.md)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A seizure told in a sentence of a block; `room` reaches from the goods told before it to those told after it."""

    block: Block
    sentence: Span
    room: Span
    goods: Goods
    worth: tuple[Money, ...]
    confidence: float
    part_of: Goods | None = None
    """Goods told before of which these are a part."""


@dataclass(frozen=True)
class _Paragraph:
    """What the sentences of a block are read with: its money and the spans of its dates, both in order.

    `led` says that it is an item of a list that was announced as seized goods.
    """

    block: Block
    money: Sequence[Money]
    dates: Sequence[Span]
    tools: Tools
    led: bool

    @cached_property
    def enforced(self) -> bool:
        """Whether it speaks of police or customs."""
        return self.led or says("enforcement", self.block.text)

    @cached_property
    def acted(self) -> bool:
        """Whether it speaks of a search, a hiding place or an arrest."""
        return says("action", self.block.text)

    def sums(self, span: Span) -> Sequence[Money]:
        """The money of a sentence."""
        low, high = (bisect_left(self.money, at, key=_start) for at in span)
        return self.money[low:high]

    def days(self, span: Span) -> Sequence[Span]:
        """The spans of the dates of a sentence."""
        low, high = (bisect_left(self.dates, (at, 0)) for at in span)
        return self.dates[max(low - 1, 0) : high]


def _start(money: Money) -> int:
    return money.provenance.start if money.provenance else 0


def find_told(
    block: Block, money: Sequence[Money], dates: Sequence[Span], tools: Tools, *, led: bool = False
) -> list[Told]:
    """The seizures that the sentences of a block tell of.

    `money` is the money of the block, `dates` the spans of its dates, both in order; `led` says that the block is an
    item of a list that was announced as seized goods.
    """
    text = block.text
    paragraph = _Paragraph(block, money, dates, tools, led)
    spans = [part for span in sentence_spans(text) for part in _parts(span)]
    found: list[Told] = []
    earlier: Span | None = None
    heard: list[Trigger] = [Trigger(0, 0, "seizing", "object")] if led else []
    earlier_spans: list[Span] = []
    alone, substance = False, ""
    packages: tuple[Span, Goods] | None = None
    for span in spans:
        before, heard = heard, [t for t in find_triggers(text, *span) if not is_cancelled(text, span, t)]
        recent = found[-_REMEMBERED:]
        told = list(_in_sentence(paragraph, span, heard if earlier else [*before, *heard]))
        if not told and earlier and (back := continued.seizes_again(text, span, heard)):
            told = list(_in_sentence(paragraph, earlier, [back, *before]))
            told = [_widened(t, span[1]) for t in told if all(t.goods.start != f.goods.start for f in recent)]
            told = [t for t in told if t.goods.money or tools.catalogue.category(t.goods.name)]
        if not told and (again := continued.named_again(text, span, earlier_spans)):
            trigger, place, noun = again
            told = [_widened(t, span[1]) for t in _in_sentence(paragraph, place, [trigger])]
            told = [
                t
                for t in told
                if continued.is_named(t.goods, noun, tools) and all(t.goods.start != f.goods.start for f in recent)
            ]
        if recent and (more := continued.lists_more(text, span)):
            told = list(_in_sentence(paragraph, span, [more, *heard])) or told
        named = continued.substance(text, span, tools)
        substance = named or substance
        if packages and named and not told:
            measure = continued.measured_later(text, span, tools)
            weights = (*packages[1].more, *([measure.quantity] if measure else []))
            goods = replace(packages[1], name=named, more=weights)
            told = [Told(block, packages[0], packages[0], goods, (), _SURE["weak"])]
        held = continued.packages(text, span, heard, tools) if heard and not told and paragraph.enforced else None
        packages = (span, held) if held else packages if earlier and packages and not told else None
        recent, told = _pointed_back(text, recent, told, substance, tools)
        if not told and earlier:
            recent, told = _goes_on(paragraph, span, recent, substance, alone=alone)
        found[-_REMEMBERED:] = recent
        found += told
        found += _nameless(paragraph, span, heard, [*recent, *told])
        alone = len(told) == 1 or (alone and not told)
        earlier = span
        earlier_spans = [*earlier_spans[1 - _SENTENCES_BACK :], span]
    return _counted_once(text, found, tools)


def _counted_once(text: str, found: Sequence[Told], tools: Tools) -> list[Told]:
    """The seizures told without the sums of others; a part of a sum names it where not all parts are told."""
    found = list(_in_parts(text, found, tools))
    kept = [found[k] for k in without_totals(text, [t.goods for t in found], tools)]
    whole = partly_told(text, [t.goods for t in kept], tools)
    return [replace(t, part_of=kept[whole[k]].goods) if k in whole else t for k, t in enumerate(kept)]


def _in_parts(text: str, found: Sequence[Told], tools: Tools) -> Iterator[Told]:
    """What is told, with a total as the parts that are told after it."""
    for told, following in zip_longest(found, found[1:]):
        parts = parts_after(text, told.goods, following.goods.start if following else len(text), tools)
        yield from [replace(told, goods=goods, worth=()) for goods in parts] or [told]


def _widened(told: Told, end: int) -> Told:
    """What is told with its sentence up to the end of the one that says it was seized."""
    sentence = told.sentence[0], end
    return replace(told, sentence=sentence, room=sentence if told.room == told.sentence else told.room)


def _parts(span: Span) -> Iterator[Span]:
    """A sentence as it is; a run of text beyond all sentences, as of a scan without full stops, in parts."""
    for start in range(span[0], span[1], _LONGEST_SENTENCE):
        yield start, min(start + _LONGEST_SENTENCE, span[1])


def _pointed_back(
    text: str, found: list[Told], told: list[Told], substance: str, tools: Tools
) -> tuple[list[Told], list[Told]]:
    """What was told before with the measures of goods that only point back to it ("the drugs"), and the other goods."""
    fresh: list[Told] = []
    for item in told:
        k = continued.stands_for(text, item.goods, [t.goods for t in found], tools)
        measure = item.goods.quantity
        if k is None or measure is None:
            renamed = substance and not found and continued.is_anaphor(text, item.goods)
            fresh.append(replace(item, goods=replace(item.goods, name=substance)) if renamed else item)
            continue
        goods = found[k].goods
        known = {q.si.unit if q.si else q.unit for q in (goods.quantity, *goods.more) if q}
        if (measure.si.unit if measure.si else measure.unit) not in known:
            goods = replace(goods, more=(*goods.more, measure))
        found = [*found[:k], replace(found[k], goods=goods, worth=(*found[k].worth, *item.worth)), *found[k + 1 :]]
    return found, fresh


def _goes_on(
    paragraph: _Paragraph, span: Span, found: list[Told], substance: str, *, alone: bool
) -> tuple[list[Told], list[Told]]:
    """The seizures told before with what a sentence adds to them (a measure, a worth), and those that it tells of."""
    text, tools, sums = paragraph.block.text, paragraph.tools, paragraph.sums(span)
    goods = [t.goods for t in found]
    back = sums and (context("back").search(text, *span) or context("anaphor").match(text, *span))
    worth = [m for m in sums if back and m.provenance and _is_value(text, span[0], m.provenance.start)]
    measure = continued.measured_later(text, span, tools)
    if measure and not found and paragraph.enforced:
        new = continued.found_to_weigh(text, span, measure, substance)
        return found, [Told(paragraph.block, span, span, new, tuple(worth), _SURE["weak"])] if new else []
    if measure and (k := continued.which(text, span, measure, goods, tools)) is not None:
        more = replace(goods[k], more=(*goods[k].more, measure.quantity))
        found = [*found[:k], replace(found[k], goods=more), *found[k + 1 :]]
    if found and worth and (len(found) == 1 or (alone and _PRONOUN.search(text, *span))):
        found = [*found[:-1], replace(found[-1], worth=(*found[-1].worth, *worth))]
    return found, []


_PRONOUN = re.compile(r"\b(?:its|it|their|them|they)\b", re.IGNORECASE)


def _nameless(paragraph: _Paragraph, span: Span, triggers: Sequence[Trigger], told: Sequence[Told]) -> list[Told]:
    """A measure of a sentence that takes its name from what was told before."""
    if not triggers:
        return []
    more = continued.nameless(paragraph.block.text, span, triggers, [t.goods for t in told], paragraph.tools)
    return [Told(paragraph.block, span, span, more, (), _SURE["weak"])] if more else []


def _in_sentence(paragraph: _Paragraph, span: Span, triggers: Sequence[Trigger]) -> Iterator[Told]:
    """The seizures of one sentence, which `triggers` govern."""
    text, tools, sums = paragraph.block.text, paragraph.tools, paragraph.sums(span)
    if not triggers and not (find_numbers(text, tools.habit, *span) and paragraph.acted):
        return
    taken = [*((m.provenance.start, m.provenance.end) for m in sums if m.provenance), *paragraph.days(span)]
    goods = find_goods(text, span, taken, tools)
    goods = parts_of(text, span, goods, tools)
    goods = sorted([*goods, *find_cash(text, sums, goods, span, triggers, tools)], key=lambda g: g.start)
    tied: list[Tied] = []
    unknown: list[Tied] = []
    for item in goods:
        trigger = tie(text, item, triggers, tied)
        if trigger is None and paragraph.acted and is_presumed(text, item, span, tools):
            tied.append((item, Trigger(item.start, item.start, "presumed", "object")))
        elif trigger and counts(text, item, trigger, tied, tools, paragraph.enforced):
            tied.append((item, trigger))
        elif trigger and trigger.strength == "seizing" and tools.catalogue.category(item.name) is None:
            unknown.append((item, trigger))
    tied = with_unknown(text, tied, unknown)
    for k, (item, trigger) in enumerate(tied):
        low = tied[k - 1][0].end if k else span[0]
        high = tied[k + 1][0].start if k + 1 < len(tied) else span[1]
        worth = [m for m in sums if m is not item.money and _is_worth(text, item, m, low, high)]
        stronger = [t for t in triggers if _SURE[t.strength] > _SURE[trigger.strength] and governs(text, item, t)]
        strongest = max([trigger, *stronger], key=lambda t: _SURE[t.strength])
        sure = _confidence(text, item, strongest, tied, tools)
        yield Told(paragraph.block, span, (low, high), item, tuple(worth), sure)


def _confidence(text: str, item: Goods, trigger: Trigger, tied: Sequence[Tied], tools: Tools) -> float:
    sure = _SURE[trigger.strength]
    if tools.catalogue.category(item.name) is None:
        sure *= 0.85
    if item.is_single or item.is_vehicle:
        sure *= 0.92
    if len(between(text, item, trigger)) > 2 * DIRECT_REACH and len(tied) == 1:
        sure *= 0.94
    return sure


_WORTH_OF = re.compile(r"(?:’s|'s)?\s+worth\s+of\s+", re.IGNORECASE)
_WITH_OTHERS = re.compile(r",?\s(?:and|or)\s(?:some\s|various\s)?other\s", re.IGNORECASE)
"""After goods it makes a later sum the worth of more than them: "heroin and other drugs worth …"."""


def _is_worth(text: str, item: Goods, money: Money, low: int, high: int) -> bool:
    """Whether a sum of text[low:high] is the worth of goods before it, or right behind it: "EUR 2,000 worth of …"."""
    if money.provenance is None or not low <= money.provenance.start < high:
        return False
    if money.provenance.end <= item.start:
        return _WORTH_OF.fullmatch(text, money.provenance.end, item.start) is not None
    end = money.provenance.start
    if end < item.end or _WITH_OTHERS.match(text, item.end):
        return False
    gap = text[item.end : end]
    bracketed = re.search(
        r"(?:\(|,\sor\s|,\si\.e\.,?\s)\s*(?:about|some|approximately|around|or|over|nearly|worth)?\s*$", gap
    )
    return bool(bracketed) or _is_value(text, item.end, end)


def _is_value(text: str, start: int, end: int) -> bool:
    """Whether words in text[start:end] say that the sum after them is a worth, and not the duty on it."""
    near = text[max(start, end - _DUTY_REACH) : end]
    return bool(context("value").search(text, start, end)) and not context("duty").search(near)
