"""Specks at words: marks behind a word that goes on, before one in mid-sentence, and quotes without a partner."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from newsletter_extract import lexicon, resources
from newsletter_extract.lexicon import lift
from newsletter_extract.repair.edits import Edit
from newsletter_extract.repair.knowledge import Knowledge

_MARK_AFTER = re.compile(r"[.,:;'’‘`~_*^°]+(?= (?P<next>[^\W\d_]+))")
_MARKED_WORD = re.compile(r"(?<![\w.@/’'-])[^\W\d_]+$")
_FIRST_WORD = re.compile(r"(?:^|[.!?] )(?P<word>[A-Z][a-z]+)(?P<mark>[.,:;])(?= [^\W\d_]{2})")
_BEFORE_YEAR = re.compile(r"(?P<month>[A-Z][a-z]{2,8})(?P<mark>[.;:])(?= (?:19|20)\d\d\b)")
_BEFORE_COUNTED = re.compile(r"[:;](?<=\d,\d{3}.)(?= [a-z]{3})")
_MARK_BEFORE = re.compile(
    r"(?:(?<=[\w,;] )|(?<=\. )(?=«)|^(?=[‘'`]))(?P<mark>[‘'`“\"„.,~_*^°«-]+)(?P<word>[^\W\d_]{2,})"
)
_LAST_WORD = re.compile(r"([^\W\d_]+) $")
_CLOSING = re.compile(r"[’'‘](?=\s|$)(?<=[^\W\d_]{3}.)")
_CLOSED_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]{3,}$")
_QUOTES_THAT_CLOSE = {"_": "_", "‘": "’'", "'": "’'", "`": "’'", "“": '”"', '"': '”"', "„": '“”"'}
_PARTNERS = {"«": "»", "*": r"\*", "^": r"\^"}
_RUN_ON = 0.8
"""How much likelier than by chance two words stand side by side where no sentence ends between them."""
_VERB_CHAIN = 2.5
"""The same for words that are parts of one verb."""
_LEAST_AFTER_STOP, _LEAST_AROUND_STOP = 4, 3
_OTHER_SHAPES = "abdefghlmnqrt"
"""Small letters that are not mistaken for their capitals."""
_REACH_BACK = 25
"""Letters of the longest word before a mark."""
_REACH_DASH = 100
_REACH = 400
"""Characters after an opening quote in which its closing one is looked for."""


def find_specks(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits that take specks away from words."""
    yield from _marks_after(text, knowledge)
    yield from _marks_before(text, knowledge)
    if knowledge.is_noisy:
        yield from _after_first_words(text)
        yield from _in_dates_and_amounts(text)
        yield from _closing_quotes(text, knowledge)


