"""Glued words are split and split words joined, where that is far likelier than what was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from newsletter_extract import resources
from newsletter_extract.lexicon import lift, words, zipf
from newsletter_extract.repair.channel import OTHER_LETTER
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import DERIVED, Knowledge, is_derived
from newsletter_extract.repair.spelling import certainty, readings

_LETTERS = re.compile(r"(?<![\w@/.’'\\-])[^\W\d_]{4,40}(?![\w@/|!€\\-]|[’']\w|\.\w)")
_BEFORE_NAME = re.compile(r"(?<![\w@/.’'-])(?P<word>[a-z]{2,4})(?P<name>[A-Z][a-z]{3,})(?![\w@/-])")
_BEFORE_A = re.compile(r"(?P<word>[a-z]{2})(?<![\w@/.’'-]..)a(?= (?P<after>[a-z]+))")
_CAPITAL_INSIDE = re.compile(r"[a-z][A-Z]")
_PIECE = re.compile(r"(?<![\w’'.-])[^\W\d_]{1,20}(?![\w’'-])")
_SPELT_OUT = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_LOST_SPACE, _NEXT_LOST_SPACE, _ADDED_SPACE, _BROKEN = 3.2, 1.0, 3.7, 2.2
"""Costs: the first space lost in a word, another one, a space read in a word, a hyphen lost at a line's end."""
_LEAST_PART, _LEAST_SHORT = 3.0, 5.0
"""The rarest part of a glued word, on the Zipf scale, and the rarest of up to three letters: those hide in names."""
_LEAST_JOINED = 5
_LONGEST_PART = 18
_LONGEST_SPELT_OUT = 120
"""Letters in a row with spaces between them that are still words; a heading has up to 80."""
_COMPOUND = 3.0
"""Two words of which neither is a small one may be a compound, as filepath; so much less likely are they glued."""
_MISREAD_FROM, _SHORTEST_MISREAD = 14, 4
"""In glued words of the first length one part may be misread, if it has the second."""
_LEAST_LEAD = 1.0
"""How much likelier, as a decimal logarithm, glued words have to be than one that was misread."""
_LEAST_LIFT, _MOST_LIFT = -1.5, 2.0
"""What two parts that follow one another say for or against them, at most."""
_RUN_ON = 1.0
"""Two words that stand together ten times as often as by chance are a phrase rather than a word with a prefix."""
_PHRASE = 2.5
"""From here on it is a phrase in any case: in addition."""
IMPOSSIBLE = -99.0


def find_spacing(draft: Draft, knowledge: Knowledge, foreign: list[tuple[int, int]]) -> Iterator[Edit]:
    """Edits that set the spaces of words right; text in another language (`foreign` spans) is left alone."""
    joins = list(_parted(draft, knowledge))
    starts = [edit.start for edit in joins]
    splits = (edit for edit in _glued(draft, knowledge) if not _is_part_of(edit, joins, starts))
    for edit in (*_spelt_out(draft), *splits, *_names_after_words(draft.text, knowledge), *joins):
        at = bisect_right(foreign, (edit.start, len(draft.text)))
        if not at or foreign[at - 1][1] <= edit.start:
            yield edit


def _is_part_of(edit: Edit, joins: Sequence[Edit], starts: Sequence[int]) -> bool:
    """Whether a glued word is a piece of a word that was split: infor mation."""
    at = bisect_right(starts, edit.start) - 1
    return (at >= 0 and edit.start < joins[at].end) or (at + 1 < len(joins) and joins[at + 1].start < edit.end)


