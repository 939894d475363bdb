"""Results of a batch as tables: typed, streamed, each seizure once, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from newsletter_extract import extract
from newsletter_extract.errors import OutputError
from newsletter_extract.export.archive import FORMS, export
from newsletter_extract.export.json import to_json
from newsletter_extract.export.rows import kilograms
from newsletter_extract.export.sinks import defused
from newsletter_extract.export.tables import TABLES

ROOT = Path(__file__).parents[2]
NEWS = """Border Desk Bulletin

12 May 2021, Riga, Latvia: Customs officers seized 40.5 kg of cocaine in a container. The drugs are worth EUR 2 million.

14 May 2021, Riga, Latvia: Police seized 9.5 kg of cocaine in a flat.

3 June 2021, Vilnius, Lithuania: Customs officers seized 2.5 tons of cigarettes in a lorry.
"""
TWICE = """Border Desk Bulletin

5 May 2021, Tallinn, Estonia: Customs officers seized 7 kg of heroin at the border.
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two results; in the second a seizure is told a second time."""
    folder = tmp_path_factory.mktemp("results")
    news = json.loads(to_json(extract(NEWS.encode(), name="=news.txt")))
    twice = json.loads(to_json(extract(TWICE.encode(), name="twice.txt")))
    again = {**twice["seizures"][0], "id": "seizure-2", "same_as": "seizure-1"}
    twice["seizures"].append(again)
    paths = [folder / "news.json", folder / "twice.json"]
    for path, facts in zip(paths, (news, twice), strict=True):
        path.write_text(json.dumps(facts), "utf-8")
    return paths


def made(results: Iterable[Path], name: str, folder: Path) -> Path:
    target = folder / name
    assert [trouble for _, trouble in export(results, FORMS[name], target) if trouble] == []
    return target


def test_the_query_of_the_docs_counts_each_seizure_once(results: list[Path], tmp_path: Path) -> None:
    docs = (ROOT / "docs/archives.md").read_text("utf-8")
    query = re.search(r"```sql\n(.*?)```", docs, re.DOTALL)[1]  # type: ignore[index]
    with duckdb.connect(str(made(results, "duckdb", tmp_path))) as db:
        assert db.execute(query).fetchall() == [
            ("cigarettes", "LT", dt.date(2021, 6, 1), Decimal(2500), 1),
            ("cocaine", "LV", dt.date(2021, 5, 1), Decimal(50), 2),
            ("heroin", "EE", dt.date(2021, 5, 1), Decimal(7), 1),
        ]


def test_every_format_holds_the_same_rows(results: list[Path], tmp_path: Path) -> None:
    csv_folder, lines = made(results, "csv", tmp_path), made(results, "jsonl", tmp_path)
    columnar = made(results, "parquet", tmp_path)
    with (
        sqlite3.connect(made(results, "sqlite", tmp_path)) as db,
        duckdb.connect(str(made(results, "duckdb", tmp_path))) as duck,
    ):
        for table in TABLES:
            names = [column.name for column in table.all_columns]
            with (csv_folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            objects = [json.loads(line) for line in (lines / f"{table.name}.jsonl").read_text("utf-8").splitlines()]
            typed = parquet.read_table(columnar / f"{table.name}.parquet")
            assert rows[0] == names == typed.column_names
            counts = {len(rows) - 1, len(objects), typed.num_rows}
            counts.add(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
            counts.add(duck.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])  # type: ignore[index]
            assert len(counts) == 1
            assert [list(o) for o in objects] == [names] * len(objects)
            for cells, row in zip(rows[1:], typed.to_pylist(), strict=True):
                assert [_text(row[name]) for name in names] == cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return defused(value) if isinstance(value, str) else str(value)


def test_types(results: list[Path], tmp_path: Path) -> None:
    folder = made(results, "parquet", tmp_path)
    [first, *_] = parquet.read_table(folder / "seizures.parquet").to_pylist()
    assert (first["start_date"], first["kilograms"], first["approximate"]) == (
        dt.date(2021, 5, 12),
        Decimal("40.5"),
        False,
    )
    [sum_] = parquet.read_table(folder / "money.parquet").to_pylist()
    assert (sum_["amount"], sum_["currency"]) == (Decimal(2_000_000), "EUR")


def test_geojson_has_a_point_for_each_place_and_no_seizure_twice(results: list[Path], tmp_path: Path) -> None:
    features = json.loads(made(results, "geojson", tmp_path).read_text("utf-8"))["features"]
    seizures = [f["properties"]["commodity"] for f in features if f["properties"]["kind"] == "seizure"]
    assert set(seizures) == {"cocaine", "cigarettes", "heroin"}
    assert seizures.count("heroin") == len([f for f in features if f["properties"]["kind"] == "event"][-1:]) == 1
    longitude, latitude = features[0]["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (24, 57)  # Riga


def test_an_empty_archive_gives_empty_tables(tmp_path: Path) -> None:
    for name in FORMS:
        made([], name, tmp_path)
    assert json.loads((tmp_path / "geojson").read_text("utf-8"))["features"] == []
    assert (tmp_path / "csv" / "events.csv").read_text("utf-8").startswith("document,event,")


def test_an_export_replaces_the_one_before_and_leaves_nothing_beside(results: list[Path], tmp_path: Path) -> None:
    made(results, "sqlite", tmp_path)
    made(results[:1], "sqlite", tmp_path)
    with sqlite3.connect(tmp_path / "sqlite") as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert [path.name for path in tmp_path.iterdir()] == ["sqlite"]


def test_a_result_that_cannot_be_used_is_told_and_the_others_are_there(results: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"source": {"sha256": "0"}}', "utf-8")
    told = list(export([broken, tmp_path / "missing.json", *results], FORMS["csv"], tmp_path / "csv"))
    assert ["run the batch again" in (trouble or "") for _, trouble in told] == [True, True, False, False]
    with (tmp_path / "csv/documents.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 3


@pytest.mark.parametrize("name", FORMS)
def test_a_full_disk_is_told_and_no_result_is_blamed(results: list[Path], tmp_path: Path, name: str) -> None:
    class OnFullDisk(FORMS[name].sink):  # type: ignore[name-defined, misc]
        def add(self, *_: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        list(export(results, replace(FORMS[name], sink=OnFullDisk), tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_numbers_that_no_column_holds_are_null(results: list[Path], tmp_path: Path) -> None:
    facts = json.loads(results[0].read_text("utf-8"))
    facts["seizures"][0]["cases"] = 10**30
    facts["seizures"][0]["quantities"][0]["value"] = 1e300
    huge = tmp_path / "huge.json"
    huge.write_text(json.dumps(facts), "utf-8")
    for name in FORMS:
        made([huge], name, tmp_path)
    with duckdb.connect(str(tmp_path / "duckdb")) as db:
        assert db.execute("SELECT cases, kilograms FROM seizures LIMIT 1").fetchone() == (None, Decimal("40.5"))
        assert db.execute("SELECT value, text FROM quantities LIMIT 1").fetchone() == (None, "40.5 kg")


def test_results_are_taken_one_at_a_time(results: list[Path], tmp_path: Path) -> None:
    taken: list[Path] = []

    def one_by_one() -> Iterator[Path]:
        for path in results:
            taken.append(path)
            yield path

    for count, _ in enumerate(export(one_by_one(), FORMS["csv"], tmp_path / "csv"), 1):
        assert len(taken) == count


def test_a_place_that_cannot_be_written_is_told(results: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        list(export(results, FORMS["csv"], tmp_path / "file" / "csv"))
    with pytest.raises(OutputError, match="is a file"):
        list(export(results, FORMS["csv"], tmp_path / "file"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_formulas_are_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@given(st.text())
def test_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert defused(text) in {text, f"'{text}"}
    assert not defused(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def weight(value: float, item: str | None = None, unit: str = "kg") -> dict[str, Any]:
    return {"si": {"value": value, "unit": unit}, "item": item}


@pytest.mark.parametrize(
    ("quantities", "total"),
    [
        ([], None),
        ([weight(40.5)], Decimal("40.5")),
        ([weight(3, unit="l")], None),
        ([weight(3, unit="l"), weight(2)], Decimal(2)),
        ([weight(1, "resin"), weight(2, "herb")], Decimal(3)),
        ([weight(1), weight(2)], None),
        ([{"si": None, "item": None}], None),
    ],
)
def test_kilograms_are_summed_only_where_each_tells_what_it_counts(
    quantities: list[dict[str, Any]], total: Decimal | None
) -> None:
    assert kilograms(quantities) == total
