"""Only what changed is read, by as many processes as there are; the result is always the same."""

import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aidkit.errors import InputError
from aidkit.intake import Intake, parallel, read_county, reading
from aidkit.intake.files import input_digests, inputs_of
from aidkit.intake.found import Found, unpacked
from aidkit.intake.workbooks import content_of
from aidkit.sample import make_county

TERM = "2026-autumn"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean") / "county"
    make_county(folder, size="small", dirty=True)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "county"
    make_county(folder, size="tiny")
    return folder


@pytest.fixture(autouse=True)
def same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits the package while its tests run changes nothing here."""
    monkeypatch.setattr("aidkit.intake.kept.package_digest", lambda: "this code")


@pytest.fixture
def county(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "county"))


def assert_same(one: Intake, other: Intake) -> None:
    assert one.tables.keys() == other.tables.keys()
    for name in one.tables:
        assert_frame_equal(one.tables[name], other.tables[name])
    assert_frame_equal(one.problems, other.problems)
    assert_frame_equal(one.counts, other.counts)
    assert one.headers == other.headers


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are opened, as they are opened."""
    names: list[str] = []

    def noted(path: Path) -> bytes:
        names.append(path.name)
        return content_of(path)

    monkeypatch.setattr(reading, "content_of", noted)
    return names


def test_only_changed_files_are_opened(county: Path, tmp_path: Path, opened: list[str]) -> None:
    store = tmp_path / "store"
    first = read_county(county, TERM, store=store)
    assert sorted(opened) == sorted(each.path.name for each in inputs_of(county, TERM))
    opened.clear()
    assert_same(first, read_county(county, TERM, store=store))
    assert not opened
    changed = next(iter((county / "2026年秋季学期" / "学生名册").iterdir()))
    other = county / "2026年秋季学期" / "收费登记表.xlsx"
    shutil.copy(other, changed)
    again = read_county(county, TERM, store=store)
    assert opened == [changed.name]
    assert_same(again, read_county(county, TERM))
    assert again.counts.height != first.counts.height or not again.counts.equals(first.counts)


@pytest.mark.parametrize("term", [TERM, None])
def test_a_term_gone_or_come_is_seen(county: Path, tmp_path: Path, term: str | None) -> None:
    """The last day a date in a county-wide file may name moves with the last term."""
    store = tmp_path / "store"
    read_county(county, term, store=store)
    before = input_digests(county, term)["学校名单.xlsx"]
    shutil.copytree(county / "2026年秋季学期", county / "2027年春季学期")
    assert input_digests(county, term)["学校名单.xlsx"] != before
    assert_same(read_county(county, term, store=store), read_county(county, term))
    shutil.rmtree(county / "2026年春季学期")
    assert_same(read_county(county, term, store=store), read_county(county, term))


def test_a_store_renewed_later_is_the_one_renewed_at_once(tiny: Path, tmp_path: Path) -> None:
    at_once, aside = tmp_path / "at_once", tmp_path / "aside"
    waiting: list[Callable[[], None]] = []
    county = Path(shutil.copytree(tiny, tmp_path / "county"))
    for _ in range(2):
        first = read_county(county, TERM, store=at_once)
        assert_same(first, read_county(county, TERM, store=aside, later=waiting.append))
        waiting.pop()()
        assert not waiting
        contents = [[path.read_bytes() for path in store.iterdir()] for store in (at_once, aside)]
        assert contents[0] == contents[1]
        next((county / "2026年秋季学期").glob("*.xlsx")).unlink()


def test_digests_of_a_moment_ago_are_not_taken_again(
    tiny: Path, tmp_path: Path, opened: list[str]
) -> None:
    digests = input_digests(tiny, TERM)
    first = read_county(tiny, TERM, store=tmp_path, digests=digests)
    opened.clear()
    assert_same(first, read_county(tiny, TERM, store=tmp_path, digests=digests))
    assert not opened
    other = digests | {next(iter(digests)): "another"}
    assert_same(first, read_county(tiny, TERM, store=tmp_path, digests=other))
    assert len(opened) == 1


