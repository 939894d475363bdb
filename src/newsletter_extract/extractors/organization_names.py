"""Names of bodies: the acronyms that a text gives with them, and the kind that their words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from newsletter_extract import resources
from newsletter_extract.schema import OrganizationKind

CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w’'&-]*"
_JOINED = r"(?:of|the|for|and|on|in|to|de|del|da|do|des|du|la|las|los|le|les|et|e|y|contre|&)"
_SHORT_FORM = r"(?:(?:hereafter|hereinafter|abbreviated|also|or|in short)[,:]?\s+(?:as\s+|the\s+)?)?"
_ACRONYM_BEHIND = re.compile(
    rf"""
    [”"’']?(?:
        \s[(\[]\s?{_SHORT_FORM}[“"‘']?(?P<bracketed>{CAPITALISED})[”"’']?\s?[)\]]
      | \s–\s(?P<dashed>[A-Z]{{3,8}})\s–
      | ,\s(?:or\s)?(?P<set_off>[A-Z]{{3,8}})(?=[,.;]\s)
    )""",
    re.VERBOSE,
)
"""The acronym behind a name: "(ACU)", "[ACU]", "(hereafter “ACU”)", "– ACU –", ", or ACU,"."""
_NAME_BEFORE = re.compile(
    rf"{CAPITALISED}(?:[\s-]{_JOINED}){{0,3}}(?:[\s,-]{{1,3}}(?:{CAPITALISED}|{_JOINED})){{0,14}}$"
)
_NAME_REACH = 200
"""Characters before a bracketed acronym in which the name that it stands for begins."""
_ACRONYM_WITH_NAME = re.compile(
    rf"\b(?P<acronym>[A-Z][A-Za-z&-]{{1,9}})\s\((?:the\s)?(?P<name>{CAPITALISED}(?:\s(?:{CAPITALISED}|{_JOINED})){{1,14}})\)"
)


def paired(text: str) -> Iterator[tuple[str, str]]:
    """Words in capitals with the acronym in brackets behind them, and those in brackets behind an acronym."""
    for behind in _ACRONYM_BEHIND.finditer(text):
        name = _NAME_BEFORE.search(text[max(0, behind.start() - _NAME_REACH) : behind.start()])
        if name:
            yield name[0], behind[behind.lastgroup or 0]
    for match in _ACRONYM_WITH_NAME.finditer(text):
        yield match["name"], match["acronym"]


@cache
def _small_words() -> frozenset[str]:
    return frozenset(_JOINED.removeprefix("(?:").removesuffix(")").split("|"))


def expansion(words: str, acronym: str) -> str | None:
    """The tail of `words` whose initials make the acronym; small words may count or not, one letter may be misread."""
    letters = [c for c in acronym.casefold() if c.isalpha()]
    parts = [p for p in re.split(r"[\s,]+", words) if p]
    for k in range(len(parts) - 1, -1, -1):
        if not parts[k][0].isupper() or parts[k].endswith(("’s", "'s")):
            continue
        tail = [piece for p in parts[k:] for piece in p.split("-") if piece]
        full = [p[0].casefold() for p in tail]
        short = [p[0].casefold() for p in tail if p.casefold() not in _small_words()]
        if letters in (full, short) or (len(letters) > 3 and _one_apart(letters, short)):
            return words[_nth(words, parts, k) :]
    return None


def _nth(words: str, parts: Sequence[str], k: int) -> int:
    """Where part k begins in the words."""
    at = 0
    for part in parts[:k]:
        at = words.index(part, at) + len(part)
    return words.index(parts[k], at)


def _one_apart(letters: Sequence[str], initials: Sequence[str]) -> bool:
    return len(letters) == len(initials) and sum(a != b for a, b in zip(letters, initials, strict=True)) == 1


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], OrganizationKind], ...]:
    return tuple(
        (re.compile(rf"\b(?:{row['words']})\b", re.I), row["kind"])  # type: ignore[misc]
        for row in resources.rows("organization_kinds.csv")
    )


def is_body(name: str) -> bool:
    """Whether the words of a name say that it is a body at all: "Airworthiness Directive" is none."""
    return any(words.search(name) for words, _ in _kinds())


def kind_of(name: str) -> OrganizationKind:
    """What the words of a name say of the body's kind."""
    return next((kind for words, kind in _kinds() if words.search(name)), "other")
