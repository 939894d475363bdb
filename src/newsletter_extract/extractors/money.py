"""Sums of money: EUR 105,000; $45,000; 45 million euros; bare numbers under a head that names a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.numbers import NumberHabit, NumberMention, find_numbers
from newsletter_extract.schema import Money
from newsletter_extract.settings import ExtractionSettings

_WORD_CODES = frozenset(
    {"ALL", "TOP", "TRY", "MAD", "CUP", "BAM", "SOS", "PEN", "GEL", "AMD", "COP", "MOP", "LAK", "SHP", "CAD"}
)
"""Codes that are words too, in capitals: they count beside a large or marked number only."""
_LARGE = 1000
_RANGE = re.compile(r"\s*(?:[-–—]|and|to)\s*")


@cache
def _currency_patterns(dollar: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    meaning: dict[str, str] = {}
    for row in resources.rows("currencies.csv"):
        for spelling in [*row["symbols"].split("|"), *row["names"].split("|"), row["code"]]:
            if spelling:
                meaning.setdefault(spelling if spelling == row["code"] else spelling.casefold(), row["code"])
    for code in resources.lines("iso4217.txt"):
        meaning.setdefault(code, code)
    meaning["$"] = dollar
    codes = [s for s in meaning if s.isupper() and len(s) == 3 and s.isalpha()]
    names = [s for s in meaning if s not in codes]
    symbols = [s for s in names if not s.replace(" ", "").replace(".", "").isalpha() or len(s) <= 2]
    words = [s for s in names if s not in symbols]

    def alternatives(items: list[str]) -> str:
        return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))

    before = re.compile(rf"(?<![^\W_])(?:(?P<code>{alternatives(codes)})|(?i:(?P<name>{alternatives(symbols)})))\s?$")
    after = re.compile(
        rf"\s?(?:(?P<code>{alternatives(codes)})|(?i:(?P<name>{alternatives(symbols + words)})))(?![^\W_])"
    )
    return before, after, meaning


_BEFORE_REACH = 8
"""Characters before a number in which a code or a symbol is looked for."""


def find_money(blocks: Sequence[Block], settings: ExtractionSettings, habit: NumberHabit) -> tuple[Money, ...]:
    """Every sum of money, in reading order."""
    found: list[Money] = []
    for block in blocks:
        heads = _column_currencies(block, settings)
        for start, end, money in _sums(block, settings, habit, heads):
            sure = 0.96 if block.kind != "table" else 0.93
            confidence = round(sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, start, end)), 3)
            found.append(
                money.model_copy(update={"provenance": provenance(block, start, end), "confidence": confidence})
            )
    return tuple(found)


def _sums(
    block: Block, settings: ExtractionSettings, habit: NumberHabit, heads: dict[int, str]
) -> Iterator[tuple[int, int, Money]]:
    text = block.text
    before, after, meaning = _currency_patterns(settings.dollar)
    numbers = find_numbers(text, habit)
    carried: tuple[int, str] | None = None
    for k, number in enumerate(numbers):
        start, end, code = number.start, number.end, None
        reach = max(0, number.start - _BEFORE_REACH)
        lead = before.search(text[reach : number.start])
        tail = after.match(text, number.end)
        if lead:
            code = _code(lead, meaning, number, text)
            start = reach + lead.start()
        if code is None and tail:
            code = _code(tail, meaning, number, text)
            start, end = number.start, tail.end() if code else number.end
        if (
            code is None
            and carried
            and carried[0] == k - 1
            and _RANGE.fullmatch(text, numbers[k - 1].end, number.start)
        ):
            code, start = carried[1], number.start
        if code is None and (column := _column(block, number.start)) is not None and column in heads:
            code, start = heads[column], number.start
        if code is None:
            continue
        carried = k, code
        value = number.value
        ahead = _RANGE.match(text, number.end)
        if lead and ahead and k + 1 < len(numbers) and numbers[k + 1].start == ahead.end():
            value = _same_scale(value, numbers[k + 1].value, text[number.end : ahead.end()])
        yield (
            start,
            end,
            Money(
                text=text[start:end], amount=value, currency=code, approximate=number.approximate or _about(text, start)
            ),
        )


def _code(match: re.Match[str], meaning: dict[str, str], number: NumberMention, text: str) -> str | None:
    if match["code"]:
        marked = number.value >= _LARGE or not text[number.start : number.end].isdigit()
        return meaning[match["code"]] if marked or match["code"] not in _WORD_CODES else None
    return None if number.is_word and number.value < 1 else meaning[match["name"].casefold()]


def _same_scale(low: int | float, high: int | float, between: str) -> int | float:
    """ "30-40,000" is thirty to forty thousand: the lower end has the scale of the upper one."""
    if "and" in between or "to" in between or low >= high / 100:
        return low
    for scale in (1_000, 1_000_000):
        if high / 20 <= low * scale < high:
            return low * scale
    return low


def _about(text: str, start: int) -> bool:
    tail = text[max(0, start - 20) : start].rstrip().casefold()
    return any(tail == word or tail.endswith(f" {word}") for word in resources.words("approximations.txt"))


def _column(block: Block, position: int) -> int | None:
    cell = next((c for c in block.cells if c.start <= position < c.end), None)
    return None if cell is None or cell.header else cell.column


def _column_currencies(block: Block, settings: ExtractionSettings) -> dict[int, str]:
    """Column → currency, where the head of the column names one, as "Estimated value (USD)"."""
    _, after, meaning = _currency_patterns(settings.dollar)
    found = {}
    for cell in block.cells:
        if cell.header:
            for word in block.text[cell.start : cell.end].split():
                bare = word.strip("(),;:")
                match = after.fullmatch(bare)
                if match and bare:
                    found[cell.column] = meaning[match["code"] or match["name"].casefold()]
    return found
