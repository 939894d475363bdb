"""Known names of bodies and their acronyms, looked up in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.gazetteer import SHORTEST_MISREAD, fold, is_one_misreading
from newsletter_extract.lexicon import zipf
from newsletter_extract.settings import OrganizationEntry

_NEVER_MISREAD_ZIPF = 1.5
"""Frequency from which a word is one of its own and no misread name."""
TOKEN = re.compile(r"[^\W_][\w’'&.-]*\w|\w")


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    entry: OrganizationEntry
    evidence: str


@cache
def listed() -> tuple[OrganizationEntry, ...]:
    return tuple(
        OrganizationEntry(name=r["name"], acronym=r["acronym"] or None, kind=r["kind"], country=r["country"] or None)  # type: ignore[arg-type]
        for r in resources.rows("organizations.csv")
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
        first = TOKEN.match(entry.name)
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
    return _index(listed())


class Names:
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
        own, listed = self._indices[0].by_first.get(word), self._indices[1].by_first.get(word, ())
        return iter(sorted((*own, *listed), key=lambda pair: -len(pair[0])) if own else listed)

    def _abbreviations(self, acronym: str) -> list[OrganizationEntry]:
        if acronym in self._other:
            return []
        own, listed = self._indices
        return [*own.acronyms.get(acronym, ()), *listed.acronyms.get(acronym, ())]

    @cached_property
    def _in_full(self) -> frozenset[str]:
        """The names that the document writes out somewhere."""
        return frozenset(m.entry.name for block in self._blocks for m in self._find(block.text, acronyms=False))

    def find(self, text: str) -> Iterator[Mention]:
        """Mentions in order, none inside another."""
        return self._find(text, acronyms=True)

    def _find(self, text: str, *, acronyms: bool) -> Iterator[Mention]:
        end, small = 0, self._small
        for token in TOKEN.finditer(text):
            word = token[0]
            if (word.islower() and word not in small) or token.start() < end:
                continue
            mention = self._named(text, token) or (self._abbreviated(text, token) if acronyms else None)
            if mention:
                end = mention.end
                yield mention

    def _named(self, text: str, first: re.Match[str]) -> Mention | None:
        start = first.start()
        for name, entry in self._first_named(first[0].casefold()):
            end = start + len(name)
            written = text[start:end].replace("’", "'")
            same = written == name or (written.casefold() == name.casefold() and _is_capital_form(written, name))
            if same and not text[end : end + 1].isalnum() and "-" not in (text[end : end + 1], text[start - 1 : start]):
                return Mention(start, end, entry, "listed")
        return None

    def _abbreviated(self, text: str, token: re.Match[str]) -> Mention | None:
        word = token[0]
        bare = word.removesuffix("’s").removesuffix("'s") if word[-1] == "s" else word
        entries = self._abbreviations(bare)
        if not entries and bare[:-1].isupper():
            bare = bare.rstrip("s")
            entries = self._abbreviations(bare)
        end = token.start() + len(bare)
        if entries:
            if len(entries) == 1 and bare not in resources.words("acronym_words.txt"):
                return Mention(token.start(), end, entries[0], "listed")
            full = [e for e in entries if e.name in self._in_full] or entries
            if bare in resources.words("acronym_words.txt") and full[0].name not in self._in_full:
                return None
            if len({e.country for e in full}) > 1 and full[0].name not in self._in_full:
                kinds = {e.kind for e in full}
                unsure = OrganizationEntry(name=bare, acronym=bare, kind=full[0].kind if len(kinds) == 1 else "other")
                return Mention(token.start(), end, unsure, "shared")
            return Mention(token.start(), end, full[0], "listed")
        near = _misread(bare) if len(bare) >= SHORTEST_MISREAD - 1 else None
        return Mention(token.start(), end, near, "misread") if near else None


@lru_cache(maxsize=4096)
def _misread(written: str) -> OrganizationEntry | None:
    """The first listed body whose name, folded, a rare word with capitals is one misreading from."""
    if not (written[0].isupper() or written[1:].isupper()) or zipf(written) >= _NEVER_MISREAD_ZIPF:
        return None
    word, index = fold(written), _listed_index()
    near = (n for size in (len(word) - 1, len(word), len(word) + 1) for n in index.by_length.get(size, ()))
    found = {name for name in near if is_one_misreading(word, name)}
    return next((entry for name, entry in index.single.items() if name in found), None) if found else None


def _is_capital_form(written: str, name: str) -> bool:
    """Whether other letter case is that of a heading ("WORLD CUSTOMS ORGANIZATION") or of a brand ("FRONTEX")."""
    return (written.isupper() and (" " in name or len(name) > 5)) or (name.isupper() and written[0].isupper())
