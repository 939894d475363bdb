"""Sums of money: EUR 105,000; $45,000; 45 million euros; Rs 3.5 crore; bare numbers under a head with a currency."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.currencies import (
    Currencies,
    home_countries,
    load_currencies,
    mark_after,
    mark_before,
    meaning,
    stated_countries,
    thousandths,
    users,
)
from newsletter_extract.extractors.amounts.numbers import (
    Number,
    NumberHabit,
    NumberMention,
    find_numbers,
    is_approximate,
    number_at,
    same_scale,
    tidy,
)
from newsletter_extract.extractors.facts import by_block, provenance, reading_confidence
from newsletter_extract.extractors.tables.grid import cells_of
from newsletter_extract.extractors.tables.money import CellCurrencies, table_currencies
from newsletter_extract.schema import Money, Place
from newsletter_extract.settings import ExtractionSettings

_LARGE = 1000
_SURE_TEXT, _SURE_CELL, _SURE_SHARED = 0.97, 0.95, 0.88
"""Shares of right sums in sentences, in cells under a head, and of symbols that several currencies share."""


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    money: Money
    sure: float
    mark: str | None = None
    """The symbol or the name that told the currency; None for a code."""


def find_money(
    blocks: Sequence[Block], settings: ExtractionSettings, habit: NumberHabit, places: Sequence[Place] = ()
) -> tuple[Money, ...]:
    """Every sum of money, in reading order; `places` tell the document's country, for symbols that currencies share."""
    stated = stated_countries(block.text for block in blocks)
    home, local = stated or home_countries(places), by_block(places)
    named = frozenset(p.country for p in places if p.country)
    found: list[Money] = []
    for block in blocks:
        near = home_countries(local.get(block.id, ()))
        known = load_currencies(settings.dollar, home + near)
        other = known if stated or not near else load_currencies(settings.dollar, near)
        heads = table_currencies(block, known) if block.kind == "table" else {}
        for item in _sums(block, known, habit, heads):
            reading = reading_confidence(block, item.start, item.end)
            confidence = round(item.sure * min(1.0, 0.4 + 0.6 * reading), 3)
            if _is_doubtful(item, known, other, named, reading):
                confidence = min(confidence, _DOUBTFUL)
            where = provenance(block, item.start, item.end)
            found.append(item.money.model_copy(update={"provenance": where, "confidence": confidence}))
    return tuple(_without_scale(found))


def _is_doubtful(item: _Sum, known: Currencies, other: Currencies, named: frozenset[str], reading: float) -> bool:
    """Whether a currency is told by a spelling that may mean another: as the place beside it has it, or misread.

    "S$" in a scan that names no place in Singapore is most likely a "$" with a speck.
    """
    if item.mark is None or item.money.currency is None:
        return False
    spelling = item.mark.casefold()
    if other.names.get(spelling, item.money.currency) != item.money.currency:
        return True
    misread = reading < 1 and "$" in spelling and spelling != "$" and spelling not in _US_DOLLAR
    return misread and bool(named) and not users(item.money.currency) & named


_US_DOLLAR = frozenset({"us$", "us $", "u$s", "$us"})
_DOUBTFUL = 0.7
"""The most that a currency is sure of whose spelling may mean another one."""


_ONE_DECIMAL = re.compile(r"(?<!\d)\d{1,3}[.,]\d(?!\d)(?!.*[^\W\d_]{4})")
"""A sum with one decimal and no word behind it that could be its scale."""
_LARGE_SUM = 10_000
_LOST_SCALE = 0.7


def _without_scale(found: Sequence[Money]) -> Iterator[Money]:
    """The sums, less sure of those with one decimal and no scale among large ones of their currency.

    "RM 3.1" between sums of thousands is most likely the rest of "RM 3.1 million".
    """
    odd = [m.amount is not None and m.amount < _LARGE and bool(_ONE_DECIMAL.search(m.text)) for m in found]
    large = {m.currency for m in found if (m.amount or 0) >= _LARGE_SUM}
    small = {m.currency for m, is_odd in zip(found, odd, strict=True) if not is_odd and (m.amount or 0) < _LARGE_SUM}
    for money, is_odd in zip(found, odd, strict=True):
        if is_odd and money.currency in large - small:
            yield money.model_copy(update={"confidence": round(money.confidence * _LOST_SCALE, 3)})
        else:
            yield money


