"""Money that was itself seized, and goods of which only the worth is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.quantities import find_quantities
from newsletter_extract.extractors.seizures.goods_types import Goods, Span, about_before
from newsletter_extract.extractors.seizures.measured_goods import is_counted
from newsletter_extract.extractors.seizures.phrases import name_span, name_words
from newsletter_extract.extractors.seizures.triggers import Trigger
from newsletter_extract.extractors.seizures.words import alternatives, context
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Money

_CASH_AFTER = re.compile(
    r"\s+(?:in|of)\s+(?P<name>(?:\w+\s){0,2}?(?:cash|banknotes|currency|notes|bills|money))\b|\s(?P<bare>(?:undeclared\s)?(?:cash|banknotes))\b",
    re.IGNORECASE,
)
_ABOUT = f"(?:{alternatives([*resources.words('approximations.txt'), 'the equivalent of'])})"
_CASH_BEFORE = re.compile(
    rf"""
    (?P<name>(?:(?:undeclared|foreign|counterfeit|smuggled|illicit|unreported|dirty|drug|local)\s)*
             (?:cash|currency|currencies|banknotes|money|sum|amount))
    (?:(?<=cash)\s?[:–—-]?|\s+(?:\w+\sin\s)?(?:of|totall?ing|amounting\s+to|worth|in\s+the\s+(?:amount|sum)\s+of|equivalent\s+to|valued\s+at|\())\s*(?:{_ABOUT}\s+)?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE_SUBJECT = re.compile(
    rf"""
    (?:,?\s(?:which|that|for\swhich)\s[^,;]{{1,60}}?,?)?,?\s+(?:which\s)?(?:was|were|has\sbeen|have\sbeen)\s+(?:also\s+|then\s+|subsequently\s+|later\s+)?
    {context("sum taken").pattern}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE_OBJECT = re.compile(
    rf"""
    {context("sum held").pattern}
    \s+(?:also\s)?(?:{_ABOUT}\s+)?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(
    rf"[\w)](?:,|,?\s(?:and|as\swell\sas|plus|along\swith|together\swith|in\saddition\sto|besides))\s+(?:{_ABOUT}\s+)?$",
    re.IGNORECASE,
)
_LIST_GOES_ON = re.compile(
    r"[\t\n]|\s*(?:[,.;]|$|and\s(?:\d|[€£$₦₹¥]|[A-Z]{1,3}[$€£]?\s?\d|an?\s|one|two|three|four|five|several)|were\s|was\s|(?:at|in|from|on|during|hidden|concealed|which|that|after|before|by|with|inside)\s)",
    re.IGNORECASE,
)
_GOODS_WORTH = re.compile(
    rf"""
    (?P<name>(?:[\w’-]+\s){{0,4}}?[\w’-]+)
    ,?\s+(?:(?:together\s|collectively\s)?worth|(?:valued|estimated|priced)\sat|estimated\sto\sbe\sworth|(?:with|at|of)\san?\s(?:[\w-]+\s){{0,3}}value\sof
       |(?:of|to)\sthe\svalue\sof|with\s(?:an?|the)\s(?:[\w-]+\s){{0,3}}value\sof)
    \s+(?:an?\s(?:combined|total)\s)?(?:{_ABOUT}\s+)?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORTH_OF = re.compile(r"(?:’s|'s)?\s+(?:worth\s+of|in)\s+(?!cash|(?:the|an?|his|her|their|its)\s)", re.IGNORECASE)
_REACH = 90


def find_cash(
    text: str, sums: Sequence[Money], goods: Sequence[Goods], span: Span, triggers: Sequence[Trigger], tools: Tools
) -> Iterator[Goods]:
    """Goods of text[span] that stand with a sum and no amount; `sums` and `goods` are those found there."""
    spans = [(g.start, g.end) for g in goods]
    for money in sums:
        item = _with_sum(text, money, goods, span, triggers, tools)
        if item and not any(a < item.end and item.start < b for a, b in spans):
            yield item


def _with_sum(
    text: str, money: Money, goods: Sequence[Goods], span: Span, triggers: Sequence[Trigger], tools: Tools
) -> Goods | None:
    if money.provenance is None:
        return None
    start, end = money.provenance.start, money.provenance.end
    base = max(span[0], start - _REACH)
    before = text[base:start]
    after = _CASH_AFTER.match(text, end, span[1])
    if after:
        return Goods(start, after.end(), _cash_name(after["name"]), None, money)
    named = _CASH_BEFORE.search(before)
    if named:
        name = "cash" if named["name"].casefold().endswith(("sum", "amount")) else named["name"]
        return Goods(base + named.start(), end, name, None, money)
    if of := _WORTH_OF.match(text, end, span[1]):
        name = name_span(text, of.end(), span[1], tools.catalogue)
        if name and tools.catalogue.category(text[name[0] : name[1]]):
            return _with_amount(text, Goods(start, name[1], text[name[0] : name[1]], None, money), span, tools)
    if worth := _GOODS_WORTH.search(before):
        item = _valued(text, base, worth, end, money, tools)
        if item and (others := _AND_OTHER.search(before, 0, item.start - base)):
            name = _name_ending(text, base + others.start(), base + others.end("name"), tools)
            return Goods(*name, text[slice(*name)], None) if name else None
        if item and (is_counted(text, base + worth.start(), item.start) or _is_of_others(text, item, goods)):
            return None
        return item if item and not any(_is_attribute(text, g.end, item.start) for g in goods) else None
    return Goods(start, end, "cash", None, money) if _is_bare(text, (start, end), before, goods, triggers) else None


def _with_amount(text: str, item: Goods, span: Span, tools: Tools) -> Goods:
    """The goods with the measure that stands in apposition to them: "EUR 1 million worth of heroin, about 30 kg"."""
    for mention in find_quantities(text, tools.units, tools.habit, item.end, min(span[1], item.end + _REACH)):
        gap = about_before().sub("", text[item.end : mention.start])
        if gap.strip() in {",", "("} and not re.match(
            r"\s(?:of|in)\s(?!all|total)", text[mention.end : mention.end + 10]
        ):
            return replace(item, end=mention.end, quantity=mention.quantity)
        break
    return item


def _cash_name(name: str | None) -> str:
    """ "undeclared currency" and "counterfeit banknotes" as written; other banknotes, bills and money are cash."""
    kept = name and (name.casefold().endswith("currency") or name.casefold().startswith(_FALSE))
    return name if name and kept else "cash"


_FALSE = ("counterfeit", "fake", "forged", "false", "falsified")
"""How banknotes are called that are goods and no money."""


def _is_of_others(text: str, item: Goods, goods: Sequence[Goods]) -> bool:
    """Whether a worth is that of other goods: "cocaine and other drugs worth …", "goods worth …, comprising …"."""
    if re.search(r"\bother\s$", text[max(0, item.start - 8) : item.start], re.IGNORECASE):
        return True
    generic = context("anaphor").fullmatch(f"the {item.name.casefold()}") is not None
    return generic and any(g.start > item.end for g in goods)


def _is_attribute(text: str, end: int, start: int) -> bool:
    """Whether what stands at `start` belongs to goods that end at `end`: "cigarettes with excise stamps, worth …"."""
    return end <= start and text[end:start].strip().casefold() in name_words("attribute")


_AND_OTHER = re.compile(
    r"(?P<name>(?:[\w’-]+\s){0,3}[\w’-]+)\s(?:and|or)\s(?:some\s|various\s)?other\s$", re.IGNORECASE
)
"""Goods named beside others, whose worth is that of all: "cocaine and other drugs worth …"."""


def _name_ending(text: str, start: int, end: int, tools: Tools) -> Span | None:
    """The longest known name of goods in text[start:end] that ends there."""
    for word in re.finditer(r"\S+", text[start:end]):
        name = name_span(text, start + word.start(), end, tools.catalogue)
        if name and name[1] == end and tools.catalogue.category(text[name[0] : name[1]]):
            return name
    return None


def _valued(text: str, base: int, worth: re.Match[str], end: int, money: Money, tools: Tools) -> Goods | None:
    """Goods named right before their worth, from the last word that cannot belong to the name on."""
    name = _name_ending(text, base + worth.start("name"), base + worth.end("name"), tools)
    return Goods(name[0], end, text[slice(*name)], None, money) if name else None


def _is_bare(text: str, span: Span, before: str, goods: Sequence[Goods], triggers: Sequence[Trigger]) -> bool:
    """Whether a sum is itself the object or the subject of a verb, and not the worth of something or a fine."""
    start, end = span
    if context("value").search(before[-30:]) or context("duty").search(before[-30:]) or "fine" in before:
        return False
    if re.match(r"\s(?:fine|worth|per|each|a\s(?:kilo|gram|month|year))\b", text[end : end + 12]):
        return False
    bare = len(before) - len(about_before().sub("", before))
    if any(t.side in {"object", "both"} and not text[t.end : start - bare].strip() for t in triggers if t.end <= start):
        return True
    if _BARE_SUBJECT.match(text, end) or _BARE_OBJECT.search(before):
        return True
    if re.match(r"(?:,|\sand)\s", text[end:]) and any(
        text[end : g.start].strip() in {",", "and"} for g in goods if g.start > end
    ):
        return True
    return bool(_LISTED.search(before)) and bool(_LIST_GOES_ON.match(text, end))
