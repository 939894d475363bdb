"""Words that say goods were taken out of traffic, on which side of them the goods stand, and what takes their force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsletter_extract import resources
from newsletter_extract.extractors.seizures.words import alternatives, context, says

Strength = Literal["seizing", "strong", "weak", "rescue", "stray", "presumed"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word.

    `side` says where its goods stand: "object" after it, "subject" before it, "both", "with"; "sentence" takes all
    goods of the sentence before it.
    """

    start: int
    end: int
    strength: Strength
    side: str


@cache
def _agents() -> list[str]:
    rows = resources.rows("seizure_contexts.csv")
    return [words for row in rows if row["role"] == "agent" for words in row["words"].split("|")]


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, tuple[Strength, str]], frozenset[str]]:
    table: dict[str, tuple[Strength, str]] = {}
    for row in resources.rows("seizure_triggers.csv"):
        for words in row["words"].split("|"):
            if _PARTED in words:
                continue
            for agent in _agents() if "{agent}" in words else [""]:
                table.setdefault(words.replace("{agent}", agent), (row["strength"], row["side"]))  # type: ignore[arg-type]
    words = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(table, key=len, reverse=True))
    return (
        re.compile(rf"(?:{words})(?:(?<=:)|(?![\w-]))", re.I),
        table,
        frozenset(w.split()[0].rstrip(":") for w in table),
    )


_PARTED = "…"
"""Parts the halves of a trigger that goods or persons stand between."""
_BETWEEN = r"(?:(?!\s(?:who|which|that)\s)(?:[^.;:]|[.:](?=\S))){1,90}?"
"""What stands between the halves: no other clause or sentence."""


@cache
def _halves() -> dict[str, list[tuple[re.Pattern[str], Strength, str]]]:
    """Patterns of triggers in two halves by the word that they begin with, with their strength and side."""
    found: dict[str, list[tuple[re.Pattern[str], Strength, str]]] = {}
    for row in resources.rows("seizure_triggers.csv"):
        parted = [words for words in row["words"].split("|") if _PARTED in words]
        spelled = [w.replace("{agent}", a) for w in parted for a in (_agents() if "{agent}" in w else [""])]
        for word in {w.split()[0].split(_PARTED)[0] for w in spelled}:
            pairs = [w.split(_PARTED) for w in spelled if re.match(rf"{word}\b", w)]
            first, second = (alternatives(list(set(half))) for half in zip(*pairs, strict=True))
            pattern = re.compile(rf"(?P<first>{first})\s{_BETWEEN}\s(?P<second>{second})(?![\w-])", re.IGNORECASE)
            found.setdefault(word, []).append((pattern, row["strength"], row["side"]))  # type: ignore[arg-type]
    return found


def _parted(text: str, words: Words, end: int) -> Iterator[Trigger]:
    """The triggers in two halves: "took 5 kg out of circulation", "held two men with 5 kg"."""
    halves = _halves()
    for start, word in words:
        for pattern, strength, side in halves.get(word, ()):
            if match := pattern.match(text, start, end):
                yield Trigger(*match.span("first" if side == "within" else "second"), strength, "object")


_WORD = re.compile(r"(?<![\w-])[^\W\d_]+")
Words = list[tuple[int, str]]
"""The words of a sentence, in small letters, with where they begin."""


def _matches(text: str, words: Words, end: int) -> Iterator[re.Match[str]]:
    """The trigger words of a sentence that do not overlap, tried only where one can begin.

    A weak one gives way to one that ends later: "were taken out of circulation" is more than "were taken".
    """
    pattern, table, firsts = _triggers()
    held: re.Match[str] | None = None
    for start, word in words:
        match = pattern.match(text, start, end) if word in firsts else None
        if held and start >= held.end():
            yield held
            held = None
        if match and (held is None or (match.end() > held.end() and table[_bare(held)][0] == "weak")):
            held = match
    if held:
        yield held


def _bare(match: re.Match[str]) -> str:
    return " ".join(match[0].casefold().split())


