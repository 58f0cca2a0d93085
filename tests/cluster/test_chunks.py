"""What goes out together, what travels with it, and what comes back of its reads."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aidkit.pipeline.cluster.chunks import FIRST, Waiting
from aidkit.pipeline.cluster.kit import pack_kit, unpack_kit
from aidkit.pipeline.cluster.travelling import Places, abroad, at_home
from aidkit.pipeline.jobs import NotebookJob


def jobs(number: int) -> list[NotebookJob]:
    return [NotebookJob(str(n), Path("a.ipynb"), Path(f"{n}.ipynb"), {}) for n in range(number)]


@given(
    st.integers(1, 400),
    st.lists(st.tuples(st.integers(0, 6), st.floats(0.0, 100.0)), max_size=50),
)
def test_every_job_goes_out_once_and_in_order(number: int, rounds: list[tuple[int, float]]) -> None:
    waiting = Waiting(jobs(number))
    sent: list[NotebookJob] = []
    for workers, seconds in rounds:
        if waiting:
            chunk = waiting.next_chunk(workers)
            assert chunk
            sent += chunk
            waiting.learn(len(chunk), seconds)
    while waiting:
        sent += waiting.next_chunk(2)
    assert sent == jobs(number)


def test_chunks_follow_what_was_measured_and_get_small_at_the_end() -> None:
    waiting = Waiting(jobs(1000))
    assert len(waiting.next_chunk(2)) == FIRST
    waiting.learn(16, 0.8)  # 50 ms each: 60 would take three seconds, doubling comes first
    assert len(waiting.next_chunk(2)) == 2 * FIRST
    waiting.learn(32, 1.6)
    assert len(waiting.next_chunk(2)) == 60
    waiting.learn(60, 600.0)
    assert len(waiting.next_chunk(2)) == 1
    few = Waiting(jobs(8))
    sizes = []
    while few:
        sizes.append(len(few.next_chunk(2)))
    assert sizes == [2, 2, 1, 1, 1, 1]


def project(root: Path) -> NotebookJob:
    for name in (
        "params/labels.toml",
        "params/terms/2026-autumn.yaml",
        "notebooks/public/home.ipynb",
        "notebooks/public/unused.ipynb",
        "data/demo/county.toml",
        "data/demo/params/programs/own.toml",
        "data/demo/学生名册.xlsx",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    source = root / "notebooks/public/home.ipynb"
    return NotebookJob("public/home", source, root / "out.ipynb", {"county": "data/demo"})


def test_the_kit_holds_what_notebooks_read_and_no_workbook(tmp_path: Path) -> None:
    kit = pack_kit(tmp_path / "a", [project(tmp_path / "a")])
    unpack_kit(kit, tmp_path / "there")
    held = sorted(
        path.relative_to(tmp_path / "there").as_posix()
        for path in (tmp_path / "there").rglob("*")
        if path.is_file()
    )
    assert held == [
        "data/demo/county.toml",
        "data/demo/params/programs/own.toml",
        "notebooks/public/home.ipynb",
        "params/labels.toml",
        "params/terms/2026-autumn.yaml",
    ]
    again = project(tmp_path / "b")
    os.utime(tmp_path / "b" / "params" / "labels.toml", (1, 1))
    assert pack_kit(tmp_path / "b", [again]) == kit


def test_of_a_county_elsewhere_nothing_travels(tmp_path: Path) -> None:
    job = project(tmp_path / "a")
    inside = pack_kit(tmp_path / "a", [job])
    for county in ("../elsewhere/demo", str(tmp_path / "elsewhere" / "demo")):
        other = NotebookJob(job.name, job.source, job.output, {"county": county})
        unpack_kit(pack_kit(tmp_path / "a", [other]), tmp_path / "there")
        assert len(pack_kit(tmp_path / "a", [other])) < len(inside)
        assert not (tmp_path / "there" / "data").exists()


def test_reads_come_home(tmp_path: Path) -> None:
    (tmp_path / "w" / "m").mkdir(parents=True)
    (tmp_path / "w" / "m" / "x.ipynb").touch()
    there = Places(
        root=str(tmp_path / "w" / "project"), work="s3://bucket/run", made=str(tmp_path / "w" / "m")
    )
    here = Places(root=str(tmp_path / "p"), work=str(tmp_path / "r"), made=str(tmp_path / "r"))
    lines = [
        f"file:{tmp_path / 'w' / 'project' / 'params' / 'labels.toml'}",
        f"folder:{tmp_path / 'w' / 'project'}",
        "url:s3://bucket/run/demo/a.parquet",
        "url:s3://other/b.parquet",
        f"written:{tmp_path / 'w' / 'm' / 'x.ipynb'}",
        f"written:{tmp_path / 'taken away again'}",
        f"stat:{tmp_path / 'private'}",
        "unseen:subprocess.Popen",
    ]
    assert at_home(abroad(lines, there), here) == tuple(
        sorted(
            [
                f"file:{tmp_path / 'p' / 'params' / 'labels.toml'}",
                f"folder:{tmp_path / 'p'}",
                f"file:{tmp_path / 'r' / 'demo' / 'a.parquet'}",
                "unseen:s3://other/b.parquet",
                f"written:{tmp_path / 'r' / 'x.ipynb'}",
                f"unseen:{tmp_path / 'private'}",
                "unseen:subprocess.Popen",
            ]
        )
    )
