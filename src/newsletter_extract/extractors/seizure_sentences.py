"""Seizures told in sentences: goods tied to a word that says they were taken out of traffic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.goods import Goods, Tools, find_goods
from newsletter_extract.extractors.seizure_words import alternatives, context
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.schema import Money

_CLAUSE = re.compile(
    r"[;:]\s|,?\s(?:which|who|that|when|while|where|after|before|although|because)\s|,\s(?:he|she|they|it)\s"
)
_LIST_GAP = 110
"""Characters between two goods of one list; further apart they belong to different statements."""
_MAX_REACH = 220
_CONTRABAND = frozenset({"drugs", "weapons", "wildlife", "counterfeit", "precursors"})
"""Categories of goods that are found by nobody but those who look for them."""


@dataclass(frozen=True, slots=True)
class Trigger:
    start: int
    end: int
    strong: bool
    side: str


@dataclass(frozen=True, slots=True)
class Told:
    """A seizure told in a sentence of a block."""

    block: Block
    sentence: tuple[int, int]
    goods: Goods
    worth: tuple[Money, ...]
    strong: bool


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, tuple[bool, str]]]:
    table = {
        word: (row["strength"] == "strong", row["side"])
        for row in resources.rows("seizure_triggers.csv")
        for word in row["words"].split("|")
    }
    return re.compile(rf"(?<![\w-])(?:{alternatives(list(table))})(?![\w-])", re.I), table


def find_told(block: Block, money: Sequence[Money], tools: Tools) -> list[Told]:
    """The seizures that the sentences of a block tell of; `money` is the money of the block."""
    enforced = len(context("enforcement").findall(block.text)) >= 1
    found: list[Told] = []
    for start, end in sentence_spans(block.text):
        sums = [m for m in money if m.provenance and start <= m.provenance.start < end]
        told = list(_in_sentence(block, (start, end), sums, tools, enforced))
        if told:
            found += told
        elif found and sums and context("value").search(block.text, start, end) and _refers_back(block.text[start:end]):
            found[-1] = replace(found[-1], worth=(*found[-1].worth, *sums))
    return found


def _refers_back(sentence: str) -> bool:
    """Whether a sentence with a sum speaks of the worth of the goods before it."""
    return bool(context("back").search(sentence))


def _in_sentence(
    block: Block, span: tuple[int, int], sums: Sequence[Money], tools: Tools, enforced: bool
) -> Iterator[Told]:
    text = block.text
    triggers = [t for t in _find_triggers(text, *span) if not _cancelled(text, span, t)]
    if not triggers:
        return
    goods = find_goods(text, span, sums, tools)
    tied: list[tuple[Goods, Trigger]] = []
    for item in goods:
        trigger = _tie(text, item, triggers, tied)
        if trigger is None or (item.is_vehicle and not _direct(text, item, trigger, tied)):
            continue
        category = tools.catalogue.category(item.name)
        if not trigger.strong and (category is None or not (enforced or category in _CONTRABAND)):
            continue
        if tied and item.quantity and _measures_again(text, tied[-1][0], item):
            last = tied[-1][0]
            tied[-1] = (replace(last, end=item.end, more=(*last.more, item.quantity)), trigger)
            continue
        tied.append((item, trigger))
    starts = [item.start for item, _ in tied]
    for k, (item, trigger) in enumerate(tied):
        stop = starts[k + 1] if k + 1 < len(tied) else span[1]
        worth = [m for m in sums if m is not item.money and m.provenance and item.end <= m.provenance.start < stop]
        worth = [m for m in worth if m.provenance and _is_worth(text, item.end, m.provenance.start)]
        yield Told(block, span, item, tuple(worth), trigger.strong)


def _measures_again(text: str, first: Goods, second: Goods) -> bool:
    """Whether the second amount measures the goods of the first once more."""
    between = text[first.end : second.start]
    return bool(
        re.fullmatch(
            r"\s*(?:,?\s*(?:weighing|totalling|amounting to|with a (?:total )?weight of)|\()"
            r"\s*(?:about|some|approximately|around|over)?\s*",
            between,
        )
    )


def _is_worth(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return bool(context("value").search(between)) or bool(
        re.search(r"\(\s*(?:about|some|approximately|around|or)?\s*$", between)
    )


def _find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    pattern, table = _triggers()
    found = []
    for match in pattern.finditer(text, start, end):
        strong, side = table[match[0].casefold()]
        found.append(Trigger(match.start(), match.end(), strong, _side(text, match, side)))
    return found


_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is|be)\s+(?:also\s+|then\s+|all\s+|subsequently\s+)?$", re.I)


_PARTICIPLE = re.compile(r"\s+(?:in|at|by|from|on|during|near|last|this|earlier)\b", re.I)


def _side(text: str, match: re.Match[str], side: str) -> str:
    """Whether goods are looked for before the word (passive) or after it (active)."""
    if side == "both" and _PARTICIPLE.match(text, match.end()) and text[match.start() - 2 : match.start()] == ", ":
        return "both"
    if side == "both":
        return "subject" if _PASSIVE.search(text, max(0, match.start() - 40), match.start()) else "object"
    return side


def _cancelled(text: str, span: tuple[int, int], trigger: Trigger) -> bool:
    """Whether a denial, a plan or a condition in the trigger's clause takes its force."""
    clause = span[0]
    for mark in _CLAUSE.finditer(text, span[0], trigger.start):
        clause = mark.end()
    if re.match(r"(?:If|Had|Should|Were)\b", text[span[0] : span[0] + 8]):
        return True
    before = text[clause : trigger.start]
    if context("cancel").search(before) or re.search(r"\bto\s+$", before):
        return True
    return bool(re.match(r"\s+(?:no|nothing|neither)\b", text[trigger.end :]))


