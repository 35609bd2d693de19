"""Draws bars as an SVG: ``python -m benchmarks.chart OUT`` in the environment of the peers, with a `Chart` as JSON on its input.

That environment has matplotlib, which sitegen does without; so this module imports nothing of the others.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import TypedDict
from xml.sax.saxutils import escape

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# On white and on black these stand out alike; letters and paper follow the reader's choice.
_OWN, _OTHER = "#2f6fde", "#7d838c"
# Inches. A phone shows it in its own size, so what bars stand for is written above them.
_WIDTH = 3.9
_STYLE = """<style>
@media (prefers-color-scheme: dark) {
#paper path { fill: #16181d !important }
text { fill: #e6e8eb !important }
}
</style>"""


class Bar(TypedDict):
    """`text` stands beside the bar; `is_own` for sitegen's."""

    label: str
    text: str
    value: float
    is_own: bool


class Panel(TypedDict):
    """Bars that are compared, the first on top."""

    title: str
    bars: list[Bar]


class Chart(TypedDict):
    """`title` and `description` are for those who do not see the picture."""

    title: str
    description: str
    panels: list[Panel]


def draw(chart: Chart) -> str:
    """The same SVG for the same chart, with its letters as text."""
    rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "sitegen", "font.family": "DejaVu Sans", "font.size": 10})
    rows = [len(panel["bars"]) for panel in chart["panels"]]
    figure = Figure(figsize=(_WIDTH, 0.44 * sum(rows) + 0.6 * len(rows)), layout="constrained")
    figure.patch.set_gid("paper")
    axes = figure.subplots(len(rows), 1, squeeze=False, height_ratios=rows)
    for place, panel in zip(axes.flat, chart["panels"], strict=True):
        _draw_panel(place, panel)
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _accessible(written.getvalue(), chart)


def _draw_panel(axes: Axes, panel: Panel) -> None:
    values = [bar["value"] for bar in panel["bars"]]
    colours = [_OWN if bar["is_own"] else _OTHER for bar in panel["bars"]]
    bars = axes.barh(range(len(values)), values, height=0.4, color=colours)
    axes.bar_label(bars, [bar["text"] for bar in panel["bars"]], padding=4)
    for row, bar in enumerate(panel["bars"]):
        axes.text(0, row - 0.26, bar["label"], verticalalignment="bottom")
    axes.set_title(panel["title"], loc="left", fontweight="bold")
    axes.set_xlim(0, max(values) * 1.2)
    axes.set_ylim(-0.75, len(values) - 0.6)
    axes.invert_yaxis()
    axes.set_facecolor("none")
    axes.xaxis.set_visible(False)
    axes.yaxis.set_visible(False)
    axes.spines[:].set_visible(False)


def _accessible(svg: str, chart: Chart) -> str:
    """With a title and a description that screen readers know (SVG Accessibility API Mappings), and without what no reader sees."""
    _, _, body = re.sub(r" *<metadata>.*?</metadata>\n", "", svg, flags=re.DOTALL).partition("<svg ")
    attributes, _, rest = body.partition(">")
    title, description = escape(chart["title"]), escape(chart["description"])
    words = f'<title id="title">{title}</title>\n<desc id="description">{description}</desc>\n{_STYLE}'
    return f'<svg role="img" aria-labelledby="title description" {attributes}>\n{words}{rest}'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(json.load(sys.stdin)), encoding="utf-8")
