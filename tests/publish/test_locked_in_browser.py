"""A locked site in Chromium: what a stranger sees, what the passphrase opens, where it cannot."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import DESKTOP, PHONE, Watched, serving
from tests.publish.locking import MARKER, PASSPHRASE, make_locked
from tests.publish.small_site import TERM

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' blob: 'unsafe-inline'; "
    "img-src 'self' blob: data:"
)
"""What a server that sends a content policy must allow."""

ASKING = "请输入口令"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, vega: Path) -> Path:
    return make_locked(tmp_path_factory.mktemp("locked"), vega)


@pytest.fixture(params=["file", "http"])
def watched(request: pytest.FixtureRequest, chromium: Browser, locked: Path) -> Iterator[Watched]:
    with serving(locked, POLICY) as served, chromium.new_context(viewport=DESKTOP) as context:
        root = f"{locked.as_uri()}/" if request.param == "file" else served
        watched = Watched(context.new_page(), root)
        yield watched
        assert watched.complaints == []
        assert watched.outside == []


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("口令", exact=True).fill(passphrase)
    page.get_by_role("button", name="打开").click()


def home(watched: Watched) -> Page:
    page = watched.open("index.html")
    unlock(page)
    page.locator(".shell-brand").wait_for()
    return page


def test_a_stranger_sees_nothing(watched: Watched, locked: Path) -> None:
    heard: list[bytes] = []
    if watched.root.startswith("http"):
        watched.page.on("response", lambda response: heard.append(response.body()))
    for name in sorted(path.name for path in locked.glob("*.html")):
        page = watched.open(name)
        page.get_by_label("口令", exact=True).wait_for()
        assert MARKER not in page.content()
        assert page.title() == ASKING
    assert MARKER.encode() not in b"".join(heard)


def test_a_browser_that_makes_no_key_of_it_says_so(watched: Watched) -> None:
    no_key = "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'DataError'))"
    watched.page.add_init_script(no_key)
    page = watched.open("index.html")
    unlock(page, "-")
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    expect(page.get_by_role("button", name="打开")).to_be_enabled()


def test_a_wrong_passphrase_is_told_and_may_be_mended(watched: Watched) -> None:
    page = watched.open("index.html")
    unlock(page, "k7mp-x3qt-9abc-hjkk")
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    assert MARKER not in page.content()
    unlock(page, f"　{PASSPHRASE.upper().replace('-', ' ')} ")
    page.locator(".shell-brand").wait_for()


def test_links_tabs_charts_search_and_downloads_work_inside(watched: Watched) -> None:
    page = home(watched)
    page.locator(".aid-chart svg").wait_for()
    page.get_by_role("link", name="读学期报告").click()
    page.locator(".shell-title h1").wait_for()
    drawing = page.locator(".aid-chart svg")
    drawing.wait_for()
    assert drawing.locator("text", has_text=f"{MARKER}小学").count() == 1
    page.get_by_role("tab", name="表").click()
    page.locator("#tbl-shares table").wait_for(state="visible")
    with page.expect_download() as saving:
        page.get_by_role("link", name="表格（CSV）").click()
    assert saving.value.suggested_filename == f"{TERM}-aid.csv"
    assert MARKER in Path(saving.value.path()).read_text("utf-8")
    page.get_by_role("combobox").fill("密语小")
    option = page.get_by_role("option").first
    option.wait_for()
    assert option.locator("mark").first.inner_text() == "密语小"
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/00*.html*")
    page.locator("main", has_text=MARKER).wait_for()


def test_a_link_into_a_page_opens_its_tab(watched: Watched) -> None:
    page = home(watched)
    page.get_by_role("combobox").fill("白果中学 12,345")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/00*.html#shares")
    page.locator(".shell-title h1").wait_for()
    address = page.url
    page.goto(f"{address.partition('#')[0]}#tbl-shares")
    page.reload()
    page.locator("#tbl-shares table").wait_for(state="visible")
    page.go_back()


def test_locking_again_asks_again(watched: Watched) -> None:
    page = home(watched)
    page.get_by_role("button", name="锁上").click()
    page.get_by_label("口令", exact=True).wait_for()
    assert MARKER not in page.content()
    page.reload()
    page.get_by_label("口令", exact=True).wait_for()


def test_another_tab_asks_again(watched: Watched) -> None:
    home(watched)
    other = watched.page.context.new_page()
    other.goto(watched.root + "index.html")
    other.get_by_label("口令", exact=True).wait_for()
    assert MARKER not in other.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_opens_it_by_double_click(
    chromium: Browser, locked: Path, scheme: str, tmp_path: Path
) -> None:
    size = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "color_scheme": scheme}
    with chromium.new_context(**size) as context:  # type: ignore[arg-type]
        page = Watched(context.new_page(), f"{locked.as_uri()}/").open("index.html")
        page.get_by_label("口令", exact=True).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        dark = sum(int(part) for part in ground.strip("rgb()").split(",")) < 200
        assert dark == (scheme == "dark")
        for control in (page.get_by_label("口令", exact=True), page.get_by_role("button")):
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        page.get_by_label("显示口令").check()
        unlock(page)
        page.locator(".shell-brand").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert MARKER in page.content()


def test_plain_http_on_another_machine_says_what_to_do(chromium: Browser, locked: Path) -> None:
    def answer(route: Route) -> None:
        route.fulfill(path=locked / urlsplit(route.request.url).path.lstrip("/"))

    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://ziyuan.school/index.html")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("https://")
        expect(alert).to_contain_text("双击")
        assert not page.get_by_label("口令", exact=True).is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_missing_or_damaged_file_is_told_apart(
    chromium: Browser, locked: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(locked, tmp_path / "copy"))
    (folder / "0000.js").write_bytes((folder / "0001.js").read_bytes().replace(b"(1,", b"(0,"))
    with chromium.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        for _ in range(2):
            page.goto(f"{folder.as_uri()}/index.html")
            unlock(page)
            expect(page.get_by_role("alert")).to_contain_text("损坏")
            (folder / "0000.js").unlink(missing_ok=True)
            page.evaluate("sessionStorage.clear()")


def test_without_a_script_it_says_so(chromium: Browser, locked: Path) -> None:
    with chromium.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{locked.as_uri()}/index.html")
        assert page.get_by_text("请开启 JavaScript").is_visible()
