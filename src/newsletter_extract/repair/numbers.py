"""Repairs of amounts, made only with proof, and findings about what is likely but not proven."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from newsletter_extract import lexicon, resources
from newsletter_extract.document import Block, Notice
from newsletter_extract.repair.channel import TWIN_COST, Channel
from newsletter_extract.repair.dates import DIGITS
from newsletter_extract.repair.edits import Draft, Edit

_MIXED = r"[\dOoQlI|!][\dOoQlI|!.,]*[\dOoQlI|!]"
_SPACED = r"(?:\d[\dOoQlI|!]{0,2}|[OoQlI|!][\dOoQlI|!]{1,2})(?: [\dOoQlI|!]{3})+"
"""Groups of three; one sign before them that is no digit may be a rule of a table."""
_BEFORE_UNIT = re.compile(rf"(?<![\w.,-])(?P<number>{_SPACED}|{_MIXED})(?=\s?(?P<unit>[^\W\d_]{{1,12}})\b)")
_AFTER_CURRENCY = re.compile(rf"(?P<code>\b[A-Z]{{3}} ?|[€$£¥] ?)(?P<number>{_SPACED}|{_MIXED})(?![\w-])")
_UNIT_SLOT = re.compile(r"(?<![\w.,-])\d[\d.,]*\s(?P<unit>[a-z][a-z0-9<I|]{0,2})(?=[\s.,;)]|$)")
_WITH_UNIT = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?P<gap> ?)(?P<unit>[a-z]{2,7})\b")
_LEAST_PARTED, _MORE_PARTED = 3, 3
"""Units with a space before them that make a habit, and how many times as many they are as those without."""
_GROUPS = re.compile(r"(?<![\w.,])(?P<number>\d{1,3}(?:(?: ?[.,] ?)\d{3})+)(?![\w]|[.,]\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d{3})")
_DOT_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.]|,\d{3})")
_DOUBTFUL_LETTERS = re.compile(
    r"(?<![\w.,-])(?P<number>(?=[\dSBZGsbzg.,]*\d)[\dSBZGsbzg][\dSBZGsbzg.,]*[\dSBZGsbzgt])\s(?P<unit>[^\W\d_]{1,12})\b"
)
_DOUBTFUL_MARKS = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})*(?:,\d{3}\.\d{3}|\.\d{3},\d{3}|[.,]\d{4,})(?![\w]|[.,]\d)"
)


_ROUND = re.compile(r"[1-9][0Oo]{2}")
"""Hundreds whose noughts were read for letters."""
_NEXT_WORD = re.compile(r" ([^\W\d_]+)\b")
_COUNTED = {"form", "container", "item", "vehicle"}
_USED = 2.5
"""Zipf value of a unit that English texts use."""
_SHORT_UNITS = ("kg", "mg", "ml", "gr", "lb", "pcs")
_BROKEN_UNITS = frozenset({"km", "cm", "mm", "mg", "ml"})
"""Units whose m may fall apart into two letters."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document parts thousands: "," or "." where its numbers agree, else nothing."""

    groups: str = ""
    parts_units: bool = False
    """Whether it sets a space between a number and its unit, and is noisy."""
    noisy: bool = False


def habit_of(texts: Iterable[str], *, noisy: bool) -> Habit:
    """The habit of a document, from numbers that can be read in one way only."""
    text = "\n".join(texts)
    gaps = Counter(match["gap"] for match in _WITH_UNIT.finditer(text) if match["unit"] in _units())
    parts_units = noisy and gaps[" "] >= max(_LEAST_PARTED, _MORE_PARTED * gaps[""])
    commas = sum(match[0].count(",") + (match[0].endswith("000")) for match in _COMMA_GROUPS.finditer(text))
    dots = sum(match[0].count(".") + (match[0].endswith("000")) for match in _DOT_GROUPS.finditer(text))
    if commas > 2 * dots:
        return Habit(",", parts_units, noisy)
    return Habit("." if dots > 2 * commas else "", parts_units, noisy)


