"""What a sentence adds to the goods told of before it: that they were seized, what they weigh, what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from newsletter_extract.extractors.amounts.quantities import QuantityMention, find_quantities
from newsletter_extract.extractors.commodities import commodity_words
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, about_before
from newsletter_extract.extractors.seizures.measured_goods import measured_again
from newsletter_extract.extractors.seizures.phrases import name_span
from newsletter_extract.extractors.seizures.ties import governs
from newsletter_extract.extractors.seizures.triggers import Trigger
from newsletter_extract.extractors.seizures.words import context
from newsletter_extract.extractors.tools import Tools

_MEASURES = frozenset({"mass", "volume"})
_SUBJECT_REACH = 60
"""Characters before "weighed" in which its subject stands."""


@cache
def _seizes_again() -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?:Everything|All(?:\s(?:of\s)?(?:it|them|goods|items|{context("anaphor").pattern}))?|Both|It|They|{context("anaphor").pattern})
        \s(?:was|were|has\sbeen|have\sbeen)\s(?:all\s|then\s|subsequently\s|duly\s|also\s)?{context("again").pattern}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def seizes_again(text: str, span: Span, triggers: Sequence[Trigger]) -> Trigger | None:
    """The trigger in a sentence that says of the goods of the one before it that they were seized."""
    if match := _seizes_again().match(text, *span):
        return Trigger(span[0], match.end(), "strong", "sentence")
    for trigger in triggers:
        if trigger.side == "sentence":
            return trigger
        if trigger.side in {"object", "both"} and _BACK.match(text, trigger.end, span[1]):
            return Trigger(span[0], trigger.end, trigger.strength, "sentence")
    return None


def named_again(text: str, span: Span, earlier: Sequence[Span]) -> tuple[Trigger, Span, str] | None:
    """What says that goods of an earlier sentence, named once more, were seized; that sentence; the name.

    "The bars have been confiscated"; "Lorry and timber were impounded".
    """
    match = _named_again().match(text, *span)
    for noun in (match["noun"], match["other"]) if match else ():
        word = commodity_words(noun or "")
        for before in reversed(earlier) if word else ():
            if word <= commodity_words(text[slice(*before)]):
                return Trigger(span[0], match.end(), "strong", "sentence"), before, noun  # type: ignore[union-attr]
    return None


def is_named(goods: Goods, noun: str, tools: Tools) -> bool:
    """Whether a noun names goods: by a word of their name, or in general ("timber" for logs)."""
    if not tools.catalogue.category(goods.name) or goods.is_vehicle:
        return False
    return bool(commodity_words(goods.name) & commodity_words(noun))


@cache
def _named_again() -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?:The\s(?:[a-z]+\s)?(?=[a-z]+\s(?:was|were|has|have)\b)|(?=[A-Z][a-z]+\sand\s))(?P<noun>[^\W\d_]+)(?:\sand\s(?:the\s)?(?P<other>[a-z]+))?
        \s(?:was|were|has\sbeen|have\sbeen)\s(?:all\s|then\s|subsequently\s|duly\s|also\s|both\s)?{context("again").pattern}
        """,
        re.VERBOSE,
    )


_BACK = re.compile(rf"\s(?:{context('anaphor').pattern})(?!\s(?:of|used|with|that|which)\b)", re.IGNORECASE)
"""An object that is the goods told of before: "officers found the drug in a container"."""
_AMONG = re.compile(
    r"(?:Also\s)?(?:among|included\samong)\s(?:the|these|those|them)\b[^.;]{0,40}(?::|\b(?:were|was|are))\s|Of\s(?:this|these|that|those|them|the\s(?:total|whole|haul|drugs|goods))\b[^.;:,\d]{0,30},?\s(?=[\d])|(?:These|They|The\s[a-z]+)\sincluded?:?\s",
    re.IGNORECASE,
)


def lists_more(text: str, span: Span) -> Trigger | None:
    """The trigger of a sentence that lists some of the goods told of before it: "Among the items: 480 dolls, …"."""
    match = _AMONG.match(text, *span)
    if match is None or context("cancel").search(text, *span):
        return None
    return Trigger(span[0], match.end(), "strong", "object")


_SUBSTANCE = re.compile(
    r"""
    \b(?:positive\sfor|positive\s(?:result|reaction|indication)\s(?:for|to)|(?:confirmed|proved|revealed|found|turned\sout)\sto\sbe
      |(?:identified|confirmed)\s(?:(?:it|them)\s)?as|confirmed(?:\sthe\spresence\sof)?|presence\sof|contain(?:ed|ing)|was|were)\s
    """,
    re.VERBOSE | re.IGNORECASE,
)


