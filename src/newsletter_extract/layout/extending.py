"""Whether a run goes on with one more row: it ends with a gutter that enough rows prove."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.gutters import MIN_ROWS, Interval, gap_below, rows_beside, shared_gaps
from newsletter_extract.layout.run import AHEAD, TEXT_WORDS, TIGHT_EM, Run, edges_of, pieces_of
from newsletter_extract.layout.tables.aligned import is_table


def extended(run: Run, alone: Run, ahead: Sequence[list[Word]], size: float) -> Run | None:
    """The run with one more row, a run of its own so far and the first of those `ahead`, or None where it ends the run.

    A gutter that enough rows prove ends with it, unless it parted the cells of a table, or stood in one column while
    the text of another goes on.
    """
    shared = shared_gaps(run.gaps, alone.gaps, size)
    longer = Run(run.rows, shared, min(run.left, alone.left), max(run.right, alone.right))
    kept, before = longer.inner(shared), run.inner(run.gaps)
    if kept:
        lost = [g for g in before if not any(g[0] < k[1] and k[0] < g[1] for k in kept)]
        # Cells of a table are often short: a few rows beside each other prove no gutter.
        proven = _proven(lost, kept, run.words(), size) if lost else []
        if (
            proven
            and not _text_goes_on(run.rows[-AHEAD:], ahead, kept, proven, size)
            and not all(_parts_cells(piece, proven) for piece in pieces_of(run.words(), kept))
        ):
            return None
    elif before or alone.inner(alone.gaps):
        return None
    run.rows.extend(alone.rows)
    return longer


def _proven(gaps: Sequence[Interval], cuts: Sequence[Interval], words: Sequence[Word], size: float) -> list[Interval]:
    """Those of the gaps that have rows enough on both sides, up to the cuts that go on."""
    return [
        gap
        for (low, high), piece in zip(pairwise(edges_of(cuts)), pieces_of(words, cuts), strict=True)
        for gap in gaps
        if low < (gap[0] + gap[1]) / 2 < high and rows_beside(gap, piece, size) >= MIN_ROWS
    ]


def _text_goes_on(
    above: Sequence[list[Word]],
    below: Sequence[list[Word]],
    cuts: Sequence[Interval],
    lost: Sequence[Interval],
    size: float,
) -> bool:
    """Whether lines of a column in which none of the lost gaps lies follow each other without a band of white."""
    for low, high in pairwise(edges_of(cuts)):
        if any(low < gap[0] < high for gap in lost):
            continue
        last, following = (
            [line for row in rows if len(line := [w for w in row if low < w.bbox.x0 < high]) >= TEXT_WORDS]
            for rows in (above, below)
        )
        if last and following and gap_below(last[-1], following[0]) < TIGHT_EM * size:
            return True
    return False


def _parts_cells(piece: Sequence[Word], gaps: Sequence[Interval]) -> bool:
    """Whether those of the gaps that lie in a piece part the cells of a table."""
    columns = [column for column in pieces_of(piece, gaps) if column]
    return len(columns) < 2 or is_table(columns)
