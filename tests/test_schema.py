"""The contract: what the models refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from newsletter_extract import extract
from newsletter_extract.schema import DateSpan, Event, Extraction, Money, Place, Provenance

TEXT = b"12 May 2021, Riga, Latvia: Customs officers seized 40 kg of cocaine worth EUR 2 million."


@pytest.fixture
def facts() -> dict[str, Any]:
    return extract(TEXT, name="bulletin").model_dump()


def test_what_the_program_prints_is_accepted_again(facts: dict[str, Any]) -> None:
    assert Extraction.model_validate(facts).model_dump() == facts


def test_a_span_ends_after_its_start() -> None:
    with pytest.raises(ValidationError, match="starts after"):
        DateSpan(text="x", start=dt.date(2021, 2, 1), end=dt.date(2021, 1, 1), precision="day", edtf="2021")


def test_codes_exist() -> None:
    with pytest.raises(ValidationError, match="3166"):
        Place(text="x", name="x", kind="city", country="QQ")
    with pytest.raises(ValidationError, match="4217"):
        Money(text="x", amount=1, currency="QQQ")


def test_kosovo_has_its_code() -> None:
    assert Place(text="Kosovo", name="Kosovo", kind="country", country="XK").country == "XK"


def test_ids_are_unique_and_resolve(facts: dict[str, Any]) -> None:
    event = facts["events"][0]
    with pytest.raises(ValidationError, match="share one event id"):
        Extraction.model_validate({**facts, "events": [event, event]})
    with pytest.raises(ValidationError, match="does not exist"):
        Extraction.model_validate({**facts, "events": [{**event, "seizure_ids": ["seizure-9"]}]})


def test_spans_lie_inside_their_block(facts: dict[str, Any]) -> None:
    far = Provenance(page=1, block="block-1", start=0, end=10_000, bbox=None)
    event = Event.model_validate(facts["events"][0]).model_copy(update={"provenance": far})
    with pytest.raises(ValidationError, match="outside"):
        Extraction.model_validate({**facts, "events": [event.model_dump()]})


def test_every_field_is_described_with_an_example() -> None:
    definitions = Extraction.model_json_schema(mode="serialization")
    for name, definition in {"Extraction": definitions, **definitions["$defs"]}.items():
        for field, content in definition.get("properties", {}).items():
            assert {"description", "examples"} <= set(content), f"{name}.{field}"
