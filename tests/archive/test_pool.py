"""Reading processes: outcomes in order, and no memory kept of what was read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from archives import bulletin

from newsletter_extract.archive.limits import Limits, memory_in_use
from newsletter_extract.archive.pool import Pool, read_each
from newsletter_extract.archive.readers import Task
from newsletter_extract.settings import Settings

_MOST_KEPT_BYTES = 5 << 20
"""Over a hundred bulletins; kept cycles would be four times as much."""


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool({"settings": Settings().model_dump_json()}, Limits(), jobs=2)
    yield made
    made.close()


def test_outcomes_come_in_the_order_of_the_tasks(pool: Pool) -> None:
    long = "\n".join(bulletin(number) for number in range(40))
    texts = [long, bulletin(1), "", bulletin(2), long, bulletin(3)]
    outcomes = list(read_each(pool, (Task(f"{n}.txt", data=text.encode()) for n, text in enumerate(texts))))
    assert [outcome.failed for outcome in outcomes] == [None, None, "InputEmpty", None, None, None]
    names = [json.loads(outcome.body)["source"]["name"] for outcome in outcomes if outcome.body]
    assert names == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell the memory of a process")
def test_a_reading_process_does_not_grow_with_what_it_read() -> None:
    pool = Pool({"settings": Settings().model_dump_json()}, Limits(), jobs=1)
    held = []
    try:
        for number, _ in enumerate(read_each(pool, (Task("a.txt", data=bulletin(n).encode()) for n in range(121)))):
            if number in {20, 120}:
                held += [memory_in_use(reader.process_id) for reader in pool.readers]
    finally:
        pool.close()
    assert len(held) == 2
    assert held[1] - held[0] < _MOST_KEPT_BYTES