_ADVERB = r"(?:also|then|all|later|since|already|first|both|now|still|\w{2,}ly)"
_PASSIVE = re.compile(
    rf"\b(?:was|were|been|being|are|is|be|got|get)\s+(?:{_ADVERB}\s+)*(?:(?:\w+ed|found)\s+and\s+(?:{_ADVERB}\s+)?)?$",
    re.I,
)
_PARTICIPLE = re.compile(
    r"\s*(?:[,.;:)]|$)|\s+(?:in|at|by|from|on|during|near|last|this|earlier|after|before|hidden|concealed|inside|aboard|off|outside|under|behind|beneath|underneath|among|beside|amid|"
    r"within|between|along|over|and\s(?:\w+\s)?(?:arrested|detained|two|three|four|one|a\sman|a\swoman|suspects?))\b",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"\b(?:of|the|these|those|previously|earlier|other|all|any|such|their|its|some|more|with|old)\s+$", re.I
)
_NOUN_AFTER = re.compile(
    r"\s+(?!in|at|by|from|on|during|near|last|this|were|was|is|are|and|over|under|after|here|there)[a-z]", re.I
)


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """The triggers of text[start:end] that are no mere attributes ("the seized goods")."""
    table = _triggers()[1]
    words = [(m.start(), m[0].casefold()) for m in _WORD.finditer(text, start, end)]
    held = {word for _, word in words}
    found = []
    for match in _matches(text, words, end):
        strength, side = table[_bare(match)]
        if side == "both":
            before = text[max(start, match.start() - 48) : match.start()]
            if _ATTRIBUTE.search(before[-12:]) and _NOUN_AFTER.match(text, match.end(), end):
                continue
            side = _side(text, before, match.end(), end)
        if side == "subject" and text.startswith(":", match.end()):
            side = "both"
        if strength in {"seizing", "strong"} and side != "subject" and _PRONOUN_OBJECT.match(text, match.end(), end):
            side = "sentence"
        if side == "subject" and strength in {"seizing", "strong"} and not context("person").fullmatch(match[0]):
            side = "sentence" if _all_of_it().search(text, max(start, match.start() - 48), match.start()) else side
        found.append(Trigger(match.start(), match.end(), strength, side))
    found += _parted(text, words, end)
    if not _HEADS.isdisjoint(held) and (head := _HEADED.search(text, start, end)):
        found.append(Trigger(head.end() - 1, head.end(), "strong", "object"))
    if hide := _VERBLESS.match(text, start, end):
        found.append(Trigger(hide.end() - 1, hide.end(), "weak", "object"))
    if not _TURNED.isdisjoint(held) and (inverted := _inverted().match(text, start, end)):
        strength = "seizing" if inverted["seized"] else "strong"
        found.append(Trigger(inverted.end() - 1, inverted.end(), strength, "object"))
    elif place := _located().match(text, start, end):
        found.append(Trigger(place.end() - 1, place.end(), "weak", "object"))
    return found


_TURNED = frozenset({"was", "were"})
"""The verbs before the goods of a sentence turned round."""


_PRONOUN_OBJECT = re.compile(
    r"\s(?:it|them|all\sof\s(?:it|them)|both|everything|the\slot)\b(?!\s(?:of|and)\b)", re.IGNORECASE
)
"""An object that stands for the goods told before: "came upon 40 cartons and confiscated them"."""
_HEADS = frozenset({"seizures", "interceptions", "detections", "confiscations", "haul", "hauls", "finds"})
_HEADED = re.compile(
    rf"\b(?:{'|'.join(sorted(_HEADS))})\b[^.;:]{{1,60}}:(?=\s(?:[^\s\d.;:]+\s){{0,3}}\d)",
    re.IGNORECASE,
)
"""A noun of seizing that heads a list: "Interceptions in May: 3 kg of …"."""
_VERBLESS = re.compile(
    r"(?:In|Inside|Under|Behind|Beneath|Among|On\sboard)\s[^.;:]{2,60}:(?=\s(?:[^\s\d.;:]+\s){0,3}\d)"
)
"""A hiding place that heads what was in it: "In the doors: 6 kg of heroin"."""


