"""Amounts in the cells of a table: with a unit of their own, of their column, of their row's name or of the title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.numbers import Number, find_numbers
from newsletter_extract.extractors.amounts.quantities import Unit, find_quantities, make_quantity, unit_behind_letter
from newsletter_extract.extractors.tables.money import scale_of
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Quantity

_PIECES = frozenset(
    {"weapons", "vehicles", "electronics", "cultural", "counterfeit", "textiles", "wildlife", "jewellery", "people"}
)
"""Categories whose bare numbers count pieces; a bare number of drugs, fuel or tobacco has no unit."""
_VAGUE_UNITS = frozenset({"piece", "set"})
_EMPTY = re.compile(r"(?:\W|_)*|n/?\.?a\.?|nil|none|no|not available|unknown|tbd|tbc", re.IGNORECASE)


_TWO_NUMBERS = re.compile(r"\d[\d.,]*\s\d{1,2}\s[^\W\d_]+\.?")
"""Two numbers before a unit that are no groups of thousands: one of them is a speck or a misread letter."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit and the scale that a head, a name or a title gives to bare numbers."""

    unit: Unit | None = None
    scale: Number = 1

    def over(self, other: Measure) -> Measure:
        """This measure, with what it lacks from another."""
        return Measure(self.unit or other.unit, self.scale if self.scale != 1 else other.scale)


def head_measure(text: str, tools: Tools, *, in_title: bool = False) -> Measure:
    """The measure that a head or a unit cell names: "Quantity (kg)", "Sticks (million)", "Weight in tonnes".

    In a title only what stands in brackets, or after "in" at its end, is one.
    """
    if in_title:
        inner = re.search(r"\((?:in\s)?(?P<inner>[^()]{1,24})\)\s*$|(?:\bin|,)\s(?P<tail>[\w ]{1,24})$", text)
        text = (inner["inner"] or inner["tail"]) if inner else ""
    scale = scale_of(text)
    units: list[Unit] = []
    words: list[str] = re.findall(r"[^\W\d_]+[23²³]?", text)
    for k, word in enumerate(words):
        pair = " ".join(words[k : k + 2])
        if unit := tools.units.named(pair) or (
            tools.units.named(word) if word.casefold() not in _NOT_IN_HEADS else None
        ):
            units.append(unit)
    units.sort(key=lambda u: u.name in _VAGUE_UNITS)
    return Measure(units[0] if units else None, scale)


_NOT_IN_HEADS = frozenset(
    {"items", "item", "units", "unit", "article", "articles", "case", "cases", "no", "nos", "head", "load", "set", "m"}
)


_IN_NAME = re.compile(r"\s*(?:\((?:in\s)?(?P<inner>[^()]{1,20})\)|[,–-]\s?(?:in\s)?(?P<tail>[\w³²]{1,10}))\s*$")


def name_and_measure(text: str, tools: Tools) -> tuple[str, Measure]:
    """The name of goods in a cell, without debris and numbering, and the measure in it: "Cocaine (kg)"."""
    name = re.sub(r"^(?:[^\w(.“\"]+|\d{1,2}[.)]\s+|[a-z]\)\s+)+", "", text.strip())
    name = re.sub(r"(?:\s*[*†‡§¹²³’'`|:;.,_~•·-]+)+$", "", name)
    match = _IN_NAME.search(name)
    if match:
        words = (match["inner"] or match["tail"]).casefold()
        measured = (tools.units.named(words) and words not in _NOT_IN_HEADS) or scale_of(words) != 1
        if measured and match.start():
            return name[: match.start()].strip(), head_measure(words, tools)
    return name, Measure()


def quantities_of(text: str, measure: Measure, name: str, tools: Tools) -> list[Quantity]:
    """The quantities of a cell; where it lists several, each with what it counts. Zeros and blanks are none."""
    text = text.strip()
    if _EMPTY.fullmatch(text) or _TWO_NUMBERS.fullmatch(text):
        return []
    mentions = [m for m in find_quantities(text, tools.units, tools.habit) if m.quantity.value]
    if mentions:
        result = []
        for k, mention in enumerate(mentions):
            stop = mentions[k + 1].start if k + 1 < len(mentions) else len(text)
            rest = re.sub(r"^\s*(?:of\s+)?", "", text[mention.end : stop]).strip(" ;,.+/|’'`()")
            item = re.sub(r"\s+and$", "", rest)
            result.append(
                mention.quantity.model_copy(update={"item": item if any(c.isalpha() for c in item) else None})
            )
        return result
    numbers = find_numbers(text, tools.habit)
    if not numbers:
        low = text.casefold()
        vague = low in resources.words("qualitative.txt") or low.split()[0] in {
            "large",
            "small",
            "various",
            "several",
            "unknown",
        }
        return [Quantity(text=text, value=None, unit=None, qualitative=text)] if vague else []
    first = numbers[0]
    if len(numbers) > 1 or not first.value or re.search(r"[%€$£]", text):
        return []
    if unit_behind_letter(text, first.end, tools.units):
        return []
    unit = measure.unit
    if unit is None and tools.catalogue.category(name) in _PIECES | {None}:
        unit = tools.units.named("piece")
    value = round(first.value * measure.scale, 9)
    return [make_quantity(text, int(value) if value == int(value) else value, unit, approximate=first.approximate)]


def count_of(text: str, tools: Tools) -> int | None:
    """The number of seizures in a cell, or None for a blank, a zero or a fraction."""
    numbers = find_numbers(text, tools.habit)
    if len(numbers) != 1 or numbers[0].value != int(numbers[0].value):
        return None
    return int(numbers[0].value) or None
