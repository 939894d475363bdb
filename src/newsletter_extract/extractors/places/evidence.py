"""What the words around a name say: that it is a place, and how surely, or that it is something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsletter_extract import resources
from newsletter_extract.extractors.dates.words import names
from newsletter_extract.extractors.places.choice import demonym
from newsletter_extract.extractors.places.leading_words import goes_to, is_named_before, is_of_town, number_names
from newsletter_extract.extractors.places.names import WORD, Candidate, context
from newsletter_extract.lexicon import zipf

Evidence = Literal["paired", "heading", "headed", "listed", "preposition", "known", "bare"]
"""What speaks for a place: its country stands beside it; it stands with a date; a word such as "port" belongs to it; it
stands in a row with a sure one; a preposition; the document names it surely elsewhere; nothing but the name."""

_SMALL_WORD = re.compile(r"\b[^\W\d_A-Z]{3,}\b(?<!st)(?<!nd)(?<!rd)(?<!th)")
_HEADING_REACH = 90
"""Characters from the beginning of a block in which a heading's names stand."""
_COMMON_ZIPF = 4.4
_LARGE_CITY = 150_000
"""Names of larger cities are frequent words for themselves, and need no word around them to be taken for the city."""
_TOWN = 30_000
_VERY_COMMON_ZIPF = 5.0
"""Nice, Reading; not Split or Bar: words for which a preposition before them proves little."""
_UNCOUNTED = 50_000
"""The people that the gazetteer gives regions of which it does not know them."""
_NAMED_ALONE = frozenset({"region", "border_crossing", "seaport"})
"""Kinds whose names need no more than a country of theirs in the document, or two words of their own."""
_OPENING_ZIPF = 5.2
"""A capitalised word so frequent begins a sentence, no name: "The", "These", "When"."""
_SHORT = 3
_RARE_ZIPF = 3.0
_STRANGE_ZIPF = 2.0
_DAY_AFTER = re.compile(r"\.?,?\s+\d")
_AGE = re.compile(r"\s?(?:\(\d{2}\)|,\s\d{2},|,\saged\s\d{2})")
"""As follows a person's name: "Dallas (34)"."""
_SURNAME_FIRST = re.compile(r",\s[A-Z]\.?(?:\s|$)|,\s[A-Z]+\s[A-Z]\.?(?:\s|$)")
"""As follows a surname in a list of people: "BAIN, J MATTHEW"."""
_INITIAL = re.compile(r"\b[A-Z]\.\s$")
_ACRONYM = 4
"""Letters up to which a word in capitals is more likely an acronym than a place."""
_SHORT_TITLE = 4
"""Letters of a title that is an abbreviation: behind a longer one a full stop ends the sentence."""
_QUOTES = '“”‘"«»„'
_OPENING_QUOTES = frozenset(_QUOTES)
_CLOSING_QUOTES = frozenset(_QUOTES + "’'")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a candidate in its block."""

    text: str
    date: tuple[int, int] | None
    """The span of the block's first date, where a heading would stand beside it."""
    dated: bool
    """Whether a date stands right beside it: "3-5 May, Prilep"."""
    paired: bool
    """Whether a country or region that holds it stands beside it."""
    listed: bool
    """Whether it stands in a row with a name that is surely a place's."""
    known: bool
    """Whether the document names it surely elsewhere."""
    expected: bool
    """Whether one of its countries is named in the document."""


@cache
def _person_names() -> frozenset[str]:
    return resources.words("person_names.txt")


def weigh(candidate: Candidate, around: Surroundings) -> Evidence | None:
    """The evidence that a candidate is a place, None where the words around say that it is none."""
    text, start, end = around.text, candidate.start, candidate.end
    if not (around.paired or around.expected) and text[candidate.name_start : candidate.name_end].casefold() in context(
        "direction"
    ):
        return None  # "Southwest Sector"
    before, gap = _word_before(text, start)
    after = _word_after(text, end)
    heading = around.date is not None and _beside_date(text, around.date, start, end)
    upper = _in_capitals(text, start, end)
    if _is_something_else(candidate, text, before, gap, after, upper, around):
        return None
    evidence = _evidence(candidate, around, heading, before, gap)
    return evidence if _suffices(evidence, candidate, around, before.casefold() if gap.isspace() else "") else None


def _evidence(candidate: Candidate, around: Surroundings, heading: bool, before: str, gap: str) -> Evidence:
    text, start = around.text, candidate.start
    if around.paired:
        return "paired"
    if heading or around.dated or _leads(text, start, candidate.end):
        return "heading"
    if candidate.head is not None or is_named_before(text, start):
        return "headed"
    if gap.isspace() and before.casefold() in context("sure"):
        return "preposition"
    if around.listed:
        return "listed"
    town = candidate.entries[0].kind == "city"
    after = _word_after(text, candidate.end)
    if goes_to(text, start) or (town and gap.isspace() and is_of_town(before, after)):
        return "preposition"
    if gap.isspace() and before.casefold() in context("preposition") | context("direction"):
        return "preposition" if before.casefold() not in {"and", "or", "for", "with", "by"} else "bare"
    return "known" if around.known else "bare"


