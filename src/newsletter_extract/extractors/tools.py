"""What reading amounts of goods needs to know, in tables and in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_extract.extractors.amounts.numbers import NumberHabit
from newsletter_extract.extractors.amounts.quantities import Units
from newsletter_extract.extractors.commodities import Catalogue


@dataclass(frozen=True, slots=True)
class Tools:
    """The units and the goods known, and what a comma and a dot mean in the document's numbers."""

    units: Units
    catalogue: Catalogue
    habit: NumberHabit
