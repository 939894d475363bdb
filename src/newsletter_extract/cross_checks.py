"""Cross-checks: what is at odds among the facts of a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import FindingCode
from newsletter_extract.extractors.amounts.quantities import is_broken_count
from newsletter_extract.extractors.facts import Facts
from newsletter_extract.schema import DateSpan, Finding, Provenance, Quantity, Seizure

_NEAR = dt.timedelta(days=45)
_BRACKETED = 12
"""Characters between two sums of which the second stands in brackets, as the first in another currency."""
_NEAR_PARITY = frozenset({"USD", "EUR", "GBP", "CHF", "AUD", "CAD", "NZD", "SGD"})
_MOST_APART = 3
"""Currencies of which none has been worth three of another since 1999 (ECB reference rates)."""


def cross_checks(facts: Facts) -> Iterator[Finding]:
    """What is at odds among the facts of a document."""
    yield from _event_dates(facts)
    for event in facts.events:
        countries = {p.country for o in event.occurrences for p in o.places if p.kind == "country"}
        for place in (p for o in event.occurrences for p in o.places if p.kind != "country"):
            if countries and place.country and place.country not in countries and None not in countries:
                yield _warn(
                    "place_country_mismatch", f"{place.text!r} is not in the country named with it.", place.provenance
                )
    for seizure in facts.seizures:
        yield from _quantities(seizure)
    yield from _sums(facts)


def _quantities(seizure: Seizure) -> Iterator[Finding]:
    """Amounts beyond what one seizure of such goods holds, and things counted in fractions."""
    goods = seizure.commodity
    for quantity in seizure.quantities:
        most = _most(goods.category, quantity)
        if most is not None:
            message = f"{quantity.text!r} of {goods.text!r} is beyond what one seizure holds ({most:,})."
            yield _warn("quantity_out_of_scale", message, seizure.provenance)
        if is_broken_count(quantity):
            message = f"{quantity.text!r} of {goods.text!r} is no whole number; it stands as it was read."
            yield _warn("number_doubtful", message, seizure.provenance)


def _sums(facts: Facts) -> Iterator[Finding]:
    """Sums told as one in two currencies ("€ 14,500,000 (about $ 22,000)") that cannot be the same."""
    for first, second in zip(facts.money, facts.money[1:], strict=False):
        a, b = first.provenance, second.provenance
        if a is None or b is None or a.block != b.block or not 0 <= b.start - a.end <= _BRACKETED:
            continue
        near = {first.currency, second.currency} <= _NEAR_PARITY and first.currency != second.currency
        if near and first.amount and second.amount and not 1 / _MOST_APART < first.amount / second.amount < _MOST_APART:
            message = f"{first.text!r} and {second.text!r} stand as one sum in two currencies and differ too much."
            yield _warn("money_mismatch", message, a)


@cache
def _limits() -> dict[tuple[str, str], int]:
    return {(row["category"], row["unit"]): int(row["most"]) for row in resources.rows("implausible.csv")}


def _most(category: str, quantity: Quantity) -> int | None:
    """What one seizure of this kind holds at most (`resources/implausible.csv`), where a quantity is beyond it."""
    amounts = [(quantity.upper or quantity.value, quantity.unit or "piece")]
    amounts += [(quantity.si.value, quantity.si.unit)] if quantity.si else []
    for value, unit in amounts:
        most = _limits().get((category, unit), _limits().get(("*", unit)))
        if most is not None and value is not None and value > most:
            return most
    return None


def _event_dates(facts: Facts) -> Iterator[Finding]:
    """Events without a date, and those that lie well outside of what the bulletin reports on."""
    period = facts.bulletin.period
    for event in facts.events:
        dates = [occurrence.dates for occurrence in event.occurrences if occurrence.dates]
        if not dates:
            yield _warn("event_without_date", f"No date is told for {event.heading!r}.", event.provenance)
        for date in dates:
            if period and _is_outside(date, period):
                message = f"{date.text!r} lies outside of the bulletin's period, {period.text!r}."
                yield _warn("date_outside_period", message, date.provenance)


def _is_outside(date: DateSpan, period: DateSpan) -> bool:
    """Whether a date lies more than `_NEAR` from the period; many bulletins tell of the weeks around it too."""
    if not (date.start and date.end and period.start and period.end):
        return False
    return date.end < period.start - _NEAR or date.start > period.end + _NEAR


def _warn(code: FindingCode, message: str, where: Provenance | None) -> Finding:
    return Finding(code=code, severity="warning", message=message, provenance=where)
