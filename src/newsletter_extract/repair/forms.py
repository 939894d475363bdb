"""How a word is written that was read otherwise: its capitals, its inflection, and the name of what was misread."""

from __future__ import annotations

from newsletter_extract.repair.knowledge import Knowledge


def is_inflected(word: str, other: str) -> bool:
    """Whether two words are the singular and the plural of one: if either is right, both are."""
    return word in {other + "s", other + "es"} or other in {word + "s", word + "es"}


def explains_capitals(read: str, printed: str) -> bool:
    """Whether capitals inside a word, if there are any, are among what was misread: else it is an identifier."""
    if read[1:].islower() or read.isupper() or not read.isalpha():
        return True
    if read[-1].isupper():
        return False
    start, end = _unlike(read.casefold(), printed)
    return all(start <= k < len(read) - end for k, letter in enumerate(read) if k and letter.isupper())


def in_case(candidate: str, read: str, knowledge: Knowledge, *, opens: bool) -> str | None:
    """The candidate with the capitals of what was read; None where it can only be a name and nothing says so.

    A capital that was itself misread is none in mid-sentence; `opens` tells that a sentence begins.
    """
    listed = knowledge.is_known(candidate)
    if listed and read[0].isupper() and candidate[0] != read[0].casefold() and not opens and not read.isupper():
        return candidate
    if sum(map(str.isupper, read)) > 1 and sum(map(str.islower, read)) <= 1:
        return candidate.upper()
    if read[0].isupper() and (listed or candidate[0] == read[0].casefold() or not read[0].isalpha()):
        return candidate[0].upper() + candidate[1:]
    if listed and opens and candidate[0] == "i" and read[0] in "l1|!":
        return "I" + candidate[1:]
    if listed:
        return candidate if not read[0].isupper() else candidate[0].upper() + candidate[1:]
    if read[0] in "l1|!0685€£¢" or read[0].isupper():
        return candidate[0].upper() + candidate[1:]
    return candidate if knowledge.counts[candidate] >= 2 and candidate[0] == read[0] else None


def _unlike(read: str, printed: str) -> tuple[int, int]:
    """How many letters at the start and at the end are the same in both."""
    start = 0
    while start < min(len(read), len(printed)) and read[start] == printed[start]:
        start += 1
    end = 0
    while end < min(len(read), len(printed)) - start and read[-1 - end] == printed[-1 - end]:
        end += 1
    return start, end


_MARK_NAMES = {"|": "bar", "!": "bar", "€": "euro"}


def rule_name(read: str, printed: str) -> str:
    """The rule's name: the letters read and printed, as glyph.m_rn; lost and added letters and marks by a word."""
    start, end = _unlike(read, printed)
    wrong, right = read[start : len(read) - end], printed[start : len(printed) - end]
    if not wrong:
        return "glyph.lost_first" if start == 0 else "glyph.lost"
    if not right:
        return "glyph.added"
    if any(c in _MARK_NAMES for c in wrong):
        return "glyph." + next(_MARK_NAMES[c] for c in wrong if c in _MARK_NAMES)
    if any(map(str.isdigit, wrong)):
        return "glyph.digit_letter"
    return (
        f"glyph.{wrong}_{right}" if max(len(wrong), len(right)) <= 3 and (wrong + right).isascii() else "glyph.several"
    )
