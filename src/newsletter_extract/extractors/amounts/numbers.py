"""Numbers as bulletins write them: 1,647,220; 26,5; 1 085,5; 1.452,5; 13.8 million; 3.5 crore; two dozen; half a."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.amounts.number_words import WordNumber, any_of, read_scale, read_words, values

Number = int | float

_MAX_DIGITS = 18
"""Longer runs of digits are no amounts."""
_GROUP_MARKS = " \u00a0\u202f’'"
_DIGITS = rf"""
    \d{{1,3}}(?:,\d{{2}})+,\d{{3}}(?:\.\d{{1,2}})?(?![\d,])        # 12,34,567 as in South Asia
  | \d{{1,3}}(?:[{_GROUP_MARKS}]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)  # 1 085,5
  | \d+(?:[.,]\d+)*
"""
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,])|(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d+")
_THOUSANDS_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
_SURE_DOTS = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3}){2,}|\.000)(?![\d.,])")
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])\d+\.\d{1,2}(?![\d.,])")
_MONEY_BEFORE = re.compile(r"[^\w\s.,;:()-]\s?$|\b[A-Z]{3}\s?$")
"""A symbol or a code before a number, with which "5 m" is five million and not five metres."""
_ABOUT_REACH = 32
"""Characters before a number in which words of approximation are looked for."""
_VULGAR = {"¼": 0.25, "½": 0.5, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class NumberHabit:
    """What a comma and a dot before three digits mean in this document."""

    comma_groups: bool = True
    dot_groups: bool = False


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text, with the words that make it approximate left out of its span."""

    start: int
    end: int
    value: Number
    approximate: bool = False
    is_word: bool = False


_FIGURES = re.compile(r"[\d.,/]+")
"""Runs of the characters that tell a habit, in far less text to look through."""


def learn_habit(blocks: Iterable[Block]) -> NumberHabit:
    """The habit of a document: dots part thousands only where some surely do or commas mark decimals, and none does."""
    text = " ".join(number for block in blocks for number in _FIGURES.findall(block.text))
    commas, groups = len(_DECIMAL_COMMA.findall(text)), len(_THOUSANDS_COMMA.findall(text))
    dots = len(_DECIMAL_DOT.findall(text))
    dotted = (commas > 0 and commas >= dots) or (_SURE_DOTS.search(text) is not None and dots == 0)
    return NumberHabit(comma_groups=groups >= commas or groups > 0, dot_groups=dotted and groups == 0)


_GROUPS = re.compile(f"[{_GROUP_MARKS}]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,3}(?:,\d{2})+,\d{3}")


def parse_number(text: str, habit: NumberHabit | None = None) -> Number | None:
    """The value of a number in digits, or None. A comma or dot before three digits is read by `habit`."""
    if text.isdecimal() and len(text) <= _MAX_DIGITS:
        return int(text)
    habit = habit or NumberHabit()
    bare = _GROUPS.sub("", text)
    if len(bare) > _MAX_DIGITS or not _NUMBER.fullmatch(bare):
        return None
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return int(bare)
    tail = len(bare) - 1 - max(bare.rfind(","), bare.rfind("."))
    grouped = _GROUPED.fullmatch(bare) is not None
    decimal: str | None
    if len(set(marks)) == 2:
        head, decimal, _ = bare.rpartition(marks[-1])
        if decimal in head or not _GROUPED.fullmatch(head):
            return None
    elif len(marks) > 1:
        decimal = None if grouped else ""
    elif tail == 3 and grouped and bare.endswith("000") and bare[0] != "0":
        decimal = None  # nobody writes 2.000 litres for two
    elif tail == 3 and grouped and bare[0] != "0":
        decimal = None if (habit.comma_groups if marks[0] == "," else habit.dot_groups) else marks[0]
    else:
        decimal = marks[0]
    if decimal == "":
        return None
    plain = "".join("." if c == decimal else "" if c in ".," else c for c in bare)
    return tidy(float(plain)) if "." in plain else int(plain)


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(rf"(?P<digits>{_DIGITS})\s?(?P<vulgar>[¼½¾])?", re.VERBOSE)


def number_at(text: str, start: int, habit: NumberHabit | None = None) -> NumberMention | None:
    """The number in digits at text[start], also right after letters: the 3.4 million of "RM3.4 million"."""
    match = _digits().match(text, start)
    read = _read_digits(text, match, habit, money=True) if match else None
    return NumberMention(start, read.end, tidy(read.value)) if read else None