@cache
def _units() -> frozenset[str]:
    return frozenset(name for row in resources.rows("units.csv") for name in row["names"].split("|"))


@cache
def _counting_units() -> frozenset[str]:
    """Units of things that are counted and not measured."""
    rows = (row for row in resources.rows("units.csv") if row["kind"] in _COUNTED)
    return frozenset(name for row in rows for name in row["names"].split("|"))


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row["code"] for row in resources.rows("currencies.csv")) | resources.words("iso4217.txt")


def find_number_errors(draft: Draft, habit: Habit, channel: Channel) -> Iterator[Edit]:
    """Edits of letters among digits, of units, and of marks and spaces inside numbers."""
    text = draft.text
    for match in _BEFORE_UNIT.finditer(text):
        if match["unit"].casefold() in _units():
            yield from _digits(match)
    for match in _AFTER_CURRENCY.finditer(text):
        if match["code"].strip() in _currencies() or not match["code"][0].isalpha():
            yield from _digits(match)
    for match in _UNIT_SLOT.finditer(text):
        unit = _near_unit(match["unit"], channel)
        if unit:
            yield Edit(match.start("unit"), match.end("unit"), unit, "number.unit", 0.9)
    for match in _WITH_UNIT.finditer(text) if habit.parts_units else ():
        if not match["gap"] and match["unit"] in _units():
            yield Edit(match.end("gap"), match.end("gap"), " ", "space.unit", 0.88)
    for match in _GROUPS.finditer(text):
        yield from _grouped(match, habit)


def _digits(match: re.Match[str]) -> Iterator[Edit]:
    number = match["number"]
    fixed = number.translate(DIGITS)
    digits = sum(map(str.isdigit, number))
    mostly = 2 * digits >= sum(map(str.isalnum, number)) or _THOUSANDS.fullmatch(fixed) or _ROUND.fullmatch(number)
    if fixed != number and digits and mostly:
        yield Edit(match.start("number"), match.end("number"), fixed, "number.digits", 0.9)


def _near_unit(word: str, channel: Channel) -> str | None:
    """The unit of which a short word after a number is a misreading: one letter off from one unit alone.

    A unit of another language, which no English text has, is taken for one too.
    """
    if word.islower() and (lexicon.is_listed(word) or (word in _units() and lexicon.zipf(word) >= _USED)):
        return None
    parted = sorted(u for u in channel.confusions(word, whole=False) if u in _BROKEN_UNITS and len(u) < len(word))
    if parted:
        return parted[0]
    near = [u for u in _SHORT_UNITS if len(u) == len(word) and sum(map(str.__ne__, u, word)) == 1]
    near = [u for u in near if channel.cost(*_differing(word, u)) < 9 and u[0] == word[0]]
    twins = [u for u in near if channel.cost(*map(str.casefold, _differing(word, u))) <= TWIN_COST]
    found = twins or near
    return found[0] if len(found) == 1 else None


def _differing(read: str, printed: str) -> tuple[str, str]:
    return next((a, b) for a, b in zip(read, printed, strict=True) if a != b)


_THOUSANDTHS = re.compile(r"(?<![.,])\b\d{1,3}(?:(?:,\d{3})+\.|(?:\.\d{3})+,)\d{3}$")


def _is_in_thousandths(text: str, start: int, end: int) -> bool:
    """Whether a sum is in a currency with three decimals: "OMR 61,440.500"."""
    words = {w for part in (text[max(0, start - 24) : start], text[end : end + 24]) for w in _WORDS.findall(part)}
    return any(
        {w.casefold() for w in words} & {*f"{row['code']}|{row['symbols']}|{row['names']}".casefold().split("|")}
        or words & {*row["shared"].split("|")}
        for row in resources.rows("currencies.csv")
        if row["decimals"] == "3"
    )


