"""Organizations: by the list, by an acronym that the text introduces, and public bodies by the heads of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.confidence import organization_confidence
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.organization_names import CAPITALISED, expansion, is_body, kind_of, paired
from newsletter_extract.extractors.places.choice import demonym
from newsletter_extract.gazetteer import SHORTEST_MISREAD, fold, is_one_misreading
from newsletter_extract.lexicon import zipf
from newsletter_extract.schema import Organization
from newsletter_extract.settings import OrganizationEntry

_TOKEN = re.compile(r"[^\W_][\w’'&.-]*\w|\w")
_MAX_LEAD = 5
_OPENING_ZIPF = 5.0
"""Frequency from which the first word of a sentence is no part of a name that begins there: "These", "When", "The"."""

CountryOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    entry: OrganizationEntry
    evidence: str


@cache
def _listed() -> tuple[OrganizationEntry, ...]:
    return tuple(
        OrganizationEntry(name=r["name"], acronym=r["acronym"] or None, kind=r["kind"], country=r["country"] or None)  # type: ignore[arg-type]
        for r in resources.rows("organizations.csv")
    )


def find_organizations(
    blocks: Sequence[Block], extra: Sequence[OrganizationEntry] = (), country_of: CountryOf = lambda _: None
) -> tuple[Organization, ...]:
    """Every mention in reading order; `extra` are the user's own.

    `country_of` gives the country of a word that names one ("Kenya", "Serbian"), None for other words.
    """
    introduced, other = _introduced(blocks, country_of)
    names = _Names([*extra, *introduced], blocks, other - {e.acronym for e in extra})
    found: list[Organization] = []
    for block in blocks:
        listed, headed = list(names.find(block.text)), _generic(block.text, country_of)
        longer = [h for h in headed if all(_holds(h, m) for m in listed if _meet(h, m))]
        mentions = [*longer, *(m for m in listed if not any(_meet(h, m) for h in longer))]
        found += [_organization(block, m) for m in sorted(mentions, key=lambda m: m.start)]
    return tuple(found)


def _meet(a: _Mention, b: _Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _holds(headed: _Mention, listed: _Mention) -> bool:
    """Whether a name told by its head goes beyond a listed one in it, as "Royal Thai Customs" beyond "Thai Customs"."""
    return (
        headed.start <= listed.start and listed.end <= headed.end and headed.end - headed.start > len(listed.entry.name)
    )


def _organization(block: Block, mention: _Mention) -> Organization:
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


@dataclass(frozen=True)
class _Index:
    """Names by their first word, the longest first; acronyms; first words in small letters; single names, folded."""

    by_first: dict[str, list[tuple[str, OrganizationEntry]]]
    acronyms: dict[str, list[OrganizationEntry]]
    small: frozenset[str]
    single: dict[str, OrganizationEntry]
    by_length: dict[int, list[str]]
    """The single names by their length."""


def _index(entries: Iterable[OrganizationEntry]) -> _Index:
    by_first: dict[str, list[tuple[str, OrganizationEntry]]] = defaultdict(list)
    acronyms: dict[str, list[OrganizationEntry]] = defaultdict(list)
    single: dict[str, OrganizationEntry] = {}
    for entry in entries:
        first = _TOKEN.match(entry.name)
        if first:
            by_first[first[0].casefold()].append((entry.name, entry))
        if entry.acronym and entry.acronym != entry.name:
            acronyms[entry.acronym].append(entry)
        if len(entry.name) >= SHORTEST_MISREAD and " " not in entry.name:
            single[fold(entry.name)] = entry
        if entry.acronym and len(entry.acronym) >= SHORTEST_MISREAD:
            single[fold(entry.acronym)] = entry
    for names in by_first.values():
        names.sort(key=lambda pair: -len(pair[0]))
    firsts = (name.split(maxsplit=1)[0] for names in by_first.values() for name, _ in names)
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in single:
        by_length[len(name)].append(name)
    small = frozenset(f for f in firsts if f.islower())
    return _Index(dict(by_first), dict(acronyms), small, single, dict(by_length))


@cache
def _listed_index() -> _Index:
    return _index(_listed())


class _Names:
    """Known names by their first word, and acronyms."""

    def __init__(self, entries: Iterable[OrganizationEntry], blocks: Sequence[Block], other: Set[str]) -> None:
        """`other` are acronyms that the text has for something else."""
        own = list(entries)
        self._indices = (_index(own), _listed_index())
        self._other = other
        self._blocks = blocks
        self._small = self._indices[0].small | self._indices[1].small

    def _first_named(self, word: str) -> Iterator[tuple[str, OrganizationEntry]]:
        """The names that begin with a word, the document's and the user's own before the listed ones, longest first."""
        own, listed = (index.by_first.get(word, ()) for index in self._indices)
        return iter(sorted((*own, *listed), key=lambda pair: -len(pair[0])) if own else listed)

    def _abbreviations(self, acronym: str) -> list[OrganizationEntry]:
        if acronym in self._other:
            return []
        return [entry for index in self._indices for entry in index.acronyms.get(acronym, ())]

    @cached_property
    def _in_full(self) -> frozenset[str]:
        """The names that the document writes out somewhere."""
        return frozenset(m.entry.name for block in self._blocks for m in self._find(block.text, acronyms=False))

    def find(self, text: str) -> Iterator[_Mention]:
        """Mentions in order, none inside another."""
        return self._find(text, acronyms=True)

    def _find(self, text: str, *, acronyms: bool) -> Iterator[_Mention]:
        end = 0
        for token in _TOKEN.finditer(text):
            if token.start() < end or (token[0].islower() and token[0] not in self._small):
                continue
            mention = self._named(text, token) or (self._abbreviated(text, token) if acronyms else None)
            if mention:
                end = mention.end
                yield mention

    def _named(self, text: str, first: re.Match[str]) -> _Mention | None:
        start = first.start()
        for name, entry in self._first_named(first[0].casefold()):
            end = start + len(name)
            written = text[start:end].replace("’", "'")
            same = written == name or (written.casefold() == name.casefold() and _is_capital_form(written, name))
            if same and not text[end : end + 1].isalnum() and "-" not in (text[end : end + 1], text[start - 1 : start]):
                return _Mention(start, end, entry, "listed")
        return None

    def _abbreviated(self, text: str, token: re.Match[str]) -> _Mention | None:
        bare = token[0].removesuffix("’s").removesuffix("'s")
        entries = self._abbreviations(bare)
        if not entries and bare[:-1].isupper():
            bare = bare.rstrip("s")
            entries = self._abbreviations(bare)
        end = token.start() + len(bare)
        if entries:
            if len(entries) == 1 and bare not in resources.words("acronym_words.txt"):
                return _Mention(token.start(), end, entries[0], "listed")
            full = [e for e in entries if e.name in self._in_full] or entries
            if bare in resources.words("acronym_words.txt") and full[0].name not in self._in_full:
                return None
            if len({e.country for e in full}) > 1 and full[0].name not in self._in_full:
                kinds = {e.kind for e in full}
                unsure = OrganizationEntry(name=bare, acronym=bare, kind=full[0].kind if len(kinds) == 1 else "other")
                return _Mention(token.start(), end, unsure, "shared")
            return _Mention(token.start(), end, full[0], "listed")
        can_be = len(bare) >= SHORTEST_MISREAD - 1 and (bare[0].isupper() or bare[1:].isupper()) and zipf(bare) < 1.5
        near = _misread(fold(bare)) if can_be else None
        return _Mention(token.start(), end, near, "misread") if near else None


@lru_cache(maxsize=1024)
def _misread(word: str) -> OrganizationEntry | None:
    """The first listed body whose name, folded, a word is one misreading from."""
    index = _listed_index()
    near = (n for size in (len(word) - 1, len(word), len(word) + 1) for n in index.by_length.get(size, ()))
    found = {name for name in near if is_one_misreading(word, name)}
    return next((entry for name, entry in index.single.items() if name in found), None) if found else None


def _is_capital_form(written: str, name: str) -> bool:
    """Whether other letter case is that of a heading ("WORLD CUSTOMS ORGANIZATION") or of a brand ("FRONTEX")."""
    return (written.isupper() and (" " in name or len(name) > 5)) or (name.isupper() and written[0].isupper())


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


def _generic(text: str, country_of: CountryOf) -> list[_Mention]:
    found: list[_Mention] = []
    for pattern, place in ((_head_first(), "first"), (_head_last(), "last")):
        for match in pattern.finditer(text) if any(head in text for head in _heads(place)) else ():
            start = _trimmed(text, match.start(), match.start("head"), country_of)
            name = _of_one_country(text[start : match.end()], country_of)
            end = start + len(name)
            if " " in name and not any(m.start < end and start < m.end for m in found) and not name.isupper():
                entry = OrganizationEntry(name=name, kind=kind_of(name), country=_country(name, country_of))
                found.append(_Mention(start, end, entry, "headed"))
    return found


def _trimmed(text: str, start: int, head: int, country_of: CountryOf) -> int:
    """Where the name begins: behind words that only begin the sentence, and behind the country of a heading before it,
    as in "Arica, Chile Customs officers …"."""
    while start < head:
        word = _TOKEN.match(text, start)
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
    words = [t[0] for t in _TOKEN.finditer(name)]
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
            known = next((e for e in _listed() if fold(e.name) == fold(name)), None)
            if known is None and not is_body(name):
                other.add(acronym)
                continue
            found[acronym] = OrganizationEntry(
                name=name, acronym=acronym, kind=known.kind if known else kind_of(name),
                country=known.country if known else _country(name, country_of),
            )  # fmt: skip
    return list(found.values()), other - set(found)
