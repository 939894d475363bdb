"""Quantities: a number and its unit, with the conversion to SI where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from newsletter_extract import resources
from newsletter_extract.extractors.amounts.numbers import Number, NumberHabit, NumberMention, find_numbers, same_scale
from newsletter_extract.schema import Quantity, SiQuantity
from newsletter_extract.settings import UnitEntry


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or of counting.

    `kind` says how it stands with goods: mass, volume, area, length ("5 kg of"), form ("450 ecstasy tablets"),
    container ("12 boxes of"), item (goods by itself: "cartridges"), vehicle (may carry the goods: "two trucks with").
    """

    name: str
    kind: str
    si_unit: str | None
    si_factor: float | None


_LOADS = frozenset({"consignment", "load", "batch", "cache", "set", "pair", "head", "truckload"})
"""Units that say nothing of how much where there is one of them: "a consignment of"."""


def _spellings(names: Iterable[str]) -> str:
    return "|".join(re.escape(n).replace(r"\ ", r"[\s-]") for n in sorted(names, key=len, reverse=True))


MEASURES = frozenset({"mass", "volume", "area", "length"})
"""Kinds of units that say how much, and not how many."""


class Units:
    """The units known, by every spelling."""

    def __init__(self, spellings: dict[str, Unit]) -> None:
        self.spellings = spellings

    @cached_property
    def _names(self) -> str:
        return _spellings(self.spellings)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A unit after a number: " kg", "-kilogram", " metric tonnes"."""
        return re.compile(rf"(?:\s(?:gross|net)\s|\s?-?\s?)(?P<unit>{self._names})(?![\w²³])\.?", re.IGNORECASE)

    @cached_property
    def one(self) -> re.Pattern[str]:
        """One of a unit, with an article for a number: "a kilo of", "a box of"."""
        small = [n for n, u in self.spellings.items() if u.kind not in {"vehicle", "item"} and u.name not in _LOADS]
        return re.compile(rf"(?<![\w-])(?P<one>an?)\s(?:{_spellings(small)})(?=\sof\s)", re.IGNORECASE)

    def matched(self, match: re.Match[str]) -> Unit:
        """The unit of a match of `pattern`."""
        return self.spellings[" ".join(re.split(r"[\s-]", match["unit"].casefold()))]

    def named(self, text: str) -> Unit | None:
        """The unit of this spelling, in any case."""
        return self.spellings.get(" ".join(text.split()).rstrip(".").casefold())


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity in a text; `unit_kind` is the kind of its unit."""

    start: int
    end: int
    unit_start: int
    unit_kind: str
    quantity: Quantity


def load_units(extra: Sequence[UnitEntry] = ()) -> Units:
    """The units of resources/units.csv and the user's own."""
    built_in = _built_in()
    if not extra:
        return built_in
    spellings = dict(built_in.spellings)
    for entry in extra:
        kind = {"kg": "mass", "l": "volume", "m": "length", "m2": "area"}.get(entry.si_unit or "", "container")
        unit = Unit(entry.unit, kind, entry.si_unit, entry.si_factor)
        spellings.update({name.casefold(): unit for name in (*entry.names, entry.unit)})
    return Units(spellings)


@cache
def _built_in() -> Units:
    spellings: dict[str, Unit] = {}
    for row in resources.rows("units.csv"):
        unit = Unit(
            row["unit"], row["kind"], row["si_unit"] or None, float(row["si_factor"]) if row["si_factor"] else None
        )
        spellings.update({name.casefold(): unit for name in row["names"].split("|")})
    return Units(spellings)


_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|or|up\sto)\s")
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)


def find_quantities(
    text: str, units: Units, habit: NumberHabit | None = None, start: int = 0, end: int | None = None
) -> list[QuantityMention]:
    """Numbers with a unit after them in text[start:end], in order; "12 kg 300 g" is one, and so is "2 to 3 kg"."""
    return list(_quantities(text, units, habit, start, len(text) if end is None else end))


@lru_cache(maxsize=64)
def _quantities(
    text: str, units: Units, habit: NumberHabit | None, start: int, limit: int
) -> tuple[QuantityMention, ...]:
    """The same, remembered: what a sentence weighs is asked for more than once."""
    numbers = find_numbers(text, habit, start, limit)
    numbers += [NumberMention(*m.span("one"), 1, is_word=True) for m in units.one.finditer(text, start, limit)]
    numbers.sort(key=lambda n: n.start)
    found: list[QuantityMention] = []
    last: NumberMention | None = None
    for number in numbers:
        match = units.pattern.match(text, number.end, limit)
        real = unit_behind_letter(text, number.end, units, limit) if match else None
        if real and real.kind in MEASURES:
            match = None
        if match and not (found and number.start < found[-1].end):
            unit = units.matched(match)
            if not (text.startswith("-", number.end) and unit.kind not in {"mass", "volume"}):
                mention = _mention(text, number, match, unit)
                if found and (joined := _joined(text, found[-1], mention, units)):
                    found[-1] = joined
                else:
                    found.append(_from_lower_end(text, last, mention))
        last = number
    return tuple(found)


