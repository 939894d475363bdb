"""Numbers as bulletins write them: 1,647,220; 26,5; 1 085,5; 1.452,5; 13.8 million; twelve; half a."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block

Number = int | float

_MAX_DIGITS = 18
"""Longer runs of digits are no amounts."""
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+(?:[.,]\d+)*"
_SCALE = {
    "hundred": 100,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,])|(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d+")
_THOUSANDS_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])\d+\.\d{1,2}(?![\d.,])")


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


def learn_habit(blocks: Iterable[Block]) -> NumberHabit:
    """The habit of a document: dots part thousands only where commas mark decimals and dots nowhere do."""
    text = "\n".join(block.text for block in blocks)
    commas, groups = len(_DECIMAL_COMMA.findall(text)), len(_THOUSANDS_COMMA.findall(text))
    dots = len(_DECIMAL_DOT.findall(text))
    return NumberHabit(
        comma_groups=groups >= commas or groups > 0, dot_groups=commas > 0 and commas >= dots and groups == 0
    )


def parse_number(text: str, habit: NumberHabit | None = None) -> Number | None:
    """The value of a number in digits, or None. A comma or dot before three digits is read by `habit`."""
    habit = habit or NumberHabit()
    bare = re.sub(r"[ \u00a0\u202f’']", "", text)
    if len(bare) > _MAX_DIGITS or not re.fullmatch(r"\d+(?:[.,]\d+)*", bare):
        return None
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return int(bare)
    tail = len(bare) - 1 - max(bare.rfind(","), bare.rfind("."))
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare) is not None
    if len(set(marks)) == 2:
        decimal = marks[-1] if marks.count(marks[-1]) == 1 else None
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
    return _tidy(float(plain)) if "." in plain else int(plain)


@cache
def _words() -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in resources.rows("number_words.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_words(), key=len, reverse=True))
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    approx = "|".join(re.escape(w) for w in sorted(resources.words("approximations.txt"), key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<about>(?<!\w)(?:{approx})\s+)?
        (?<![\w.,])(?<![^\W\d]-)(?:
            (?P<digits>{_DIGITS})
          | (?P<word>(?:{tens})-(?:one|two|three|four|five|six|seven|eight|nine)|{words})(?![\w-])
        )
        (?:(?P<gap>\s?)(?P<scale>million|mln\.?|mio\.?|billion|bn|thousand|hundred|m|k)(?![\w²³]))?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def find_numbers(
    text: str, habit: NumberHabit | None = None, start: int = 0, end: int | None = None
) -> list[NumberMention]:
    """Every number in text[start:end] in digits or words, in order."""
    found = []
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        value = _value(match, habit)
        if value is not None:
            begin = match.start("digits") if match["digits"] else match.start("word")
            found.append(NumberMention(begin, match.end(), value, bool(match["about"]), not match["digits"]))
    return found


def _value(match: re.Match[str], habit: NumberHabit | None) -> Number | None:
    if match["digits"]:
        value = parse_number(match["digits"], habit)
    else:
        low = match["word"].casefold()
        parts = [low] if low in _words() else low.split("-")
        value = sum(_words()[part] for part in parts)
    if value is None:
        return None
    scale = (match["scale"] or "").rstrip(".").casefold()
    return _tidy(value * _SCALE[scale]) if scale else _tidy(value)


def _tidy(value: Number) -> Number:
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded
