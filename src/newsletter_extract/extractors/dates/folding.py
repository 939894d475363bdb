"""From the atoms of a run to dates: what belongs together, and which year it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import Span
from newsletter_extract.extractors.dates.mentions import Mention
from newsletter_extract.extractors.dates.tokens import Atom
from newsletter_extract.extractors.dates.words import is_cell, preceded


def folded(text: str, atoms: Sequence[Atom]) -> Iterator[Mention]:
    """Atoms folded into dates: two that "to" joins are one span, as are months that follow one another."""
    atoms = _with_years(_between(text, atoms))
    k = 0
    while k < len(atoms):
        last = k
        if k + 1 < len(atoms) and atoms[k + 1].link == "to":
            last = k + 1
        while last + 1 < len(atoms) and all(_follow(atoms[n], atoms[n + 1]) for n in range(k, last + 1)):
            last += 1
        mention = _mention(text, atoms[k], atoms[last], alone=len(atoms) == 1)
        if mention:
            yield mention
        k = last + 1


def _between(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    """ "between 3 and 5 June": the "and" joins into a span."""
    result = list(atoms)
    if len(atoms) > 1 and preceded(text, atoms[0].start, "between"):
        result[1] = replace(result[1], link="to")
    return result


def _with_years(atoms: Sequence[Atom]) -> list[Atom]:
    """A year at the end of a run holds for what comes before it, back over the turn of the year."""
    result = list(atoms)
    for k in range(len(result) - 2, -1, -1):
        atom, after = result[k], result[k + 1]
        if atom.year is None and after.year is not None:
            turns = atom.month > after.month and (after.link == "to" or atom.month - after.month > _HALF_YEAR)
            result[k] = replace(atom, year=after.year - turns)
    return result


_HALF_YEAR = 6


def _follow(first: Atom, second: Atom) -> bool:
    """Whether two whole months stand in a list and follow one another."""
    whole = first.is_whole_month and second.is_whole_month
    next_month = second.month == first.month % 12 + 1
    turns = second.month < first.month
    same_years = first.year is None or second.year is None or second.year - first.year == turns
    return second.link == "and" and whole and next_month and same_years


def _mention(text: str, first: Atom, last: Atom, *, alone: bool) -> Mention | None:
    if first.year is None and first.day is None and not _is_month_name(text, first, last, alone):
        return None

    def make(year: int) -> Span:
        if first is last:
            return first.span(year)
        end = last.span(year)
        before = (first.month, first.day or 0) > (last.month, last.day or 99)
        begin = first.span((last.year or year) - before)
        return cal.through(begin, end) if begin.precision != "day" or end.precision != "day" else _days(begin, end)

    known = last.year if last.year is not None else first.year if first is last else None
    return Mention(
        first.start,
        last.end,
        make,
        has_year=known is not None,
        weekdays=(first.weekday, last.weekday),
        ranged=first is not last,
        sure=1.0 if (first.day is None) == (last.day is None) else _MIXED,
    )


_MIXED = 0.85
"""For a span from a month to a day, as "September – 2 October": the first day may be lost."""


def _days(begin: Span, end: Span) -> Span:
    if begin.start is None or end.end is None:
        return cal.through(begin, end)
    span = cal.days(begin.start, end.end)
    return cal.around(span) if begin.approximate or end.approximate else span


def _is_month_name(text: str, first: Atom, last: Atom, alone: bool) -> bool:
    """Whether a month without day and year is meant as one: by the words before it, or as a span of two."""
    if not first.is_whole_month:
        return True
    name = text[first.start : first.end].rstrip(".")
    if not name[0].isupper() and name.casefold() in {"may", "march", "mar"}:
        return False
    if preceded(text, first.start, "lead") or is_cell(text, first.start, last.end):
        return True
    return first is not last and last.link == "to" and min(len(name), last.end - last.start) > _ABBREVIATED


_ABBREVIATED = 3