_WORDS = re.compile(r"[^\W\d_]+")


def _grouped(match: re.Match[str], habit: Habit) -> Iterator[Edit]:
    """Groups of thousands with different marks, or with a space at a mark: one mark, as the document has it.

    A number of pieces has no decimals, so that its one mark parts thousands.
    """
    number = match["number"]
    marks = re.findall(r" ?[.,] ?", number)
    kinds = {mark.strip() for mark in marks}
    if habit.noisy and habit.groups and len(kinds) == len(marks) == 1 and habit.groups not in kinds:
        unit = _NEXT_WORD.match(match.string, match.end())
        if unit and unit[1].casefold() in _counting_units():
            yield Edit(match.start(), match.end(), re.sub(r"[.,]", habit.groups, number), "number.marks", 0.88)
        return
    if not habit.groups or habit.groups not in kinds:
        return
    spaced = any(" " in mark for mark in marks)
    mixed = len(kinds) == 2 and len(marks) >= 2
    if mixed and _THOUSANDTHS.search(number) and _is_in_thousandths(match.string, *match.span("number")):
        return
    if (mixed and not spaced) or (spaced and not mixed and len(marks) > 1):
        fixed = re.sub(r" ?[.,] ?", habit.groups, number)
        yield Edit(match.start(), match.end(), fixed, "number.marks", 0.88)


def doubtful_numbers(block: Block) -> Iterator[Notice]:
    """Findings about numbers that are likely misread, left as they are since no reading is proven."""
    for match in _DOUBTFUL_LETTERS.finditer(block.text):
        if match["unit"].casefold() in _units() and not match["number"].isdigit() and _has_letter(match["number"]):
            yield _doubt(block, match.start("number"), match.end("number"), "letters stand among its digits")
    for match in _DOUBTFUL_MARKS.finditer(block.text):
        if _THOUSANDTHS.search(match[0]) and _is_in_thousandths(block.text, *match.span()):
            continue
        yield _doubt(block, match.start(), match.end(), "its marks part it in two ways or in none")

    for cell in block.cells:
        pair = _TWO_NUMBERS.fullmatch(block.text, cell.start, cell.end)
        if pair and pair["unit"].casefold() in _units():
            yield _doubt(block, *pair.span("number"), "two numbers stand before one unit")
    for start, end in _mixed_cells(block):
        yield _doubt(block, start, end, "letters stand among its digits")


def _mixed_cells(block: Block) -> Iterator[tuple[int, int]]:
    """Cells of digits with letters that look like them, in columns that hold numbers: "3il" below "164"."""
    columns: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for cell in block.cells:
        columns[cell.column].append((cell.start, cell.end))
    for spans in columns.values():
        mixed = [span for span in spans if _MIXED_CELL.fullmatch(block.text, *span)]
        numbers = [span for span in spans if span not in mixed and _NUMBER_CELL.fullmatch(block.text, *span)]
        if len(numbers) >= max(_LEAST_NUMBERS, 2 * len(mixed)):
            yield from mixed


_MIXED_CELL = re.compile(r"(?=\d*[ilIoOQSBZ|!])[1-9][\dilIoOQSBZ|!]{1,6}")
_NUMBER_CELL = re.compile(r"\d[\d.,]*(?: ?[^\W\d_]{1,12})?")
_LEAST_NUMBERS = 2


_TWO_NUMBERS = re.compile(r"\s*(?P<number>\d[\d.,]*\s\d{1,2})\s(?P<unit>[^\W\d_]+)\.?\s*")
"""A cell with two numbers before a unit that are no groups of thousands: "1,214 4 lb"."""


def _has_letter(number: str) -> bool:
    return any(map(str.isalpha, number))


def _doubt(block: Block, start: int, end: int, why: str) -> Notice:
    message = f"The number {block.text[start:end]!r} may be misread: {why}."
    return Notice("number_doubtful", "warning", message, block.page, block.id, start, end)