EDITS = ("replace", "copy", "remove", "rename", "spoil", "empty", "text", "restore", "roll")


def edit(kind: str, county: Path, clean: Path, which: int) -> None:
    """One change of some file, as clerks make them."""
    files = sorted(path for path in county.rglob("*.xlsx"))
    if kind == "restore" or not files:
        shutil.rmtree(county)
        shutil.copytree(clean, county)
        return
    one, other = files[which % len(files)], files[(which // 7 + 1) % len(files)]
    match kind:
        case "replace":
            one.write_bytes(other.read_bytes())  # which may be itself
        case "copy":
            shutil.copy(one, other.with_name(f"又一份{one.name}"))
        case "remove":
            one.unlink()
        case "rename":
            one.rename(one.with_name(f"改名{which}.xlsx"))
        case "spoil":
            one.write_bytes(one.read_bytes()[:-100])
        case "empty":
            one.write_bytes(b"")
        case "text":
            one.with_suffix(".csv").write_text("学籍号,姓名\nG1,甲\n", encoding="utf-8")
        case "roll":
            one.with_name("学生名册（新）.xlsx").write_bytes(other.read_bytes())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 999)), min_size=1, max_size=4))
def test_any_edits_give_what_a_reading_from_scratch_gives(
    tiny: Path, tmp_path: Path, edits: list[tuple[str, int]]
) -> None:
    county, store = tmp_path / "county", tmp_path / "store"
    shutil.rmtree(county, ignore_errors=True)
    shutil.copytree(tiny, county)
    for kind, which in edits:
        edit(kind, county, tiny, which)
        assert_same(read_county(county, TERM, store=store), read_county(county, TERM))


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        flipped,
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"\0",
        lambda _: b"",
        lambda _: b"\n" * 3,
        lambda content: b"0" * 64 + content[64:],
    ],
)
def test_a_damaged_store_is_thrown_away(
    clean: Path, tmp_path: Path, damage: Callable[[bytes], bytes], opened: list[str]
) -> None:
    first = read_county(clean, TERM, store=tmp_path)
    (store,) = tmp_path.iterdir()
    content = store.read_bytes()
    store.write_bytes(damage(content))
    opened.clear()
    assert_same(first, read_county(clean, TERM, store=tmp_path))
    assert opened
    assert store.read_bytes() == content


