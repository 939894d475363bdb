"""Words that decide what a sentence tells of seizures (`resources/seizure_contexts.csv`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract import resources


@cache
def context(role: str) -> re.Pattern[str]:
    """A pattern of the words of a role, in any case, but for the phrases of "no" and the role that begin with one."""
    return re.compile(_pattern(_words(role), _words(f"no {role}")), re.IGNORECASE)


def says(role: str, text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a word of a role stands in text[start:end]; three times as fast as a search for where."""
    return _lowered(role).search(text[start:end].lower()) is not None


@cache
def _lowered(role: str) -> re.Pattern[str]:
    """The pattern of a role for text in small letters, where `re` looks at the first letters before all else."""
    words, but = ([w.lower() for w in _words(r)] for r in (role, f"no {role}"))
    return re.compile(_pattern(words, but))


def _pattern(words: Sequence[str], but: Sequence[str]) -> str:
    exempt = f"(?!(?:{alternatives(but)})(?![\\w-]))" if but else ""
    return rf"(?<![\w-]){exempt}(?:{alternatives(words)})(?![\w-])"


def _words(role: str) -> list[str]:
    rows = resources.rows("seizure_contexts.csv")
    return [w for row in rows if row["role"] == role for w in row["words"].split("|")]


def alternatives(words: Sequence[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