_GLUED = re.compile(r"[^\W\d_]\.?(?=\d)")
"""A letter right before a digit, as in "RM3.4 million"."""


def _numbers(text: str, known: Currencies, habit: NumberHabit) -> list[NumberMention]:
    """The numbers of a text, those right after a code or a symbol too: "RM3.4 million"."""
    glued = {}
    for letter in _GLUED.finditer(text):
        mark = known.attached.search(text, max(0, letter.start() - 5), letter.end() + 1)
        if mark and (number := number_at(text, mark.end(), habit)):
            glued[mark.end()] = number
    free = [n for n in find_numbers(text, habit) if n.start not in glued]
    merged = sorted([*free, *glued.values()], key=lambda n: n.start)
    return [n for k, n in enumerate(merged) if not k or n.start >= merged[k - 1].end]


def _sums(block: Block, known: Currencies, habit: NumberHabit, heads: CellCurrencies) -> Iterator[_Sum]:
    text = block.text
    numbers = _numbers(text, known, habit)
    carried: tuple[int, str] | None = None
    for k, number in enumerate(numbers):
        start, end, sure, headed = number.start, number.end, _SURE_TEXT, None
        code, lead, tail = _marks(text, number, known)
        if lead:
            start = lead.start()
        elif tail:
            end = tail.end()
        if code is None and carried and carried[0] == k - 1 and _is_range(text, numbers[k - 1], number):
            code = carried[1]
        if code is None and k + 1 < len(numbers):
            code = _of_upper_end(text, number, numbers[k + 1], known)
        scale: Number = 1
        if heads and code is None and (cell := _cell(block, number.start)) and _is_bare_cell(text, cell, number):
            code, scale = heads.get((cell.row, cell.column), (None, 1))
            sure, headed = _SURE_CELL, _symbol_in_head(block, cell.column)
        if code is None:
            continue
        carried = k, code
        value = tidy(_in_groups(text[number.start : number.end], number.value, code, habit) * scale)
        if k + 1 < len(numbers) and _range_ahead(text, number.end, numbers[k + 1].start, known, code):
            value = same_scale(value, numbers[k + 1].value)
        about = number.approximate or is_approximate(text, start)
        if (lead or tail) and _is_shared(lead or tail):
            sure = _SURE_SHARED
        money = Money(text=text[start:end], amount=value, currency=code, approximate=about)
        mark = lead or tail
        yield _Sum(start, end, money, sure, (mark["symbol"] or mark["word"]) if mark else headed)


def _marks(
    text: str, number: NumberMention, known: Currencies
) -> tuple[str | None, re.Match[str] | None, re.Match[str] | None]:
    """The currency at a number, and the match before it, else after it, that named it."""
    marked = _is_marked(text, number)
    lead = mark_before(text, number.start, known)
    if lead and not (lead["word"] and number.value < _LARGE) and not number.is_word:
        code = meaning(lead, known, marked=marked)
        if code and not (lead["code"] and _own_number(text, lead.start(), known)):
            return code, lead, None
    tail = mark_after(text, number.end, known)
    worded = number.is_word and (number.value < 1 or (tail is not None and tail["code"] is not None))
    if tail and not worded and not _is_weight(text, tail):
        code = meaning(tail, known, marked=marked)
        if code and not (
            tail["symbol"] and text[tail.end() : tail.end() + 2].lstrip()[:1].isdigit() and len(tail["symbol"]) > 1
        ):
            return code, None, tail
    return None, None, None


def _in_groups(text: str, value: Number, code: str, habit: NumberHabit) -> Number:
    """The value of a sum with three digits after its only dot or comma, which part thousands: "112.500 euros".

    Of a currency with thousandths they are decimals after a dot: "KWD 640.500".
    """
    if "." in text and code in thousandths() and not habit.dot_groups:
        return value if "," in text else float(text) if re.fullmatch(r"\d+\.\d{3}", text) else value
    return int(re.sub(r"\D", "", text)) if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) else value


