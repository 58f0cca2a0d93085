"""The small county's own site in Chromium: by double-click and over http, on phone and paper."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from aidkit.staging.navigation import FUNDS, NOTICES
from tests.browsing import DESKTOP, PHONE, Watched, serving
from tests.conftest import TERM

pytestmark = pytest.mark.browser

A4_WIDTH = 794
"""210 mm in CSS pixels."""


@pytest.fixture
def site(built: Path) -> Path:
    return built / "site" / "_site"


@pytest.fixture
def pages(site: Path) -> list[str]:
    """Home, a school with aid, its report, the county's report and the frame's own pages."""
    school = max((site / "reports" / TERM).glob("99*.html"), key=lambda path: path.stat().st_size)
    return [
        "index.html",
        f"schools/{school.name}",
        f"reports/{TERM}/{school.name}",
        f"reports/{TERM}/county.html",
        "schools/index.html",
        "reports/index.html",
        "reports/sources.html",
        "methods.html",
    ]


@pytest.fixture(params=["file", "http"])
def watched(request: pytest.FixtureRequest, chromium: Browser, site: Path) -> Iterator[Watched]:
    with serving(site) as served, chromium.new_context(viewport=DESKTOP) as context:
        root = f"{site.as_uri()}/" if request.param == "file" else served
        watched = Watched(context.new_page(), root)
        yield watched
        assert watched.complaints == []
        assert watched.outside == []


def test_pages_show_and_their_charts_draw(watched: Watched, pages: list[str]) -> None:
    drawn = {}
    for path in pages:
        page = watched.open(path)
        assert page.locator("h1").first.inner_text().strip()
        drawn[path] = page.locator(".aid-chart svg").count()
    assert drawn["index.html"] == 1
    assert drawn[pages[2]] >= 2  # what is withheld of a small school is not drawn
    assert drawn[pages[3]] >= 4


def test_search_finds_primary_schools(watched: Watched) -> None:
    page = watched.open("index.html")
    page.get_by_role("combobox").fill("小学")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "小学" in option.inner_text()
    option.click()
    page.wait_for_url("**/*.html*")
    assert "小学" in page.locator("main").inner_text()


def test_a_phone_scrolls_only_downwards(chromium: Browser, site: Path, pages: list[str]) -> None:
    with chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        watched = Watched(context.new_page(), f"{site.as_uri()}/")
        for path in pages:
            page = watched.open(path)
            for tab in page.get_by_role("tab", name="表").all():
                tab.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_phone_has_room_for_every_entry_of_the_bar(chromium: Browser, site: Path) -> None:
    entries = "".join(f"<li><a href='#'>{text}</a></li>" for text, _ in (NOTICES, FUNDS))
    add = "(nav, html) => nav.insertAdjacentHTML('beforeend', html)"
    with chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        page = Watched(context.new_page(), f"{site.as_uri()}/").open("index.html")
        page.locator(".shell-right").evaluate_all("all => all.forEach(one => one.remove())")
        bar = page.locator(".shell-nav")
        line = bar.evaluate("nav => nav.offsetHeight")
        bar.evaluate(add, f"<ul class='shell-right'>{entries}</ul>")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert bar.evaluate("nav => nav.offsetHeight") == line


def test_a_report_on_paper(chromium: Browser, site: Path, pages: list[str], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing")
    sheet = tmp_path / "report.pdf"
    with chromium.new_context(viewport=DESKTOP) as context:
        page = Watched(context.new_page(), f"{site.as_uri()}/").open(pages[2])
        title = page.locator("h1").inner_text()
        page.pdf(path=str(sheet), prefer_css_page_size=True)
        page.emulate_media(media="print")
        for gone in (".shell-header", ".shell-toc", ".tab-list"):
            assert not page.locator(gone).first.is_visible()
        page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") <= A4_WIDTH
    words = subprocess.run(
        ["pdftotext", "-layout", str(sheet), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "".join(title.split()) in "".join(words.split())
    assert "本页目录" not in words
    assert all("".join(text.split()) for text in words.rstrip("\f").split("\f"))