def test_a_store_that_other_code_wrote_is_not_believed(
    clean: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_county(clean, TERM, store=tmp_path)
    opened.clear()
    monkeypatch.setattr("aidkit.intake.kept.package_digest", lambda: "other")
    read_county(clean, TERM, store=tmp_path)
    assert opened


def test_a_store_made_with_labels_that_changed_meanwhile_is_not_believed(
    tiny: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("aidkit.intake.kept.project_labels", lambda: "as they were before")
        read_county(tiny, TERM, store=tmp_path)
    opened.clear()
    read_county(tiny, TERM, store=tmp_path)
    assert len(opened) == len(inputs_of(tiny, TERM))


def test_a_file_that_was_locked_for_a_moment_is_read_the_next_time(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: Path) -> bytes:
        raise InputError("系统不让读", where=path.name)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "content_of", locked)
        assert read_county(tiny, TERM, store=tmp_path).problems.height
    assert_same(read_county(tiny, TERM, store=tmp_path), read_county(tiny, TERM))


def test_a_store_holds_no_files_that_are_gone(county: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    read_county(county, TERM, store=store)
    (kept,) = store.iterdir()
    size = kept.stat().st_size
    rolls = county / "2026年秋季学期" / "学生名册"
    for number in range(5):
        shutil.copytree(rolls, rolls.with_name(f"学生名册{number}"))
        read_county(county, TERM, store=store)
        shutil.rmtree(rolls.with_name(f"学生名册{number}"))
    read_county(county, TERM, store=store)
    assert list(store.iterdir()) == [kept]
    assert kept.stat().st_size < 1.1 * size
    with kept.open("rb") as file:
        file.readline()
        names = unpacked(file)["files"]["file"].to_list()
    assert names == [each.source.file for each in inputs_of(county, TERM)]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers for the smallest county, in small bites."""
    monkeypatch.setattr(parallel, "WORTH_A_HELPER", 1)
    monkeypatch.setattr(parallel, "_CHUNK", 1)


@pytest.mark.usefixtures("eager")
def test_helpers_find_the_same(clean: Path, opened: list[str]) -> None:
    alone = read_county(clean, TERM)
    inputs = inputs_of(clean, TERM)
    assert len(opened) == len(inputs)
    opened.clear()
    assert_same(alone, read_county(clean, TERM, workers=3))


@pytest.mark.usefixtures("eager")
def test_helpers_do_their_part(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_read_along", lambda *_: None)
    inputs = inputs_of(clean, TERM)
    found = parallel.read_all(inputs, workers=2)
    assert found["files"]["file"].to_list() == [each.source.file for each in inputs]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    "helper",
    [
        "import os; os._exit(3)",
        "print('?' * 9999)",
        r"print('cno_such_module\nname\n.')",
        "1 / 0",
    ],
)
def test_what_a_dead_helper_left_is_read(
    clean: Path, monkeypatch: pytest.MonkeyPatch, helper: str
) -> None:
    alone = read_county(clean, TERM)
    read_along, calls = parallel._read_along, []

    def late(chunks: deque[parallel.Chunk], parts: dict[int, Found]) -> None:
        calls.append(len(chunks))
        if len(calls) > 1:
            read_along(chunks, parts)

    monkeypatch.setattr(parallel, "_read_along", late)
    monkeypatch.setattr(parallel, "_HELPER", helper)
    assert_same(alone, read_county(clean, TERM, workers=3))
    assert calls[0] > 0


@pytest.mark.usefixtures("eager")
def test_without_helpers_it_reads_alone(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(clean / "no-python"))
    assert_same(read_county(clean, TERM), read_county(clean, TERM, workers=2))


SCRIPT = """
import sys
from pathlib import Path
from aidkit.intake import parallel, read_county
parallel.WORTH_A_HELPER = parallel._CHUNK = 1
intake = read_county(Path(sys.argv[1]), "2026-autumn", store=Path(sys.argv[2]), workers=2)
print(intake.counts["good_rows"].sum())
"""


def test_scripts_need_no_guard_and_share_a_store(clean: Path, tmp_path: Path) -> None:
    """No script runs twice because of helpers, and two at once do each other no harm."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), str(clean), str(tmp_path / "store")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[0].decode().split() for process in running]
    good = str(read_county(clean, TERM, store=tmp_path / "store").counts["good_rows"].sum())
    assert said == [[good], [good]]


def test_what_a_term_depends_on_is_told_without_polars(clean: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from aidkit.intake.files import input_digests;"
        "print(len(input_digests(Path(sys.argv[1]), '2026-autumn')), 'polars' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(clean)]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode().split()
    assert said == [str(len(input_digests(clean, TERM))), "False"]


def test_a_term_depends_on_earlier_changes_and_on_no_later_term(county: Path) -> None:
    named = input_digests(county, "2026-spring")
    assert "2025年秋季学期/学籍异动表.xlsx" in named
    assert not any(name.startswith(("2026年秋", "2025年秋季学期/学生")) for name in named)
    assert "学校名单.xlsx" in named
    changed = county / "2025年秋季学期" / "学籍异动表.xlsx"
    changed.write_bytes(changed.read_bytes() + b"\0")
    after = input_digests(county, "2026-spring")
    assert [name for name in named if named[name] != after[name]] == [
        "2025年秋季学期/学籍异动表.xlsx"
    ]


def test_digests_need_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个县的文件夹"):
        input_digests(tmp_path / "nowhere")
