"""Whether a text layer is text: told by the shape of its words, so that no language counts as bad."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract import lexicon

_NONSENSE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]|\\(cid:")
_WORDLIKE = re.compile(r"[^\W_]+(?:[’'./,:-][^\W_]+)*[,.;:!?%)”\"’']*$")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_SAMPLE_WORDS = 200
_MIN_SHARE = 0.5
"""A layer where fewer than half of the words look like words or numbers is nonsense (real ones have over .85)."""

_SOUND_SHARE, _FEW_KNOWN = 0.9, 20
"""Share of known words from which an OCR layer is trusted, and how few known words prove nothing."""
_LEAST_KNOWN = 5
"""With fewer known words our own reading is no better than any other."""
_MORE, _NO_LESS, _CLEANER = 1.05, 0.02, 0.05


def is_readable(words: Sequence[str]) -> bool:
    """True where most of the words are letters or digits in an order that a script uses."""
    sample = words[:: 1 + len(words) // _SAMPLE_WORDS]
    good = sum(_looks_like_word(word) for word in sample)
    return good >= _MIN_SHARE * len(sample)


def _looks_like_word(word: str) -> bool:
    return not _NONSENSE.search(word) and bool(_WORDLIKE.match(word.lstrip("(“‘\"'•-–—")) or len(word) == 1)


def is_sound(words: Sequence[str]) -> bool:
    """True where nearly all words are known, so that reading the page again has nothing to mend."""
    known, share = _known(words)
    return known >= _FEW_KNOWN and share >= _SOUND_SHARE


def is_better(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether our reading of a page makes clearly more sense than another: more known words, and no smaller share."""
    our_known, our_share = _known(ours)
    known, share = _known(theirs)
    more = our_known >= _MORE * known and our_share >= share - _NO_LESS
    cleaner = our_share >= share + _CLEANER and our_known >= known / _MORE
    return our_known >= _LEAST_KNOWN and (more or cleaner)


def _known(words: Sequence[str]) -> tuple[int, float]:
    """How many words of three letters or more are in the dictionary, and which share of all such."""
    cores = [core for word in words for core in _LETTERS.findall(word)]
    known = sum(lexicon.is_known(core) for core in cores)
    return known, known / len(cores) if cores else 0.0
