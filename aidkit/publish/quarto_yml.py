"""`_quarto.yml`: the settings that both publishers follow."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidkit.errors import PublishError
from aidkit.publish.settings import flag_of, mapping_of, number_of, read_yaml, text_of, texts_of

FIXED: Mapping[str, Any] = {
    "project.type": "website",
    "format.html.html-math-method": "mathml",
    "format.html.html-table-processing": "none",
    "format.html.respect-user-color-scheme": True,
    "format.html.title-block-categories": False,
    "filters": ["assets/aidkit.lua"],
}
"""Settings of which the offline publisher does one value only."""

INCLUDED = "metadata-files"
"""Files whose settings are taken in."""

PROFILE = "profile.default"
"""Whose settings `_quarto-<profile>.yml` are taken in where nobody asks for others."""

QUARTO_ONLY = ("project.output-dir", "website.search", "format.html.theme")
"""Settings about Quarto's own output folder, search and style, which offline has its own of."""


@dataclass(frozen=True)
class Entry:
    """An entry of the navigation bar.

    Attributes:
        text: What it says.
        href: Source path of a page of the project; empty when it opens a menu.
        menu: The entries below it.
    """

    text: str
    href: str = ""
    menu: "tuple[Entry, ...]" = ()


@dataclass(frozen=True)
class SiteConfig:
    """What `_quarto.yml` says.

    Attributes:
        title: Name of the site.
        lang: Language of the pages.
        render: Globs of the pages, relative to the project.
        resources: Globs of files to publish as they are.
        favicon: Icon of the site, or empty.
        left: Entries at the left of the navigation bar.
        right: Entries at its right.
        footer_left: Text at the left of the foot of each page.
        footer_right: Text at its right.
        css: Style sheets of all pages.
        toc: Whether pages have a table of contents.
        toc_depth: Deepest heading in it.
        toc_title: Its title.
        echo: Whether the code of notebooks is shown.
    """

    title: str
    lang: str = "zh"
    render: tuple[str, ...] = ("**/*.qmd", "**/*.ipynb")
    resources: tuple[str, ...] = ()
    favicon: str = ""
    left: tuple[Entry, ...] = ()
    right: tuple[Entry, ...] = ()
    footer_left: str = ""
    footer_right: str = ""
    css: tuple[str, ...] = ()
    toc: bool = False
    toc_depth: int = 3
    toc_title: str = "本页目录"
    echo: bool = True

    def pages_in_bar(self) -> Iterator[Entry]:
        """All entries of the navigation bar that lead to a page."""
        for entry in (*self.left, *self.right):
            yield from entry.menu or (entry,)


def read_config(site: Path, profile: str = "") -> SiteConfig:
    """Read `_quarto.yml` with the settings of a profile.

    Where both set the same, Quarto takes the profile's text or puts lists together; here that is
    refused, so that each setting stands in one place.

    Args:
        site: The Quarto project.
        profile: Which `_quarto-<profile>.yml` to take in; empty for the project's own default.

    Raises:
        PublishError: It is missing, broken, or sets what the offline publisher does not do.
    """
    try:
        text = (site / "_quarto.yml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PublishError(
            "找不到 _quarto.yml。", where=site.name, remedy="请指定网站文件夹。"
        ) from None
    values: dict[str, Any] = {}
    for key, value, file in _told(site, text, profile):
        where = f"{file}：{key}"
        if key in SETTINGS:
            if SETTINGS[key][0] in values:
                raise PublishError("两处都写了这个设置。", where=where, remedy="请只留一处。")
            name, read = SETTINGS[key]
            values[name] = read(value, where)
        elif key in FIXED:
            if value != FIXED[key]:
                raise PublishError(
                    f"离线发布不支持“{value}”。", where=where, remedy=f"请改为 {FIXED[key]}。"
                )
        elif not any(key == known or key.startswith(f"{known}.") for known in QUARTO_ONLY):
            raise PublishError(
                "离线发布不认识这个设置。", where=where, remedy="请删去，或先在离线发布里实现。"
            )
    if "title" not in values:
        raise PublishError("缺少网站名称。", where="_quarto.yml：website.title", remedy="请补上。")
    return SiteConfig(**values)


def _told(site: Path, text: str, profile: str) -> Iterator[tuple[str, object, str]]:
    """Settings of `_quarto.yml`, of its profile and of files taken in; key, value, file."""
    main = list(_flat(read_yaml(text, "_quarto.yml")))
    default = next((value for key, value in main if key == PROFILE), "")
    chosen = profile or (text_of(default, f"_quarto.yml：{PROFILE}") if default else "")
    if chosen:
        name = f"_quarto-{chosen}.yml"
        if profile and not (site / name).is_file():
            raise PublishError(f"找不到 {name}。", where=site.name, remedy="请补上这个文件。")
        yield from _of_file(site, name)
    for key, value in main:
        if key == INCLUDED:
            for name in texts_of(value, f"_quarto.yml：{INCLUDED}"):
                yield from _of_file(site, name)
        elif key != PROFILE:
            yield key, value, "_quarto.yml"


def _of_file(site: Path, name: str) -> Iterator[tuple[str, object, str]]:
    """Settings of a file beside `_quarto.yml`, if it is there."""
    if (site / name).is_file():
        content = read_yaml((site / name).read_text(encoding="utf-8"), name)
        yield from ((key, value, name) for key, value in _flat(content))


def _flat(content: object, above: str = "") -> Iterator[tuple[str, object]]:
    """Settings by their dotted key; lists stay whole."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _flat(value, f"{above}.{key}" if above else str(key))
    elif above:
        yield above, content


def _entries(value: object, where: str) -> tuple[Entry, ...]:
    """Entries of the navigation bar."""
    if not isinstance(value, list):
        raise PublishError("这里应当是列表。", where=where, remedy="每一项以 - 开头。")
    entries = []
    for item in value:
        fields = mapping_of(item, ("text", "href", "menu"), where)
        if "text" not in fields or ("href" in fields) == ("menu" in fields):
            raise PublishError(
                "导航项要有 text，并且 href 与 menu 二选一。", where=where, remedy="请补全。"
            )
        menu = _entries(fields["menu"], f"{where}.menu") if "menu" in fields else ()
        entries.append(
            Entry(text_of(fields["text"], where), text_of(fields.get("href", ""), where), menu)
        )
    return tuple(entries)


SETTINGS: Mapping[str, tuple[str, Callable[[object, str], Any]]] = {
    "lang": ("lang", text_of),
    "project.render": ("render", texts_of),
    "project.resources": ("resources", texts_of),
    "website.title": ("title", text_of),
    "website.favicon": ("favicon", text_of),
    "website.navbar.left": ("left", _entries),
    "website.navbar.right": ("right", _entries),
    "website.page-footer.left": ("footer_left", text_of),
    "website.page-footer.right": ("footer_right", text_of),
    "format.html.css": ("css", texts_of),
    "format.html.toc": ("toc", flag_of),
    "format.html.toc-depth": ("toc_depth", number_of),
    "format.html.toc-title": ("toc_title", text_of),
    "execute.echo": ("echo", flag_of),
}
"""Settings that the offline publisher follows: the field each fills, and its type."""
