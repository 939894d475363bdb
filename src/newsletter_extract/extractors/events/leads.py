"""The dates and places that follow one another from where a heading begins, with only connecting words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract.extractors.dates.words import names
from newsletter_extract.extractors.events.items import Item, Lost
from newsletter_extract.extractors.events.words import words_of
from newsletter_extract.schema import DateSpan, Place

MAX_HEADING = 260
# a bullet, or a speck that was read as a mark; then a number
LEAD_MARK = (
    r"\s*(?:[*+•·▪■●►>«“\"‘'.,;|~_]\s*)?"
    r"(?:\(?(?:\d{1,3}|[ivx]{1,4}|[IVX]{1,5}|[a-z])[.)]\s+|#?\d{1,3}\s*[:–—-]\s+)?"
)
NAME = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚΑ-ΩЀ-Я][\w’'.-]*"
NAMES = rf"{NAME}(?:\s+(?:(?:of|the|de|del|la|el|al|and|y)\s+){{0,2}}{NAME}){{0,5}}"
UNKNOWN_PLACE = re.compile(rf"{LEAD_MARK}{NAMES}\s*(?:,\s*{NAMES}\s*)?(?:[,|:]|[(–—-])\s*$")
END = re.compile(
    r"(?:\s(?:r|g|god|г)\.)?[\s*†‡]*[)\]]?\s*"
    r"(?P<mark>:|\.(?=\s|$)(?:\s*[–—-](?=\s))?|\.-(?=\s)|–|—|-{1,2}(?=\s)|(?<=\s)-{1,2}(?=[A-Z“\"])|\||[/•·;](?=\s)|,(?=\s))\s*"
)
_DEBRIS = re.compile(r"\)?\s*,[\s.,;'‘’“”-]*")
"""A comma and specks that were read as marks."""
_MARK = re.compile(r":|\s[–—-]\s|\.\s")
_BETWEEN_DATES = re.compile(r"[\s.,;&]*(?:\w{1,3}\s+){0,2}")
_MOST_UNKNOWN = 4
"""Words of names that the gazetteer does not know between the parts of a heading."""
_CLOCK = (
    r"(?<![\d.])(?:[0-2]?\d[:.h][0-5]\d|[0-2]\d[0-5]\d(?=\s?h))"
    r"\s?(?:hrs?|hours|h|a\.?m\.?|p\.?m\.?|UTC|GMT|CET|EST|local time|Uhr|horas|heures)?(?!\d)"
)
_ERA = r"(?:\s?(?:A\.?H\.?|H\.?|A\.?M\.?|S\.?H\.?)(?![\w.]))?"
_CLOCK_AFTER = re.compile(rf"\s*,?\s*(?:at\s|um\s|à\s|a las\s)?{_CLOCK}", re.I)
"""The time of day behind a heading's date: "Riga, 3 May 2019, 0330hrs – …"."""
"""The time of day, as logs have it between date and place."""
_SHORT_DAY = r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b\.?,?(?=\s)"
_OPEN_END = re.compile(r"(?:since|until|till|by|before|up)\b", re.I)


def has(items: Sequence[Item], *kinds: type) -> bool:
    return any(isinstance(item[2], kinds) for item in items)


@cache
def _other_calendar() -> str:
    """A date of another calendar, as it stands beside a common one: "12 Muharram 1441 AH"."""
    months, alike = ("|".join(map(re.escape, words_of(role))) for role in ("other_month", "alike"))
    return rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months}),?\s+\d{{4}}{_ERA}(?:,?\s+(?:{alike})\s+)?)"


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\s?[(\[]{_other_calendar()}[)\]]|\s[/–-]\s{_other_calendar()}", re.I)


def past_additions(text: str, position: int) -> int:
    """Where what may stand behind a heading's date ends: the time of day, or the same day in another calendar."""
    for form in (_CLOCK_AFTER, _in_brackets()):
        match = form.match(text, position)
        position = match.end() if match else position
    return position


