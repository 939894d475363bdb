"""Dates told by another date: "the same day", "last month", "two weeks later", "on Tuesday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsletter_extract import resources
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import BLOT, Mention, Mentions, Relative
from newsletter_extract.extractors.dates.words import marks, number_words, value_of
from newsletter_extract.extractors.spans import Spans


@cache
def _relative_words() -> tuple[re.Pattern[str], dict[str, Relative], frozenset[str]]:
    table = {
        word: Relative(row["unit"], int(row["offset"]), row["anchor"])
        for row in resources.rows("relative_dates.csv")
        for word in row["words"].split("|")
    }
    names = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    firsts = frozenset(re.split(r"\W", word)[0] for word in table)
    return re.compile(rf"(?:{names})(?![\w-]|['’]s\s+eve)", re.I), table, firsts


_WORD = re.compile(r"(?<![\w-])\w+")


def _told(text: str) -> Iterator[re.Match[str]]:
    """The phrases of the list in a text, tried only where one can begin."""
    pattern, _, firsts = _relative_words()
    end = 0
    for word in _WORD.finditer(text):
        if word.start() >= end and word[0].casefold() in firsts and (match := pattern.match(text, word.start())):
            end = match.end()
            yield match


_AWAY = re.compile(
    r"(?P<unit>day|week|fortnight|month|year)s?\s+(?P<side>later|earlier|afterwards|(?:before|after)\b"
    r"(?!,?\s+(?:the|a|an|he|she|it|they|being|having|\w+ing|on|in)\b))(?!\w)",
    re.I,
)
_COUNT = re.compile(r"(?:(?<=\s)|^)(?P<count>\d{1,2}|[^\W\d_]+)\s+$")
_COUNT_REACH = 14
_SIGNS = (
    "day", "onth", "year", "eek", "fortnight", "quarter", "morrow", "night", "morning", "evening", "noon", "después",
    "dia ", "día", "jour", "dana", "demain", "giorno", "tag", "mes", "mês", "mois", "monat", "mjeseca", "jahr",
    "godine", "año", "ano ", "anno", "année", "l’an ", "l'an ",
)  # fmt: skip
"""What every date that is told by another holds, but for a day alone ("on the 14th")."""
_ORDINAL = re.compile(r"the\s\d")
_ON_WEEKDAY = re.compile(
    r"\b(?P<lead>on|last|next|this past|the following|the next|the previous|the preceding)\s+"
    r"(?P<day>[^\W\d_]+day)\b(?!,?\s+\d)",
    re.I,
)
_STEPS = {"on": 0, "next": 1, "the following": 1, "the next": 1}
"""Words before a weekday: 0 points to that day or the nearest before, 1 to one after; all others to one before."""
_DAY_ALONE = re.compile(
    r"(?<![\w-])(?:(?:(?:on|by|until|since)\s+the|(?<=\dst\s|\dnd\s|\drd\s|\dth\s)(?:and|&)(?:\s+the)?)\s+(?P<ordinal>\d{1,2})(?:st|nd|rd|th)|(?:no|em|ao|el|del|al)\s+d[ií]a\s+(?P<day>\d{1,2}))"
    r"(?=[.,;:)]|\s*$|\s(?:in|at|near|em|en)\s[A-Z]|\s(?:and|&)\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)\b)",
    re.I,
)
""" "On the 14th, …", "no dia 5": a day whose month the text has named before."""
_UNITS = {"week": ("day", 7), "fortnight": ("day", 14)}


def find_relatives(text: str, shade: str) -> Mentions:
    """Dates told by another date; `shade` has blots where dates were found."""
    folded = text.casefold()
    if not any(map(folded.__contains__, _SIGNS)) and not _ORDINAL.search(folded):
        return
    table = _relative_words()[1]
    told = []
    for match in _told(text):
        if BLOT not in shade[match.start() : match.end()]:
            told.append(match.span())
            yield _relative(match.start(), match.end(), table[match[0].casefold()])
    taken = Spans(told)
    for match in _AWAY.finditer(text):
        number = _COUNT.search(text, max(0, match.start() - _COUNT_REACH), match.start())
        if number is None or taken.overlaps(*match.span()):
            continue
        word = number["count"].casefold()
        count = int(word) if word.isdigit() else 1 if word == "a" else number_words().get(word, 0)
        sign = 1 if match["side"].casefold() in {"later", "after", "afterwards"} else -1
        if count:
            unit, rough = match["unit"].casefold(), match["unit"].casefold() != "day"
            unit, size = _UNITS.get(unit, (unit, 1))
            relative = Relative(unit, sign * count * size, "before", rough)
            yield _relative(number.start("count"), match.end(), relative)
    for match in _ON_WEEKDAY.finditer(text) if re.search(marks("weekday", 7), shade) else ():
        if BLOT in shade[match.start() : match.end() + 3]:
            continue
        mark = shade[match.start("day")]
        if mark != text[match.start("day")]:
            lead = match["lead"].casefold()
            anchor = "before" if lead.startswith("the ") else "now"
            relative = Relative("day", _STEPS.get(lead, -1), anchor, weekday=value_of(mark, "weekday"))
            yield _relative(match.start(), match.end(), relative)
    for match in _DAY_ALONE.finditer(text):
        if BLOT not in shade[match.start() : match.end()]:
            group = "ordinal" if match["ordinal"] else "day"
            yield _relative(match.start(group), match.end(), Relative("day_of_month", int(match[group]), "before"))


def _relative(start: int, end: int, relative: Relative) -> Mention:
    return Mention(start, end, _unplaced, has_year=False, relative=relative)


def _unplaced(_year_number: int) -> Span:
    raise AssertionError("a relative date is made from the one it counts from")