@cache
def _inverted() -> re.Pattern[str]:
    """A sentence turned round: "Hidden under the load were 60 kg of heroin", "What was detained, in the end, was …"."""
    return re.compile(
        rf"""
        (?:Also\s|Among\sthe\s(?:\w+\s){{0,3}}?|(?:What|All\sthat|All)\s(?:was|were|had\sbeen|they|{context("agent").pattern})\s(?:then\s|finally\s)?)?
        (?:(?P<seized>{context("taken").pattern})|{context("hidden").pattern})
        \b(?:(?!\s(?:was|were)\b)(?:[^.;:]|[.:](?=\S))){{0,110}}\s(?:was|were)\s
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _located() -> re.Pattern[str]:
    """A hiding place that begins a sentence, before its verb: "Beneath them hung 40 packets", "Out of it came …"."""
    behind, beside, lies = (context(role).pattern for role in ("behind", "beside", "lies"))
    return re.compile(
        rf"(?:{behind}|(?P<beside>{beside}))(?:\sand\s(?:{behind}|{beside}))?\s[^.;:,]{{2,70}}?"
        rf"\s(?:{lies}|(?(beside)(?!)|(?:was|were)))\s",
        re.IGNORECASE,
    )


@cache
def _all_of_it() -> re.Pattern[str]:
    """A subject in the middle of a sentence that is all goods told before it: "…; both were withheld"."""
    subject = rf"(?:both|all|everything|the\slot)(?:\sof\s(?:which|them|it|this))?|{context('anaphor').pattern}"
    return re.compile(
        rf"(?:[;,–—-]|\sand)\s(?:and\s)?(?:{subject})\s(?:was|were|has\sbeen|have\sbeen)\s(?:{_ADVERB}\s)*$",
        re.IGNORECASE,
    )


_PERFECT = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?$", re.IGNORECASE)
_CONDITION = re.compile(r"(?:If|Had|Should|Were)\b")
_POSSIBLE = re.compile(r"\b(?:to|can|could|cannot)\s+(?:\w+ly\s)?$")


def _side(text: str, before: str, stop: int, end: int) -> str:
    """Where the goods of a participle stand: before it (passive), after it (active), or both ("5 kg seized in Bar")."""
    if _PASSIVE.search(before):
        return "subject"
    if _PERFECT.search(before):
        return "object"
    return "both" if _PARTICIPLE.match(text[stop:end]) else "object"


CLAUSE = re.compile(
    r"[;:]\s|,?\s(?:but|yet|which|who|that|when|while|where|whereas|after|before|although|because|whose)\s|,\s(?:he|she|they|it)\s"
)
_INSERTED = re.compile(r",\s(?:who|which|that|whose|where)\s[^,;]{1,120},")


def is_cancelled(text: str, span: tuple[int, int], trigger: Trigger) -> bool:
    """Whether a denial, a plan, a condition or the kind of sentence takes the force of a trigger."""
    if _CONDITION.match(text, span[0]):
        return True
    if trigger.strength != "seizing" and says("past", _without_reports(text, span)):
        return True
    if trigger.strength == "weak" and any(says(role, text, *span) for role in ("disposal", "cleared")):
        return True
    before = _INSERTED.sub(lambda m: " " * len(m[0]), text[span[0] : trigger.start])
    before = before[max((mark.end() for mark in CLAUSE.finditer(before)), default=0) :]
    robber = context("robber").search(before)
    if robber and trigger.side != "subject" and not context("agent").search(before, 0, robber.start()):
        return True
    if says("cancel", before) or _POSSIBLE.search(before):
        return True
    return _NOTHING.match(text, trigger.end) is not None


def _without_reports(text: str, span: tuple[int, int]) -> str:
    """A sentence without who says so: "What was detained, the laboratory found, was 40 kg of …"."""
    return _REPORT.sub(" ", text[slice(*span)])


_REPORT = re.compile(
    r",\s[^,;.]{2,40}\s(?:found|finds|said|says|report(?:ed|s)?|confirm(?:ed|s)?|established|stated)(?=,\s)"
)
_NOTHING = re.compile(
    r"\s+(?:no(?!\s(?:fewer|less|more)\sthan)|nothing|neither|none|(?:the|an|this|every)\s(?:opportunity|chance|moment|initiative|occasion))\b",
    re.IGNORECASE,
)
"""What stands after a word that seizes nothing."""
