"""Calendar arithmetic at its edges: year ends, months of other lengths, weeks, open ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_extract.extractors.dates import calendar_spans as cal
from newsletter_extract.extractors.dates.calendar_spans import months

D = dt.date
LAST_FEBRUARY = months(2021, 2, 2021, 2)
FEBRUARY, NOVEMBER, APRIL = months(2020, 2, 2020, 2), months(2021, 11, 2021, 11), months(2020, 4, 2020, 4)
DAY, WEDNESDAY = D(2021, 10, 4), D(2020, 2, 26)


@pytest.mark.parametrize(
    ("make", "start", "end", "precision", "edtf"),
    [
        (lambda: cal.days(DAY, DAY), DAY, DAY, "day", "2021-10-04"),
        (lambda: cal.days(DAY, D(2021, 10, 5)), DAY, D(2021, 10, 5), "day", "2021-10-04/2021-10-05"),
        (lambda: months(2020, 2, 2020, 2), D(2020, 2, 1), D(2020, 2, 29), "month", "2020-02"),
        (lambda: months(2020, 12, 2021, 2), D(2020, 12, 1), D(2021, 2, 28), "month", "2020-12/2021-02"),
        (lambda: cal.years(2019, 2019), D(2019, 1, 1), D(2019, 12, 31), "year", "2019"),
        (lambda: cal.years(2019, 2021), D(2019, 1, 1), D(2021, 12, 31), "year", "2019/2021"),
        (lambda: cal.decade(1990), D(1990, 1, 1), D(1999, 12, 31), "year", "199X"),
        (lambda: cal.quarter(2021, 1), D(2021, 1, 1), D(2021, 3, 31), "quarter", "2021-01/2021-03"),
        (lambda: cal.quarter(2021, 4), D(2021, 10, 1), D(2021, 12, 31), "quarter", "2021-10/2021-12"),
        (lambda: cal.half(2021, second=False), D(2021, 1, 1), D(2021, 6, 30), "month", "2021-01/2021-06"),
        (lambda: cal.half(2021, second=True), D(2021, 7, 1), D(2021, 12, 31), "month", "2021-07/2021-12"),
        (lambda: cal.season(2021, 21), D(2021, 3, 1), D(2021, 5, 31), "quarter", "2021-21"),
        (lambda: cal.season(2019, 24), D(2019, 12, 1), D(2020, 2, 29), "quarter", "2019-24"),
        (lambda: cal.iso_week(2020, 53), D(2020, 12, 28), D(2021, 1, 3), "day", "2020-12-28/2021-01-03"),
        (lambda: cal.half_month(2020, 2, second=False), D(2020, 2, 1), D(2020, 2, 15), "day", "2020-02-01/2020-02-15"),
        (lambda: cal.half_month(2020, 2, second=True), D(2020, 2, 16), D(2020, 2, 29), "day", "2020-02-16/2020-02-29"),
        (lambda: cal.week_of_month(2021, 2, 1), D(2021, 2, 1), D(2021, 2, 7), "day", "2021-02-01~/2021-02-07~"),
        (lambda: cal.week_of_month(2021, 5, 4), D(2021, 5, 22), D(2021, 5, 28), "day", "2021-05-22~/2021-05-28~"),
        (lambda: cal.week_of_month(2021, 5, 5), D(2021, 5, 25), D(2021, 5, 31), "day", "2021-05-25~/2021-05-31~"),
        (lambda: cal.part(LAST_FEBRUARY, 1), D(2021, 2, 1), D(2021, 2, 10), "day", "2021-02-01~/2021-02-10~"),
        (lambda: cal.part(LAST_FEBRUARY, 3), D(2021, 2, 21), D(2021, 2, 28), "day", "2021-02-21~/2021-02-28~"),
        (lambda: cal.part(cal.years(2021, 2021), 2), D(2021, 5, 1), D(2021, 8, 31), "month", "2021-05~/2021-08~"),
        (lambda: cal.part(cal.years(2019, 2021), 2), D(2019, 1, 1), D(2021, 12, 31), "year", "2019~/2021~"),
        (lambda: cal.shifted(WEDNESDAY, "day", -1), D(2020, 2, 25), D(2020, 2, 25), "day", "2020-02-25"),
        (lambda: cal.shifted(WEDNESDAY, "week", 0), D(2020, 2, 24), D(2020, 3, 1), "day", "2020-02-24/2020-03-01"),
        (lambda: cal.shifted(WEDNESDAY, "week", -2), D(2020, 2, 10), D(2020, 2, 16), "day", "2020-02-10/2020-02-16"),
        (lambda: cal.shifted(WEDNESDAY, "month", -2), D(2019, 12, 1), D(2019, 12, 31), "month", "2019-12"),
        (lambda: cal.shifted(D(2020, 12, 31), "month", 1), D(2021, 1, 1), D(2021, 1, 31), "month", "2021-01"),
        (lambda: cal.shifted(WEDNESDAY, "quarter", -1), D(2019, 10, 1), D(2019, 12, 31), "quarter", "2019-10/2019-12"),
        (lambda: cal.shifted(WEDNESDAY, "year", 1), D(2021, 1, 1), D(2021, 12, 31), "year", "2021"),
        (lambda: cal.since(cal.years(2013, 2014)), D(2013, 1, 1), None, "year", "2013/.."),
        (lambda: cal.until(cal.years(2013, 2014)), None, D(2014, 12, 31), "year", "../2014"),
        (lambda: cal.around(cal.days(DAY, DAY)), DAY, DAY, "day", "2021-10-04~"),
        (lambda: cal.around(cal.since(cal.years(2013, 2013))), D(2013, 1, 1), None, "year", "2013/.."),
        (lambda: cal.through(FEBRUARY, APRIL), D(2020, 2, 1), D(2020, 4, 30), "month", "2020-02/2020-04"),
        (lambda: cal.through(cal.days(DAY, DAY), NOVEMBER), DAY, D(2021, 11, 30), "day", "2021-10-04/2021-11"),
    ],
)  # fmt: skip
def test_spans(
    make: Callable[[], cal.Span], start: dt.date | None, end: dt.date | None, precision: str, edtf: str
) -> None:
    span = make()
    assert (span.start, span.end, span.precision, span.edtf) == (start, end, precision, edtf)


@pytest.mark.parametrize(
    "make",
    [
        lambda: cal.day(2021, 4, 31),
        lambda: cal.days(DAY, D(2021, 10, 3)),
        lambda: months(2021, 2, 2021, 1),
        lambda: cal.years(2021, 2020),
        lambda: cal.iso_week(2021, 53),
        lambda: cal.through(cal.years(2021, 2021), cal.years(2020, 2020)),
        lambda: cal.through(cal.until(cal.years(2021, 2021)), cal.years(2022, 2022)),
    ],
)
def test_what_no_calendar_has_is_an_error_that_names_it(make: Callable[[], object]) -> None:
    with pytest.raises(cal.ImpossibleDate, match="202"):
        make()


@pytest.mark.parametrize(
    ("make", "approximate"),
    [
        (lambda: cal.decade(1990), True),
        (lambda: cal.season(2021, 22), True),
        (lambda: cal.around(cal.days(DAY, DAY)), True),
        (lambda: cal.part(cal.since(cal.years(2013, 2013)), 1), False),
        (lambda: cal.through(cal.days(DAY, DAY), cal.around(months(2021, 11, 2021, 11))), True),
        (lambda: cal.through(cal.around(cal.days(DAY, DAY)), months(2021, 11, 2021, 11)), True),
        (lambda: cal.quarter(2021, 2), False),
    ],
)
def test_what_is_a_guess_says_so(make: Callable[[], cal.Span], approximate: bool) -> None:
    assert make().approximate is approximate


@given(st.dates(D(1950, 1, 1), D(2090, 1, 1)), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_shifts_of_nothing_hold_their_day_and_neighbours_touch(day: dt.date, unit: str) -> None:
    before, here, after = (cal.shifted(day, unit, offset) for offset in (-1, 0, 1))
    assert here.start is not None
    assert here.end is not None
    assert here.start <= day <= here.end
    assert before.end == here.start - dt.timedelta(days=1)
    assert after.start == here.end + dt.timedelta(days=1)
