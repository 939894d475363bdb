"""Organizations: by the list, by an acronym that the text introduces, and public bodies by the heads of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.confidence import organization_confidence
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.organization_index import TOKEN, Mention, Names, listed
from newsletter_extract.extractors.organization_names import CAPITALISED, expansion, is_body, kind_of, paired
from newsletter_extract.extractors.places.choice import demonym
from newsletter_extract.gazetteer import fold
from newsletter_extract.lexicon import zipf
from newsletter_extract.schema import Organization
from newsletter_extract.settings import OrganizationEntry

_MAX_LEAD = 5
_OPENING_ZIPF = 5.0
"""Frequency from which the first word of a sentence is no part of a name that begins there: "These", "When", "The"."""

CountryOf = Callable[[str], str | None]


def find_organizations(
    blocks: Sequence[Block], extra: Sequence[OrganizationEntry] = (), country_of: CountryOf = lambda _: None
) -> tuple[Organization, ...]:
    """Every mention in reading order; `extra` are the user's own.

    `country_of` gives the country of a word that names one ("Kenya", "Serbian"), None for other words.
    """
    introduced, other = _introduced(blocks, country_of)
    names = Names([*extra, *introduced], blocks, other - {e.acronym for e in extra})
    found: list[Organization] = []
    for block in blocks:
        listed, headed = list(names.find(block.text)), _generic(block.text, country_of)
        longer = [h for h in headed if all(_holds(h, m) for m in listed if _meet(h, m))]
        mentions = [*longer, *(m for m in listed if not any(_meet(h, m) for h in longer))]
        found += [_organization(block, m) for m in sorted(mentions, key=lambda m: m.start)]
    return tuple(found)


def _meet(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _holds(headed: Mention, listed: Mention) -> bool:
    """Whether a name told by its head goes beyond a listed one in it, as "Royal Thai Customs" beyond "Thai Customs"."""
    return (
        headed.start <= listed.start and listed.end <= headed.end and headed.end - headed.start > len(listed.entry.name)
    )


def _organization(block: Block, mention: Mention) -> Organization:
    entry = mention.entry
    sure = organization_confidence(mention.evidence)
    return Organization(
        text=block.text[mention.start : mention.end],
        name=entry.name,
        acronym=entry.acronym,
        kind=entry.kind,
        country=entry.country,
        provenance=provenance(block, mention.start, mention.end),
        confidence=round(sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, mention.start, mention.end)), 3),
    )


_PART = rf"(?!(?:[A-Z]{{3,}}|The)\b){CAPITALISED}"
"""A word of a name that is no acronym of another body."""


@cache
def _heads(place: str) -> tuple[str, ...]:
    """The words of `resources/organization_heads.txt` that stand first or last in the name of a body."""
    lines = resources.lines("organization_heads.txt")
    if place == "last":
        return tuple(line.removeprefix("…").strip() for line in lines if line.startswith("…"))
    return tuple(line.removesuffix("…").strip() for line in lines if line.endswith("…"))


@cache
def _any_head(place: str) -> re.Pattern[str]:
    return re.compile(_alternatives(_heads(place)))


@cache
def _head_last() -> re.Pattern[str]:
    """Capitalised words before a head: "Kenya Revenue Authority", "Sarajevo Border Police of …"."""
    heads = _heads("last")
    return re.compile(
        rf"(?<![\w-])(?:(?:{CAPITALISED}|U\.S\.)\s(?:(?:and|for|of|de|&)\s)?){{0,{_MAX_LEAD}}}"
        rf"(?P<head>{_alternatives(heads)})(?![\w-])"
        rf"(?P<tail>\sof\s(?:the\s)?{_PART}(?:\s(?:(?:and|of\sthe|of)\s)?{_PART})*)?"
    )


@cache
def _head_first() -> re.Pattern[str]:
    """A head and what it is for: "Ministry of Finance of Serbia", "Dirección General de Aduanas"."""
    heads = _heads("first")
    joined = r"(?:of|for|on|de|del|da|do|des|du|pour|para)"
    article = r"(?:(?:the|la|las|los|le|les|l')\s)?"
    words = rf"{_PART}(?:\s{_PART})*"
    return re.compile(
        rf"(?<![\w-])(?:{CAPITALISED}\s){{0,2}}(?P<head>{_alternatives(heads)})\s{joined}\s{article}{words}"
        rf"(?:(?:,\s{words})*\s(?:and|y|e|et)\s(?!the\b){words})?(?:\s{joined}\s{article}{words})*"
    )


def _alternatives(heads: Sequence[str]) -> str:
    return "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))


def _generic(text: str, country_of: CountryOf) -> list[Mention]:
    found: list[Mention] = []
    for pattern, place in ((_head_first(), "first"), (_head_last(), "last")):
        for match in pattern.finditer(text) if _any_head(place).search(text) else ():
            start = _trimmed(text, match.start(), match.start("head"), country_of)
            name = _of_one_country(text[start : match.end()], country_of)
            end = start + len(name)
            if " " in name and not any(m.start < end and start < m.end for m in found) and not name.isupper():
                entry = OrganizationEntry(name=name, kind=kind_of(name), country=_country(name, country_of))
                found.append(Mention(start, end, entry, "headed"))
    return found


def _trimmed(text: str, start: int, head: int, country_of: CountryOf) -> int:
    """Where the name begins: behind words that only begin the sentence, and behind the country of a heading before it,
    as in "Arica, Chile Customs officers …"."""
    while start < head:
        word = TOKEN.match(text, start)
        opening = word and zipf(word[0]) >= _OPENING_ZIPF and word[0].casefold() not in _openings()
        heading = word and text[:start].endswith(", ") and country_of(word[0]) and not demonym(word[0])
        if not word or not (opening or heading):
            break
        start = word.end() + 1
    return min(start, head)


def _of_one_country(name: str, country_of: CountryOf) -> str:
    """The name without a second country in a row: "Police of Serbia and Croatia"."""
    first, found, second = name.rpartition(" and ")
    both = found and country_of(second) and country_of(first.rpartition(" ")[2])
    return first if both and not country_of(" ".join(name.split()[-3:])) else name


def _openings() -> frozenset[str]:
    """Frequent words that do begin names of bodies: "National", "State", "Special"."""
    return resources.words("organization_openings.txt")


def _country(name: str, country_of: CountryOf) -> str | None:
    """The country that a name says itself: "Kenya Revenue Authority", "Serbian Customs"."""
    words = [t[0] for t in TOKEN.finditer(name)]
    for size in (4, 3, 2, 1):
        for k in range(len(words) - size + 1):
            country = country_of(" ".join(words[k : k + size])) if words[k][0].isupper() else None
            if country:
                return country
    return None


def _introduced(blocks: Sequence[Block], country_of: CountryOf) -> tuple[list[OrganizationEntry], set[str]]:
    """Names that the text gives with their acronym: "Air Cargo Unit (ACU)", "ACU (Air Cargo Unit)".

    And the acronyms of what is no body, as of the "Flight Manual (FM)".
    """
    found: dict[str, OrganizationEntry] = {}
    other: set[str] = set()
    for block in blocks:
        for words, written in paired(block.text):
            acronym = written.rstrip("s") if written[:-1].isupper() else written
            if sum(c.isupper() for c in acronym) < 2 or acronym in found:
                continue
            name = expansion(words, acronym)
            if name is None:
                continue
            known = next((e for e in listed() if fold(e.name) == fold(name)), None)
            if known is None and not is_body(name):
                other.add(acronym)
                continue
            found[acronym] = OrganizationEntry(
                name=name, acronym=acronym, kind=known.kind if known else kind_of(name),
                country=known.country if known else _country(name, country_of),
            )  # fmt: skip
    return list(found.values()), other - set(found)
