"""Words that decide what a sentence tells of seizures (`resources/seizure_contexts.csv`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract import resources


@cache
def context(role: str) -> re.Pattern[str]:
    """A pattern of the words of a role, in any case, but for the phrases of "no" and the role that begin with one."""
    but = f"(?!(?:{alternatives(_words(f'no {role}'))})(?![\\w-]))" if _words(f"no {role}") else ""
    return re.compile(rf"(?<![\w-]){but}(?:{alternatives(_words(role))})(?![\w-])", re.I)


def _words(role: str) -> list[str]:
    rows = resources.rows("seizure_contexts.csv")
    return [w for row in rows if row["role"] == role for w in row["words"].split("|")]


def alternatives(words: Sequence[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