def _suffices(evidence: Evidence, candidate: Candidate, around: Surroundings, before: str) -> bool:
    """Whether the evidence is enough for a name that may be a common word, a person's or that of a hamlet far away."""
    first = candidate.entries[0]
    name = around.text[candidate.name_start : candidate.name_end]
    if evidence in {"paired", "headed"}:
        return True
    if name.isupper() and len(name) <= _ACRONYM and first.kind not in {"country", "airport"}:
        return evidence == "heading"
    large = max(e.population for e in candidate.entries)
    strange = first.word and first.kind == "region" and large <= _UNCOUNTED and not around.expected  # "COAST DIGEST"
    if candidate.misread or strange:
        return not strange and evidence in {"heading", "preposition", "listed"}
    if first.kind == "country":
        return not first.word or evidence != "bare"
    common = first.word or (" " not in name and zipf(name) >= _COMMON_ZIPF and large < _LARGE_CITY)
    inside = before in context("inside")
    if evidence in {"heading", "preposition"}:
        if common and zipf(name) >= _VERY_COMMON_ZIPF:
            if candidate.start == 0 and around.dated and around.expected and _is_set_off(around.text, candidate.end):
                return True  # "David, 9 June 2018: …" in a text on Panama
            town = first.kind == "city" and large >= _LARGE_CITY
            return town and (evidence == "heading" or (inside and _is_set_off(around.text, candidate.end)))
        if common and evidence == "heading" and not around.dated and around.date is None:
            return large >= _LARGE_CITY
        if evidence == "preposition" and not inside:
            rare = zipf(name) < _RARE_ZIPF or first.kind != "city"
            return around.expected or ((large >= _TOWN or rare) and not _is_personal(name, candidate))
        set_off = evidence == "heading" and _is_set_off(around.text, candidate.end)
        told = evidence == "preposition" or around.dated or candidate.head is not None
        rare = not common and (told or _leads(around.text, candidate.start, candidate.end))
        return rare or large >= _TOWN or around.expected or set_off
    if evidence == "listed" and (large >= _LARGE_CITY or any(e.capital for e in candidate.entries)):
        return zipf(name) < _VERY_COMMON_ZIPF
    if common or _is_personal(name, candidate):
        return False
    if evidence in {"listed", "known"}:
        return True
    prominent = large >= _LARGE_CITY or any(e.capital for e in candidate.entries) or first.kind in {"airport", "other"}
    prominent = prominent or (first.kind in _NAMED_ALONE and (around.expected or " " in name))
    prominent = prominent or (around.expected and large >= _TOWN and zipf(name) < _STRANGE_ZIPF)
    return prominent and (len(name) > _SHORT or zipf(name) < _RARE_ZIPF)


def _is_personal(name: str, candidate: Candidate) -> bool:
    """Whether the name, or the first word of an airport's, is a person's too."""
    first = name.split(maxsplit=1)[0] if candidate.entries[0].kind == "airport" else name
    return (first.title() if first.isupper() else first) in _person_names()


def _is_set_off(text: str, end: int) -> bool:
    """Whether a mark follows the name; a word in running text seldom has one."""
    return bool(re.match(r"\s*(?:[,|(:;.)–—-]|$)", text[end : end + 3]))


def _is_something_else(
    candidate: Candidate, text: str, before: str, gap: str, after: str, upper: bool, around: Surroundings
) -> bool:
    """A person, a ship, an operation, a document, a body or goods that bear a place's name."""
    name = text[candidate.name_start : candidate.name_end]
    close = gap in {" ", ". ", " “", " ‘", ' "'}
    titled = before.casefold().strip(".") in context("title") and (gap != ". " or len(before) <= _SHORT_TITLE)
    if close and (titled or _is_surname(text, candidate.start, before)):
        return True
    if (
        (before.casefold() in context("named") or text[max(0, candidate.start - 9) : candidate.start] == "known as ")
        and (gap.strip(_QUOTES + " ") == "")
        and gap
    ):
        return not around.paired
    if _is_quoted(text, candidate.start, candidate.end) and not around.paired:
        return True
    if candidate.head == "region" and after[:1].isupper() and after.casefold() in context("body") and not around.paired:
        return True  # "Lagos State Command" is a body
    if candidate.head or around.paired:
        return False
    if (
        _is_office(name, candidate, before, after)
        or name.casefold() in number_names()
        or _is_half_a_word(text, candidate.start, name)
    ):
        return True
    if _AGE.match(text, candidate.end) or (name.isupper() and _SURNAME_FIRST.match(text, candidate.end)):
        return True
    if name.casefold() in _day_names() and _DAY_AFTER.match(text, candidate.end):
        return True
    if name == "US" and upper and before.casefold() not in context("preposition"):
        return True
    if after and (after.casefold() in context("document") or (after in context("product") and len(after) > 2)):
        return after[0].isupper() or after in context("product")
    if upper:
        return False
    return _is_person(name, text, candidate, before, gap, after, around)


