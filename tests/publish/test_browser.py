"""The small site in Chromium: by double-click and over http, on screen, phone and paper."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import DESKTOP, PHONE, Watched, serving
from tests.publish.small_site import TERM

pytestmark = pytest.mark.browser

REPORT = f"reports/{TERM}/county.html"
PAGES = ("index.html", REPORT, "schools/index.html", "methods.html", "contact.html")


@pytest.fixture(scope="session")
def served(published: Path) -> Iterator[str]:
    with serving(published) as root:
        yield root


@pytest.fixture(params=["file", "http"])
def watched(
    request: pytest.FixtureRequest, chromium: Browser, published: Path, served: str
) -> Iterator[Watched]:
    root = f"{published.as_uri()}/" if request.param == "file" else served
    with chromium.new_context(viewport=DESKTOP) as context:
        watched = Watched(context.new_page(), root)
        yield watched
        assert watched.complaints == []
        assert watched.outside == []


@pytest.fixture
def phone(chromium: Browser, published: Path) -> Iterator[Watched]:
    with chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        yield Watched(context.new_page(), f"{published.as_uri()}/")


def test_pages_show_and_complain_of_nothing(watched: Watched) -> None:
    for path in PAGES:
        page = watched.open(path)
        assert page.locator("main").inner_text().strip()
        assert page.locator(".shell-nav a[aria-current]").count() == 1


def test_charts_draw(watched: Watched) -> None:
    page = watched.open(REPORT)
    drawing = page.locator(".aid-chart svg")
    box = drawing.bounding_box()
    assert box is not None
    assert box["width"] > 600
    assert drawing.locator("text", has_text="青源小学").count() == 1
    assert drawing.locator("path[aria-roledescription=bar]").count() == 5


def test_search_finds_part_of_a_name(watched: Watched) -> None:
    page = watched.open("contact.html")
    page.keyboard.press("/")
    page.keyboard.type("源小")
    first = page.get_by_role("option").first
    first.wait_for()
    assert first.locator("mark").first.inner_text() == "源小"
    assert "青源小学" in first.inner_text()
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/2141000001.html*")


def test_search_says_when_it_finds_nothing(watched: Watched) -> None:
    page = watched.open("schools/index.html")
    page.get_by_role("combobox").fill("火星小学")
    page.get_by_text("没有找到“火星小学”").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0


def test_search_leads_to_the_section(watched: Watched) -> None:
    page = watched.open("index.html")
    page.get_by_role("combobox").fill("白果中学 12,345")
    option = page.get_by_role("option").first
    option.click()
    page.wait_for_url(f"**/{REPORT}#shares")


def test_tabs_change_by_mouse_and_keyboard(watched: Watched) -> None:
    page = watched.open(REPORT)
    table = page.locator("#tbl-shares table")
    assert not table.is_visible()
    page.get_by_role("tab", name="表").click()
    assert table.is_visible()
    assert not page.locator(".aid-chart svg").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.get_by_role("tab", name="图").get_attribute("aria-selected") == "true"
    page.get_by_role("link", name="表 1").click()
    table.wait_for(state="visible")


def test_a_link_from_elsewhere_opens_its_tab(watched: Watched) -> None:
    page = watched.open(f"{REPORT}#tbl-shares")
    page.locator("#tbl-shares table").wait_for(state="visible")
    assert page.get_by_role("tab", name="表").get_attribute("aria-selected") == "true"


def test_dark_follows_the_system_and_is_remembered(chromium: Browser, published: Path) -> None:
    with chromium.new_context(viewport=DESKTOP, color_scheme="dark") as context:
        watched = Watched(context.new_page(), f"{published.as_uri()}/")
        page = watched.open(REPORT)

        def colours() -> tuple[str, str, str]:
            return (
                page.evaluate("getComputedStyle(document.body).backgroundColor"),
                page.locator(".role-axis-label text").first.evaluate(
                    "text => getComputedStyle(text).fill"
                ),
                page.evaluate("document.documentElement.dataset.theme"),
            )

        dark = colours()
        page.get_by_role("button", name="切换深色和浅色").click()
        light = colours()
        assert (dark[2], light[2]) == ("dark", "light")
        assert sum(rgb(dark[0])) < 200 < sum(rgb(dark[1]))
        assert sum(rgb(light[1])) < 200 < sum(rgb(light[0]))
        watched.open("methods.html")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


def rgb(colour: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def test_phone_needs_no_sideways_scrolling(phone: Watched) -> None:
    for path in PAGES:
        page = phone.open(path)
        tab = page.get_by_role("tab", name="表")
        if tab.count():
            tab.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    phone.open(REPORT)
    phone.page.get_by_role("tab", name="表").click()
    box = phone.page.locator("#tbl-shares .aid-scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")


def test_phone_menu_stays_on_the_screen(phone: Watched) -> None:
    page = phone.open("index.html")
    page.locator(".shell-menu summary").click()
    box = page.locator(".shell-menu ul").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_without_scripts_everything_shows(chromium: Browser, published: Path) -> None:
    with chromium.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{published.as_uri()}/{REPORT}")
        assert page.locator("#tbl-shares table").is_visible()
        assert page.locator("#fig-shares figcaption").is_visible()
        assert page.locator(".shell-toc a").first.is_visible()


def test_paper(chromium: Browser, published: Path, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing")
    with chromium.new_context(viewport=DESKTOP, color_scheme="dark") as context:
        watched = Watched(context.new_page(), f"{published.as_uri()}/")
        page = watched.open(REPORT)
        sheet = tmp_path / "report.pdf"
        page.pdf(path=str(sheet), prefer_css_page_size=True)
        page.emulate_media(media="print")
        for gone in (".shell-header", ".shell-toc", ".tab-list"):
            assert not page.locator(gone).is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
            "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)",
        )  # fmt: skip
    words = subprocess.run(
        ["pdftotext", "-layout", str(sheet), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    sheets = words.rstrip("\f").split("\f")
    assert len(sheets) == 2
    assert all(len("".join(text.split())) > 200 for text in sheets)
    assert "首页" not in words
    assert "请以正式文件为准" in words  # folded boxes are printed open
    assert sum("应享人数" in text for text in sheets) == 2  # the table's head on both its sheets