def _marks_after(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A mark after a word that no sentence or clause ends with, and before a small letter."""
    never_last, leading = resources.words("never_last_words.txt"), resources.words("leading_words.txt")
    for match in _MARK_AFTER.finditer(text):
        following, marks = match["next"], match[0]
        found = _MARKED_WORD.search(text, max(0, match.start() - _REACH_BACK), match.start())
        word = found[0] if found else ""
        if not (word.islower() and knowledge.is_trusted(word)):
            continue
        if following[0].isupper():
            if marks == "." and word in leading and knowledge.is_noisy:
                yield Edit(match.start(), match.end(), "", "glyph.mark", 0.85)
            continue
        leads_on = word in never_last and (marks in "'’‘`" or (marks == "." and knowledge.is_noisy))
        if leads_on or (marks in ":;" and knowledge.is_noisy and word in leading):
            yield Edit(match.start(), match.end(), "", "glyph.mark", 0.9)
        elif knowledge.is_noisy and (
            _is_speck(word, marks, following) or _ends_nothing(word, marks, following, knowledge)
        ):
            yield Edit(match.start(), match.end(), "", "glyph.mark", 0.85)


def _is_speck(word: str, marks: str, following: str) -> bool:
    """Whether a mark between two words in small letters is a speck, for they go together too well for one."""
    if marks == "." and word in resources.words("abbreviations.txt"):
        return False
    if marks in ".:;" and following in resources.words("never_first_words.txt"):
        return True
    least = {".": _RUN_ON, ":": _VERB_CHAIN, ";": _VERB_CHAIN, ",": _VERB_CHAIN}.get(marks)
    return marks in "~_^°`‘" or (least is not None and lift(word, following) >= least and _may_chain(word, marks))


def _ends_nothing(word: str, marks: str, following: str, knowledge: Knowledge) -> bool:
    """Whether a full stop stands before a small word whose capital has another shape, in a text that opens none so."""
    if marks != "." or knowledge.writes_small or knowledge.noise < 0 or word in resources.words("abbreviations.txt"):
        return False
    known = knowledge.is_known(following) and min(len(word), len(following)) >= _LEAST_AROUND_STOP
    return known and following[0] in _OTHER_SHAPES


def _may_chain(word: str, marks: str) -> bool:
    """Whether what follows a word is the rest of its verb: had been, may not; a full stop ends no such chain either."""
    return marks == "." or word in resources.words("auxiliary_words.txt")


def _after_first_words(text: str) -> Iterator[Edit]:
    """A mark behind the first word of a sentence where that word opens a phrase: Between. April, The. desk."""
    never_last = resources.words("never_last_words.txt")
    for match in _FIRST_WORD.finditer(text):
        if match["word"].casefold() in never_last:
            yield Edit(match.start("mark"), match.end("mark"), "", "glyph.mark", 0.88)


def _in_dates_and_amounts(text: str) -> Iterator[Edit]:
    """A mark between the full name of a month and the year, or a number with thousands and what it counts."""
    for match in _BEFORE_YEAR.finditer(text):
        if match["month"] in calendar.month_name:
            yield Edit(match.start("mark"), match.end("mark"), "", "glyph.mark", 0.88)
    for match in _BEFORE_COUNTED.finditer(text):
        yield Edit(match.start(), match.end(), "", "glyph.mark", 0.85)


def _closing_quotes(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A single quote behind a word that nothing opened; behind an s it is an apostrophe, but in small words."""
    small = resources.words("no_compound_words.txt")
    for match in _CLOSING.finditer(text):
        found = _CLOSED_WORD.search(text, max(0, match.start() - _REACH_BACK), match.start())
        if not found or not knowledge.is_trusted(found[0]) or (found[0][-1] in "sSzx" and found[0] not in small):
            continue
        if not re.search(r"(?:^|[\s(\[])[‘'`“\"]", text[max(0, found.start() - _REACH) : found.start()]):
            yield Edit(match.start(), match.end(), "", "glyph.quote", 0.85)


def _marks_before(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A mark before a word in mid-sentence: a quote that nothing closes, or a speck."""
    for match in _MARK_BEFORE.finditer(text):
        mark, word = match["mark"], match["word"]
        if len(mark) > 1 and not set(mark) <= set("‘'`"):
            continue
        before = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
        goes_on = before is not None and _side_by_side(before[1], word, knowledge)
        closing = _QUOTES_THAT_CLOSE.get(mark[0])
        if closing is None:
            if (mark in "~^°*«" and knowledge.is_noisy and not _closes(text, match, _PARTNERS.get(mark, mark))) or (
                mark in ".,-"
                and knowledge.is_noisy
                and ((word.islower() and goes_on) or _follows_comma(text, match) or _is_alone(mark, word, text, match))
            ):
                yield Edit(match.start("mark"), match.end("mark"), "", "glyph.mark", 0.88)
        elif (
            not ((goes_on and mark != "_") or knowledge.is_noisy)
            or _closes(text, match, closing)
            or _elided(mark, word)
        ):
            continue
        elif mark[0] in "‘'`" or goes_on:
            yield Edit(match.start("mark"), match.end("mark"), "", "glyph.quote", 0.85)


def _follows_comma(text: str, match: re.Match[str]) -> bool:
    """Whether a common word with a mark before it stands behind a comma, where no mark can stand."""
    return match["word"][1:].islower() and text[max(0, match.start() - 2) : match.start()] == ", "


def _is_alone(mark: str, word: str, text: str, match: re.Match[str]) -> bool:
    """Whether a full stop or a hyphen stands right before a small word of a list, and no dash closes what it opens."""
    if not (word.islower() and lexicon.is_listed(word) and text[match.end() : match.end() + 1] in {" ", ",", ""}):
        return False
    if mark == ".":
        return len(word) >= _LEAST_AFTER_STOP
    return mark == "-" and len(word) >= _LEAST_AROUND_STOP and "-" not in text[match.end() : match.end() + _REACH_DASH]


def _side_by_side(first: str, second: str, knowledge: Knowledge) -> bool:
    """Whether nothing is likely to stand between two words: they go together often, or are parts of one name."""
    in_name = knowledge.is_noisy and first[0].isupper() and second[0].isupper() and not first.isupper()
    return in_name or lift(first.casefold(), second.casefold()) >= _RUN_ON


def _elided(mark: str, word: str) -> bool:
    """Whether an apostrophe stands for letters left out, as in 'em."""
    return mark in {"'", "‘"} and not lexicon.is_listed(word) and len(word) < 4


def _closes(text: str, match: re.Match[str], closing: str) -> bool:
    """Whether a quote that may close this one stands behind a word or a mark further on."""
    pattern = re.compile(rf"(?<=[\w.,!?)])[{closing}](?!\w)")
    return pattern.search(text, match.end() - 1, match.end() + _REACH) is not None
