"""Whether a text layer is text: told by the shape of its words, so that no language counts as bad."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NONSENSE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]|\\(cid:")
_WORDLIKE = re.compile(r"[^\W_]+(?:[’'./,:-][^\W_]+)*[,.;:!?%)”\"’']*$")
_SAMPLE_WORDS = 400
_MIN_SHARE = 0.5
"""A layer where fewer than half of the words look like words or numbers is nonsense (real ones have over .85)."""


def is_readable(words: Sequence[str]) -> bool:
    """True where most of the words are letters or digits in an order that a script uses."""
    sample = words[:: max(1, len(words) // _SAMPLE_WORDS)]
    good = sum(_looks_like_word(word) for word in sample)
    return good >= _MIN_SHARE * len(sample)


def _looks_like_word(word: str) -> bool:
    return not _NONSENSE.search(word) and bool(_WORDLIKE.match(word.lstrip("(“‘\"'•-–—")) or len(word) == 1)