def unit_behind_letter(text: str, end: int, units: Units, limit: int | None = None) -> Unit | None:
    """The unit after a lone letter that touches the digits before text[end]: such a letter is a digit misread.

    The kg of "297t kg".
    """
    if not text[end : end + 1].isalpha() or not text[end + 1 : end + 2].isspace():
        return None
    match = units.pattern.match(text, end + 1, len(text) if limit is None else limit)
    return units.matched(match) if match else None


def make_quantity(
    text: str, value: Number, unit: Unit | None, *, approximate: bool = False, upper: Number | None = None
) -> Quantity:
    """A quantity with its SI value where the unit has one."""
    si = None
    if unit and unit.si_unit and unit.si_factor:
        converted = round(value * unit.si_factor, 9)
        si = SiQuantity(value=int(converted) if converted == int(converted) else converted, unit=unit.si_unit)
    name = unit.name if unit else None
    return Quantity(text=text, value=value, upper=upper, unit=name, approximate=approximate, si=si)


_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def whole_count(text: str, number: NumberMention) -> Number:
    """The value of a number that counts things: "3.600 cartons" are 3,600, whatever a dot means elsewhere."""
    written = text[number.start : number.end]
    return int(written.replace(".", "")) if _DOTTED.fullmatch(written) else number.value


def is_broken_count(quantity: Quantity) -> bool:
    """Whether a quantity counts things and is no whole number, nor a half or a quarter: a mark was misread or lost."""
    value = quantity.value
    return value is not None and quantity.si is None and bool(quantity.unit) and value * 4 != int(value * 4)


def _mention(text: str, number: NumberMention, match: re.Match[str], unit: Unit) -> QuantityMention:
    end = match.end("unit")
    value = number.value if unit.kind in MEASURES else whole_count(text, number)
    quantity = make_quantity(text[number.start : end], value, unit, approximate=number.approximate)
    return QuantityMention(number.start, end, match.start("unit"), unit.kind, quantity)


def _from_lower_end(text: str, low: NumberMention | None, mention: QuantityMention) -> QuantityMention:
    """The mention from the lower end of its range, where the number just before it is one: "between 2 and 3 kg"."""
    high = mention.quantity.value
    if low is None or high is None or low.end > mention.start or mention.start - low.end > 7:
        return mention
    between = text[low.end : mention.start]
    opened = _BETWEEN.search(text, max(0, low.start - 9), low.start)
    value = same_scale(low.value, high)
    if not (_RANGE.fullmatch(between) or (opened and between.strip() == "and")) or value >= high:
        return mention
    return _ranged(text, low.start, value, mention)


def _ranged(text: str, start: int, low: Number, high: QuantityMention) -> QuantityMention:
    top, si = high.quantity, None
    if top.si and top.value:
        si = SiQuantity(value=round(top.si.value * low / top.value, 9), unit=top.si.unit)
    quantity = Quantity(text=text[start : high.end], value=low, upper=top.value, unit=top.unit, approximate=True, si=si)
    return QuantityMention(start, high.end, high.unit_start, high.unit_kind, quantity)


def _joined(text: str, first: QuantityMention, second: QuantityMention, units: Units) -> QuantityMention | None:
    """One quantity from two side by side: a larger and a smaller unit ("12 kg 300 g"), or a range ("2 kg to 3 kg")."""
    between = text[first.end : second.start]
    low, high = first.quantity, second.quantity
    if low.value is None or high.value is None or len(between) > 6:
        return None
    opened = _BETWEEN.search(text, max(0, first.start - 9), first.start)
    ranged = _RANGE.fullmatch(between) or (opened and between.strip() == "and")
    if ranged and low.unit == high.unit and low.value < high.value:
        return _ranged(text, first.start, low.value, second)
    if between.strip(" ,.").casefold() not in {"", "and"} or not (low.si and high.si and low.si.unit == high.si.unit):
        return None
    large, small = units.named(low.unit or ""), units.named(high.unit or "")
    if not (large and small and large.si_factor and small.si_factor) or small.si_factor >= large.si_factor:
        return None
    if high.value * small.si_factor >= large.si_factor or low.value != int(low.value):
        return None
    value = round(low.value + high.value * small.si_factor / large.si_factor, 6)
    quantity = make_quantity(text[first.start : second.end], value, large, approximate=low.approximate)
    return QuantityMention(first.start, second.end, first.unit_start, first.unit_kind, quantity)
