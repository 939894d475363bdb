"""Draw the figures of growth.py, JSON on standard input, as SVG: one panel a series, both axes logarithmic.

Runs in the environment of the benchmarks' peers, which has matplotlib.
"""

from __future__ import annotations

import json
import sys

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "growth", "font.family": "sans-serif", "font.size": 9}

from matplotlib import pyplot  # noqa: E402

LINE, GUIDE = "#1f5f8b", "#999999"


def main() -> None:
    series = json.load(sys.stdin)
    figure, panels = pyplot.subplots(1, len(series), figsize=(9, 3), layout="constrained")
    for panel, (what, points) in zip(panels, series.items(), strict=True):
        sizes, seconds = zip(*points, strict=True)
        first, last = sizes[0], sizes[-1]
        panel.loglog((first, last), (seconds[-1] * first / last, seconds[-1]), "--", color=GUIDE, label="in proportion")
        panel.loglog(sizes, seconds, "o-", color=LINE, label="measured")
        panel.set_xlabel(what)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("seconds of a processor")
    panels[0].legend(frameon=False)
    figure.savefig(sys.argv[1], metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
