"""Misread words: candidates by the noisy channel, taken where they are far likelier than what was read."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsletter_extract import lexicon, resources
from newsletter_extract.repair.channel import OTHER_LETTER, Candidates
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.forms import explains_capitals, in_case, is_inflected, rule_name
from newsletter_extract.repair.knowledge import Knowledge

_CHUNK = re.compile(r"\S+")
_LEADING, _TRAILING = re.compile(r"^[^\w€|!]+"), re.compile(r"(?<=[\w€|!])[^\w€|!]+$")
_AROUND = ".,;:()[]“”\"'’‘?"
_PART = re.compile(r"[^-‐–—/+&]+")
_ADDRESS = re.compile(r"@|://|www\.|[_#\\=<>]|\.(?:com|org|net|int|eu|gov|edu|[a-z]{2})(?:/|$)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|re|e|o|a)")
_PLAIN_PART = re.compile(r"[\w€|!}’']+")
"""A part with other marks inside is no misread word; these are read for letters."""
_LEAST_LETTERS = 2
_LONGEST, _SHORT = 40, 3
_MOST_ODD = 2
"""A part with more digits and marks than these is a code."""
_LEAST_CAPITALS = 5
"""Fewer capitals are an acronym."""
_LEAST_LEAD = 1.0
"""How much likelier, as a decimal logarithm, the best reading has to be than the next one."""
_NAME_FOR_NAME = 2.8
"""A name that is nearly another name is a name of its own more often than not."""
_NAME_FOR_COUNTRY = 1.0
"""Names of countries are few, and many of the words with a capital."""
_SURNAME_COUNT = 2
"""What stands behind a title or a given name is a surname, and only put back to one that the document has so often."""
_INITIAL = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
_FAMOUS = 4.5
"""Zipf value of names as common as common words, such as those of countries."""
_FIRST_ADDED = 0.7
"""One letter before a word makes another, as in eVisa and xarray, more often than a speck does."""
_WORD_FOR_NAME = 1.0
"""What has a capital amid words that have none is a name more often than a common word."""
_BARE_COUNT, _COMMONEST = 2, 5.5
"""How often a word has to stand without its accent to be sure of, and the Zipf value of short words that bear none."""
_LEAST_COST = 0.5
_LINE_START_GAIN = 1.5
"""A first letter at the edge of a column is lost far more often than one inside a line."""
_UNSURE, SURE = 0.63, 0.985
"""Where an OCR engine gives a word less than this it is wrong more often than right, above the other hardly ever."""
_SURE_COST, _UNSURE_GAIN = 0.7, 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """What may have been printed, and how many tens of times likelier it is than what was read."""

    text: str
    gain: float
    rule: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word, or a part of one between hyphens, in no list, with what stands on both sides of it."""

    text: str
    start: int
    before: str
    after: str


def find_misreadings(draft: Draft, knowledge: Knowledge, foreign: list[tuple[int, int]]) -> Iterator[Edit]:
    """Edits that put right words for misread ones; text in another language (`foreign` spans) is left alone."""
    kept = {c.start + c.after.rfind("-") + 1 for c in draft.changes if "hyphen.keep" in c.rule}
    for word in _suspects(draft.text, knowledge, foreign):
        at_line_start = word.start in kept or draft.begins_line(word.start)
        found = best_reading(word.text, word.before, word.after, knowledge, at_line_start=at_line_start)
        if found and found.gain - doubt(draft.confidence_at(word.start)) >= knowledge.margin:
            yield Edit(word.start, word.start + len(word.text), found.text, found.rule, certainty(found.gain))


def _suspects(text: str, knowledge: Knowledge, foreign: list[tuple[int, int]]) -> Iterator[Suspect]:
    listed = lexicon.words().listed
    chunks = list(_CHUNK.finditer(text))
    for k, chunk in enumerate(chunks):
        if chunk[0] in listed:
            continue
        bare = chunk[0].strip(_AROUND)
        if bare in listed or (bare.casefold() in listed and (bare[1:].islower() or bare.isupper())):
            continue
        if len(bare) > 2 * _LONGEST or _ADDRESS.search(chunk[0]) or _is_in(chunk.start(), foreign):
            continue
        core = _TRAILING.sub("", chunk[0])
        lead = len(core) - len(_LEADING.sub("", core))
        for part in _PART.finditer(core, lead):
            first_half = core[part.end() : part.end() + 1] == "-"
            if _PLAIN_PART.fullmatch(part[0]) and _is_suspect(part[0], knowledge, first_half=first_half):
                whole = part[0] == core[lead:]
                before = chunks[k - 1][0] if k and whole else ""
                after = chunks[k + 1][0] if k + 1 < len(chunks) and whole else ""
                yield Suspect(part[0], chunk.start() + part.start(), before, after)


