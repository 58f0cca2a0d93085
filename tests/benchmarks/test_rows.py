"""A row says truly whether its target is reached; the command's exit code follows from the rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import command
from benchmarks.bench import Bench
from benchmarks.row import Row, broken, none_of, share_of, table, times_faster, unmeasured


@pytest.mark.parametrize(
    ("value", "met", "stretched"),
    [(14.99, False, False), (15, True, False), (24.9, True, False), (25, True, True)],
)
def test_faster_is_better(value: float, met: bool, stretched: bool) -> None:
    row = times_faster("x", [1, value, 900], target=15, stretch=25)
    assert row.value == value, "the median of the pairs counts"
    assert (row.met, row.stretched) == (met, stretched)


@pytest.mark.parametrize(
    ("share", "met", "stretched"),
    [(0.021, False, False), (0.02, True, False), (0.005, True, True)],
)
def test_a_small_share_is_better(share: float, met: bool, stretched: bool) -> None:
    row = share_of("x", [share], target=2, stretch=0.5)
    assert (row.met, row.stretched) == (met, stretched)


def test_what_must_not_happen_must_not_happen_once() -> None:
    assert none_of("x", 0, 8).met
    assert none_of("x", 1, 8).met is False
    assert broken("x", "it broke").met is False


def test_what_only_informs_or_was_not_measured_is_neither_met_nor_missed() -> None:
    assert times_faster("x", [1.2]).met is None
    assert unmeasured("x", "no Quarto", target=15).met is None
    assert unmeasured("x", "no Quarto", target=15).cells()[-1] == "未测"
    assert times_faster("x", [1.2]).cells()[-1] == ""


def test_the_table_has_target_beside_measured() -> None:
    text = table(
        [
            times_faster("快", [14, 16, 18], target=15, stretch=25),
            share_of("省", [0.001, 0.002, 0.003], target=2, stretch=0.5, note="，0.4 秒"),
            Row("慢", "900 MiB", 900, 800, unit=" MiB", at_most=True),
        ]
    )
    assert text.splitlines()[2:] == [
        "| 快 | 16.0 倍（14.0 至 18.0） | 15 倍 | 25 倍 | 是 |",
        "| 省 | 0.20%（0.10 至 0.30），0.4 秒 | ≤ 2% | ≤ 0.5% | 是，超过争取 |",
        "| 慢 | 900 MiB | ≤ 800 MiB |  | **否** |",
    ]


@pytest.mark.parametrize(("values", "code"), [((16, 0.9), 0), ((16, 1.1), 1)])
def test_one_missed_target_is_an_exit_code(
    values: tuple[float, float],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def part(_: Bench) -> Iterator[Row]:
        yield times_faster("快", [values[0]], target=15)
        yield Row("多", f"{values[1]}", values[1], 1, unit="", at_most=True)

    monkeypatch.setattr("sys.argv", ["benchmarks", "--date", "2026-11-22"])
    assert command.main({"part": part}) == code
    assert "| 快 | 16.0 倍 |" in capsys.readouterr().out


def test_a_part_that_breaks_is_a_missed_row_and_the_rest_go_on(tmp_path: Path) -> None:
    def breaks(_: Bench) -> Iterator[Row]:
        yield times_faster("先", [2])
        raise RuntimeError("the batch failed\nand more")

    def goes_on(_: Bench) -> Iterator[Row]:
        yield times_faster("后", [3])

    rows = command.measure({"breaks": breaks, "goes_on": goes_on}, Bench(tmp_path))
    assert [row.what for row in rows] == ["先", "breaks", "后"]
    assert rows[1].met is False
    assert "the batch failed" in rows[1].measured


def test_jupyterlab_in_the_environment_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With it the papermill command takes twice as long, and every quotient would flatter."""
    monkeypatch.setattr(command, "find_spec", lambda name: name == "jupyterlab" or None)
    monkeypatch.setattr("sys.argv", ["benchmarks", "--date", "2026-11-22"])
    assert command.main({}) == 2
    assert "jupyterlab" in capsys.readouterr().out
