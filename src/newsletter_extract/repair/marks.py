"""Stray marks: misread bullets, specks at words and at the edges of lines, note marks read as quotes or digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsletter_extract import resources
from newsletter_extract.lexicon import lift, zipf
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.knowledge import Knowledge
from newsletter_extract.repair.specks import find_specks

_BULLET = re.compile(r"^(?:[¢+*«»©®°■▪·¤§~]|(?:[eoœ*]{1,2}|[239])(?=\s+[A-Z]))(?=\s)")
_GLUED_BULLET = re.compile(r"^[«¢](?=[A-Z][a-z]*[ ,])(?![^»]*»)")
_TYPED_BULLETS = "*+~"
"""What people type for a bullet; in a text without noise it was meant."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_NOTE_QUOTES = re.compile(r"[\"”“](?<=[^\W\d_].)[\"”“]+(?=[\s(.,;)]|$)")
_NOTE_DIGIT = re.compile(r"[1-9]\d?(?=[.,;:)]?(?:\s|$))(?<![\d_].)")
_NOTED_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}$")
_STRAY = re.compile(r"(?<!\S)(?P<stray>[&|~_^<>\\=¦]\d?|[:;.,'’‘`*°-]{1,2}|[|¦][|¦.,:]?)(?P<space>\s|$)")
_STRAY_ANYWHERE = "&|¦"
_SPACE_BEFORE = re.compile(r" (?=[,;.)](?:\s(?![,;.)])|$))(?<=[\w)’”]{2} )")
_SPACE_WRONG_SIDE = re.compile(r"(?<=[^\W\d_]) ,(?=[^\W\d_])")
_SPACE_INSIDE = re.compile(r"(?<=[(\[]) (?=\w)")
_NO_SPACE_AFTER = re.compile(
    r"(?<![\w@/.-])(?P<first>[^\W\d_]{2,})(?P<mark>[,;.:\"”“])(?P<second>[^\W\d_]{2,})(?![\w@/]|[.:]\w)"
)
_LEAST_BESIDE_STOP, _ADDRESS_ENDS = 4, {"info", "name", "mobi", "asia", "jobs", "aero", "museum", "travel"}
_RUN_ON = 0.8
"""How much likelier than by chance two words stand side by side where no sentence ends between them."""
_COMMON = 3.2
"""Both words at a mark without a space have at least this Zipf value, else it may belong to an address or a name."""


_MARK_FOR_SPACE = re.compile(r"[-'’‘](?=[A-Za-z])(?<=[a-zA].)")
_HEAD, _TAIL = re.compile(r"(?<![\w’'-])[A-Z]?[a-z]*$"), re.compile(r"[A-Z]?[a-z]+(?![\w’'-])")
_REACH_BACK = 25
"""Letters of the longest word before a mark."""
_TOUCHING = re.compile(r"[,;.:\"”“](?=[^\W\d_])(?<=[^\W\d_].)")
"""A mark with a letter on both sides; most texts have none, and are soon done."""
_BEFORE_SMALL_WORD = re.compile(
    r"(?<![\w@/.-])(?P<first>[^\W\d_]{4,}|A)(?P<mark>[.:])(?P<second>[a-z]{3,})(?![\w@/-]|[.:]\w)"
)
_TWO_APOSTROPHES = re.compile(r"[’'‘]{2}(?=s\b)(?<=[^\W\d_]{2}..)")
_AFTER_MARK = re.compile(r"(?:[,;:][-–.]|\.[-–](?=[A-Z]))(?=[A-Za-z][a-z])(?<=\w{2}..)")
"""A speck between a mark and the next word, where the space was."""
_TWO_STOPS = re.compile(r"\.\.(?=[A-Z][a-z])(?<=[a-z]{3}..)")
_STOP_TWICE = re.compile(r"\.\.(?<=[a-z]{3}..)(?=\s|$)")
_ODD_BRACKET = re.compile(
    r"(?<![^\s(])\((?P<inner>[^()\[\]{}\t\n]{2,60})(?P<close>[\]}])|(?P<open>[\[{])(?P<within>[^()\[\]{}\t\n]{2,60})\)"
)
"""A round bracket and one of another kind that close each other."""
_BESIDE_A = re.compile(r"[.:;'’‘](?=a [a-z]{2})(?<=[a-z]{2}.)|[.:;'’‘](?=[a-z]{3}[a-z ])(?<=[ ]a.)")
"""A mark between the article and the word before it or behind it."""
_TWO_MARKS = re.compile(r"(?P<first>[,;:.])(?P<second>[;:.,°_*-]{1,2})(?=\s|$)")
_SECOND_MARKS = {",": ";:.°_*-", ";": ".,;:°_*", ":": ".,;:°_*", ".": "°_*-"}
"""A mark behind a mark that nothing stands behind; a full stop may end an abbreviation, so most may follow it."""
_LEAST_AFTER_QUOTE = 3
_AFTER_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*(?P<mark>[.:])(?P<word>[a-z]{4,})(?![\w@/]|[.:]\w)")