def _names_after_words(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A name glued to a small word before it: ofRiga."""
    if not knowledge.is_noisy:
        return
    for match in _BEFORE_NAME.finditer(text) if _CAPITAL_INSIDE.search(text) else ():
        if match["word"] in _small_words() and knowledge.is_name(match["name"]):
            yield Edit(match.end("word"), match.end("word"), " ", "space.split", 0.9)
    for match in _BEFORE_A.finditer(text):
        first, whole, after = match["word"], match[0], match["after"]
        unlisted = not knowledge.is_trusted(whole) and zipf(whole) < _LEAST_PART
        if unlisted and first in _small_words() and lift("a", after) > 0 and knowledge.is_known(after):
            yield Edit(match.end("word"), match.end("word"), " ", "space.split", 0.88)


def _glued(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    text = draft.text
    for match in _LETTERS.finditer(text):
        word = match[0]
        if knowledge.is_trusted(word) or word.isupper() or knowledge.is_known(word.casefold().removesuffix("s")):
            continue
        before = re.search(r"([^\W\d_]+) $", text[max(0, match.start() - 25) : match.start()])
        after = re.match(r" ([^\W\d_]+)", text[match.end() : match.end() + 25])
        left, right = before[1] if before else "", after[1] if after else ""
        if left and word[0].isupper() and len(word) <= _LONGEST_PART:
            # words glued in mid-sentence have small letters, what has a capital is a name
            continue
        parts, value = best_parts(word, knowledge)
        if len(parts) < 2 or not _may_part(word, parts, knowledge):
            continue
        value += knowledge.fit(left, parts[0], "") + knowledge.fit("", parts[-1], right)
        if not knowledge.is_noisy or (len(parts) == 2 and not _has_small_word(parts)):
            value -= _COMPOUND
        is_phrase = is_derived(word.casefold()) and lift(parts[0].casefold(), parts[1].casefold()) >= _PHRASE
        now = knowledge.unseen(word) - (DERIVED if is_phrase else 0.0)
        gain = value - now - knowledge.fit(left, word, right) + knowledge.noise
        if gain >= knowledge.margin and not _is_rather_misread(word, left, right, gain, knowledge):
            yield Edit(match.start(), match.end(), " ".join(parts), "space.split", certainty(gain))


def _is_rather_misread(word: str, left: str, right: str, gain: float, knowledge: Knowledge) -> bool:
    """Whether one misread word is about as likely as glued ones: infornation is no in for nation."""
    found = readings(word, left, right, knowledge)
    return bool(found) and found[0].gain >= gain - _LEAST_LEAD


def _may_part(word: str, parts: Sequence[str], knowledge: Knowledge) -> bool:
    """A word with a capital is a name, unless a small word stands first: A significant, In addition.

    Capitals at the seams are those of an identifier; without small words it is a compound, unless the text is noisy.
    """
    if sum(map(str.isupper, word[1:])) > 1 or all(part[0].isupper() for part in parts[1:]):
        return False
    if is_derived(word.casefold()) and lift(parts[0].casefold(), parts[1].casefold()) < _RUN_ON:
        return False
    if not word[1:].islower() and not word.isupper() and (not knowledge.is_noisy or len(word) <= _LONGEST_PART):
        return False
    if not knowledge.is_noisy and not _has_small_word(parts):
        return False
    return word[0].islower() or len(word) > _LONGEST_PART or zipf(parts[0]) >= _LEAST_SHORT


def _has_small_word(parts: Sequence[str]) -> bool:
    return any(part.casefold() in _small_words() for part in parts)


@cache
def _small_words() -> frozenset[str]:
    """English words that stand in hardly any compound."""
    english = next(row["words"] for row in resources.rows("stop_words.csv") if row["language"] == "en")
    lists = map(resources.words, ("no_compound_words.txt", "never_last_words.txt"))
    return frozenset(english.split("|")).union(*lists)


def best_parts(word: str, knowledge: Knowledge) -> tuple[list[str], float]:
    """The likeliest words that were glued, and how likely they are; one part where there are none.

    Where the word as read has no parts, one of them may be misread.
    """
    prefixes = _prefixes(word.casefold())
    if prefixes[-1]:
        return _cut(word, prefixes[-1].cuts), prefixes[-1].value
    if len(word) < _MISREAD_FROM or not knowledge.is_noisy:
        return [word], IMPOSSIBLE
    return _with_one_misread(word, prefixes, knowledge)


@dataclass(frozen=True, slots=True)
class _Parting:
    """A way to part the letters up to some point, or from some point on: its value, and where words begin."""

    value: float
    cuts: tuple[int, ...]


def _prefixes(low: str) -> list[_Parting | None]:
    """For each number of letters the best way to part so many into listed words (Viterbi), on the Zipf scale."""
    best: list[_Parting | None] = [_Parting(9.0, ()), *([None] * len(low))]
    for end in range(1, len(low) + 1):
        for start in range(max(0, end - _LONGEST_PART), end):
            before = best[start]
            if before is None:
                continue
            worth = _part_worth(low[start:end])
            if worth is None:
                continue
            value = before.value + worth - (_NEXT_LOST_SPACE if start else 0.0)
            if start:
                value += max(_LEAST_LIFT, min(_MOST_LIFT, lift(low[before.cuts[-1] : start], low[start:end])))
            if best[end] is None or value > best[end].value:  # type: ignore[union-attr]
                best[end] = _Parting(value, (*before.cuts, start))
    found = best[-1]
    if found and len(found.cuts) > 1:
        best[-1] = _Parting(found.value - _LOST_SPACE + _NEXT_LOST_SPACE, found.cuts)
    return best


def _part_worth(part: str) -> float | None:
    """What a part adds, or None where it is no part: in no list, rare, or short and not among the commonest."""
    table = words()
    if part not in table.listed or (len(part) == 1 and part != "a"):
        return None
    value = table.zipf[part]
    return value - 9.0 if value >= (_LEAST_SHORT if len(part) <= 3 else _LEAST_PART) else None


def _suffixes(low: str) -> list[_Parting | None]:
    """For each position the best way to part the letters from there on; the words' fit is left out."""
    best: list[_Parting | None] = [*([None] * len(low)), _Parting(0.0, ())]
    for start in range(len(low) - 1, -1, -1):
        for end in range(start + 1, min(len(low), start + _LONGEST_PART) + 1):
            after, worth = best[end], _part_worth(low[start:end])
            if after is not None and worth is not None:
                value = after.value + worth - _NEXT_LOST_SPACE
                held = best[start]
                if held is None or value > held.value:
                    best[start] = _Parting(value, (start, *after.cuts))
    return best


def _with_one_misread(word: str, prefixes: Sequence[_Parting | None], knowledge: Knowledge) -> tuple[list[str], float]:
    """The best way to part a word of whose parts one is misread."""
    low, suffixes = word.casefold(), _suffixes(word.casefold())
    found: tuple[list[str], float] = [word], IMPOSSIBLE
    for start, before in enumerate(prefixes[:-1]):
        if before is None:
            continue
        for end in range(start + _SHORTEST_MISREAD, min(len(low), start + _LONGEST_PART) + 1):
            after = suffixes[end]
            if after is None or end - start == len(low):
                continue
            for printed, cost in _meant(word[start:end], knowledge):
                worth = _part_worth(printed)
                value = before.value + after.value - cost - _LOST_SPACE + (worth if worth is not None else IMPOSSIBLE)
                if value > found[1]:
                    head = _cut(word[:start], before.cuts) if start else []
                    tail = _cut(word[end:], tuple(cut - end for cut in after.cuts)) if end < len(word) else []
                    found = [*head, printed if start or word[0].islower() else printed.capitalize(), *tail], value
    return found


def _meant(part: str, knowledge: Knowledge) -> Iterator[tuple[str, float]]:
    """Words that a part may have been, one glyph off; a capital inside may be any small letter."""
    inner = [k for k, letter in enumerate(part) if k and letter.isupper()]
    low = part.casefold()
    if inner:
        k = inner[0]
        yield from ((low[:k] + letter + low[k + 1 :], OTHER_LETTER) for letter in ascii_lowercase)
    else:
        yield from knowledge.channel.confusions(low).items()


def _cut(word: str, cuts: Sequence[int]) -> list[str]:
    ends = [*cuts[1:], len(word)]
    return [word[a:b] for a, b in zip(cuts, ends, strict=True)]


def _parted(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """Two pieces of one word with a space, or a line's end without a hyphen, between them."""
    taken = 0
    for one, other in _pieces(draft.text, knowledge):
        first, second = one[0], other[0]
        if one.start() < taken or not second.islower() or first.isupper():
            continue
        joined = (first + second).casefold()
        if len(joined) < _LEAST_JOINED or not knowledge.may_be(joined):
            continue
        if knowledge.is_trusted(first) and knowledge.is_trusted(second):
            continue
        at_break = draft.begins_line(other.start())
        apart = sum(_worth(part, knowledge) for part in (first, second)) - 9.0 + lift(first.casefold(), second)
        cost = (_BROKEN if at_break else _ADDED_SPACE) - max(0.0, knowledge.noise)
        gain = knowledge.prior(joined) - cost - apart
        if gain >= knowledge.margin:
            taken = other.end()
            rule = "hyphen.lost" if at_break else "space.join"
            yield Edit(one.start(), taken, first + second, rule, certainty(gain))


def _pieces(text: str, knowledge: Knowledge) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Neighbours with a space between them of which one at least is in no list."""
    last: re.Match[str] | None = None
    odd = False
    listed = words().listed
    for match in _PIECE.finditer(text):
        low = match[0].casefold()
        was_odd, odd = odd, low not in listed and not knowledge.is_known(low)
        if (odd or was_odd) and last and last.end() + 1 == match.start() and text[last.end()] == " ":
            yield last, match
        last = match


def _worth(part: str, knowledge: Knowledge) -> float:
    return knowledge.prior(part, stands=1) if knowledge.is_known(part.casefold()) else knowledge.unseen(part)


def _spelt_out(draft: Draft) -> Iterator[Edit]:
    """Words set with a space after each letter."""
    for match in _SPELT_OUT.finditer(draft.text):
        letters = match[0].replace(" ", "")
        if len(letters) > _LONGEST_SPELT_OUT:
            continue
        found = _prefixes(letters.casefold())[-1]
        parts = _cut(letters, found.cuts) if found else [letters]
        if len(parts) > 1 or letters.casefold() in words().listed or zipf(letters) >= _LEAST_PART:
            yield Edit(match.start(), match.end(), " ".join(parts), "space.letters", 0.93)
