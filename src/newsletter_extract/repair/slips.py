"""What is no misreading by itself: rare words where a common one fits far better, small letters, commas for full stops.

Only where a document has shown that it is noisy: people write rare words and small letters too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from newsletter_extract import lexicon, resources
from newsletter_extract.lexicon import lift, zipf
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import Knowledge
from newsletter_extract.repair.spelling import SURE, certainty, doubt

_PLAIN = re.compile(r"(?<![^\s(])(?P<word>[a-z]{3,8})(?=[\s.,;:)]|$)")
"""Longer words are a confusion away from no common one."""
_LEFT, _RIGHT = re.compile(r"([^\W\d_]+) $"), re.compile(r" ([^\W\d_]+)")
_REACH = 25
_RARE, _COMMON = 3.6, 4.8
"""Zipf values of a word that may still be a misreading, and of the word that it may have been."""
_DEAREST = 3.4
"""The confusion that makes the one of the other is one of the table."""
_MORE_EVIDENCE = 1.0
"""A word of a list has this much more on its side than one of none."""
_ALIKE = "ij"
"""Small letters that are often read for their capitals; of others the mark before is as likely to be wrong."""
_OPENS = re.compile(rf"(?P<letter>[{_ALIKE}](?<=[a-z]{{2}}[.!?] .))(?P<rest>[a-z]*)(?![\w.@/-])")
_LAST = re.compile(r"([a-z]+)[.!?] $")
_SMALL_NAME = re.compile(rf"(?P<letter>[{_ALIKE}](?<![\w.@/’'-].))(?P<rest>[a-z]{{3,}})(?![\w@/’'-]|\.\w)")
_BAR = re.compile(r"(?<![\w@/.’'-])(?P<word>[A-Z]?[a-z]+)(?P<bar>!)(?= (?P<after>[a-z]+))")
_BETTER = 0.5
_TITLE_LETTERS = 2
_INSIDE = re.compile(r"[a-z],? $")
_TITLED = re.compile(r"(?P<word>[A-Z][a-z])(?<![\w.’'-]..) (?P<surname>[A-Z][a-z]{2,})")
_USED_NAME = 4.0
"""Zipf value of a name that is no word besides."""


_OPENING = re.compile(r",(?<=[a-z]{2},) (?P<word>[A-Z][a-z]{0,5}) [a-z]+ [a-z]")
_LAST_COMMA = re.compile(r"[a-z]{2}(?P<comma>,)$")


def find_slips(draft: Draft, knowledge: Knowledge, foreign: list[tuple[int, int]]) -> Iterator[Edit]:
    """Edits of listed words that were read for common ones, and of small letters for capitals."""
    if knowledge.noise < 0:
        return
    yield from _commas(draft)
    yield from _bars(draft.text, knowledge)
    yield from _titles(draft.text, knowledge)
    for edit in (*_rare_words(draft, knowledge), *_small_letters(draft.text, knowledge)):
        at = bisect_right(foreign, (edit.start, len(draft.text)))
        if not at or foreign[at - 1][1] <= edit.start:
            yield edit


def _rare_words(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    text = draft.text
    listed = lexicon.words().listed
    for match in _PLAIN.finditer(text):
        word = match["word"]
        if word not in listed or zipf(word) > _RARE or knowledge.counts[word] > 1 or word in knowledge.own:
            continue
        sure = draft.confidence_at(match.start())
        if sure is not None and sure >= SURE:
            continue
        before = _LEFT.search(text, max(0, match.start() - _REACH), match.start())
        after = _RIGHT.match(text, match.end())
        found = _meant(word, before[1] if before else "", after[1] if after else "", knowledge)
        if found and found[1] - doubt(sure) >= knowledge.margin + _MORE_EVIDENCE:
            yield Edit(match.start(), match.end(), found[0], "glyph.listed", certainty(found[1]))


def _meant(word: str, left: str, right: str, knowledge: Knowledge) -> tuple[str, float] | None:
    """The common word that fits here where the rare one does not, and how much likelier it is."""
    left, right = left.casefold(), right.casefold()
    if max(lift(left, word), lift(word, right)) > 0:
        return None
    now = knowledge.prior(word, stands=1) + knowledge.fit(left, word, right)
    found = [
        (knowledge.prior(other) + knowledge.fit(left, other, right) - max(0.5, cost - knowledge.noise) - now, other)
        for other, cost in knowledge.channel.confusions(word, whole=False).items()
        if cost <= _DEAREST and zipf(other) >= _COMMON and max(lift(left, other), lift(other, right)) > 0
    ]
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] - found[1][0] < _MORE_EVIDENCE):
        return None
    return found[0][1], found[0][0]


def _no_ends() -> frozenset[str]:
    """Words that a full stop behind them ends no sentence with."""
    return resources.words("abbreviations.txt") | resources.words("never_last_words.txt")


def _small_letters(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """Small letters for the capitals that open a sentence or a name."""
    for match in _OPENS.finditer(text):
        last = _LAST.search(text, max(0, match.start() - _REACH), match.start())
        word = match["letter"] + match["rest"]
        if not last or last[1] in _no_ends() or knowledge.writes_small:
            continue
        if knowledge.is_known(last[1]) and (knowledge.is_known(word) or len(word) == 1):
            yield Edit(match.start(), match.start("rest"), match["letter"].upper(), "glyph.case", 0.85)
    for match in _SMALL_NAME.finditer(text):
        word = match["letter"] + match["rest"]
        if lexicon.is_listed_name(word) and zipf(word) >= _USED_NAME and knowledge.counts[word] == 1:
            yield Edit(match.start(), match.start("rest"), match["letter"].upper(), "glyph.case", 0.85)


def _bars(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """Exclamation marks in mid-sentence: an l at the end of a word (too! of), or a speck."""
    for match in _BAR.finditer(text):
        word, after = match["word"].casefold(), match["after"]
        whole = word + "l"
        if knowledge.may_be(whole) and (not knowledge.is_known(word) or _goes_on(whole, after, word)):
            yield Edit(match.start("bar"), match.end("bar"), "l", "glyph.bar", 0.85)
        elif knowledge.is_known(word) and after in resources.words("never_last_words.txt"):
            yield Edit(match.start("bar"), match.end("bar"), "", "glyph.mark", 0.85)


def _goes_on(word: str, after: str, other: str) -> bool:
    """Whether a word goes with the next one far better than another does."""
    return lift(word, after) - lift(other, after) >= _BETTER


def _titles(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A word read for the title before a surname, in mid-sentence or where the document has the title too: by Or Ek."""
    for match in _TITLED.finditer(text):
        surname = match["surname"]
        if knowledge.is_known(surname.casefold()) or knowledge.is_place(surname):
            continue
        near = knowledge.channel.confusions(match["word"].casefold(), whole=False)
        titles = [title for title in sorted(_short_titles()) if title.casefold() in near]
        if len(titles) != 1 or match["word"] in _short_titles():
            continue
        if knowledge.counts[titles[0].casefold()] or _INSIDE.search(text, max(0, match.start() - 3), match.start()):
            yield Edit(match.start("word"), match.end("word"), titles[0], "glyph.title", 0.85)


def _short_titles() -> frozenset[str]:
    return frozenset(title for title in resources.words("person_titles.txt") if len(title) == _TITLE_LETTERS)


def _commas(draft: Draft) -> Iterator[Edit]:
    """Commas for the full stops of sentences: before a small word with a capital, and at the end of a paragraph."""
    text = draft.text
    for match in _OPENING.finditer(text):
        if match["word"].casefold() in resources.words("sentence_openings.txt"):
            yield Edit(match.start(), match.start() + 1, ".", "glyph.stop", 0.85)
    last = _LAST_COMMA.search(text, max(0, len(text) - 3))
    if last and (draft.source.kind == "footnote" or (draft.source.kind == "paragraph" and ". " in text)):
        yield Edit(last.start("comma"), last.end("comma"), ".", "glyph.stop", 0.8)
