"""How the finding of facts grows with a text: pages up to 5,000, and single lines up to a million characters.

Writes the table between the marks in docs/benchmarks.md. Seconds are of the processor and of the extractors alone, what
they load once apart. The pages are bulletins made up by chance; the lines are a story told over and over, and runs of
what patterns are led astray by.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from results import put

from archive import bulletin
from newsletter_extract import extractors, layout, reading, repair
from newsletter_extract.document import Document
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.machine import collect_rarely
from newsletter_extract.settings import Settings

PAGES = (625, 1_250, 2_500, 5_000)
CHARACTERS = (250_000, 500_000, 1_000_000)
LINES = {
    "a story in one line": "Izmir, 4 March 2021: Customs seized 12.5 kg of heroin and EUR 45,000 in a van. It left. ",
    "digits": "1",
    "dashes": "-",
    "spaces": " ",
    "amounts": "5 kg of ",
    "capitals": "Abcde ",
}


def document(text: str) -> Document:
    settings, gazetteer = Settings(), load_gazetteer()
    read = reading.read(reading.Source("growth.txt", text.encode()), settings.reading)
    return repair.clean(layout.arrange(read), settings.repair, gazetteer)[0]


def seconds(text: str) -> tuple[float, int]:
    """What finding the facts of a text takes, and how many words it has."""
    arranged = document(text)
    count = sum(len(block.text.split()) for block in arranged.blocks())
    begun = time.process_time()
    extractors.find(arranged, load_gazetteer(), Settings().extraction)
    return time.process_time() - begun, count


def rows() -> Iterator[str]:
    rng = random.Random(5_000)
    pages = ["\n".join(bulletin(rng, 2 * number + k) for k in range(2)) for number in range(PAGES[-1])]
    spent = []
    for size in PAGES:
        took, count = seconds("\f".join(pages[:size]))
        spent.append((size, took, 500_000 * took / count))
    each = " · ".join(f"{ms:.1f}" for _, _, ms in spent)
    yield row(f"pages of a text; milliseconds for 500 words: {each}", [(size, took) for size, took, _ in spent])
    for name, unit in LINES.items():
        yield row(name, [(size, seconds(unit * (size // len(unit)))[0]) for size in CHARACTERS])


def row(what: str, spent: list[tuple[int, float]]) -> str:
    sizes, took = (" · ".join(shown) for shown in ([f"{n:,}" for n, _ in spent], [f"{s:.2g}" for _, s in spent]))
    last, before = spent[-1], spent[-2]
    return f"| {what} | {sizes} | {took} | {last[1] / max(before[1], 1e-3):.2f} |"


def main() -> None:
    collect_rarely()
    seconds("4 March 2021, Riga, Latvia: Customs seized 5 kg of heroin.")  # loads what is loaded once
    lines = ["| | sizes | seconds | twice the size takes, times |", "|---|---|---|---|", *rows()]
    put("facts growth", "\n".join(lines))


if __name__ == "__main__":
    main()
