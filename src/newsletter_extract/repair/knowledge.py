"""What repair knows of a document: its own words, names, how noisy it is, and how likely a word is to stand there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log10

from newsletter_extract import lexicon, resources
from newsletter_extract.repair.channel import Channel
from newsletter_extract.settings import RepairSettings

WORD = re.compile(r"(?<!\d)[^\W\d_]+(?:[’'][^\W\d_]+)?")
"""A word of letters, with an apostrophe inside."""

_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)+(?![\w-])")
_OPENING = re.compile(r"[a-z]{4}[.!?] (?:(?P<small>[abdefghlmnpqrt])|[A-Z])[a-z]* [a-z]+ ")
"""A sentence that opens with a capital, or with a small letter whose capital has another shape."""
_SMALL_SHARE = 0.2
"""The share of such sentences that open small from which on it is a habit and no speck behind a word."""

MARGINS = {"safe": 2.0, "full": 1.3}
"""A change has to be this many tens of times likelier than what was read: 100 times, and 20 times."""
_SHARE_OF_DOCUMENT = 0.2
"""Weight of the document's own vocabulary beside that of English, as in a cache model (Kuhn and De Mori 1990)."""
_DAMPING = 500
"""Words that a document has to have before its own vocabulary counts in full."""
_UNSEEN = -2.7
"""One printed word in 500 is none that a list has (measured on bulletins free of noise)."""
_UNSEEN_NAME = 1.0
"""Of words with a capital it is ten times as many."""
_UNSEEN_SHORT = -1.0
"""Of words of up to three letters a tenth."""
_FOREIGN, _FOREIGN_NAME = 0.1, 0.4
"""The shares of unseen words, and of those with a capital, whose letters do not go together as in English lists."""
_PER_LETTER = 1.15
"""What each letter of such a word costs: between three and four bits."""
_ODD, _ODDER = 2.0, 3.5
"""A capital inside a word makes it a hundred times unlikelier to be one, a digit or a mark some thousand times."""
_USED = 1.5
"""A word in no spelling list that is used on the web is a misspelling or an acronym more often than a word."""
_OWN, _TERM = 4.5, 3.5
"""The user's own words and names are as likely as common ones, on the Zipf scale; names of goods are fairly common."""
_LEAST_TERM = 6
"""Letters of a name of goods that another word is hardly mistaken for."""
_TRUSTED_COUNT = 3
DERIVED = 3.0
"""A listed word with a prefix or an ending is a word in most cases."""
_USUAL_SHARE = 0.001
"""Words that look misread by their glyphs, in a thousand words of a scan of fair quality."""
_LONGEST = 40
_SAMPLE = 100
"""Words that are looked at to tell how noisy a document is."""
_GLYPH_COST, _GLYPH_ZIPF = 3.2, 3.5
_NOISY = -0.35
"""Noise from which marks are taken for specks and letters for lost or added; under it people make such errors."""
_PRIOR_WORDS, _PRIOR_MISREAD, _PRIOR_MISREAD_SCAN = 300, 0.3, 1.2
_LOOK_MISREAD = 0.0004
"""The share of words of clean text that look misread, names and terms among them (measured on manuals)."""
_PAIR_WEIGHT = 0.7
_MOST_LIFT, _LEAST_LIFT = 2.5, -1.5


