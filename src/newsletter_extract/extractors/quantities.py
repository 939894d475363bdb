"""Quantities: a number and its unit, with the conversion to SI where there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from newsletter_extract import resources
from newsletter_extract.extractors.numbers import NumberHabit, NumberMention, find_numbers
from newsletter_extract.schema import Quantity, SiQuantity
from newsletter_extract.settings import UnitEntry


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    kind: str
    si_unit: str | None
    si_factor: float | None


class Units:
    """The units known, by every spelling."""

    def __init__(self, spellings: dict[str, Unit]) -> None:
        self.spellings = spellings

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        names = "|".join(re.escape(n) for n in sorted(self.spellings, key=len, reverse=True))
        return re.compile(rf"\s?(?P<unit>{names})(?![\w²³])\.?", re.IGNORECASE)

    def named(self, text: str) -> Unit | None:
        """The unit of this spelling, in any case."""
        return self.spellings.get(text.strip().rstrip(".").casefold())


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity in a text; `unit_kind` is mass, volume, count, container, vehicle …"""

    start: int
    end: int
    unit_start: int
    unit_kind: str
    quantity: Quantity


def load_units(extra: Sequence[UnitEntry] = ()) -> Units:
    """The units of resources/units.csv and the user's own."""
    spellings: dict[str, Unit] = {}
    for row in resources.rows("units.csv"):
        unit = Unit(
            row["unit"], row["kind"], row["si_unit"] or None, float(row["si_factor"]) if row["si_factor"] else None
        )
        spellings.update({name.casefold(): unit for name in row["names"].split("|")})
    for entry in extra:
        kind = "mass" if entry.si_unit == "kg" else "volume" if entry.si_unit == "l" else "count"
        unit = Unit(entry.unit, kind, entry.si_unit, entry.si_factor)
        spellings.update({name.casefold(): unit for name in (*entry.names, entry.unit)})
    return Units(spellings)


def find_quantities(text: str, units: Units, habit: NumberHabit | None = None) -> list[QuantityMention]:
    """Numbers with a unit after them, in order; "12 kg 300 g" is one."""
    found: list[QuantityMention] = []
    for number in find_numbers(text, habit):
        match = units.pattern.match(text, number.end)
        if not match or (found and number.start < found[-1].end):
            continue
        unit = units.spellings[match["unit"].casefold()]
        if len(match["unit"]) <= 2 and not match["unit"].isascii():
            continue
        mention = _mention(text, number, match, unit)
        if found and (joined := _compound(text, found[-1], mention, units)):
            found[-1] = joined
        else:
            found.append(mention)
    return found


def make_quantity(text: str, value: int | float, unit: Unit | None, *, approximate: bool = False) -> Quantity:
    """A quantity with its SI value where the unit has one."""
    si = None
    if unit and unit.si_unit and unit.si_factor:
        converted = round(value * unit.si_factor, 9)
        si = SiQuantity(value=int(converted) if converted == int(converted) else converted, unit=unit.si_unit)
    return Quantity(text=text, value=value, unit=unit.name if unit else None, approximate=approximate, si=si)


def _mention(text: str, number: NumberMention, match: re.Match[str], unit: Unit) -> QuantityMention:
    end = match.end("unit")
    quantity = make_quantity(text[number.start : end], number.value, unit, approximate=number.approximate)
    return QuantityMention(number.start, end, match.start("unit"), unit.kind, quantity)


def _compound(text: str, first: QuantityMention, second: QuantityMention, units: Units) -> QuantityMention | None:
    """One quantity from a larger and a smaller unit of the same kind side by side."""
    between = text[first.end : second.start].strip().casefold()
    large, small = units.named(first.quantity.unit or ""), units.named(second.quantity.unit or "")
    if between not in {"", "and"} or not (large and small and large.si_unit == small.si_unit):
        return None
    if not (large.si_factor and small.si_factor) or small.si_factor >= large.si_factor:
        return None
    if first.quantity.value is None or second.quantity.value is None:
        return None
    value = round(first.quantity.value + second.quantity.value * small.si_factor / large.si_factor, 9)
    quantity = make_quantity(text[first.start : second.end], value, large, approximate=first.quantity.approximate)
    return QuantityMention(first.start, second.end, first.unit_start, first.unit_kind, quantity)
