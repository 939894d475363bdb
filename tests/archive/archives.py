"""Small bulletins, and what a batch made of them."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from newsletter_extract.archive.batch import Batch, Plan
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.observers import Several
from newsletter_extract.settings import Settings

GOODS = ("cocaine", "heroin", "cigarettes", "khat", "ivory")


def bulletin(number: int) -> str:
    """A bulletin like no other number's."""
    goods, day = GOODS[number % len(GOODS)], number % 28 + 1
    return (
        f"Border Desk Bulletin {number}\n\n"
        f"{day} March 2021, Riga, Latvia: Customs officers seized {number + 2} kg of {goods} in a lorry.\n"
    )


class Run:
    """One pass of a batch, and what its manifest says afterwards."""

    def __init__(self, out: Path, events: list[tuple[str, str]]) -> None:
        self.out, self.events = out, events
        with sqlite3.connect(out / "manifest.sqlite") as db:
            db.row_factory = sqlite3.Row
            self.rows: dict[str, dict[str, Any]] = {
                row["name"]: dict(row) for row in db.execute("SELECT * FROM input ORDER BY key")
            }
        db.close()

    def statuses(self, below: Path) -> dict[str, str]:
        """Status of each input by its path below a folder; those of inputs that went away in brackets."""
        return {
            name.removeprefix(f"{below}/"): f"({row['status']})" if row["gone_since"] else row["status"]
            for name, row in self.rows.items()
            if row["kind"] != "archive"
        }

    @property
    def read(self) -> list[str]:
        """File names of what was read in this pass, with the outcome of each."""
        return sorted(f"{Path(name).name} {status}" for name, status in self.events if status in {"done", "failed"})


class Recorder:
    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []

    def began(self, name: str) -> None: ...

    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        self.events.append((name, status))

    def tick(self, at_work: list[str]) -> None: ...


def results(out: Path) -> dict[str, str]:
    """Digest of every result by its path."""
    folder = out / "documents"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def three_bulletins(below: Path) -> Path:
    """A folder with three bulletins, one of them in a folder of its own."""
    folder = below / "archive"
    (folder / "2021").mkdir(parents=True)
    (folder / "a.txt").write_text(bulletin(1), "utf-8")
    (folder / "b.txt").write_text(bulletin(2), "utf-8")
    (folder / "2021" / "c.txt").write_text(bulletin(3), "utf-8")
    return folder


def run_batch(*inputs: Path | str, out: Path, **options: Any) -> Run:
    """One pass over the inputs into `out`."""
    plan = {"lists": (), "settings": Settings(), "limits": Limits(), "jobs": 1, **options}
    recorder = Recorder()
    work = Batch(Plan(inputs=tuple(map(str, inputs)), out=out, **plan), Several(recorder))
    try:
        work.one_pass()
    finally:
        work.close()
    return Run(out, recorder.events)
