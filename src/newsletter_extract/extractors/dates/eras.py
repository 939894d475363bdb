"""Years of the Buddhist era, which lie 543 before those of the common one: "14 May B.E. 2562 (2019)"."""

from __future__ import annotations

import re

from newsletter_extract.extractors.dates.words import names

_AHEAD = 543
_YEAR = re.compile(
    r"""
    (?P<era>\b(?:B\.?\s?E\.?|พ\.?\s?ศ\.?)\s?)?(?<!\d)(?P<year>25\d\d)(?!\d)
    (?P<behind>\s?B\.?\s?E\b\.?)?
    (?:\s?\((?:(?:A\.?D|C\.?E)\.?\s?)?(?P<common>(?:19|20)\d\d)(?:\s?(?:A\.?D|C\.?E)\.?)?\))?
    """,
    re.VERBOSE,
)
_MONTH_BEFORE = re.compile(r"(?P<month>[^\W\d_]{3,})\.?,?\s$|\b\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)$")
_REACH = 20


def in_common_era(text: str) -> str:
    """`text`, of the same length, with such years as those of the common era, where the era, a year in brackets or a
    month before them shows what they are."""
    return _YEAR.sub(_common, text) if "25" in text else text


def _common(match: re.Match[str]) -> str:
    year = int(match["year"]) - _AHEAD
    before = _MONTH_BEFORE.search(match.string, max(0, match.start() - _REACH), match.start())
    dated = before is not None and (before["mark"] or before["month"].casefold() in names("month"))
    told = match["era"] or match["behind"] or match["common"] == str(year)
    if match["common"] not in {None, str(year)} or not (told or dated):
        return match[0]
    return str(year).rjust(len(match[0]))
