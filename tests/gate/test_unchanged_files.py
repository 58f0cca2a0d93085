"""A scan that passes over what it has read before finds what a scan of everything finds."""

import random
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from aidkit.gate import Finding, People, scan
from tests.gate.planted import ADDRESS, CHANNELS, ID, LEAKS, NAME, PEOPLE, Plant, page

DONOR = "田汉民"
STEPS = 60


class Site:
    """A site whose scans keep what they read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "site", folder / "cache" / "site.json"
        self.folder.mkdir()

    def put(self, name: str, body: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(body) if name.endswith(".html") else body, encoding="utf-8")

    def scan(self, people: People) -> list[Finding]:
        """Scan with what is kept, and compare with a scan without."""
        found = scan(self.folder, people, cache=self.cache)
        assert found == scan(self.folder, people)
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.put("index.html", "<td>青山县共有 1,234 人受助</td>")
    made.put("reports/2026/county.html", f"<p>鸣谢 {DONOR} 先生</p>")
    made.put(
        "schools/a.html",
        "<p>高一 12 人，王 小 明，刘\U0002cd02</p><td>139</td><td>9000</td><td>1234</td>",
    )
    made.put("a.csv", "学校,开学日期\n试验学校,2016-09-01\n")
    return made


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that a scan reads anew."""
    module = import_module("aidkit.gate.reading_along")
    names: list[str] = []
    real: Callable[[bytes, str], object] = module.words_of

    def noting(content: bytes, name: str) -> object:
        names.append(name)
        return real(content, name)

    monkeypatch.setattr(module, "words_of", noting)
    return names


def test_only_what_changed_is_read_again(site: Site, reads: list[str]) -> None:
    scan(site.folder, PEOPLE, cache=site.cache)
    assert len(reads) == 4
    reads.clear()
    scan(site.folder, replace(PEOPLE, names=PEOPLE.names | {"某某某"}), cache=site.cache)
    assert reads == []
    site.put("index.html", "<td>青山县共有 1,235 人受助</td>")
    scan(site.folder, PEOPLE, cache=site.cache)
    assert reads == ["index.html"]


def test_other_libraries_may_find_more_in_the_same_file(
    site: Site, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(site.folder, PEOPLE, cache=site.cache)
    reads.clear()
    monkeypatch.setattr("aidkit.gate.readings.environment", lambda: {"python": "0"})
    scan(site.folder, PEOPLE, cache=site.cache)
    assert len(reads) == 4


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_a_person_who_comes_later_is_found_on_an_unchanged_file(
    tmp_path: Path, plant: Plant, leak: str
) -> None:
    text, kind = LEAKS[leak]
    if plant.__name__ == "file_name":
        text = text.replace("*", "×")
    site = Site(tmp_path)
    plant(site.folder, text)
    before = {finding.kind for finding in site.scan(People())}
    assert kind in before or kind in {finding.kind for finding in site.scan(PEOPLE)}


STEPS_OF_PEOPLE: dict[str, tuple[People, str]] = {
    "new name": (People(names=frozenset({DONOR})), "reports/2026/county.html"),
    "name in spaces": (People(names=frozenset({"王小明"})), "schools/a.html"),
    "name with a rare character": (People(names=frozenset({"刘\U0002cd02"})), "schools/a.html"),
    "name of two": (People(names=frozenset({"高一"})), "schools/a.html"),
    "number in cells": (People(numbers={"13990001234": "phone"}), "schools/a.html"),
    "donor withdraws": (
        People(names=frozenset({DONOR}), named_pages=("reports/*/county.html",)),
        "reports/2026/county.html",
    ),
    "pages no longer declared": (
        People(names=frozenset({DONOR}), named=frozenset({DONOR})),
        "reports/2026/county.html",
    ),
    "school renamed": (
        People(names=frozenset({DONOR}), ignored=frozenset({"别的"})),
        "reports/2026/county.html",
    ),
}


@pytest.mark.parametrize("step", STEPS_OF_PEOPLE)
def test_each_change_of_the_people(site: Site, step: str) -> None:
    allowed = People(
        names=frozenset({DONOR}),
        named=frozenset({DONOR}),
        named_pages=("reports/*/county.html",),
        ignored=frozenset({"高一"}),
    )
    assert site.scan(allowed) == []
    people, file = STEPS_OF_PEOPLE[step]
    assert [finding.file for finding in site.scan(people)] == [file]


def test_a_page_moved_to_where_donors_may_not_stand(site: Site) -> None:
    people = People(
        names=frozenset({DONOR}), named=frozenset({DONOR}), named_pages=("reports/*/county.html",)
    )
    assert site.scan(people) == []
    (site.folder / "reports/2026/county.html").rename(site.folder / "reports/2026/school.html")
    assert [finding.file for finding in site.scan(people)] == ["reports/2026/school.html"]


def test_two_files_of_the_same_content(site: Site) -> None:
    site.put("x/county.html", "<p>张三丰</p>")
    site.put("y/county.html", "<p>张三丰</p>")
    assert site.scan(People()) == []
    assert len(site.scan(People(names=frozenset({"张三丰"})))) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 99])
