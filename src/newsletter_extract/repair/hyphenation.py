"""Words broken over lines, columns and pages are joined; real hyphens stay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from newsletter_extract import resources
from newsletter_extract.lexicon import lift, zipf
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import Knowledge, is_derived

SOFT = "\u00ad"
_HYPHENS = rf"\-\u2010¬{SOFT}"
"""Hyphen-minus, hyphen, the not sign that engines read for one, and the soft hyphen, inside a character class."""
_BROKEN = re.compile(
    rf"""
    (?<!\S)(?P<first>[^\s{_HYPHENS}]*(?:[{_HYPHENS}][^\s{_HYPHENS}]+)*)
    (?P<hyphen>[{_HYPHENS}])
    (?P<debris>[-.,:;'’‘|~_*]{{0,2}}(?:\s[^\w\s]{{1,2}})?)
    \s
    (?P<intruder>(?:[0-9A-Z&|:;.]{{1,2}}\s)?)
    (?P<second>\S+)
    """,
    re.VERBOSE,
)
_AT_END = re.compile(rf"[{_HYPHENS}][^\w{_HYPHENS}]?[^\w{_HYPHENS}]?\s")
"""What a broken word has after its first half; most blocks have none."""
_SOFT_INSIDE = re.compile(rf"(?<=\w){SOFT}(?=\w)")
_INSIDE = re.compile(
    rf"(?<![\w{_HYPHENS}])(?P<first>[^\W\d_]{{2,}})[-\u2010](?P<second>[^\W\d_]{{2,}})(?![\w{_HYPHENS}])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_HALF = re.compile(r"(?P<word>[^\W\d_A-Z]\S*)\s?")
_SPECKS = "€|!¢&£*'‘’._°«"
"""Marks that a speck before the second half is read for."""
_STRONG, _FAIR = 3.5, 2.5
"""Zipf values from which a joined word is a common one, and one that is used at all."""
_NO_WORD = 1.5
"""What is rarer is no word by itself."""
_LEAST_COMPOUND = 3.6
"""Zipf value that both parts of a compound with a hyphen reach."""
_LONGEST = 100
"""Characters of the longest first half."""
_PHRASE, _MORE_APART = 1.4, 1.2
_LEAST_HALF = 4
"""Letters of halves that are words of their own rather than pieces of one that no list has."""
_INTRUDING_LINES = 3
"""A word is looked for over so many lines that came between its halves."""


def find_breaks(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits that join words broken at a line's end, and words that keep a hyphen of an earlier setting."""
    for match in _SOFT_INSIDE.finditer(draft.text) if SOFT in draft.text else ():
        yield Edit(match.start(), match.end(), "", "hyphen.soft", 0.99)
    for match in _breaks(draft.text):
        yield from _mended(match, draft, knowledge)
    for match in _INSIDE.finditer(draft.text) if "-" in draft.text or "\u2010" in draft.text else ():
        if _stayed_from_earlier(match, knowledge):
            yield Edit(match.start(), match.end(), match["first"] + match["second"], "hyphen.inside", 0.92)


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """Words with a hyphen and white space behind, and the halves that follow."""
    done = 0
    for end in _AT_END.finditer(text):
        start = max(text.rfind(space, max(0, end.start() - _LONGEST), end.start()) for space in " \t\n") + 1
        if start >= done and end.start() - start < _LONGEST and (match := _BROKEN.match(text, start)):
            yield match
            done = match.end()


def _mended(match: re.Match[str], draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    first, second = match["first"], match["second"]
    at_line_end = draft.ends_line(match.start("debris")) or draft.begins_line(match.start("second"))
    if first and second[0].isdigit() and at_line_end and _goes_on_in_digits(first):
        yield Edit(match.start(), match.end(), f"{first}-{second}", "hyphen.keep", 0.9)
        return
    if not first or not first[-1].isalpha():
        return
    if second[0] in _SPECKS and at_line_end and _is_whole(first, second[1:], knowledge):
        second = second[1:]
    whole = second[0].isalpha() and _is_whole(first, second, knowledge)
    if not whole and at_line_end and (around := list(_round_a_line(match, draft, knowledge))):
        yield from around
        return
    if not second[0].isalpha() or ((match["debris"] or match["intruder"]) and not (at_line_end and whole)):
        return
    if match["hyphen"] != SOFT and not whole:
        if not at_line_end or second.casefold() in resources.words("suspended_hyphen_words.txt"):
            return
        if second[0].isupper() and second[1:2].islower() and not _is_word(first, knowledge):
            return
    keep = match["hyphen"] in "-\u2010" and _keeps_hyphen(first, second, knowledge)
    after = f"{first}{'-' if keep else ''}{second}"
    rule = "hyphen.keep" if keep else "hyphen.join"
    yield Edit(match.start(), match.end(), after, rule, 0.97 if at_line_end else 0.9)


def _goes_on_in_digits(first: str) -> bool:
    """Whether digits behind a hyphen belong to what stands before it: 2019-2021, mid-2021, COVID-19."""
    tail = _LETTERS.findall(first)
    if first[-1].isdigit():
        return first.isdigit()
    return bool(tail) and first == tail[0] and (first.isupper() or first.casefold() in _prefixes())


def _prefixes() -> frozenset[str]:
    return resources.words("hyphen_prefixes.txt")


def _round_a_line(match: re.Match[str], draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """The second half brought up from below a line that came between, where only so there is a word."""
    first, text = match["first"], draft.text
    starts = draft.line_starts
    between = bisect_right(starts, match.end("hyphen")) + 1
    if _is_compound(first, match["second"]):
        return
    for start in starts[between : between + _INTRUDING_LINES]:
        half = _HALF.match(text, start)
        if half and _is_whole(first, half["word"], knowledge):
            yield Edit(match.start(), match.end("hyphen"), first + half["word"], "hyphen.round", 0.85)
            yield Edit(half.start(), half.end(), "", "hyphen.round", 0.85)
            return


def _halves(first: str, second: str) -> tuple[str, str]:
    head = _LETTERS.match(second)
    return _LETTERS.findall(first)[-1], head[0] if head else second


def _is_whole(first: str, second: str, knowledge: Knowledge) -> bool:
    """Whether the two halves make a word that is known."""
    if not second[:1].isalpha():
        return False
    tail, head = _halves(first, second)
    joined = (tail + head).casefold()
    return knowledge.may_be(joined) or zipf(joined) >= _FAIR or knowledge.is_name(tail + head)


def _is_word(part: str, knowledge: Knowledge) -> bool:
    """Whether the part before a hyphen can stand alone; else a capital after it begins another column's line."""
    tail = _LETTERS.findall(part)[-1]
    return zipf(tail) >= _FAIR or tail.isupper() or knowledge.is_name(tail)


def _keeps_hyphen(first: str, second: str, knowledge: Knowledge) -> bool:
    """Whether the hyphen at the line's end belongs to the word, as in cross-border."""
    tail, head = _halves(first, second)
    joined, hyphened = (tail + head).casefold(), f"{tail}-{head}".casefold()
    with_hyphen = knowledge.counts[hyphened]
    if with_hyphen != knowledge.counts[joined]:
        return with_hyphen > knowledge.counts[joined]
    if head[:1].isupper() and (tail[:1].isupper() or len(tail) > 3):
        return True
    if (len(tail) == 1 and first == tail) or (first != tail and tail in resources.words("name_particles.txt")):
        return True
    if first == tail and head in resources.words("verb_particles.txt") and _is_phrase(tail, head, joined):
        return True
    if tail.casefold() in knowledge.hyphened and knowledge.is_known(head.casefold()):
        return True
    if knowledge.is_known(joined) or zipf(joined) >= _STRONG or knowledge.is_name(tail + head):
        return False
    if zipf(joined) >= _FAIR and not _is_compound(first, second):
        return False
    if tail.casefold() in _prefixes() and knowledge.is_known(head.casefold()):
        return True
    if is_derived(joined):
        return False
    if not zipf(joined) and min(len(tail), len(head)) >= _LEAST_HALF and _are_known(tail, head, knowledge):
        return True
    return _is_compound(first, second) or (first != tail and knowledge.is_known(tail.casefold()))


def _is_phrase(tail: str, head: str, joined: str) -> bool:
    """Whether two words stand side by side more often than they are written as one: follow-up, but breakdown."""
    together = lift(tail.casefold(), head)
    return together >= _PHRASE and zipf(tail) + zipf(head) - 9 + together >= zipf(joined) + _MORE_APART


def _are_known(tail: str, head: str, knowledge: Knowledge) -> bool:
    return knowledge.is_known(tail.casefold()) and knowledge.is_known(head.casefold())


def _is_compound(first: str, second: str) -> bool:
    """Whether both sides of a hyphen are common words."""
    if not second[0].isalpha():
        return False
    tail, head = _halves(first, second)
    return min(zipf(tail), zipf(head)) >= _LEAST_COMPOUND and min(len(tail), len(head)) >= 3 and head.islower()


def _stayed_from_earlier(match: re.Match[str], knowledge: Knowledge) -> bool:
    """A hyphen inside a line of a word that was broken in an earlier setting of the text."""
    joined = match["first"] + match["second"]
    parts = min(zipf(match["first"]), zipf(match["second"]))
    broken = zipf(joined) >= _STRONG and parts < _FAIR
    if not broken and zipf(joined) >= _FAIR and knowledge.is_known(joined.casefold()):
        broken = parts < _NO_WORD and match["first"].casefold() not in _prefixes()
    return broken and knowledge.counts[match[0].casefold()] < 2 and match["second"].islower()
