"""Running Quarto, with a stand-in: Quarto itself is not installable from the package index.

The stand-in writes what Quarto 1.9 is known to write around pages; that the real one renders the
project is checked elsewhere, on a machine that has it.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from aidkit.errors import PublishError
from aidkit.publish import publish_site

STAND_IN = """#!{python}
import json, os, pathlib, sys
words = sys.argv[1:]
site = pathlib.Path(words[1])
(site / "asked.json").write_text(json.dumps([words, os.environ.get("QUARTO_PROFILE")]))
made = site / words[words.index("--output-dir") + 1]
made.mkdir()
pages = json.loads((site / "stand-in.json").read_text(encoding="utf-8"))
for name, text in pages.items():
    (made / name).write_text(text, encoding="utf-8")
if not pages:
    print("ERROR: YAML validation failed", file=sys.stderr)
    sys.exit(1)
"""
ADDED = (
    '<script src="https://cdn.example/ajax/libs/require.js/2.3.6/require.min.js" integrity="s" '
    'crossorigin="anonymous"></script>\n'
    '<script src="https://cdn.example/ajax/libs/jquery/3.5.1/jquery.min.js" integrity="s" '
    'data-relocate-top="true"></script>\n'
    "<script type=\"application/javascript\">define('jquery', [],function() "
    "{return window.jQuery;})</script>\n"
)
PAGE = (
    '<html><head><link rel="canonical" href="https://county.example/">'
    '<script src="site_libs/nav.js"></script></head>'
    '<body><a href="https://www.example/">x</a></body></html>'
)


@pytest.fixture
def quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on PATH with the stand-in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "quarto").write_text(STAND_IN.format(python=sys.executable), "utf-8")
    (folder / "quarto").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def writes(site: Path, pages: dict[str, str]) -> None:
    (site / "stand-in.json").write_text(json.dumps(pages), "utf-8")


@pytest.mark.usefixtures("quarto")
@pytest.mark.parametrize("publisher", ["auto", "quarto"])
def test_renders_the_whole_project(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publisher: str
) -> None:
    monkeypatch.setenv("QUARTO_PROFILE", "internal")
    writes(site, {"index.html": PAGE, "style.css": "a{background:url(x.png)}"})
    result = publish_site(site, tmp_path / "out", publisher)  # type: ignore[arg-type]
    words, profile = json.loads((site / "asked.json").read_text())
    assert words == ["render", str(site), "--output-dir", "_site.quarto"]
    assert profile is None
    assert (result.publisher, result.pages) == ("quarto", 1)
    assert (tmp_path / "out" / "index.html").read_text() == PAGE
    assert not (site / "_site.quarto").exists()
    assert (site / "assets" / "vega.js").is_file()


@pytest.mark.usefixtures("quarto")
def test_cuts_the_scripts_that_quarto_adds(site: Path, tmp_path: Path) -> None:
    writes(site, {"index.html": PAGE.replace("</head>", f"{ADDED}</head>")})
    publish_site(site, tmp_path / "out", "quarto")
    page = (tmp_path / "out" / "index.html").read_text()
    assert "cdn.example" not in page
    assert "define('jquery'" not in page
    assert 'src="site_libs/nav.js"' in page


LOADS = {
    "script": ("index.html", '<script src="https://cdn.example/x.js"></script>'),
    "style": ("index.html", '<link href="//fonts.example/css" rel="stylesheet">'),
    "picture": ("index.html", "<img src=https://x.example/a.png>"),
    "import": ("theme.css", '@import url("https://fonts.example/css2");'),
    "font": ("theme.css", "@font-face{src:url(https://fonts.example/a.woff2)}"),
    "inline style": ("index.html", "<style>@import 'https://fonts.example/css2';</style>"),
}


@pytest.mark.usefixtures("quarto")
@pytest.mark.parametrize(("name", "text"), LOADS.values(), ids=LOADS)
def test_refuses_what_loads_from_outside(site: Path, tmp_path: Path, name: str, text: str) -> None:
    writes(site, {"index.html": PAGE, name: PAGE + text if name == "index.html" else text})
    with pytest.raises(PublishError, match="从外面装入") as caught:
        publish_site(site, tmp_path / "out", "quarto")
    assert caught.value.where == name
    assert not (site / "_site.quarto").exists()


@pytest.mark.usefixtures("quarto")
def test_says_what_quarto_said(site: Path, tmp_path: Path) -> None:
    writes(site, {})
    with pytest.raises(PublishError, match="YAML validation failed"):
        publish_site(site, tmp_path / "out", "quarto")


def test_offline_where_there_is_no_quarto(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert publish_site(site, tmp_path / "out", "auto").publisher == "offline"
    with pytest.raises(PublishError, match="没有安装 Quarto"):
        publish_site(site, tmp_path / "out", "quarto")


@pytest.mark.usefixtures("quarto")
def test_offline_can_be_forced(site: Path, tmp_path: Path) -> None:
    assert publish_site(site, tmp_path / "out", "offline").publisher == "offline"
