"""A block made ready for finding places: its candidates, the countries that it speaks of, its dates and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsletter_extract.document import Block
from newsletter_extract.extractors.places.choice import Countries, adjectives, shares
from newsletter_extract.extractors.places.names import Candidate, context, find_candidates
from newsletter_extract.extractors.sentences import sentence_spans
from newsletter_extract.extractors.spans import Spans
from newsletter_extract.gazetteer import Gazetteer
from newsletter_extract.schema import DateSpan, Located, Organization

_SUM = re.compile(r"\s?\$\s?\d")
"""After a name it makes it the prefix of a sum: US$ 300."""


@dataclass(frozen=True)
class PlaceText:
    """A block with what was found in it."""

    block: Block
    candidates: Sequence[Candidate]
    dates: Spans
    taken: Sequence[tuple[int, int]]
    """Spans of dates and organizations, which hold no places."""
    countries: Sequence[tuple[int, str]]
    """Where countries are named or meant, and which."""
    date: tuple[int, int] | None
    """The span of its first day or month."""
    sentences: Sequence[tuple[int, int]]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each country is named or meant."""
        return Counter(country for _, country in self.countries)

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of each of them in what the block names."""
        return shares(self.counts)


def read_text(
    block: Block, gazetteer: Gazetteer, dates: Sequence[DateSpan], organizations: Sequence[Organization]
) -> PlaceText:
    taken = sorted([*_spans([*dates, *organizations]), *_columns_without_places(block)])
    none_there = Spans(taken).overlaps
    date = next(iter(_spans([d for d in dates if d.precision in {"day", "month"}])), None)

    def may_be_misread(text: str, start: int, end: int) -> bool:
        before = re.search(r"(\w+)\s$", text[max(0, start - 12) : start])
        return (
            (before is not None and before[1].casefold() in context("sure"))
            or (date is not None and start < _MISREAD_REACH)
            or bool(re.match(r"\s*[,(]\s*[A-Z]", text[end : end + 4]))
        )

    found = find_candidates(block.text, gazetteer, none_there, may_be_misread)
    candidates = [c for c in found if not _SUM.match(block.text, c.end)]
    countries = adjectives(block.text) + [(start_of(o), o.country) for o in organizations if o.country]
    countries += [(c.start, country) for c in candidates if (country := _told_country(c))]
    return PlaceText(
        block, candidates, Spans(_spans(dates)), taken, sorted(countries), date, sentence_spans(block.text)
    )


def _columns_without_places(block: Block) -> list[tuple[int, int]]:
    """The cells under heads as "Vessel" and "Consignee", whose names are none of places."""
    heads = {c.column for c in block.cells if c.header and _is_of_names(block.text[c.start : c.end])}
    return [(c.start, c.end) for c in block.cells if c.column in heads and c.end > c.start]


def _is_of_names(head: str) -> bool:
    return any(word in context("names") for word in re.findall(r"[^\W\d_]+", head.casefold()))


def _told_country(candidate: Candidate) -> str | None:
    """The country that a name tells by itself: a country's, or that of a place with no namesake of weight abroad."""
    first = candidate.entries[0]
    if first.kind == "country":
        named = {e.country for e in candidate.entries if e.kind == "country"}
        return first.country if len(named) == 1 else None
    if first.name.casefold() in context("direction"):
        return None  # any country may have a Northern Region
    own = [e for e in candidate.entries if e.country == first.country]
    abroad = max((e.population for e in candidate.entries if e.country != first.country), default=0)
    telling = any(e.population >= _TELLING_PEOPLE.get(e.kind, _NEVER) for e in own) and (
        abroad < max(e.population for e in own) / _FAR_LARGER
    )
    return first.country if telling and not first.word and not candidate.misread else None


_TELLING_PEOPLE = {"city": 30_000, "region": 2_000_000, "border_crossing": 0, "airport": 0}
_NEVER = 10**12
_FAR_LARGER = 20
"""A place of so many people, so many times those of any other of its name, tells of which country a text speaks."""
_MISREAD_REACH = 60
"""Characters from the beginning of a block with a date in which a strange word may be its place misread."""


def _spans(facts: Sequence[Located]) -> list[tuple[int, int]]:
    return [(f.provenance.start, f.provenance.end) for f in facts if f.provenance]


def start_of(fact: Located) -> int:
    """Where a fact begins in its block."""
    return fact.provenance.start if fact.provenance else 0


def countries_around(text: PlaceText, start: int, end: int, share: Mapping[str, float]) -> Countries:
    """The countries named around a span, without those of its own words."""
    k = bisect_right(text.sentences, (start, len(text.block.text))) - 1
    low, high = text.sentences[k] if k >= 0 else (0, 0)
    low, high = max(low, start - _SENTENCE_REACH), min(high, end + _SENTENCE_REACH)
    near = text.countries[bisect_left(text.countries, (low, "")) : bisect_left(text.countries, (high, ""))]
    own = Counter(country for at, country in near if start <= at < end)
    return Countries(
        sentence=frozenset(country for at, country in near if not start <= at < end),
        block=shares(text.counts - own) if own else text.shares,
        shares=share,
    )


_SENTENCE_REACH = 400
"""Characters on either side in which a sentence tells of which country it speaks."""
