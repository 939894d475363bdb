"""Numbers in words: twenty-five, two hundred and fifty, half a dozen, one and a half, a million and a half."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources

_TOKEN = re.compile(r"(?P<gap>[\s-]*)(?P<word>[^\W\d_]+)")
_MAX_TOKENS = 12
"""No bulletin writes a longer number in words."""


@dataclass(frozen=True, slots=True)
class WordNumber:
    end: int
    value: float


@cache
def values(*kinds: str) -> dict[str, float]:
    """Word → value, for the number words of these kinds (`resources/number_words.csv`)."""
    return {row["word"]: float(row["value"]) for row in resources.rows("number_words.csv") if row["kind"] in kinds}


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in resources.rows("number_words.csv")}


def any_of(*kinds: str) -> str:
    """The number words of these kinds as alternatives of a pattern, the longest first."""
    return "|".join(sorted((re.escape(w) for w in values(*kinds)), key=len, reverse=True))


def read_words(text: str, start: int) -> WordNumber | None:
    """The number in words that begins at text[start], as long as it goes on."""
    words = _tokens(text, start)
    head = [word for _, word in words[:2]]
    for skip, name in ((1, " ".join(head[:1])), (2, " ".join(head)), (2, " ".join(head[1:]))):
        if name in values("part") and (name != " ".join(head[1:]) or head[0] in {"a", "an"}):
            return _fraction(words, skip, values("part")[name])
    return _whole(words)


def read_scale(text: str, start: int, value: float) -> WordNumber:
    """`value` times the group and scale words at text[start], as in "2.5 million" and "3 dozen"."""
    words = _tokens(text, start)
    k, value = _and_part(words, 0, value)
    while k < len(words) and words[k][1] in values("scale", "group"):
        value *= values("scale", "group")[words[k][1]]
        k += 1
    return WordNumber(words[k - 1][0] if k else start, value)


def _tokens(text: str, start: int) -> list[tuple[int, str]]:
    """The ends and folded forms of words parted by single spaces or hyphens."""
    found: list[tuple[int, str]] = []
    position = start
    while len(found) < _MAX_TOKENS and (match := _TOKEN.match(text, position)):
        if len(match["gap"]) > 1 or (found and not match["gap"]):
            break
        if found and match["gap"] == " " and _sizes(text, match):
            break
        found.append((match.end(), match["word"].casefold()))
        position = match.end()
    return found


def _sizes(text: str, word: re.Match[str]) -> bool:
    """Whether a number word belongs to a size behind it: the "one" of "thirty one-kilogram bars"."""
    if _kinds().get(word["word"].casefold()) not in {"unit", "ten", "group"}:
        return False
    sized = _SIZED.match(text, word.end())
    return sized is not None and sized[1].casefold() not in _kinds()


_SIZED = re.compile(r"-([^\W\d_]{2,})")


def _fraction(words: list[tuple[int, str]], k: int, value: float) -> WordNumber | None:
    """ "half a dozen", "a quarter of a million", "a half tonne": `value` was named by the first k words."""
    used = k
    while k < len(words) and words[k][1] in {"of", "a", "an"}:
        used = k = k + 1
    if k < len(words) and words[k][1] in values("scale", "group"):
        return WordNumber(words[k][0], value * values("scale", "group")[words[k][1]])
    return WordNumber(words[used - 1][0], value) if k < len(words) else None


def _whole(words: list[tuple[int, str]]) -> WordNumber | None:
    total = current = 0.0
    last, end, k = "", 0, 0
    if words and words[0][1] in {"a", "an"}:
        if len(words) < 2 or _kinds().get(words[1][1]) not in {"scale", "group"}:
            return None
        current, last, k = 1.0, "unit", 1
    while k < len(words):
        word = words[k][1]
        kind = _kinds().get(word, "")
        if word == "and":
            after = _kinds().get(words[k + 1][1], "") if k + 1 < len(words) else ""
            if last in {"hundred", "scale"} and after in {"unit", "ten"}:
                k += 1
                continue
            if last:
                after_part, current = _and_part(words, k, current if last != "scale" else 0.0, _size(words, k))
                end = words[after_part - 1][0] if after_part > k else end
                if after_part > k and after_part < len(words) and words[after_part][1] in values("scale"):
                    return WordNumber(words[after_part][0], (total + current) * values("scale")[words[after_part][1]])
            break
        if kind == "unit" and last in {"", "ten", "hundred", "scale"}:
            current += values("unit")[word]
        elif kind == "ten" and last in {"", "hundred", "scale"}:
            current += values("ten")[word]
        elif kind == "group" and (last in {"unit", "ten"} or (last == "" and word == "dozen")):
            current = max(current, 1.0) * values("group")[word]
        elif kind == "scale" and last:
            total, current = total + current * values("scale")[word], 0.0
        else:
            break
        last = "hundred" if kind == "group" else kind
        end = words[k][0]
        k += 1
    return WordNumber(end, total + current) if end else None


def _size(words: list[tuple[int, str]], k: int) -> float:
    """The size of one of what was just named: "a million and a half" adds half a million."""
    return values("scale").get(words[k - 1][1], 1.0) if k else 1.0


def _and_part(words: list[tuple[int, str]], k: int, value: float, size: float = 1.0) -> tuple[int, float]:
    """Reads "and a half" at words[k]; gives the place after it and the value with it."""
    if k + 2 < len(words) and words[k][1] == "and" and words[k + 1][1] in {"a", "one"}:
        part = values("part").get(words[k + 2][1])
        if part is not None:
            return k + 3, value + part * size
    return k, value