def _is_in(position: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, position, key=lambda span: span[0])
    return at > 0 and position < spans[at - 1][1]


def certainty(gain: float) -> float:
    """The confidence of a change from its odds, on the safe side: at most 0.98."""
    return round(min(0.98, 1 - 0.5 * 10 ** (-0.45 * gain)), 2)


def doubt(confidence: float | None) -> float:
    """What the engine's own confidence in a word asks for more, or less, evidence, as a decimal logarithm."""
    if confidence is None:
        return 0.0
    return _SURE_COST if confidence >= SURE else -_UNSURE_GAIN if confidence < _UNSURE else 0.0


def _is_suspect(part: str, knowledge: Knowledge, *, first_half: bool = False) -> bool:
    """Whether a part of a word between hyphens may be a misreading: in no list, and no acronym or code.

    A digit at its end numbers a word, unless it is the first half of a compound.
    """
    if knowledge.is_known(part):
        return False
    bare = re.sub(r"[’'](?:s|S|re|ve|ll|t|d|m)?$", "", part)
    if _without_capitals(bare, knowledge):
        return True
    if not _LEAST_LETTERS <= len(bare) <= _LONGEST or knowledge.is_trusted(bare):
        return False
    letters = sum(map(str.isalpha, bare))
    odd = len(bare) - letters
    if _is_round(bare, knowledge):
        return True
    if odd > _MOST_ODD or letters < 2 * odd or (bare[-1] == "!" and knowledge.is_trusted(bare.rstrip("!"))):
        return False
    if _ORDINAL.fullmatch(bare) or "'" in bare or "’" in bare:
        return False
    numbered = knowledge.is_trusted(bare.lstrip("0123456789") or bare) or letters <= _SHORT - 1
    if bare[0].isdigit() and numbered:
        return False
    if bare[-1].isdigit() and not first_half and knowledge.is_trusted(bare.rstrip("0123456789") or bare):
        return False
    upper = sum(map(str.isupper, bare))
    if upper == letters:
        return letters >= _LEAST_CAPITALS
    return upper <= 2 or letters - upper <= 1


def _is_round(bare: str, knowledge: Knowledge) -> bool:
    """Whether an o at the start of a small word was read as a nought: 0f, 0n."""
    return bare[0] == "0" and bare[1:].isalpha() and bare.islower() and knowledge.is_known("o" + bare[1:])


def best_reading(
    word: str, before: str, after: str, knowledge: Knowledge, *, at_line_start: bool = False
) -> Reading | None:
    """The likeliest word that may have been misread so, with how much likelier it is than the word as it stands."""
    plain = _without_specks(word, knowledge) or (knowledge.is_noisy and _without_capitals(word, knowledge))
    if plain:
        return plain
    found = readings(word, before, after, knowledge, at_line_start=at_line_start)
    if not found:
        return None
    rival = next((other.gain for other in found[1:] if other.text.casefold() != found[0].text.casefold()), -99.0)
    return found[0] if found[0].gain - rival >= _LEAST_LEAD else None


