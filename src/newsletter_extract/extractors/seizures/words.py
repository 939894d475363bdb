"""Words that decide what a sentence tells of seizures (`resources/seizure_contexts.csv`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsletter_extract import resources


@cache
def context(role: str) -> re.Pattern[str]:
    """A pattern of the words of a role, in any case."""
    words = [
        w for row in resources.rows("seizure_contexts.csv") if row["role"] == role for w in row["words"].split("|")
    ]
    return re.compile(rf"(?<![\w-])(?:{alternatives(words)})(?![\w-])", re.I)


def alternatives(words: Sequence[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