def find_marks(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits that take stray marks away or put the right ones."""
    text = draft.text
    if (
        draft.source.kind == "list_item"
        and (match := _BULLET.match(text))
        and (knowledge.is_noisy or match[0] not in _TYPED_BULLETS)
    ):
        yield Edit(match.start(), match.end(), "•", "glyph.bullet", 0.95)
    if knowledge.is_noisy and (match := _GLUED_BULLET.match(text)):
        yield Edit(match.start(), match.end(), "• ", "glyph.bullet", 0.88)
    for match in _LIGATURE.finditer(text):
        yield Edit(match.start(), match.end(), unicodedata.normalize("NFKC", match[0]), "glyph.ligature", 0.98)
    for match in _NOTE_QUOTES.finditer(text):
        yield Edit(match.start(), match.end(), "", "glyph.note_mark", 0.85)
    yield from _note_digits(text, knowledge)
    strays = list(_strays(draft, noisy=knowledge.is_noisy))
    yield from strays
    taken = {edit.start for edit in strays} | {edit.start + 1 for edit in strays}
    for match in _SPACE_WRONG_SIDE.finditer(text):
        yield Edit(match.start(), match.end(), ", ", "space.after_mark", 0.93)
    for match in (*_SPACE_BEFORE.finditer(text), *_SPACE_INSIDE.finditer(text)):
        if knowledge.is_noisy and match.end() not in taken:
            yield Edit(match.start(), match.end(), "", "space.before_mark", 0.95)
    yield from _marks_between(text, knowledge)
    yield from _marks_for_spaces(text, knowledge)
    yield from find_specks(text, knowledge)


def _note_digits(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A raised note mark that was read as a digit, where a footnote begins with it."""
    for match in _NOTE_DIGIT.finditer(text) if knowledge.notes else ():
        word = _NOTED_WORD.search(text, max(0, match.start() - _REACH_BACK), match.start())
        if word and match[0] in knowledge.notes and not word[0].isupper() and knowledge.is_trusted(word[0]):
            yield Edit(match.start(), match.end(), _raised(match[0]), "glyph.note_digit", 0.8)


def _raised(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _strays(draft: Draft, *, noisy: bool) -> Iterator[Edit]:
    """Marks that stand alone at the edge of a printed line; most of them are typed too, where a text is not noisy."""
    if draft.source.kind == "table":
        return
    for match in _STRAY.finditer(draft.text):
        if match["stray"][0] not in _STRAY_ANYWHERE and not noisy:
            continue
        at_end, at_start = draft.ends_line(match.end("stray")), draft.begins_line(match.start())
        if match.end() == len(draft.text) and match["stray"][0] in "|¦~_^":
            yield Edit(max(0, match.start() - 1), match.end(), "", "glyph.stray", 0.9)
        elif at_end or at_start:
            yield Edit(match.start(), match.end(), "", "glyph.stray", 0.9)


def _marks_between(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A mark without a space after it: the space is put in, or the mark is one for a space."""
    if not knowledge.is_noisy:
        return
    for match in _NO_SPACE_AFTER.finditer(text) if _TOUCHING.search(text) else ():
        first, mark, second = match["first"], match["mark"], match["second"]
        if min(zipf(first), zipf(second)) < _COMMON or not (
            knowledge.is_trusted(first) and knowledge.is_trusted(second)
        ):
            continue
        if mark == ";" and second.islower() and lift(first.casefold(), second) >= _RUN_ON:
            yield Edit(match.start("mark"), match.end("mark"), " ", "glyph.mark_for_space", 0.85)
        elif mark in ",;" or second[0].isupper():
            if mark in ",;" or (mark == "." and first.islower() and len(first) > 2):
                yield Edit(match.end("mark"), match.end("mark"), " ", "space.after_mark", 0.93)
        elif first[1:].islower() and _may_follow(first.casefold(), second, mark):
            yield Edit(match.start("mark"), match.end("mark"), " ", "glyph.mark_for_space", 0.88)
    for match in _AFTER_NUMBER.finditer(text):
        if knowledge.is_known(match["word"]):
            yield Edit(match.start("mark"), match.end("mark"), " ", "glyph.mark_for_space", 0.88)


def _may_follow(first: str, second: str, mark: str) -> bool:
    """Whether words with a mark and no space between them are parted by a space; a stop may belong to an address."""
    if second in resources.words("no_compound_words.txt") or second in resources.words("never_last_words.txt"):
        return lift(first, second) >= 0
    plain = mark == "." and min(len(first), len(second)) >= _LEAST_BESIDE_STOP and second not in _ADDRESS_ENDS
    return lift(first, second) >= (0 if plain else _RUN_ON)


def _marks_for_spaces(text: str, knowledge: Knowledge) -> Iterator[Edit]:
    """A hyphen, an apostrophe or a full stop between two words of which one stands in no compound."""
    if not knowledge.is_noisy:
        return
    alone = resources.words("no_compound_words.txt")
    for match in _MARK_FOR_SPACE.finditer(text):
        head, tail = (
            _HEAD.search(text, max(0, match.start() - _REACH_BACK), match.start()),
            _TAIL.match(text, match.end()),
        )
        if not head or not tail:
            continue
        first, second, whole = head[0].casefold(), tail[0].casefold(), text[head.start() : tail.end()]
        if match[0] == "-":
            parted = head[0] in alone or (first in alone and len(first) > 1) or tail[0] in alone
        else:
            parted = len(first) > 1 and (tail[0] in alone or len(second) >= _LEAST_AFTER_QUOTE)
        if (
            parted
            and knowledge.is_known(first)
            and knowledge.is_known(second)
            and knowledge.counts[whole.casefold()] <= 1
            and lift(first, second) >= 0
            and not knowledge.is_name(whole)
        ):
            yield Edit(match.start(), match.end(), " ", "glyph.mark_for_space", 0.85)
    for match in _BEFORE_SMALL_WORD.finditer(text) if _TOUCHING.search(text) else ():
        first, second = match["first"], match["second"]
        unlisted = second in alone and min(zipf(first), zipf(second)) < _COMMON
        if unlisted or (first == "A" and knowledge.is_known(second)):
            yield Edit(match.start("mark"), match.end("mark"), " ", "glyph.mark_for_space", 0.85)
    yield from _marks_at_marks(text)


def _marks_at_marks(text: str) -> Iterator[Edit]:
    """A second mark behind one, or one in the place of the space behind it."""
    for match in _AFTER_MARK.finditer(text):
        yield Edit(match.start() + 1, match.end(), " ", "glyph.mark", 0.85)
    for match in _BESIDE_A.finditer(text):
        yield Edit(match.start(), match.end(), " ", "glyph.mark_for_space", 0.85)
    for match in _ODD_BRACKET.finditer(text):
        name = "close" if match["close"] else "open"
        yield Edit(*match.span(name), ")" if match["close"] else "(", "glyph.bracket", 0.9)
    for match in _STOP_TWICE.finditer(text):
        yield Edit(match.start() + 1, match.end(), "", "glyph.mark", 0.85)
    for match in _TWO_STOPS.finditer(text):
        yield Edit(match.start(), match.end(), ". ", "space.after_mark", 0.85)
    for match in _TWO_APOSTROPHES.finditer(text):
        yield Edit(match.start() + 1, match.end(), "", "glyph.mark", 0.9)
    for match in _TWO_MARKS.finditer(text):
        behind_word = text[max(0, match.start() - 2) : match.start()].isalpha() and match.start() > 1
        if behind_word and set(match["second"]) <= set(_SECOND_MARKS[match["first"]]):
            yield Edit(*match.span("second"), "", "glyph.mark", 0.85)