def _is_person(
    name: str, text: str, candidate: Candidate, before: str, gap: str, after: str, around: Surroundings
) -> bool:
    """Whether capitalised neighbours make the name part of a person's or of something longer."""
    large = max(e.population for e in candidate.entries)
    country = candidate.entries[0].kind in {"country", "region", "other"}
    before_is_name = gap == " " and before[:1].isupper() and before.casefold() not in context("direction")
    starts = before_is_name and (before.casefold() in context("preposition") or zipf(before) >= _OPENING_ZIPF)
    if is_named_before(text, candidate.start):
        return False
    if _INITIAL.search(text, max(0, candidate.start - 5), candidate.start) and not country:
        return True
    if before_is_name and not starts:
        if before in _person_names():
            return True
        if before.casefold() not in context("body") and not (country or large >= _LARGE_CITY):
            return True
        if candidate.entries[0].kind in {"region", "other"} and zipf(before) < _STRANGE_ZIPF and not demonym(before):
            return True  # "Ontong Java" is no part of Java
    goes_on = after[:1].isupper() and not (around.dated and zipf(after) >= _OPENING_ZIPF)
    if goes_on and after.casefold() not in context("body") and not after.isupper():
        if name in _person_names() and not (gap.isspace() and before.casefold() in {"in", "near"}):
            return True
        return not country and large < _LARGE_CITY and not starts
    return bool(candidate.misread and after[:1].isupper())


def _is_surname(text: str, start: int, before: str) -> bool:
    """Whether a title and a given name stand before: "Ms Georgia London"."""
    words = list(WORD.finditer(text, max(0, start - 40), start))
    if len(words) < 2 or not before[:1].isupper():
        return False
    title, given = words[-2], words[-1]
    return (
        title[0].casefold() in context("title")
        and (title[0][0].isupper() or title[0].casefold() in _LOW_TITLES)
        and given[0] not in context("body")
        and text[title.end() : given.start()] in {" ", ". "}
    )


_LOW_TITLES = frozenset({"mr", "mrs", "ms", "dr", "suspect", "defendant", "spokesman", "spokeswoman", "spokesperson"})
"""Titles that stand before a name in small letters too."""


def _is_office(name: str, candidate: Candidate, before: str, after: str) -> bool:
    """Whether a usual word behind "the" is no small town's name: "Report of the Ranger"."""
    town = candidate.entries[0].kind == "city" and max(e.population for e in candidate.entries) < _LARGE_CITY
    return town and before.casefold() == "the" and zipf(name) >= _RARE_ZIPF and not is_of_town(before, after)


@cache
def _day_names() -> frozenset[str]:
    """Names of weekdays, as the Mon of "Mon 1 June"."""
    return frozenset(names("weekday"))


def _is_half_a_word(text: str, start: int, name: str) -> bool:
    """Whether a hyphen makes the name the end of a common word: the LINE of "ON-LINE"."""
    before = re.search(r"[^\W\d_]+(?=-$)", text[max(0, start - 12) : start])
    return before is not None and zipf(before[0] + name) >= _RARE_ZIPF


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in _OPENING_QUOTES and text[end : end + 1] in _CLOSING_QUOTES


def _word_before(text: str, start: int) -> tuple[str, str]:
    """The word before, and what stands between."""
    words = list(WORD.finditer(text, max(0, start - 30), start))
    return (words[-1][0], text[words[-1].end() : start]) if words else ("", "")


def _word_after(text: str, end: int) -> str:
    """The word that follows after a single space."""
    match = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return match[0] if match else ""


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words around are in capitals too, so that a capital tells nothing."""
    if not text[start:end].isupper():
        return False
    letters = [c for c in text[max(0, start - 30) : start] + text[end : end + 30] if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _beside_date(text: str, date: tuple[int, int], start: int, end: int) -> bool:
    """Whether the name stands in a heading with the date: near the beginning, and no sentence is told in between."""
    if start > _HEADING_REACH:
        return False
    between = text[end : date[0]] if start < date[0] else text[date[1] : start]
    if re.search(r"\n|[:.!?]\s|\s[–—]\s(?=[A-Z][a-z]+\s[a-z])", between):
        return False
    return all(word in context("beside") for word in _SMALL_WORD.findall(between))


def _leads(text: str, start: int, end: int) -> bool:
    """Whether the name is a whole cell of a table or all of its block, or leads an item: "Suva: a yacht …"."""
    begins = text[start - 1 : start] in {"", "\t", "\n"}
    if begins and text[end : end + 1] in {"", "\t", "\n"}:
        return True
    return text[end : end + 2] == ": " and (begins or text[max(0, start - 2) : start] in {". ", "• ", "; "})