@dataclass(frozen=True)
class Knowledge:
    """Judgements on words; made once for a document."""

    channel: Channel
    is_place: Callable[[str], bool]
    level: str = "safe"
    counts: Counter[str] = field(default_factory=Counter)
    """The document's words in small letters."""
    total: int = 0
    """How many words the document has."""
    vocabulary: tuple[frozenset[str], ...] = ()
    """Words in small letters that a misreading can be put back to: listed ones, names, those that stand here twice."""
    own: frozenset[str] = frozenset()
    """The user's words and names in small letters."""
    noise: float = 0.0
    """How much noisier than a usual scan the document is, as a decimal logarithm; it lowers the cost of misreadings."""
    writes_small: bool = False
    """Whether sentences of the document open with small letters that are not mistaken for capitals."""
    hyphened: frozenset[str] = frozenset()
    """Prefixes that the document writes with a hyphen where others join them: co-operation."""
    notes: frozenset[str] = frozenset()
    """The marks that the document's footnotes begin with."""

    @property
    def margin(self) -> float:
        return MARGINS[self.level]

    @property
    def is_noisy(self) -> bool:
        """Whether the document has, or is too short to show that it has not, the noise of an OCR."""
        return self.noise >= _NOISY

    def is_known(self, word: str) -> bool:
        """Whether a word in small letters is right without a doubt: listed, the user's, or often in the document."""
        return word in lexicon.words().listed or word in self.own or word in _terms()

    def is_name(self, word: str) -> bool:
        """Whether a word with a capital is a name of a list, a place or an organization."""
        low = word.casefold()
        return low in self.own or lexicon.is_listed_name(low) or low in _organization_words() or self.is_place(word)

    def may_be(self, word: str) -> bool:
        """Whether a word in small letters is one that a misreading can be put back to."""
        return any(word in part for part in self.vocabulary)

    def is_trusted(self, word: str) -> bool:
        """Whether a word as it is written is not to be asked about."""
        return self.is_listed(word) or self.counts[word.casefold()] >= _TRUSTED_COUNT

    def is_listed(self, word: str) -> bool:
        """Whether a word as it is written is a word of English, of the user or of the document, or a name."""
        return self.is_known(word.casefold()) or (word[0].isupper() and self.is_name(word))

    def prior(self, word: str, *, stands: int = 0) -> float:
        """How likely a known word is, on the Zipf scale, from English and from the document.

        What is read is no evidence for itself: `stands` is how often it is to be left out of the count.
        """
        low = word.casefold()
        least = _OWN if low in self.own else _TERM if low in _terms() else 1.0
        english = 10 ** (max(lexicon.zipf(low), least) - 9)
        own = max(0, self.counts[low] - stands) / (self.total + _DAMPING)
        return 9 + log10((1 - _SHARE_OF_DOCUMENT) * english + _SHARE_OF_DOCUMENT * own)

    def unseen(self, word: str) -> float:
        """How likely it is that this very word, in no list, was printed, on the Zipf scale."""
        value = 9 + _UNSEEN - _letters(word)
        if not word.islower() or not word.isalpha():
            inner = word[1:]
            value += _UNSEEN_NAME * word[0].isupper()
            odd_case = not (inner.islower() or inner.isupper() or not inner)
            value -= _ODDER if not word.isalpha() else _ODD * odd_case
        if len(word) <= 3:
            value += _UNSEEN_SHORT
        if is_derived(word.casefold()):
            value += DERIVED
        times = self.counts[word.casefold()]
        if times > 1:
            value += 2.0 * (times - 1)
        used = lexicon.zipf(word)
        return max(value, used - (0.0 if word[0].isupper() else _USED)) if used else value

    def fit(self, before: str, word: str, after: str) -> float:
        """What the words on both sides say for a word, as a decimal logarithm."""
        low = word.casefold()
        left = lexicon.lift(before.casefold(), low) if before else 0.0
        right = lexicon.lift(low, after.casefold()) if after else 0.0
        return _PAIR_WEIGHT * (_bounded(left) + _bounded(right))


def _letters(word: str) -> float:
    """What the letters of an unseen word cost, be it made as English words are, or not."""
    foreign = _FOREIGN_NAME if word[0].isupper() else _FOREIGN
    english = 10 ** -lexicon.letters_cost(word)
    return -log10(max(1e-99, (1 - foreign) * english + foreign * 10 ** (-_PER_LETTER * len(word))))


def _bounded(lift: float) -> float:
    return max(_LEAST_LIFT, min(_MOST_LIFT, lift))


@cache
def _organization_words() -> frozenset[str]:
    """Words of the names of organizations, and acronyms, in small letters."""
    rows = resources.rows("organizations.csv")
    return frozenset(w.casefold() for r in rows for field in ("name", "acronym") for w in WORD.findall(r[field] or ""))


@cache
def _terms() -> frozenset[str]:
    """English words of the names of goods that no spelling list has, drugs and species among them."""
    phrases = (row["words"] for row in resources.rows("commodities.csv"))
    words = frozenset(word for phrase in phrases for word in WORD.findall(phrase) if len(word) >= _LEAST_TERM)
    return frozenset(words - lexicon.words().listed - lexicon.words().names)