def _tie(text: str, item: Goods, triggers: Sequence[Trigger], tied: Sequence[tuple[Goods, Trigger]]) -> Trigger | None:
    """The trigger that governs the goods, directly or as one more item of a list."""
    if tied and 0 <= item.start - tied[-1][0].end <= _LIST_GAP and _is_list(text[tied[-1][0].end : item.start]):
        return tied[-1][1]
    for trigger in sorted(triggers, key=lambda t: min(abs(t.start - item.start), abs(t.start - item.end))):
        if trigger.side in {"object", "both"} and trigger.end <= item.start:
            between = text[trigger.end : item.start]
        elif trigger.side in {"subject", "both"} and item.end <= trigger.start:
            between = text[item.end : trigger.start]
        elif trigger.side == "subject" and trigger.end <= item.start:
            between = text[trigger.end : item.start]
            if not re.search(r"\b(?:with|carrying|containing|after|in possession of)\s*(?:\w+\s*){0,3}$", between):
                continue
        else:
            continue
        if len(between) <= _MAX_REACH and not re.search(r"[;:]\s", between) and not context("cancel").search(between):
            return trigger
    return None


def _is_list(between: str) -> bool:
    return bool(
        re.search(r"(?:,|\band\b|\bas well as\b|\bplus\b|\bwith\b|\balong with\b)[^;:]*$", between)
    ) and not re.search(r"\b(?:was|were|is|are|had|has)\b|;|:", between)


def _direct(text: str, item: Goods, trigger: Trigger, tied: Sequence[tuple[Goods, Trigger]]) -> bool:
    """Vehicles are seized only where they are the very object of a strong word; else they carry the goods."""
    if not trigger.strong:
        return False
    if tied and tied[-1][1] is trigger and tied[-1][0].end <= item.start:
        return bool(re.fullmatch(r"\s*(?:,|and|as well as|\s)*", text[tied[-1][0].end : item.start]))
    between = text[trigger.end : item.start] if trigger.end <= item.start else text[item.end : trigger.start]
    return len(between) < 25 and not re.search(r"\b(?:in|from|with|inside|on)\b", between)
