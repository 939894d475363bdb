"""Currencies by symbol, code and name; which one a shared symbol means is told by the document's country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.number_words import values
from newsletter_extract.schema import Place

_REACH = 24
"""Characters before a number in which a code, a symbol or a name is looked for."""
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
    firsts: frozenset[str]
    lasts: frozenset[str]
    """The first and last words of all spellings, folded: a quick look before the patterns are tried."""


_NOTE = re.compile(
    rf"""
    (?<![\w-])(?P<what>(?:all\s)?(?:{"|".join(sorted(resources.words("money_words.txt")))})|\$)
    (?:\s(?!other)[^\s.;\d]+){{0,5}}?\s(?:(?:are|is)(?:\s(?:given|stated|expressed|shown|quoted|converted))?(?:\s(?:in|to|into))?|in|means?|refers?\sto|stands?\sfor|=)\s
    (?P<name>[^.;\d]{{3,60}})
    """,
    re.VERBOSE,
)
"""What says of all sums which currency they are: "Dollars are Canadian", "All amounts are in Fijian dollars"."""


def stated_countries(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries of the one currency that a document says its sums are in, () where it says none or several."""
    found: set[tuple[str, ...]] = set()
    low = [text.casefold() for text in texts]
    whole = "\n".join(low)
    spoken = [word for word in (*resources.words("money_words.txt"), "$") if word in whole]
    for text in (t for t in low if any(word in t for word in spoken)):
        for note in _NOTE.finditer(text):
            words = note["name"].split()
            noun = note["what"].split()[-1].replace("$", "dollars")
            names = [*(" ".join(words[:n]) for n in range(4, 1, -1)), f"{words[0]} {noun}"]
            if countries := next((c for n in names if (c := _full_names().get(n))), None):
                found.add(countries)
    return found.pop() if len(found) == 1 else ()


@cache
def _full_names() -> dict[str, tuple[str, ...]]:
    """Names of currencies that say whose they are, "fijian dollars", with the countries that use them."""
    return {
        name: tuple(row["countries"].split("|"))
        for row in resources.rows("currencies.csv")
        for name in row["names"].split("|")
        if " " in name
    }


@cache
def thousandths() -> frozenset[str]:
    """The codes of currencies whose sums have three decimals."""
    return frozenset(row["code"] for row in resources.rows("currencies.csv") if row["decimals"] == "3")


@cache
def users(code: str) -> frozenset[str]:
    """The countries that use a currency."""
    rows = resources.rows("currencies.csv")
    return frozenset(c for row in rows if row["code"] == code for c in row["countries"].split("|"))


def home_countries(places: Iterable[Place]) -> tuple[str, ...]:
    """The country that most of the places lie in, or none where they are spread."""
    counts = Counter(p.country for p in places if p.country)
    if not counts:
        return ()
    country, most = counts.most_common(1)[0]
    return (country,) if most >= _HOME_SHARE * counts.total() else ()


@cache
def load_currencies(dollar: str = "USD", home: tuple[str, ...] = ()) -> Currencies:
    """The currencies of `resources/currencies.csv` as a document of these countries means them, the first above all."""
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    local: set[str] = set()
    table = resources.rows("currencies.csv")
    for row in table:
        for kind, target in (("symbols", symbols), ("names", words)):
            for spelling in filter(None, row[kind].split("|")):
                target.setdefault(spelling.casefold() if kind == "names" else spelling, row["code"])
    symbols["$"] = dollar
    for country in reversed(home):
        for row in (r for r in table if country in r["countries"].split("|")):
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
    weak |= {w for w in words if w in resources.words("iso4217_words.txt")}
    names = {**words, **{s.casefold(): c for s, c in symbols.items()}}
    spellings = [*names, *codes, *(f"{code}$" for code in codes)]
    mark = rf"(?:(?P<code>{_any(codes)})\$?|(?P<symbol>{_any(symbols)})|(?i:(?P<word>{_any(words)})))"
    glued = rf"(?:(?P<code>{_any(codes)})\$?|(?P<symbol>{_any(symbols)}))"
    return Currencies(
        before=re.compile(rf"(?<![^\W_]){mark}(?:(?<![\w])|(?<=[\w])[.:]?[^\S\t\n]?)[^\S\t\n]?$"),
        attached=re.compile(rf"(?<![^\W_]){glued}\.?(?=\d)"),
        after=re.compile(rf"[^\S\t\n]?(?:in\s)?{mark}(?![^\W_])"),
        codes=codes,
        names=names,
        weak=frozenset(weak),
        firsts=frozenset(_bare(s.split()[0]) for s in spellings),
        lasts=frozenset(_bare(s.split()[-1]) for s in spellings),
    )


_LAST = re.compile(r"[^\s(\[“\"'~≈+–—-]+[ \u00a0]?$")
_FIRST = re.compile(r"[ \u00a0]?(?:in )?([^\s\d,;()]+)")


def _bare(word: str) -> str:
    return word.casefold().strip(".,:)")


def mark_before(text: str, start: int, known: Currencies) -> re.Match[str] | None:
    """The currency that stands before text[start]."""
    low = max(0, start - _REACH)
    last = _LAST.search(text, low, start)
    return known.before.search(text, low, start) if last and _bare(last[0].strip()) in known.lasts else None


def mark_after(text: str, end: int, known: Currencies) -> re.Match[str] | None:
    """The currency that stands after text[end]."""
    first = _FIRST.match(text, end)
    return known.after.match(text, end) if first and _bare(first[1]) in known.firsts else None


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
    """The one currency that a short text, as a column's head, names; None for none or several.

    A lone letter is one only before a scale, as in "Value (R million)": "S/N" heads a column of numbers.
    """
    words = [word.strip("(),;:[]'’0") for word in re.split(r"[\s/]+", text)]
    scales = values("scale", "letter")
    found = set()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        stands = len(word) > 1 or not word.isalpha() or following.casefold() in scales
        match = known.after.fullmatch(word) if word and stands else None
        if match and (code := meaning(match, known, marked=True)):
            found.add(code)
    return found.pop() if len(found) == 1 else None
