"""The language of a document, told by its small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
"""Words that are looked at."""
_LEAST_SHARE = 0.05
"""Share of small words under which a text is a list of names rather than sentences."""


@cache
def _stop_words() -> dict[str, tuple[str, ...]]:
    """Word → languages it is a small word of."""
    found: dict[str, tuple[str, ...]] = {}
    for row in resources.rows("stop_words.csv"):
        for word in row["words"].split("|"):
            found[word] = (*found.get(word, ()), row["language"])
    return found


def language_of(blocks: Iterable[Block]) -> str | None:
    """The ISO 639-1 code of the language most of the first words belong to, None where they tell nothing."""
    counts: Counter[str] = Counter()
    words = 0
    small = _stop_words()
    for block in blocks:
        found = _WORD.findall(block.text[: 10 * _SAMPLE].casefold())
        words += len(found)
        for word in filter(small.__contains__, found):
            for language in small[word]:
                counts[language] += 1
        if words > _SAMPLE:
            break
    if not counts:
        return None
    best, count = max(counts.items(), key=lambda item: (item[1], item[0] == "en"))
    return best if count > _LEAST_SHARE * words else None