@cache
def _pattern() -> re.Pattern[str]:
    """Where a number begins: digits, or the first of its words."""
    return re.compile(
        rf"""
        (?<![\w.,])(?<![^\W\d]-)(?:
            (?P<digits>{_DIGITS})\s?(?P<vulgar>[¼½¾])?
          | (?P<word>(?:an?\s)?(?:{any_of("unit", "ten", "part")}|dozen)\b|an?\s(?:{any_of("group", "scale")})\b)
        )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _about() -> re.Pattern[str]:
    """What makes a number approximate, at the end of the text before it."""
    approx = "|".join(re.escape(w) for w in sorted(resources.words("approximations.txt"), key=len, reverse=True))
    further = r"(?:an?\s(?:further|additional|total\sof)\s)?"
    return re.compile(rf"(?:(?<!\w)(?:{approx})\s{{1,2}}{further}|[~≈±]\s?)$", re.IGNORECASE)


def is_approximate(text: str, start: int) -> bool:
    """Whether words before text[start] make what stands there approximate."""
    return _about().search(text, max(0, start - _ABOUT_REACH), start) is not None


@cache
def _letter_scale() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<scale>{any_of('letter')})(?![\w²³/])(?:\.(?=\s?[a-z(]))?", re.IGNORECASE)


def find_numbers(
    text: str, habit: NumberHabit | None = None, start: int = 0, end: int | None = None
) -> list[NumberMention]:
    """Every number in text[start:end] in digits or words, in order."""
    numbers = _numbers(text, habit)
    low = bisect_left(numbers, start, key=_START)
    high = len(numbers) if end is None else bisect_left(numbers, end, low, key=_START)
    high -= low < high and end is not None and numbers[high - 1].end > end
    return list(numbers[low:high])


_START = attrgetter("start")


@lru_cache(maxsize=256)
def _numbers(text: str, habit: NumberHabit | None) -> tuple[NumberMention, ...]:
    """The numbers of a whole text, remembered: its sentences and their parts are asked for again and again."""
    found: list[NumberMention] = []
    for match in _pattern().finditer(text):
        begin = match.start("digits") if match["digits"] else match.start("word")
        if found and begin < found[-1].end:
            continue
        read = _read_digits(text, match, habit) if match["digits"] else read_words(text, begin)
        if read is None:
            continue
        plus = text.startswith("+", read.end)
        approximate = plus or is_approximate(text, begin)
        found.append(NumberMention(begin, read.end + plus, tidy(read.value), approximate, not match["digits"]))
    return tuple(found)


_GOES_ON = re.compile(r"[OoQIl|]{1,4}[.,]?\d")
"""Letters among the digits, each a digit misread, which nothing may be read before: "1,2OO,000"."""


def _read_digits(
    text: str, match: re.Match[str], habit: NumberHabit | None, *, money: bool = False
) -> WordNumber | None:
    """A number in digits with the scale after it, in words or as a letter: "1.2 million", "1.2m", "3.5 crore"."""
    value = parse_number(match["digits"], habit)
    if value is None or _GOES_ON.match(text, match.end("digits")):
        return None
    if match["vulgar"]:
        return WordNumber(match.end(), value + _VULGAR[match["vulgar"]])
    begin, end = match.span("digits")
    scale = _letter_scale().match(text, end)
    money = money or bool(_MONEY_BEFORE.search(text[max(0, begin - 5) : begin]))
    if scale and (not scale[0][0].isspace() or len(scale["scale"]) > 1 or money):
        return WordNumber(scale.end(), value * values("letter")[scale["scale"].casefold()])
    return read_scale(text, end, value)


def same_scale(low: Number, high: Number) -> Number:
    """ "30-40,000" is thirty to forty thousand: the lower end of a range has the scale of the upper one."""
    if low >= high / 100:
        return low
    return next(
        (low * scale for scale in (1_000, 1_000_000, 100_000, 10_000_000) if high / 20 <= low * scale < high), low
    )


def tidy(value: Number) -> Number:
    """The value without the noise of floats, whole where it is."""
    if isinstance(value, int):
        return value
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded == int(rounded) else rounded
