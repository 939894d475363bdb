"""Events and seizures on the map: GeoJSON (RFC 7946), a point for each place of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsletter_extract.export.rows import Facts, kilograms


class GeoJsonFile:
    """A FeatureCollection that is written as features come."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write('{"type": "FeatureCollection", "features": [')
        self._between = "\n"

    def add(self, feature: dict[str, Any]) -> None:
        self._file.write(self._between + json.dumps(feature, ensure_ascii=False))
        self._between = ",\n"

    def close(self) -> None:
        self._file.write("\n]}\n")
        self._file.close()


def features(facts: Facts) -> Iterator[dict[str, Any]]:
    """A feature for each place with coordinates; a seizure that is told again stands once."""
    for event in facts["events"]:
        for occurrence in event["occurrences"]:
            told = {"kind": "event", "id": event["id"], "event_kind": event["kind"], "heading": event["heading"]}
            yield from _points(facts, told, occurrence["places"], occurrence["dates"])
    for seizure in facts["seizures"]:
        if seizure["same_as"] is None:
            weight = kilograms(seizure["quantities"])
            told = {
                "kind": "seizure",
                "id": seizure["id"],
                "commodity": seizure["commodity"]["text"],
                "category": seizure["commodity"]["category"],
                "kilograms": None if weight is None else float(weight),
            }
            yield from _points(facts, told, seizure["places"], seizure["dates"])


def _points(facts: Facts, told: Facts, places: list[Facts], dates: Facts | None) -> Iterator[dict[str, Any]]:
    for place in places:
        if place["lat"] is None or place["lon"] is None:
            continue
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(place["lon"]), float(place["lat"])]},
            "properties": {
                "document": facts["source"]["sha256"],
                "name": facts["source"]["name"],
                **told,
                "start_date": dates and dates["start"],
                "end_date": dates and dates["end"],
                "place": place["name"],
                "place_kind": place["kind"],
                "country": place["country"],
            },
        }
