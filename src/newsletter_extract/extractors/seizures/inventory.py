"""Lists that name goods before their amounts.

"Perfume, fake, 310 bottles; mobile phones, 27; gold chain, 1", and with dashes or colons "hashish – 41 kg, rifles – 8".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.extractors.amounts.quantities import make_quantity
from newsletter_extract.extractors.seizures.goods_types import Goods, Span
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Quantity

_ITEM = re.compile(
    r"\s*(?:and\s)?(?P<name>[^\W\d_][^;:\d()]{1,60}?)(?:,|:|\s[-–—]|\s?=|\s?\()?\s?(?:(?:over|about|some|around|approx\.?|approximately|more\sthan|nearly|up\sto)\s)?(?=\d)(?P<amount>[^;:()]{1,40}?)\)?(?:\s\([^();]{1,40}\))?\s*\.?",
)
_FEWEST = 2
"""One such item alone may be anything."""


def inventory(text: str, span: Span, tools: Tools) -> list[Goods]:
    """The goods of the list after the first colon of text[span], where most items end with their amounts."""
    colon = text.find(":", *span)
    if colon < 0 or not (";" in text[colon : span[1]] or len(_DASHED.findall(text, colon, span[1])) >= _FEWEST):
        return []
    items = list(_items(text, colon + 1, span[1], tools))
    found = [g for g in items if g]
    return found if len(found) >= _FEWEST and 2 * len(found) > len(items) else []


_DASHED = re.compile(r"[^\W\d_](?:\s[-–—]|:|\s?=)\s?(?:over\s|about\s|some\s)?\d")
"""A name with its amount after a dash or a colon."""


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The items of a list: between semicolons, and where names and amounts are parted by dashes between commas too."""
    for part in re.finditer(r"[^;]+", text[start:end]):
        low, high = start + part.start(), start + part.end()
        if len(_DASHED.findall(text, low, high)) > 1:
            for comma in re.finditer(
                r",\s(?:and\s)?(?=[^\W\d_][^,;\d]{1,60}?(?:\s[-–—]|:|\s?=)\s?[^,;\d]{0,12}\d)", text[low:high]
            ):
                yield low, start + part.start() + comma.start()
                low = start + part.start() + comma.end()
        yield low, high


def _items(text: str, start: int, end: int, tools: Tools) -> Iterator[Goods | None]:
    for low, high in _parts(text, start, end):
        match = _ITEM.fullmatch(text, low, high)
        name = match["name"].rstrip(" ,") if match else ""
        quantity = _quantity(text, match.span("amount"), tools) if match else None
        known = any(tools.catalogue.heads(words) for words in name.split(","))
        yield Goods(match.start("name"), match.end("amount"), name, quantity) if match and quantity and known else None


def _quantity(text: str, span: Span, tools: Tools) -> Quantity | None:
    """An amount that is nothing but a number, or a number with its unit."""
    numbers = find_numbers(text, tools.habit, *span)
    if len(numbers) != 1 or numbers[0].start != span[0]:
        return None
    (number,) = numbers
    rest = text[number.end : span[1]].strip(" .")
    unit = tools.units.named(rest) if rest else tools.units.named("piece")
    if unit is None:
        return None
    written = text[number.start : span[1]].strip(" .") if rest else text[number.start : number.end]
    return make_quantity(written, number.value, unit, approximate=number.approximate)
