"""A register that is only added to: what was written is read, what was changed is found."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.chained_log import START, append, head, read_log
from aidkit.errors import InputError

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.dictionaries(
    st.text().filter(lambda name: name not in {"before", "no", "hash"}), PLAIN, max_size=4
)


def saying(fields: dict[str, Any]) -> Callable[[object], dict[str, Any]]:
    return lambda _: fields


def filled(path: Path, *texts: str) -> Path:
    for text in texts:
        append(path, saying({"type": "said", "text": text}))
    return path


def test_what_was_added_is_read_in_order(tmp_path: Path) -> None:
    path = filled(tmp_path / "new" / "log.jsonl", "甲", "乙\n丙\u2028")

    records = read_log(path)

    assert [(one["no"], one["text"]) for one in records] == [(1, "甲"), (2, "乙\n丙\u2028")]
    assert head(records) == records[-1]["hash"]
    assert read_log(tmp_path / "none.jsonl") == ()
    assert head(()) == START


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(FIELDS, min_size=1, max_size=4))
def test_any_fields_come_back(tmp_path: Path, said: list[dict[str, Any]]) -> None:
    path = tmp_path / "log.jsonl"
    path.unlink(missing_ok=True)
    for fields in said:
        append(path, saying(fields))
    back = [{k: v for k, v in one.items() if k not in {"no", "hash"}} for one in read_log(path)]
    assert back == said


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_found_in_its_line(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "log.jsonl"
    path.unlink(missing_ok=True)
    filled(path, "甲", "乙", "丙")
    content = bytearray(path.read_bytes())
    # The last byte is the line end: without it the last line is still whole.
    at = data.draw(st.integers(0, len(content) - 2))
    content[at] ^= data.draw(st.integers(1, 255))
    line = bytes(path.read_bytes()[:at]).count(b"\n") + 1
    path.write_bytes(content)

    with pytest.raises(InputError) as fault:
        read_log(path)

    assert f"第 {line} 行" in str(fault.value)


@pytest.mark.parametrize("order", [(0, 2), (1, 0, 2), (0, 0, 1, 2), (1, 2)])
def test_a_line_out_of_its_place_is_found(tmp_path: Path, order: tuple[int, ...]) -> None:
    path = filled(tmp_path / "log.jsonl", "甲", "乙", "丙")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[n] for n in order))

    with pytest.raises(InputError, match="接不上前一行"):
        read_log(path)


def test_what_a_killed_writer_left_is_passed_over_and_cut_off(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.jsonl", "甲", "乙")
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(first, len(whole) - 1):
        path.write_bytes(whole[:cut] + b"\0" * (cut % 3))
        if cut == len(whole) - 1:
            continue
        assert len(read_log(path)) == 1
    filled(path, "丙")
    assert [one["text"] for one in read_log(path)] == ["甲", "丙"]


def test_a_lost_last_line_end_is_put_back(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.jsonl", "甲")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    filled(path, "乙")
    assert [one["text"] for one in read_log(path)] == ["甲", "乙"]


def test_a_file_saved_by_another_program_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.jsonl", "甲", "乙")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(InputError, match="改存过"):
        read_log(path)


def test_a_refusal_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.jsonl", "甲")
    before = path.read_bytes()

    def refuse(_: object) -> dict[str, str]:
        raise InputError("不行")

    with pytest.raises(InputError, match="不行"):
        append(path, refuse)
    with pytest.raises(ValueError, match="hash"):
        append(path, lambda _: {"hash": "x"})
    assert path.read_bytes() == before


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    code = (
        "import sys; from pathlib import Path; from aidkit.chained_log import append\n"
        "for n in range(20): append(Path(sys.argv[1]), lambda r: {'saw': len(r)})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert [one["saw"] for one in read_log(path)] == list(range(60))


def test_lines_are_plain_json(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.jsonl", "甲")
    said = json.loads(path.read_text(encoding="utf-8"))
    assert list(said) == ["before", "no", "type", "text", "hash"]
