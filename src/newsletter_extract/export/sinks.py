"""Where tables go: files of CSV, JSON Lines and Parquet, databases of SQLite and DuckDB. All take rows as they come."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from newsletter_extract.errors import UsageError
from newsletter_extract.export.rows import DIGITS, PLACES, Cell, Row
from newsletter_extract.export.tables import TABLES, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection)."""
_BATCH_ROWS = 5_000
_DUCKDB_MEMORY = "256MB"
"""What it may keep of what it has written; without a limit it takes most of the machine's."""


class Sink(Protocol):
    """A place for rows. `close` is called once, when all went well."""

    def add(self, table: Table, rows: Sequence[Row]) -> None: ...
    def close(self) -> None: ...


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula; an apostrophe goes before what could be one."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


class CsvSink:
    """A CSV file a table (RFC 4180, UTF-8). Null is an empty cell."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._writers: dict[str, Any] = {}
        for table in TABLES:
            file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            self._writers[table.name] = csv.writer(self._files.enter_context(file))
            self._writers[table.name].writerow(column.name for column in table.all_columns)

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        self._writers[table.name].writerows([self._cell(cell) for cell in row] for row in rows)

    def close(self) -> None:
        self._files.close()

    @staticmethod
    def _cell(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if isinstance(cell, Decimal):
            return plain(cell)
        return defused(cell) if isinstance(cell, str) else str(cell)


class JsonLinesSink:
    """A file a table, an object a row."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._open = {
            table.name: self._files.enter_context((folder / f"{table.name}.jsonl").open("w", encoding="utf-8"))
            for table in TABLES
        }

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        names = [column.name for column in table.all_columns]
        for row in rows:
            line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_json)
            self._open[table.name].write(line + "\n")

    def close(self) -> None:
        self._files.close()


class SqliteSink:
    """One database with all tables. Dates are ISO 8601 text, as SQLite's own functions take them."""

    _TYPES = {"text": "TEXT", "integer": "INTEGER", "decimal": "NUMERIC", "float": "REAL", "date": "TEXT", "boolean": "INTEGER"}  # fmt: skip  # noqa: E501, RUF012

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")  # the file is new; it is renamed when it is whole
        self._db.execute("BEGIN")
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {self._TYPES[column.type]}' for column in table.all_columns)
            self._db.execute(f"CREATE TABLE {table.name} ({columns})")

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        marks = ", ".join("?" * len(table.all_columns))
        self._db.executemany(f"INSERT INTO {table.name} VALUES ({marks})", (list(map(_sqlite, row)) for row in rows))  # noqa: S608

    def close(self) -> None:
        for table in TABLES:
            self._db.execute(f"CREATE INDEX {table.name}_document ON {table.name} (document)")
        self._db.execute("COMMIT")
        self._db.close()


class _ArrowSink(ABC):
    """Gathers rows into batches of Arrow, for those who take these."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        waiting = self._rows[table.name]
        waiting.extend(rows)
        if len(waiting) >= _BATCH_ROWS:
            self._flush(table)

    def _flush(self, table: Table) -> None:
        pyarrow = need("pyarrow")
        rows, self._rows[table.name] = self._rows[table.name], []
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(table.all_columns)
        self._take(table, pyarrow.Table.from_arrays(
            [pyarrow.array(values, field.type) for values, field in zip(columns, arrow_schema(table), strict=True)],
            schema=arrow_schema(table),
        ))  # fmt: skip

    @abstractmethod
    def _take(self, table: Table, batch: Any) -> None:
        """Write a batch of rows."""


class ParquetSink(_ArrowSink):
    """A Parquet file a table."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        need("pyarrow")
        from pyarrow import parquet

        self._writers = {
            table.name: parquet.ParquetWriter(folder / f"{table.name}.parquet", arrow_schema(table), compression="zstd")
            for table in TABLES
        }

    def _take(self, table: Table, batch: Any) -> None:
        self._writers[table.name].write_table(batch)

    def close(self) -> None:
        for table in TABLES:
            self._flush(table)
            self._writers[table.name].close()


class DuckDbSink(_ArrowSink):
    """One DuckDB database with all tables."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._db = need("duckdb").connect(str(path), config={"memory_limit": _DUCKDB_MEMORY})
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {_DUCKDB[column.type]}' for column in table.all_columns)
            self._db.execute(f"CREATE TABLE {table.name} ({columns})")

    def _take(self, table: Table, batch: Any) -> None:
        self._db.register("batch", batch)
        self._db.execute(f"INSERT INTO {table.name} SELECT * FROM batch")  # noqa: S608
        self._db.unregister("batch")

    def close(self) -> None:
        for table in TABLES:
            self._flush(table)
        self._db.close()


_DUCKDB = {
    "text": "VARCHAR", "integer": "BIGINT", "decimal": f"DECIMAL({DIGITS}, {PLACES})", "float": "DOUBLE",
    "date": "DATE", "boolean": "BOOLEAN",
}  # fmt: skip


def arrow_schema(table: Table) -> Any:
    """The schema of a table for Arrow and Parquet, with what each column means."""
    pyarrow = need("pyarrow")
    types = {
        "text": pyarrow.string(), "integer": pyarrow.int64(), "decimal": pyarrow.decimal128(DIGITS, PLACES),
        "float": pyarrow.float64(), "date": pyarrow.date32(), "boolean": pyarrow.bool_(),
    }  # fmt: skip
    return pyarrow.schema(
        [pyarrow.field(c.name, types[c.type], metadata={"description": c.about}) for c in table.all_columns],
        metadata={"description": table.about},
    )


def need(library: str) -> Any:
    """A library of the extra `tables`. Raises UsageError where it is missing."""
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError:
        raise UsageError(f"This format needs {library}; pip install 'newsletter-extract[tables]'.") from None


def write_errors() -> tuple[type[Exception], ...]:
    """What is raised where something cannot be written, by the system and the libraries that are in use."""
    duckdb = sys.modules.get("duckdb")
    return (OSError, sqlite3.Error, *((duckdb.Error,) if duckdb else ()))


def plain(number: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _sqlite(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return _number(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _json(cell: Any) -> Any:
    return _number(cell) if isinstance(cell, Decimal) else cell.isoformat()
