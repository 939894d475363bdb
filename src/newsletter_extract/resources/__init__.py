"""The data that the program knows its field by, one file a subject, each naming its source and licence."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of a resource, without comments (#) and empty lines."""
    text = (files(__name__) / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    """The records of a CSV resource; its first line that is no comment names the columns."""
    return list(csv.DictReader(lines(name)))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list resource, one a line."""
    return frozenset(line.strip() for line in lines(name))
