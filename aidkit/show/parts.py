"""Pieces of a page, each as Markdown for the publishers and as HTML for JupyterLab.

Prose is Markdown with nothing but `**bold**` and `[links](to)`; whatever comes from data goes
through `escaped` first.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

PAGE_MIME = "application/vnd.aidkit.page+json"
"""Front matter of a page, carried by the output of its notebook's first cell."""

CHART_MIME = "application/vnd.vegalite.v5+json"
"""The newest Vega-Lite that JupyterLab 4 draws."""

IN_JUPYTER = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 640}
"""What a chart has otherwise there: fitted to its container it never stops resizing."""

RED = ' style="border-left:5px solid #a8201a;color:#a8201a"'
"""An important box in JupyterLab, which knows nothing of our style sheet."""

LONG = 20
"""Lists longer than this are folded away."""

Spec = Mapping[str, Any]
"""A Vega-Lite specification."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+|~^$@!\"'=-])")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)\*\*")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]+)\]\((.+?)\)")
_REFERENCE = re.compile(r"@(fig|tbl)-[a-z0-9-]+")


@dataclass(frozen=True)
class Part:
    """A piece of a page.

    Attributes:
        markdown: For the site: Markdown with raw HTML blocks.
        html: The same for JupyterLab, without its charts.
        charts: Specifications that JupyterLab draws below the HTML.
        page: Front matter that this piece gives to its page.
    """

    markdown: str
    html: str
    charts: tuple[Spec, ...] = ()
    page: Mapping[str, Any] | None = None

    def __add__(self, other: "Part") -> "Part":
        """This piece, then the other."""
        return join((self, other))

    def bundles(self) -> list[dict[str, Any]]:
        """What a notebook's cell shows: MIME type → content, one bundle for each output."""
        first: dict[str, Any] = {"text/markdown": self.markdown, "text/html": self.html}
        if self.page is not None:
            first[PAGE_MIME] = self.page
        return [first, *({CHART_MIME: {**spec, **IN_JUPYTER}} for spec in self.charts)]

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415 (only notebooks have to wait for it)

        show: Callable[..., None] = display  # IPython's own is untyped
        for bundle in self.bundles():
            show(bundle, raw=True)


def escaped(text: str) -> str:
    """Text from data, made safe for prose."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def join(parts: Iterable[Part]) -> Part:
    """Pieces one after another; front matter is that of the first piece that has some."""
    kept = list(parts)
    return Part(
        "\n\n".join(part.markdown for part in kept if part.markdown),
        "\n".join(part.html for part in kept if part.html),
        tuple(spec for part in kept for spec in part.charts),
        next((part.page for part in kept if part.page is not None), None),
    )


def raw(markup: str) -> Part:
    """HTML that stands in the page as it is; its texts are escaped by whoever made it."""
    return Part(f"```{{=html}}\n{markup}\n```", markup)


def prose(*paragraphs: str, lead: bool = False) -> Part:
    """Paragraphs of Markdown; `lead` sets them larger."""
    part = Part("\n\n".join(paragraphs), "".join(f"<p>{_html_of(text)}</p>" for text in paragraphs))
    return div("aid-lead", part) if lead else part


def bullets(items: Iterable[str]) -> Part:
    """A list of Markdown lines."""
    lines = list(items)
    return Part(
        "\n".join(f"- {line}" for line in lines),
        "<ul>" + "".join(f"<li>{_html_of(line)}</li>" for line in lines) + "</ul>",
    )


def section(title: str, anchor: str, *parts: Part) -> Part:
    """A second-level heading and what stands below it."""
    return join((Part(f"## {title} {{#{anchor}}}", f"<h2>{_html_of(title)}</h2>"), *parts))


def div(classes: str, *parts: Part) -> Part:
    """A fenced div."""
    inner = join(parts)
    dotted = " ".join(f".{name}" for name in classes.split())
    return replace(
        inner,
        markdown=f":::: {{{dotted}}}\n\n{inner.markdown}\n\n::::",
        html=f'<div class="{classes}">{inner.html}</div>',
    )


def callout(
    title: str,
    *parts: Part,
    kind: Literal["note", "tip", "warning", "important"] = "note",
    collapse: bool = False,
) -> Part:
    """A box beside the text."""
    inner = join(parts)
    closed = ' collapse="true"' if collapse else ""
    red = RED if kind == "important" else ""
    return replace(
        inner,
        markdown=f"::: {{.callout-{kind}{closed}}}\n\n### {title}\n\n{inner.markdown}\n\n:::",
        html=f"<blockquote{red}>{_boxed(title, inner.html, collapse)}</blockquote>",
    )


def _boxed(title: str, inner: str, collapse: bool) -> str:
    heading = f"<strong>{_html_of(title)}</strong>"
    if collapse:
        return f"<details><summary>{heading}</summary>{inner}</details>"
    return heading + inner


def folded(title: str, table: Part, rows: int) -> Part:
    """A table of `rows` rows; a long one is folded away below its title."""
    return table if rows <= LONG else callout(title, table, collapse=True)


def tabs(**panels: Part) -> Part:
    """Panels of which the page shows one at a time; the keywords are their titles."""
    if len(panels) == 1:
        return next(iter(panels.values()))
    markdown = "\n\n".join(f"### {title}\n\n{part.markdown}" for title, part in panels.items())
    inner = join(panels.values())
    return replace(inner, markdown=f"::: {{.panel-tabset}}\n\n{markdown}\n\n:::")


def numbered(anchor: str, part: Part, caption: str) -> Part:
    """A figure (`fig-…`) or table (`tbl-…`) with its caption; the publisher numbers it."""
    return replace(
        part,
        markdown=f"::: {{#{anchor}}}\n\n{part.markdown}\n\n{caption}\n\n:::",
        html=f"{part.html}<p><small>{_html_of(caption)}</small></p>",
    )


@dataclass(frozen=True)
class Drawing:
    """A chart for a section.

    Attributes:
        spec: The chart.
        says: Its content, for those who cannot see it.
        caption: What stands below it.
    """

    spec: Spec
    says: str
    caption: str


def pictured(anchor: str, title: str, drawing: Drawing | None, table: Part, caption: str) -> Part:
    """A section with a chart and its table as tabs; the table alone if nothing can be drawn."""
    numbers = numbered(f"tbl-{anchor}", table, caption)
    if drawing is None:
        return section(title, anchor, numbers)
    figure = numbered(f"fig-{anchor}", chart(drawing.spec, drawing.says), drawing.caption)
    return section(title, anchor, tabs(图=figure, 表=numbers))


def chart(spec: Spec, says: str) -> Part:
    """A chart drawn by the page's own script; `says` tells its content to those who cannot see."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    markup = (
        f'<div class="aid-chart" role="img" aria-label="{html.escape(says)}">'
        f'<script type="application/json" class="aid-spec">{text}</script></div>'
    )
    return Part(f"```{{=html}}\n{markup}\n```", "", (spec,))


def _html_of(markdown: str) -> str:
    """The same prose for JupyterLab."""
    text = _REFERENCE.sub("", html.escape(markdown, quote=False))
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    text = _LINK.sub(r'<a href="\2">\1</a>', text)
    return re.sub(r"\\(.)", r"\1", text)