@cache
def _listed() -> frozenset[str]:
    """All words and names of lists to which a misreading can be put back."""
    return lexicon.words().listed | lexicon.words().names | _terms()


def learn(texts: Sequence[str], settings: RepairSettings, is_place: Callable[[str], bool]) -> Knowledge:
    """What the words of a document and the settings tell; its noise is left to `noise_of`."""
    as_written = Counter(word for text in texts for word in text.split())
    counts: Counter[str] = Counter()
    for chunk, times in as_written.items():
        for word in (chunk,) if chunk.isalpha() else WORD.findall(chunk):
            counts[word.casefold()] += times
    total = counts.total()
    compounds: set[str] = set()
    for chunk, times in as_written.items():
        if "-" in chunk:
            for word in _COMPOUND.findall(chunk):
                counts[word.casefold()] += times
                compounds.add(word.casefold())
    own = frozenset(word.casefold() for word in (*settings.words, *settings.names))
    channel = Channel((entry.misread, entry.meant) for entry in settings.confusions)
    twice = frozenset(word for word, times in counts.items() if times > 1)
    vocabulary = (_listed(), twice | own)
    openings = [bool(match["small"]) for text in texts for match in _OPENING.finditer(text)]
    small = sum(openings) > _SMALL_SHARE * len(openings) and (sum(openings) > 1 or len(openings) == 1)
    hyphened = _hyphened(compounds)
    return Knowledge(
        channel, is_place, settings.level, counts, total, vocabulary, own, writes_small=small, hyphened=hyphened
    )


def _hyphened(compounds: Iterable[str]) -> frozenset[str]:
    """Prefixes of compounds that a list has as one word."""
    prefixes = resources.words("hyphen_prefixes.txt")
    parted = (word.split("-") for word in compounds if word.count("-") == 1)
    return frozenset(a for a, b in parted if a in prefixes and a + b in lexicon.words().listed)


def noise_of(knowledge: Knowledge, *, scanned: bool, read_first: Sequence[str] = ()) -> float:
    """How noisy a document is, told by words that a confusion of glyphs turns into common ones: clean text has few.

    A decimal logarithm, 0 for a scan of fair quality; what is short leans to that, more so where pages are `scanned`.
    `read_first` are readings that an engine or another put right since: they tell of the page as much as what is left.
    """
    words = lexicon.words()
    once = [word for word, times in knowledge.counts.items() if times == 1]
    once += [word.casefold() for text in read_first for word in WORD.findall(text)]
    odd = [word for word in once if 4 < len(word) <= _LONGEST and word not in words.zipf]
    step = 1 + len(odd) // _SAMPLE
    misread = sum(
        any(
            cost <= _GLYPH_COST and words.zipf.get(other, 0.0) >= _GLYPH_ZIPF and other in words.listed
            for other, cost in knowledge.channel.confusions(word, whole=False).items()
        )
        for word in odd[::step]
    )
    expected = 0.0 if scanned else _LOOK_MISREAD * knowledge.total
    prior = _PRIOR_MISREAD_SCAN if scanned else _PRIOR_MISREAD
    share = (max(0.0, misread * step - expected) + prior) / (knowledge.total + _PRIOR_WORDS)
    return max(-1.5, min(1.0, log10(share / _USUAL_SHARE)))


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Prefixes, and endings with what they stand in place of."""
    rows = resources.rows("affixes.csv")
    prefixes = tuple(r["letters"] for r in rows if r["kind"] == "prefix")
    return prefixes, tuple((r["letters"], r["for"]) for r in rows if r["kind"] == "ending")


def is_derived(word: str) -> bool:
    """Whether a word in small letters is a listed one with a prefix or an ending."""
    listed = lexicon.words().listed
    prefixes, endings = _affixes()
    if any(word.startswith(p) and word[len(p) :] in listed and len(word) - len(p) > 3 for p in prefixes):
        return True
    return any(
        word.endswith(e) and word[: len(word) - len(e)] + f in listed and len(word) - len(e) > 2 for e, f in endings
    )
