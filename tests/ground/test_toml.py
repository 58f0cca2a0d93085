"""Params files as people save them: marks, encodings, slips of the pen, figures out of range."""

from pathlib import Path

import pytest

from aidkit.errors import ParamsError
from aidkit.toml import read_toml


def test_the_mark_of_old_notepads_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_bytes(b"\xef\xbb\xbfpaid = 12.50\n")
    assert read_toml(path).fen("paid") == 1250


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name = [1,\n\nb = 2", "第 3 行附近"),
        ('name = "甲'.encode(), "文件末尾"),
        (b"name = [1,", "文件末尾"),
        ('name = "甲"'.encode("gbk"), "UTF-8"),
    ],
)
def test_a_slip_is_located(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "county.toml"
    path.write_bytes(data)
    with pytest.raises(ParamsError) as refused:
        read_toml(path)
    assert said in str(refused.value)


@pytest.mark.parametrize("figure", ["1e400", "inf", "nan", "-1", "0.001", "1000000000.01", "true"])
def test_impossible_amounts_are_refused(tmp_path: Path, figure: str) -> None:
    path = tmp_path / "one.toml"
    path.write_text(f"paid = {figure}\n", encoding="utf-8")
    with pytest.raises(ParamsError):
        read_toml(path).fen("paid")
