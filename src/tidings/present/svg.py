"""Figures as SVG text: deterministic, light, safe to put several in one page."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONTS = "'Source Sans 3','Segoe UI','Helvetica Neue',Arial,'Liberation Sans',sans-serif"
STYLE = (
    f"<style>svg.fig text{{font-family:{FONTS}}}"
    "g[id*='halo'] text{paint-order:stroke;stroke:#fff;stroke-width:2.4px;stroke-linejoin:round}"
    "svg.fig a:hover{opacity:.7}</style>"
)


def render_svg(figure: Figure, prefix: str, label: str) -> str:
    """Return a figure as one SVG element.

    Parameters
    ----------
    figure
        Made without pyplot; nothing of it is changed.
    prefix
        Put before every id, so that two figures of one page never share one.
    label
        What the figure shows, for readers who do not see it.
    """
    from markupsafe import escape
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "tidings"}):
        metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
        FigureCanvasSVG(figure).print_figure(out, format="svg", metadata=metadata, dpi=72)
    text = re.sub(r"^.*?(?=<svg)|<metadata>.*?</metadata>\s*", "", out.getvalue(), flags=re.DOTALL)
    text = re.sub(r"font-family: [^;\"]*; ", "", text).replace("*{stroke-linejoin", "svg.fig *{stroke-linejoin")
    opening = f'<svg class="fig" role="group" aria-label="{escape(label)}"'
    return _slim(_prefixed(text, prefix)).replace("<svg", opening, 1).replace("<defs>", f"{STYLE}<defs>", 1).strip()


def _prefixed(text: str, prefix: str) -> str:
    """Give every id inside the figure a prefix; links to claims point outside it and stay."""
    own = set(re.findall(r'\bid="([^"]+)"', text))
    text = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", text)
    return re.sub(r'xlink:href="#([^"]+)"', lambda m: f'xlink:href="#{prefix}-{m[1]}"' if m[1] in own else m[0], text)


def _slim(text: str) -> str:
    """Drop what makes the text longer and says nothing, and let a link stay in its page."""
    text = text.replace(' target="_blank"', "")
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    return re.sub(r"\n\s+", "\n", text)


def inline(svg: str) -> str:
    """Return the SVG for a page of HTML, which knows its namespaces without their addresses."""
    return re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg).replace("xlink:href", "href")