@cache
def _connector() -> re.Pattern[str]:
    words = "|".join(map(re.escape, (*words_of("connector"), *(n for n in names("weekday") if len(n) > 3))))
    labels = "|".join(map(re.escape, words_of("label")))
    return re.compile(
        rf"(?:[\s,;|/()\[\]*–—&·•+-]|{_CLOCK}|{_other_calendar()}|{_SHORT_DAY}|\b(?:{labels})\s*:|\b(?:{words})\b\.?)*",
        re.I,
    )


def lead_of(text: str, items: Sequence[Item], offset: int) -> tuple[list[Item], int]:
    """The items that follow one another from `offset`, with only connecting words between; and where they end."""
    taken: list[Item] = []
    mark = re.compile(LEAD_MARK).match(text, offset)
    position = mark.end() if mark else offset
    for item in items:
        if item[0] < position:
            continue
        if item[0] > MAX_HEADING or not _follows(text, (offset, position), taken, item, items):
            break
        taken.append(item)
        position = item[1]
    return taken, position


def _follows(text: str, at: tuple[int, int], taken: Sequence[Item], item: Item, items: Sequence[Item]) -> bool:
    """Whether `item` goes on with the heading that began at at[0] and has come to at[1]."""
    gap, fact = text[at[1] : item[0]], item[2]
    if isinstance(fact, DateSpan) and (_OPEN_END.match(text, item[0]) or not (fact.start and fact.end)):
        return False
    if not taken:
        unknown = isinstance(fact, DateSpan) and UNKNOWN_PLACE.fullmatch(text[at[0] : item[0]])
        return bool(_connector().fullmatch(gap) or unknown)
    dated = has(taken, DateSpan, Lost)
    if isinstance(taken[-1][2], DateSpan) and isinstance(fact, DateSpan) and _BETWEEN_DATES.fullmatch(gap):
        return True
    if _is_complete(taken) and _MARK.search(gap) and not _LABELLED.search(gap):
        row = isinstance(taken[-1][2], Place) and gap.strip() in _DASHES
        return row and _stands_alone(text, items, item, ":|")
    if gap.strip() in {":", "."}:
        return not dated or _stands_alone(text, items, item)
    if _connector().fullmatch(gap) or _DEBRIS.fullmatch(gap):
        return "•" not in gap or not _is_complete(taken)
    ended = dated and (_MARK.search(gap) or ("|" in gap and _is_complete(taken)))
    return _is_unknown_name(gap, isinstance(fact, Place)) and not ended


_DASHES = frozenset("–—-")


def _stands_alone(text: str, items: Sequence[Item], item: Item, marks: str = "") -> bool:
    """Whether a place behind a mark is of the heading, as another (one of `marks`) follows: "3 May 2021. Riga. …"."""
    end = item[1]
    for following in items:
        if following[0] >= end and isinstance(following[2], Place) and _connector().fullmatch(text[end : following[0]]):
            end = following[1]
    mark = END.match(text, end)
    return isinstance(item[2], Place) and mark is not None and (mark["mark"] in marks if marks else mark["mark"] != ",")


def _is_unknown_name(gap: str, before_place: bool) -> bool:
    """Whether names that are no known places stand between two parts of a heading, set off by a mark from a date."""
    rest = _connector().sub(lambda m: " " if m[0] else "", gap)
    left = re.findall(r"\S+", rest)
    if len(left) > _MOST_UNKNOWN or not all(re.fullmatch(NAME, name) for name in left):
        return False
    return before_place or bool(re.search(r"[,;|/()–—:-]\W*(?:\w{1,4}\s*)?$", gap))


_LABELLED = re.compile(r"\w+:\s*$")


def _is_complete(taken: Sequence[Item]) -> bool:
    """Whether the heading has its date and its place, so that a mark ends it."""
    return has(taken, DateSpan, Lost) and any(not isinstance(i[2], (DateSpan, Lost)) for i in taken)
