"""The one local script that draws charts: Vega, Vega-Lite and Vega-Embed in one file."""

from importlib.metadata import version
from pathlib import Path

import vl_convert

from aidkit.project import replacing

CHART_MARK = 'class="aid-chart'
SCRIPTS = ("assets/vega.js", "assets/charts.js")
"""In the order pages load them."""


def write_vega(path: Path) -> None:
    """Write the bundle, unless it is there already from this version of vl-convert."""
    mark = f"/* vl-convert {version('vl-convert-python')} */\n"
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            if file.readline() == mark:
                return
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    with replacing(path) as file:
        file.write((mark + bundle).encode())