def substance(text: str, span: Span, tools: Tools) -> str:
    """The goods that a sentence says something found was, "" for none: "The contents tested positive for heroin"."""
    for match in _SUBSTANCE.finditer(text, *span):
        name = name_span(text, match.end(), span[1], tools.catalogue)
        if name and tools.catalogue.heads(text[slice(*name)]) and not context("cancel").search(text, *span):
            return text[slice(*name)]
    return ""


def packages(text: str, span: Span, triggers: Sequence[Trigger], tools: Tools) -> Goods | None:
    """Packages without a name that a word of finding governs, with their weight: "14 packets of 15.7 kg came out".

    What is in them a later sentence may tell.
    """
    for mention in find_quantities(text, tools.units, tools.habit, *span):
        item = Goods(mention.start, mention.end, "", mention.quantity)
        if mention.unit_kind not in {"container", "form"} or re.match(r"\sof\s", text[mention.end : mention.end + 4]):
            continue
        for other in find_quantities(text, tools.units, tools.habit, mention.end, span[1]):
            item = measured_again(text, item, other) or item
        if any(governs(text, item, t) for t in triggers):
            return item
    return None


_WEIGHS = re.compile(
    r"""
    \b(?:weigh(?:ed|s|ing)?(?:\sin\sat)?|total(?:l)?ed|amounted\sto|came\sto|tipped\sthe\sscales\sat
      |(?<=[a-z]),\sof|(?:weight|mass|volume)(?:\s(?:of|is|was|came\sto|amounted\sto|has\sbeen\sput\sat|was\sput\sat)|:))
    \s(?:[a-z]+\s){0,3}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:^|[.;,:]\s|\b(?:all|in\stotal|together)\s?,?\s?)(?:it|they|its|their|this|these)\b|^(?:total|gross|net|combined|weight)",
    re.I,
)


def measured_later(text: str, span: Span, tools: Tools) -> QuantityMention | None:
    """The only mass or volume of a sentence, where it says what something weighed: "The drugs weighed 12.4 kg"."""
    if not _WEIGHT_WORD.search(text, *span):
        return None
    found = [m for m in find_quantities(text, tools.units, tools.habit, *span) if m.unit_kind in _MEASURES]
    if len(found) != 1 or context("cancel").search(text, *span) or context("each").search(text, *span):
        return None
    return found[0] if _WEIGHS.search(text, span[0], found[0].start) else None


_WEIGHT_WORD = re.compile(
    r"\b(?:weigh\w*|total\w*|amount\w*|came\sto|mass|volume|scales)\b|[a-z],\sof\s", re.IGNORECASE
)


def _subject(text: str, span: Span, mention: QuantityMention) -> str:
    """What is said to weigh so much."""
    lead = _WEIGHS.search(text, span[0], mention.start)
    return text[max(span[0], lead.start() - _SUBJECT_REACH) : lead.start()] if lead else ""


def which(text: str, span: Span, mention: QuantityMention, told: Sequence[Goods], tools: Tools) -> int | None:
    """Which of the goods told of a later measure belongs to; None where it is none, or could be several.

    "The cocaine" are the goods of that name, "the drugs" those of the category, "it" and "the haul" the only ones.
    """
    subject = _subject(text, span, mention)
    named = [k for k, g in enumerate(told) if commodity_words(g.name) & commodity_words(subject)]
    kind = tools.catalogue.heads(subject.strip())
    alike = [k for k, g in enumerate(told) if kind and tools.catalogue.category(g.name) == kind]
    generic = context("anaphor").search(subject) or _PRONOUN.search(subject)
    chosen = named or alike or (list(range(len(told))) if generic else [])
    if len(chosen) != 1 or not mention.quantity.si:
        return None
    goods = told[chosen[0]]
    known = [q.si.unit for q in (goods.quantity, *goods.more) if q and q.si]
    return None if mention.quantity.si.unit in known or goods.is_vehicle else chosen[0]


def found_to_weigh(text: str, span: Span, mention: QuantityMention, name: str) -> Goods | None:
    """Goods of which earlier sentences told what they are, and this one how much."""
    subject = _subject(text, span, mention)
    told = context("anaphor").search(subject) or _PRONOUN.search(subject) or name in subject
    if not name or not told:
        return None
    return Goods(mention.start, mention.end, name, mention.quantity)


_FURTHER = re.compile(r"\b(?:a\sfurther|an\sadditional|another|an\sextra)\s$", re.IGNORECASE)
_MORE = re.compile(r"\s(?:more|extra)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\sof\s(?:it|them|this|these)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\s?(?:[.,;)]|$)|\s(?:at|on|during|out|off|last|this|earlier|there|near|and|since|two|three|four|five|six)\b",
    re.IGNORECASE,
)
"""What follows a measure that no name follows: "had seized 1.1 tonnes three weeks before"."""
_SUBJECT = re.compile(r"\s(?:(?:was|were)|(?:has|have|had)\sbeen)\s", re.IGNORECASE)


def nameless(text: str, span: Span, triggers: Sequence[Trigger], told: Sequence[Goods], tools: Tools) -> Goods | None:
    """A seized measure that names no goods, under the only name told before it.

    "A further 4.67 kg was found with three passengers"; "they recovered 120 kg of it"; "the first port for cocaine:
    91 tonnes were seized there".
    """
    if lead := _OF_GOODS.match(text, *span):
        name = name_span(text, lead.end(), span[1], tools.catalogue)
        mentions = find_quantities(text, tools.units, tools.habit, name[1], span[1]) if name else []
        known = name and tools.catalogue.heads(text[slice(*name)])
        if name and known and mentions and any(t.start > mentions[0].end for t in triggers):
            return Goods(mentions[0].start, mentions[0].end, text[slice(*name)], mentions[0].quantity)
    for mention in find_quantities(text, tools.units, tools.habit, *span):
        goods = Goods(mention.start, mention.end, "", mention.quantity)
        taken = any(g.start < mention.end and mention.start < g.end for g in told)
        if mention.unit_kind in _MEASURES and not taken and _is_seized(text, span, goods, triggers):
            only = _only_name(text, mention.start, told, tools)
            return replace(goods, name=only) if only else None
    return None


def _is_seized(text: str, span: Span, goods: Goods, triggers: Sequence[Trigger]) -> bool:
    """Whether a bare measure is the subject of a word that seizes it, or "a further" one of a word that finds it."""
    before = about_before().sub("", text[span[0] : goods.start]).rstrip()
    taken = [t for t in triggers if t.side in {"object", "both"} and t.end == span[0] + len(before)]
    if _OF_IT.match(text, goods.end):
        return any(t.strength in {"seizing", "strong"} for t in taken)
    if _ALONE.match(text, goods.end, span[1]) and any(t.strength == "seizing" for t in taken):
        return True
    if re.match(r"\s(?:of|in)\s", text[goods.end : goods.end + 4]):
        return False
    more = _FURTHER.search(text, span[0], goods.start) or _MORE.match(text, goods.end)
    subject = _SUBJECT.match(text, goods.end)
    after = [t for t in triggers if subject and 0 <= t.start - subject.end() <= _ADVERB]
    if subject and any(t.strength in {"seizing", "strong"} for t in after):
        return True
    return bool(more) and (bool(after) or any(governs(text, goods, t) for t in triggers))


def _only_name(text: str, end: int, told: Sequence[Goods], tools: Tools) -> str:
    names = {g.name for g in told if g.quantity and not g.is_vehicle}
    if names:
        return names.pop() if len(names) == 1 else ""
    return tools.catalogue.only_name(text[max(0, end - _NAME_REACH) : end])


_OF_GOODS = re.compile(r"(?:Of|As\sfor|As\sto)\s(?!the\b|these\b|those\b)")
"""How a sentence begins that names its goods first: "Of snus, 200 kilograms were taken"."""
_NAME_REACH = 600
"""Characters before a measure in which its goods are named."""
_ADVERB = 12
"""Characters between "was" and the word that seizes: "were also seized"."""


def stands_for(text: str, item: Goods, told: Sequence[Goods], tools: Tools) -> int | None:
    """Which of the goods told of "the drugs" or "the haul" are, where a measure makes goods of them; None for none."""
    if not is_anaphor(text, item):
        return None
    kind = tools.catalogue.heads(item.name)
    alike = [k for k, g in enumerate(told) if kind is None or tools.catalogue.category(g.name) == kind]
    return alike[0] if len(alike) == 1 else None


def is_anaphor(text: str, item: Goods) -> bool:
    """Whether the name of goods only points back: "the drugs", "the consignment"."""
    start = text.rfind(" ", 0, max(item.start - 1, 0)) + 1
    return (
        context("anaphor").fullmatch(f"{text[start : item.start].strip()} {item.name}") is not None and item.start > 0
    )
