"""The gazetteer: what a name finds, misread names, and the user's own places."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_extract import extract
from newsletter_extract.gazetteer import fold, is_one_misreading, load_gazetteer, misread_keys
from newsletter_extract.settings import PlaceEntry

GAZETTEER = load_gazetteer()


def sample() -> list[tuple[str, str, str]]:
    """Every 4000th city with its country's code and name, the same ones each time."""
    with sqlite3.connect(str(files("newsletter_extract") / "resources" / "gazetteer.sqlite")) as db:
        query = """SELECT c.name, c.country, k.name FROM place c JOIN place k ON k.country = c.country
                   WHERE c.kind = 'city' AND k.kind = 'country' AND c.population >= 5000 AND c.id % 997 = 3
                   AND c.name NOT LIKE '%(%' ORDER BY c.id"""
        return db.execute(query).fetchall()


@pytest.mark.parametrize(("city", "code", "country"), sample())
def test_every_city_is_found_with_its_country(city: str, code: str, country: str) -> None:
    places = extract(f"Officers seized 12 kg of heroin in {city}, {country}.".encode(), name="passage").places
    assert (fold(city), code) in {(fold(p.text), p.country) for p in places}
    assert (code, "country") in {(p.country, p.kind) for p in places}


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("durres", "city", "AL"),
        ("DURRËS", "city", "AL"),
        ("St. Petersburg", "city", "RU"),
        ("Deutschland", "country", "DE"),
        ("Antioquia", "region", "CO"),
        ("KwaZulu-Natal", "region", "ZA"),
        ("JFK airport", "airport", "US"),
        ("Port of Rijeka", "seaport", "HR"),
        ("Horgoš/Röszke", "border_crossing", "RS"),
        ("Gulf of Guinea", "other", None),
        ("Webb County", "region", "US"),
    ],
)
def test_lookup(name: str, kind: str, country: str | None) -> None:
    assert (kind, country) in {(e.kind, e.country) for e in GAZETTEER.lookup(name)}


@pytest.mark.parametrize(
    ("read", "name"),
    [("Begrade", "Belgrade"), ("8elgrade", "Belgrade"), ("Sarajcvo", "Sarajevo"), ("Gerrnany", "Germany")],
)
def test_a_name_is_found_by_one_misreading(read: str, name: str) -> None:
    assert name in {e.name for e in GAZETTEER.misread(read)}


@pytest.mark.parametrize("word", ["Belgian", "Serious", "Beograb", "Sarkozy", "Ber"])
def test_what_is_no_misreading(word: str) -> None:
    assert GAZETTEER.misread(word) == ()


@given(st.text(alphabet="abcdefghijklmnop", min_size=6, max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_a_lost_or_added_letter_shares_a_key(name: str, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, len(name) - 1))
    for read in (name[:k] + name[k + 1 :], name[:k] + "x" + name[k:]):
        assert is_one_misreading(read, name)
        assert misread_keys(read) & misread_keys(name)


@given(st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_places_of_the_users_own_come_first() -> None:
    own = load_gazetteer([PlaceEntry(name="Nice", country="ZZ", aliases=("Upper Nice Ford",))])
    assert own.lookup("nice")[0].country == "ZZ"
    assert own.begins("Upper Nice")