def readings(word: str, before: str, after: str, knowledge: Knowledge, *, at_line_start: bool = False) -> list[Reading]:
    """All words that may have been misread so, the likeliest first."""
    acronym = word.isupper() and word.isalpha()
    suffix = re.search(r"[’'](?:s|S)$", word)
    stem = word[: suffix.start()] if suffix else word
    low = stem.casefold()
    left, right = _neighbour(before, last=True), _neighbour(after, last=False)
    if len(low) <= _SHORT and not _has_words_around(left, right, knowledge):
        return []
    if _is_round(low, knowledge) and after and not right:
        return []
    if _has_capital_inside(stem) and knowledge.noise < 0:
        return []
    is_surname = stem[0].isupper() and _names_person(before)
    in_mid_sentence = left.islower() and right.islower()
    now = knowledge.unseen(stem) + knowledge.fit(left, stem, right)
    found: list[Reading] = []
    for candidate, cost in _candidates(low, knowledge).items():
        printed = in_case(candidate, stem, knowledge, opens=not before or before[-1] in ".:!?•")
        if not low[-1].isalnum() and candidate == low[:-1]:
            continue
        if printed is None or (acronym and not _is_known_acronym(candidate, knowledge)):
            continue
        if any(map(str.isdigit, low)) and (len(candidate) < len(low) or cost >= OTHER_LETTER):
            continue
        if is_surname and knowledge.counts[candidate] < _SURNAME_COUNT:
            continue
        gain = _LINE_START_GAIN if at_line_start and candidate[1:] == low else 0.0
        price = max(_LEAST_COST, cost - gain - knowledge.noise)
        value = knowledge.prior(candidate) + knowledge.fit(left, printed, right) - price
        if is_inflected(low, candidate) or not explains_capitals(stem, candidate):
            continue
        if candidate == low[1:]:
            value -= _FIRST_ADDED
        elif stem[0].isupper() and in_mid_sentence and not knowledge.is_name(candidate):
            value -= _WORD_FOR_NAME
        known = knowledge.is_known(candidate) or knowledge.counts[candidate] or lexicon.zipf(candidate) >= _FAMOUS
        if stem[0].isupper() and stem.isalpha() and not known:
            value -= _NAME_FOR_COUNTRY if candidate in _countries() else _NAME_FOR_NAME
        found.append(Reading(printed + word[len(stem) :], value - now, rule_name(low, candidate)))
    return sorted(found, key=lambda reading: (-reading.gain, reading.text))


def _has_capital_inside(word: str) -> bool:
    return not (word[1:].islower() or word.isupper() or not word.isalpha())


def _names_person(before: str) -> bool:
    """Whether the chunk before a word with a capital is an initial, a title or a given name."""
    bare = before.strip("(“\"'‘")
    return bool(_INITIAL.fullmatch(bare)) or bare.rstrip(".") in _before_surnames()


@cache
def _before_surnames() -> frozenset[str]:
    return resources.words("person_titles.txt") | resources.words("person_names.txt")


@cache
def _countries() -> frozenset[str]:
    names = (name for row in resources.rows("country_names.csv") for name in row["names"].split("|"))
    return frozenset(name.casefold() for name in names if name.isalpha())


def _has_words_around(left: str, right: str, knowledge: Knowledge) -> bool:
    """Whether what stands next to a short word is known; amid what an engine makes of a picture any word is near."""
    return all(knowledge.is_trusted(word) for word in (left, right) if word)


def _candidates(low: str, knowledge: Knowledge) -> Candidates:
    """In a text without signs of noise only what the table has of glyphs read for others, and no short words."""
    if knowledge.is_noisy:
        return knowledge.channel.candidates(low, knowledge.vocabulary)
    if len(low) <= _SHORT:
        return {}
    near = knowledge.channel.confusions(low, whole=False)
    return {word: cost for word, cost in near.items() if knowledge.may_be(word)}


def _is_known_acronym(word: str, knowledge: Knowledge) -> bool:
    return knowledge.counts[word] >= 2 or (knowledge.is_name(word) and not knowledge.is_place(word))


def _neighbour(chunk: str, *, last: bool) -> str:
    """The word at the near end of a chunk; nothing where a mark stands between."""
    found = re.search(r"[^\W\d_]+$" if last else r"^[^\W\d_]+", chunk)
    return found[0] if found else ""


def _without_specks(word: str, knowledge: Knowledge) -> Reading | None:
    """The word without accents, where only so it is one of English: specks on a scan make accents."""
    if word.isascii():
        return None
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    if bare == word or not bare.isalpha():
        return None
    if word[0].islower() and knowledge.is_known(bare) and (len(bare) > _SHORT or lexicon.zipf(bare) >= _COMMONEST):
        return Reading(bare, 4.0, "glyph.accent")
    if knowledge.counts[bare.casefold()] >= _BARE_COUNT and knowledge.is_noisy and knowledge.is_known(bare.casefold()):
        return Reading(bare, 4.0, "glyph.accent")
    return None


def _without_capitals(word: str, knowledge: Knowledge) -> Reading | None:
    """The word without a capital inside it, where the capital has the shape of its small letter."""
    inner = [c for c in word[1:] if c.isupper()]
    low = word.lower()
    if word.isalpha() and word[0].islower() and len(inner) == 1 and inner[0] in "CKOPSUVWXYZ" and len(word) > 4:
        at = word.index(inner[0])
        if at >= 2 and knowledge.is_known(low):
            return Reading(low, 4.0, "glyph.case")
    return None
