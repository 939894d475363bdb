"""Extractors: from clean blocks to facts, each with the words it came from."""

from __future__ import annotations

from newsletter_extract.document import Document
from newsletter_extract.extractors.amounts.numbers import learn_habit
from newsletter_extract.extractors.amounts.quantities import load_units
from newsletter_extract.extractors.bulletin import find_period, read_bulletin
from newsletter_extract.extractors.commodities import load_catalogue
from newsletter_extract.extractors.dates.find import find_dates, order_of
from newsletter_extract.extractors.doubts import with_doubts
from newsletter_extract.extractors.events.find import find_events
from newsletter_extract.extractors.facts import Facts
from newsletter_extract.extractors.money import find_money
from newsletter_extract.extractors.organizations import find_organizations
from newsletter_extract.extractors.places.choice import country_of
from newsletter_extract.extractors.places.find import find_places
from newsletter_extract.extractors.seizures.find import find_seizures
from newsletter_extract.extractors.seizures.known import index
from newsletter_extract.extractors.tables.find import read_tables
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.gazetteer import Gazetteer
from newsletter_extract.settings import ExtractionSettings


def find(document: Document, gazetteer: Gazetteer, settings: ExtractionSettings) -> Facts:
    """Every fact of the document, in reading order."""
    blocks = list(document.body())
    habit = learn_habit(blocks)
    period = find_period(document)
    span = period.span if period else None
    told = period.told if period else {}
    dates, date_notices = find_dates(blocks, settings, period=span, told=told)
    organizations = find_organizations(blocks, settings.organizations, lambda words: country_of(words, gazetteer))
    places, place_notices = find_places(blocks, gazetteer, dates, organizations)
    if any(notice.code == "date_ambiguous" for notice in date_notices):
        dates, date_notices = find_dates(blocks, settings, period=span, usual_order=order_of(places), told=told)
    money = find_money(blocks, settings, habit, places)
    tables, table_notices = read_tables(blocks, habit)
    events = find_events(
        blocks, dates, places, organizations, date_notices, [entry.pattern for entry in settings.headings]
    )
    known = index(dates, places, organizations, money, tables, events)
    tools = Tools(load_units(settings.units), load_catalogue(settings.commodities), habit)
    seizures = find_seizures(blocks, known, tools)
    ids: dict[str, list[str]] = {event.event.id: [] for event in events}
    for seizure in seizures:
        if seizure.event_id:
            ids[seizure.event_id].append(seizure.id)
    facts = Facts(
        bulletin=read_bulletin(document, period, organizations),
        events=tuple(e.event.model_copy(update={"seizure_ids": ids[e.event.id]}) for e in events),
        seizures=seizures,
        tables=tables,
        dates=dates,
        places=places,
        organizations=organizations,
        money=money,
        notices=(*date_notices, *place_notices, *table_notices),
    )
    return with_doubts(facts, document, habit)