def test_a_damaged_cache_is_not_believed(site: Site, damage: bytes) -> None:
    site.scan(People())
    content = site.cache.read_bytes()
    assert "田汉民".encode() in content
    site.cache.write_bytes(damage or content.replace("田汉民".encode(), "田汉文".encode()))
    assert site.scan(People(names=frozenset({DONOR})))


def test_words_of_a_file_with_a_leak_are_not_kept(site: Site) -> None:
    site.put("b.html", f"<p>{ADDRESS}</p>")
    assert site.scan(People()) == []
    assert ADDRESS[:6].encode() in site.cache.read_bytes()
    assert site.scan(PEOPLE)
    kept = site.cache.read_bytes()
    assert ADDRESS[:6].encode() not in kept
    assert "青山县".encode() in kept


def test_a_helper_reads_along_and_finds_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        site.put(
            f"many/{number}.html", f"<p>某人{number}</p><p>{DONOR if number % 4 else NAME}</p>"
        )
    site.put("many/8.html", f"<p>{ID}</p>")
    people = People(names=frozenset({DONOR}), allowed={"reports/": frozenset({DONOR})})
    alone = site.scan(people)
    monkeypatch.setattr("aidkit.gate.reading_along.WORTH_A_HELPER", 0)
    assert scan(site.folder, people) == alone
    assert {finding.kind for finding in alone} == {"person_name", "id_number"}
    monkeypatch.setattr("aidkit.gate.reading_along._HELPER", "import sys; print('x'); sys.exit(1)")
    assert scan(site.folder, people) == alone
    monkeypatch.setattr("sys.executable", "no-such-python")
    assert scan(site.folder, people) == alone


def test_random_steps(site: Site) -> None:
    """Words and persons drawn from few, so that they meet often."""
    rolls = random.Random(3)
    words = ("张三", "张三丰", "高一", "青山县柳林镇12号", "王小明同学", "13900001234", "8812345")
    found = clean = 0
    for step in range(STEPS):
        if rolls.random() < 0.6:
            body = " ".join(rolls.choices(("共", "表", *words), k=2))
            site.put(f"p{step % 7}.html", f"<td>{body}</td>")
        people = People(
            names=frozenset(
                rolls.sample(("张三", "张三丰", "王小明", "高一"), k=rolls.randint(0, 2))
            ),
            numbers=dict(rolls.sample([("8812345", "phone"), ("T8812345", "staff_no")], k=1)),
            addresses=frozenset(rolls.sample(("青山县柳林镇12号", "青山县柳林镇1号"), k=1)),
            ignored=frozenset(rolls.sample(("张三丰小学", "高一", "柳林镇"), k=1)),
        )
        if site.scan(people):
            found += 1
        else:
            clean += 1
    assert found
    assert clean
