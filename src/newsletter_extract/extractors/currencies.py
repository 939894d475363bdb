"""Currencies by symbol, code and name; which one a shared symbol means is told by the document's country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.schema import Place

_HOME_SHARE = 0.5
"""Share of a document's places that have to lie in one country for its currency to be the document's."""


@dataclass(frozen=True, slots=True)
class Currencies:
    """Patterns for what stands before, right before and after a number, and what each spelling means."""

    before: re.Pattern[str]
    attached: re.Pattern[str]
    after: re.Pattern[str]
    codes: dict[str, str]
    names: dict[str, str]
    weak: frozenset[str]
    """Spellings, folded, that are letters or words of other uses, and count beside a large or marked number only."""


def home_countries(places: Iterable[Place]) -> tuple[str, ...]:
    """The country that most places of a document lie in, or none where they are spread."""
    counts = Counter(p.country for p in places if p.country)
    if not counts:
        return ()
    country, most = counts.most_common(1)[0]
    return (country,) if most >= _HOME_SHARE * counts.total() else ()


@cache
def load_currencies(dollar: str = "USD", home: tuple[str, ...] = ()) -> Currencies:
    """The currencies of `resources/currencies.csv` as a document of these countries means them."""
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    local: set[str] = set()
    table = resources.rows("currencies.csv")
    for row in table:
        for kind, target in (("symbols", symbols), ("names", words)):
            for spelling in filter(None, row[kind].split("|")):
                target.setdefault(spelling.casefold() if kind == "names" else spelling, row["code"])
    symbols["$"] = dollar
    for row in table:
        if set(home) & set(row["countries"].split("|")):
            for spelling in filter(None, row["shared"].split("|")):
                low = spelling.casefold()
                if spelling == low and spelling.isalpha():
                    words[low] = row["code"]
                elif spelling != "$" or dollar == "USD":
                    symbols[spelling] = row["code"]
            local |= {s.casefold() for s in (*row["symbols"].split("|"), *row["shared"].split("|")) if len(s) > 1}
    codes = {code: code for code in resources.lines("iso4217.txt")}
    codes |= {row["code"]: row["code"] for row in table}
    weak = {
        s.casefold() for s in symbols if s.rstrip(".").isalpha() and s.isascii() and len(s.rstrip(".")) <= 2
    } - local
    weak |= {w for w in words if " " not in w} & {
        "real",
        "sol",
        "won",
        "dong",
        "kip",
        "rand",
        "pula",
        "lek",
        "lev",
        "som",
        "leu",
    }
    names = {**words, **{s.casefold(): c for s, c in symbols.items()}}
    mark = rf"(?:(?P<code>{_any(codes)})\$?|(?P<symbol>{_any(symbols)})|(?i:(?P<word>{_any(words)})))"
    glued = rf"(?:(?P<code>{_any(codes)})\$?|(?P<symbol>{_any(symbols)}))"
    return Currencies(
        before=re.compile(rf"(?<![^\W_]){mark}(?:(?<![\w])|(?<=[\w])[.:]?[^\S\t\n]?)[^\S\t\n]?$"),
        attached=re.compile(rf"(?<![^\W_]){glued}\.?(?=\d)"),
        after=re.compile(rf"[^\S\t\n]?(?:in\s)?{mark}(?![^\W_])"),
        codes=codes,
        names=names,
        weak=frozenset(weak),
    )


def _any(items: Iterable[str]) -> str:
    return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))


def meaning(match: re.Match[str], known: Currencies, *, marked: bool) -> str | None:
    """The code that a match of these patterns means; `marked` says that the number is large, grouped or scaled."""
    if match["code"]:
        return match["code"] if marked or match["code"] not in resources.words("iso4217_words.txt") else None
    spelling: str = (match["symbol"] or match["word"]).casefold()
    if spelling in known.weak and not marked:
        return None
    return known.names[spelling]


def named_in(text: str, known: Currencies) -> str | None:
    """The one currency that a short text, as a column's head, names; None for none or several."""
    found = set()
    for word in re.split(r"[\s/]+", text):
        bare = word.strip("(),;:[]'’0")
        match = known.after.fullmatch(bare) if bare else None
        if match and (code := meaning(match, known, marked=True)):
            found.add(code)
    return found.pop() if len(found) == 1 else None
