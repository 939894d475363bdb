"""Seizures told in sentences: goods tied to a word that says they were taken out of traffic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.seizures.cash import find_cash
from newsletter_extract.extractors.seizures.goods import find_goods
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, Tools
from newsletter_extract.extractors.seizures.triggers import CLAUSE, Trigger, find_triggers, is_cancelled
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.schema import Money

_LIST_GAP = 160
"""Characters between two goods of one list; further apart they belong to different statements."""
_MAX_REACH = 220
_LONGEST_SENTENCE = 2_000
_DIRECT_REACH = 40
_CONTRABAND = frozenset({"drugs", "weapons", "counterfeit", "precursors", "wildlife"})
_COUNTED_TOO = _CONTRABAND - {"wildlife"}
"""Categories of goods that are found by nobody but those who look for them."""
_SURE = {"seizing": 0.96, "strong": 0.94, "rescue": 0.92, "weak": 0.86}
"""Share of right facts by the strength of the trigger, measured on passages of our own (docs/how-it-works.md)."""


_ANAPHORA = re.compile(
    r"(?:Everything|All(?:\s(?:of\sit|of\sthem|goods|items|the\sgoods|the\sitems))?|Both|It|They|The(?:se)?\s(?:goods|drugs|items|cargo|consignment|money"
    r"|animals|weapons|narcotics|shipment|load|contraband|merchandise|products))\s(?:was|were|has\sbeen|have\sbeen)\s(?:all\s|then\s|subsequently\s|duly\s|also\s)?"
    r"(?:seized|confiscated|impounded|detained|forfeited|withheld)\b",
    re.IGNORECASE,
)
"""A sentence that says of the goods of the one before it that they were seized."""


@dataclass(frozen=True, slots=True)
class Told:
    """A seizure told in a sentence of a block; `room` reaches from the goods told before it to those told after it."""

    block: Block
    sentence: Span
    room: Span
    goods: Goods
    worth: tuple[Money, ...]
    confidence: float


def find_told(
    block: Block, money: Sequence[Money], dates: Sequence[Span], tools: Tools, *, led: bool = False
) -> list[Told]:
    """The seizures that the sentences of a block tell of.

    `money` is the money of the block, `dates` the spans of its dates; `led` says that the block is an item of a list
    that was announced as seized goods.
    """
    text = block.text
    enforced = led or bool(context("enforcement").search(text))
    found: list[Told] = []
    spans = [part for span in sentence_spans(text) for part in _parts(span)]
    alone = False
    for k, (start, end) in enumerate(spans):
        sums = [m for m in money if m.provenance and start <= m.provenance.start < end]
        triggers = [Trigger(start, start, "seizing", "object")] if led and k == 0 else []
        told = list(_in_sentence(block, (start, end), sums, dates, tools, triggers, enforced))
        if not told and k and (back := _ANAPHORA.match(text, start, end)):
            told = list(
                _in_sentence(
                    block,
                    spans[k - 1],
                    sums,
                    dates,
                    tools,
                    [Trigger(start, start + len(back[0]), "strong", "sentence")],
                    enforced,
                )
            )
            found += [t for t in told if all(t.goods.start != f.goods.start for f in found)]
        elif told:
            found += told
        elif alone and sums and context("value").search(text, start, end) and context("back").search(text, start, end):
            found[-1] = replace(found[-1], worth=(*found[-1].worth, *sums))
        alone = len(told) == 1 or (alone and not told)
    return found


def _parts(span: Span) -> Iterator[Span]:
    """A sentence as it is; a run of text beyond all sentences, as of a scan without full stops, in parts."""
    for start in range(span[0], span[1], _LONGEST_SENTENCE):
        yield start, min(start + _LONGEST_SENTENCE, span[1])


def _in_sentence(
    block: Block,
    span: Span,
    sums: Sequence[Money],
    dates: Sequence[Span],
    tools: Tools,
    triggers: list[Trigger],
    enforced: bool,
) -> Iterator[Told]:
    text = block.text
    triggers += [t for t in find_triggers(text, *span) if not is_cancelled(text, span, t)]
    if not triggers:
        return
    taken = [*((m.provenance.start, m.provenance.end) for m in sums if m.provenance), *dates]
    goods = find_goods(text, span, taken, tools)
    goods = sorted([*goods, *find_cash(text, sums, goods, span, tools)], key=lambda g: g.start)
    tied: list[tuple[Goods, Trigger]] = []
    for item in goods:
        trigger = _tie(text, item, triggers, tied)
        if trigger and _counts(text, item, trigger, tied, tools, enforced):
            tied.append((item, trigger))
    tied = [pair for k, pair in enumerate(tied) if not _sums_up(text, [g for g, _ in tied[k:]])]
    for k, (item, trigger) in enumerate(tied):
        low = tied[k - 1][0].end if k else span[0]
        high = tied[k + 1][0].start if k + 1 < len(tied) else span[1]
        worth = [m for m in sums if m is not item.money and m.provenance and item.end <= m.provenance.start < high]
        worth = [m for m in worth if m.provenance and _is_worth(text, item, m.provenance.start)]
        stronger = [t for t in triggers if _SURE[t.strength] > _SURE[trigger.strength] and _governs(text, item, t)]
        strongest = max([trigger, *stronger], key=lambda t: _SURE[t.strength])
        yield Told(block, span, (low, high), item, tuple(worth), _confidence(text, item, strongest, tied, tools))


def _sums_up(text: str, goods: Sequence[Goods]) -> bool:
    """Whether the first goods are the sum of those after them: "109 animals: 35 turtles, 50 lizards and 24 snakes"."""
    return len(goods) > 2 and text[goods[0].end : goods[1].start].strip() in {
        ":",
        ", including",
        ", namely",
        "including",
    }


def _counts(
    text: str, item: Goods, trigger: Trigger, tied: Sequence[tuple[Goods, Trigger]], tools: Tools, enforced: bool
) -> bool:
    """Whether goods tied to a trigger are seized goods, and not what carried them or something else that was found."""
    category = tools.catalogue.category(item.name)
    if item.is_vehicle and not _direct(text, item, trigger, tied):
        return False
    if item.is_single and trigger.strength != "seizing" and not (tied and tied[-1][1] is trigger):
        return category == "weapons" and len(_between(text, item, trigger)) < _DIRECT_REACH
    chained = bool(tied) and tied[-1][1] is trigger
    if category is None:
        near = chained or not re.search(r"\bto\b|[,(]", _between(text, item, trigger))
        return near and (trigger.strength == "seizing" or (chained and trigger.strength != "weak"))
    if trigger.strength == "rescue":
        return category == "wildlife"
    measured = item.quantity is not None and item.quantity.unit not in {None, "piece"}
    return trigger.strength != "weak" or enforced or category in (_CONTRABAND if measured else _COUNTED_TOO)


def _confidence(text: str, item: Goods, trigger: Trigger, tied: Sequence[tuple[Goods, Trigger]], tools: Tools) -> float:
    sure = _SURE[trigger.strength]
    if tools.catalogue.category(item.name) is None:
        sure *= 0.85
    if item.is_single or item.is_vehicle:
        sure *= 0.92
    if len(_between(text, item, trigger)) > 2 * _DIRECT_REACH and len(tied) == 1:
        sure *= 0.94
    return sure


def _is_worth(text: str, item: Goods, end: int) -> bool:
    between = text[item.end : end]
    return bool(context("value").search(between)) or bool(
        re.search(r"\(\s*(?:about|some|approximately|around|or|over|nearly|worth)?\s*$", between)
    )


def _between(text: str, item: Goods, trigger: Trigger) -> str:
    return text[trigger.end : item.start] if trigger.end <= item.start else text[item.end : trigger.start]


_WITH = re.compile(
    r"\b(?:with|carrying|containing|transporting|smuggling|concealing|hiding|possession\sof|possessing|after|holding|had|when)\s*(?:\w+\s*){0,3}$",
    re.I,
)
_OWN_AUXILIARY = re.compile(
    r"(?:(?:\s(?:has|have|had))?\s(?:was|were|been|being|are|is)(?:\s\w+){0,3}|\s(?:has|have|had))\s*$", re.I
)
_FINITE = re.compile(r"\b(?:was|were|is|are|has|had|have|been)\b", re.I)
_APPOSED = re.compile(r",\s(?:(?:which|who|that)\s)?[^,;]{1,90}?,(?=\s)")


def _tie(text: str, item: Goods, triggers: Sequence[Trigger], tied: Sequence[tuple[Goods, Trigger]]) -> Trigger | None:
    """The trigger that governs the goods, directly or as one more item of a list."""
    if tied and 0 <= item.start - tied[-1][0].end <= _LIST_GAP:
        trigger = tied[-1][1]
        if _is_list(_without(text, tied[-1][0].end, item.start, trigger)):
            return trigger
    near = sorted(triggers, key=lambda t: min(abs(t.end - item.start), abs(t.start - item.end)))
    return next((t for t in near if _governs(text, item, t)), None)


def _without(text: str, start: int, end: int, trigger: Trigger) -> str:
    """The text between two goods without the trigger and its auxiliary, where it stands there."""
    if not start <= trigger.start < trigger.end <= end:
        return text[start:end]
    return _OWN_AUXILIARY.sub("", text[start : trigger.start]) + text[trigger.end : end]


_ANNOUNCED = re.compile(r"[^.;:]{0,80}:\s*")
"""What stands between a trigger and a list that it announces: "Found during the search: a shotgun, …"."""


def _governs(text: str, item: Goods, trigger: Trigger) -> bool:
    between = _between(text, item, trigger)
    if item.end <= trigger.start:
        between = _APPOSED.sub(" ", between)
    if context("cancel").search(between):
        return False
    if trigger.side == "sentence":
        return True
    if len(between) > _MAX_REACH:
        return False
    if trigger.end <= item.start:
        announced = _ANNOUNCED.fullmatch(between) is not None
        if not announced and (CLAUSE.search(between) or _FINITE.search(between)):
            return False
        return trigger.side in {"object", "both"} or bool(_WITH.search(between))
    if item.end <= trigger.start and trigger.side in {"subject", "both"}:
        rest = _APPOSED.sub(" ", _OWN_AUXILIARY.sub("", between) + " ")
        rest = re.sub(r",?\s(?:which|that)\s(?:the\s)?(?:\w+\s){0,3}$", " ", rest)
        parted = re.search(r"[;:]\s", rest) and "all of which" not in between.casefold()
        return not (parted or _FINITE.search(rest))
    return False


_BREAK = re.compile(
    r"\s(?:who|that|when|while|whereas|after|before|although|because)\s|,\s(?:he|she|they|it)\s|\.\s", re.I
)


def _is_list(between: str) -> bool:
    """Whether the text between two goods only goes on with the list: commas, "and", places, packing, worth."""
    if not re.search(r"[,;/]|\band\b|\bas well as\b|\bplus\b|\bwith\b|\balong with\b|\bincluding\b|\bor\b", between):
        return False
    if _FINITE.search(between) or _BREAK.search(between) or context("cancel").search(between):
        return False
    verbs = re.findall(r"\b[a-z]{3,}ed\b", between)
    return all(verb in resources.words("phrase_ends.txt") or verb in {"valued", "estimated"} for verb in verbs)


_LIST_MARK = re.compile(r"[\s,;]*(?:and|as well as|plus|along with)?\s*(?:also\s)?")
_DETAIL = re.compile(r",?\s(?:each|weighing|worth|valued|with\sa)\s[^,;]{1,60},|\s\([^()]{1,60}\)", re.I)
"""What a list says of one of its goods before it goes on."""


def _direct(text: str, item: Goods, trigger: Trigger, tied: Sequence[tuple[Goods, Trigger]]) -> bool:
    """Vehicles are seized only where they are the very object of a strong word; else they carry the goods."""
    weak = trigger.strength == "weak" and not item.name.casefold().startswith("stolen ")
    if weak or (item.is_single and trigger.strength != "seizing"):
        return False
    if tied and tied[-1][1] is trigger and tied[-1][0].end <= item.start:
        return bool(_LIST_MARK.fullmatch(_DETAIL.sub(",", text[tied[-1][0].end : item.start])))
    between = _between(text, item, trigger)
    return len(between) < 25 and not re.search(r"\b(?:in|from|with|inside|on|to)\b", between)
