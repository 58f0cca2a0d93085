"""What is kept of an earlier publishing changes no byte of the next, whatever happens between."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aidkit.errors import PublishError
from aidkit.publish import pandoc, publish_site

STEPS = 12


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Workshop:
    """Publishes the way a build does: beside the last site, then in its place."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.site, self.cache, self.last = site, folder / "cache", folder / "last"
        self._new, self._fresh = folder / "new", folder / "fresh"

    def publish(self) -> None:
        publish_site(self.site, self._new, "offline", cache=self.cache, last=self.last)
        shutil.rmtree(self.last, ignore_errors=True)
        self._new.rename(self.last)

    def said(self, publish: Callable[[], object]) -> str:
        try:
            publish()
        except PublishError as refusal:
            return f"{refusal.message} {refusal.where}"
        return ""

    def check(self) -> str:
        """Publish with and without what is kept; returns what was refused, if anything."""
        refused = self.said(lambda: publish_site(self.site, self._fresh, "offline"))
        assert self.said(self.publish) == refused
        if not refused:
            assert contents(self.last) == contents(self._fresh)
        return refused


@pytest.fixture
def workshop(site: Path, tmp_path: Path) -> Workshop:
    made = Workshop(site, tmp_path)
    made.publish()
    return made


@pytest.fixture
def no_pandoc(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pages: object) -> Iterator[str]:
        assert not list(pages)  # type: ignore[call-overload]
        yield from ()

    monkeypatch.setattr(pandoc, "to_html", refuse)


@pytest.mark.usefixtures("no_pandoc")
def test_an_unchanged_site_is_linked(workshop: Workshop) -> None:
    before = {path: path.stat().st_ino for path in workshop.last.rglob("*") if path.is_file()}
    workshop.publish()
    after = {path: path.stat().st_ino for path in workshop.last.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.usefixtures("no_pandoc")
def test_another_setting_needs_no_pandoc(workshop: Workshop) -> None:
    before = contents(workshop.last)
    settings = workshop.site / "_quarto-public.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("title: 学生", "title: 新的学生"), "utf-8"
    )
    workshop.publish()
    after = contents(workshop.last)
    assert {path for path in before if before[path] != after[path]} == {
        path for path in before if path.endswith(".html")
    }


def test_a_published_page_that_was_altered_is_made_again(workshop: Workshop) -> None:
    before = contents(workshop.last)
    page = workshop.last / "schools" / "index.html"
    page.write_text(page.read_text("utf-8").replace("学校", "学校！"), "utf-8")
    (workshop.last / "assets" / "shell.css").write_text("body{display:none}", "utf-8")
    (workshop.last / "methods.html").unlink()
    workshop.publish()
    assert contents(workshop.last) == before


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "json"])
def test_a_damaged_cache_is_not_believed(workshop: Workshop, how: str) -> None:
    for file in [path for path in workshop.cache.rglob("*") if path.is_file()]:
        content = file.read_bytes()
        half = len(content) // 2
        file.write_bytes(
            {
                "cut": content[:-9],
                "flipped": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
                "empty": b"",
                "json": b"{}",
            }[how]
        )
    (workshop.last / "methods.html").unlink()
    assert workshop.check() == ""


def test_a_removed_page_breaks_the_links_to_it(workshop: Workshop) -> None:
    (workshop.site / "schools" / "2141000001.qmd").unlink()
    assert "链接断了" in workshop.check()


def test_a_removed_heading_breaks_the_links_to_it(workshop: Workshop) -> None:
    page = workshop.site / "reports" / "sources.qmd"
    page.write_text(page.read_text("utf-8") + "\n[方法](../methods.qmd#here)\n", "utf-8")
    target = workshop.site / "methods.qmd"
    text = target.read_text("utf-8")
    target.write_text(f"{text}\n## 在这里 {{#here}}\n", "utf-8")
    assert workshop.check() == ""
    target.write_text(text, "utf-8")
    assert "不在 methods.html 里" in workshop.check()


def test_a_page_that_takes_the_place_of_a_file(workshop: Workshop) -> None:
    """A link to a plain file turns into one to a page when a source of that name appears."""
    (workshop.site / "schools" / "extra.html").write_text("<p>x</p>", "utf-8")
    page = workshop.site / "schools" / "2141000001.qmd"
    page.write_text(page.read_text("utf-8") + "\n[更多](extra.html)\n", "utf-8")
    assert workshop.check() == ""
    (workshop.site / "schools" / "extra.qmd").write_text("---\ntitle: 更多\n---\n\n正文\n", "utf-8")
    assert workshop.check() == ""
    assert "正文" in (workshop.last / "schools" / "extra.html").read_text("utf-8")


def test_random_edits(workshop: Workshop) -> None:
    rolls = random.Random(11)
    refusals = 0
    for step in range(STEPS):
        kept = contents(workshop.site)
        for _ in range(rolls.randint(1, 2)):
            rolls.choice(EDITS)(workshop.site, rolls, step)
        if workshop.check():
            refusals += 1
            _restore(workshop.site, kept)
    assert 0 < refusals < STEPS


def _restore(site: Path, kept: dict[str, bytes]) -> None:
    for path in contents(site):
        (site / path).unlink()
    for path, content in kept.items():
        (site / path).write_bytes(content)


def _page(site: Path, rolls: random.Random) -> Path:
    return rolls.choice(sorted(site.rglob("*.qmd")))


def _append(page: Path, text: str) -> None:
    page.write_text(f"{page.read_text('utf-8')}\n\n{text}\n", "utf-8")


def _edit(site: Path, rolls: random.Random, step: int) -> None:
    _append(_page(site, rolls), f"第 {step} 步。")


def _add(site: Path, rolls: random.Random, step: int) -> None:
    text = f"---\ntitle: 新页 {step}\n---\n\n## 节 {{#s{step}}}\n\n[首页](../index.ipynb)\n"
    (site / "schools" / f"n{step}.qmd").write_text(text, "utf-8")


def _remove(site: Path, rolls: random.Random, step: int) -> None:
    _page(site, rolls).unlink()


def _rename(site: Path, rolls: random.Random, step: int) -> None:
    page = rolls.choice(sorted((site / "schools").glob("*.qmd")))
    page.rename(page.with_name(f"r{step}.qmd"))


def _link(site: Path, rolls: random.Random, step: int) -> None:
    page, target = _page(site, rolls), _page(site, rolls)
    up = "../" * len(page.relative_to(site).parts[1:])
    _append(page, f"[去看]({up}{target.relative_to(site).as_posix()})")


def _anchor(site: Path, rolls: random.Random, step: int) -> None:
    page, target = _page(site, rolls), _page(site, rolls)
    _append(target, f"## 标题 {step} {{#a{step}}}")
    up = "../" * len(page.relative_to(site).parts[1:])
    _append(page, f"[去看]({up}{target.relative_to(site).as_posix()}#a{step})")


def _unanchor(site: Path, rolls: random.Random, step: int) -> None:
    for page in sorted(site.rglob("*.qmd")):
        if "{#a" in (text := page.read_text("utf-8")):
            page.write_text(text.replace("{#a", "{#b", 1), "utf-8")
            return


def _download(site: Path, rolls: random.Random, step: int) -> None:
    (site / "downloads" / f"d{step % 3}.csv").write_text(f"a\n{step}\n", "utf-8")


EDITS = (_edit, _edit, _add, _add, _remove, _rename, _link, _anchor, _unanchor, _download)