def _own_number(text: str, start: int, known: Currencies) -> bool:
    """Whether a code belongs to the number before it: "45,000 EUR 12 cartons"."""
    before = re.search(r"(?:(?P<word>\S+)\s)?(?P<glued>[^\d\s]*)\d[\d.,]*[ \u00a0]?$", text[max(0, start - 24) : start])
    return bool(before) and not {before["word"], before["glued"]} & known.codes.keys()  # type: ignore[index]


def _is_marked(text: str, number: NumberMention) -> bool:
    return number.value >= _LARGE or not text[number.start : number.end].isdigit()


def _is_weight(text: str, tail: re.Match[str]) -> bool:
    """ "7,500 pounds of cocaine" are no money."""
    word = (tail["word"] or "").casefold()
    return word in {"pound", "pounds"} and bool(re.match(r"\s(?:of|\()", text[tail.end() : tail.end() + 4]))


def _is_shared(mark: re.Match[str] | None) -> bool:
    return mark is not None and (mark["word"] or mark["symbol"]) in _shared()


@cache
def _shared() -> frozenset[str]:
    return frozenset(s for row in resources.rows("currencies.csv") for s in row["shared"].split("|") if s) - {"$"}


_RANGE = re.compile(r"\s*(?:[-–—]|and|to|or)\s*")


def _is_range(text: str, low: NumberMention, high: NumberMention) -> bool:
    """Whether a bare number ends a range: "EUR 30-40,000", "between EUR 2 and 3 million"; not "USD 5 and 1.4 kg"."""
    mark = _RANGE.fullmatch(text, low.end, high.start)
    counts = re.match(r"\s?-?[^\W\d_]", text[high.end : high.end + 3]) and not _GOES_ON.match(text, high.end)
    if mark is None or counts or high.value < low.value:
        return False
    return "and" not in mark[0] or _OPENED.search(text, max(0, low.start - 40), low.start) is not None


_OPENED = re.compile(r"\b(?:between|from)\s[^\d.;]{0,24}$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s(?:in|of|at|on|by|and|were|was|for|to|have|had|has|are|is|or|a|per|as|with|from|which|would|during|if|when|hidden|worth)\b"
)
"""Words after the end of a range of sums; any other word is what the number counts."""


def _of_upper_end(text: str, low: NumberMention, high: NumberMention, known: Currencies) -> str | None:
    """The currency of the lower end of a range that names it at its upper end: "between 700 and 800 million euros"."""
    mark = _RANGE.fullmatch(text, low.end, high.start)
    if mark is None or high.value < low.value or low.is_word:
        return None
    if mark[0].strip() not in {"-", "–", "—"} and not _OPENED.search(text, max(0, low.start - 40), low.start):
        return None
    code, lead, tail = _marks(text, high, known)
    return code if tail and not lead else None


def _range_ahead(text: str, start: int, end: int, known: Currencies, code: str) -> bool:
    """Whether a sum is the lower end of a range: "EUR 30-40,000", "between €2 and €3 million"."""
    if end - start > 12:
        return False
    between = text[start:end]
    if _RANGE.fullmatch(between):
        return True
    match = re.fullmatch(r"\s*(?:[-–—]|and|to|or)\s*(?P<mark>\S{1,5})\s?", between)
    return bool(match) and (match["mark"] == code or known.names.get(match["mark"].casefold()) == code)  # type: ignore[index]


def _cell(block: Block, position: int) -> Cell | None:
    k = bisect_right(block.cells, position, key=attrgetter("start")) - 1
    cell = block.cells[k] if k >= 0 else None
    return cell if cell and position < cell.end and not cell.header else None


def _symbol_in_head(block: Block, column: int) -> str | None:
    """The dollar sign in the head of a column, with the letters before it: the "S$" of "Value (S$)"."""
    heads = (block.text[c.start : c.end] for c in cells_of(block) if c.header and c.column == column)
    return next((sign[0] for head in heads if (sign := re.search(r"[^\W\d_]*\$", head))), None)


def _is_bare_cell(text: str, cell: Cell, number: NumberMention) -> bool:
    """Whether a cell holds the number and nothing else, approximations, marks and debris of scans apart."""
    rest = text[cell.start : number.start] + text[number.end : cell.end]
    bare = rest.casefold().strip()
    return not any(c.isalnum() for c in bare) or bare in resources.words("approximations.txt")
