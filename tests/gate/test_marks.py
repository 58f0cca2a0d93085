"""A paper with our own mark for readers inside is not for the public, whatever else it says."""

from pathlib import Path

import pytest

from aidkit.gate import People, scan
from aidkit.staging.inside_pages import PRINCIPAL
from tests.gate.planted import CHANNELS, Plant, page
from tests.gate.planted_tables import put

MARKS = {
    "teacher": "内部资料 · 供班主任本人使用",
    "county": "内部资料 · 供县级资助管理人员使用",
    "parents": "内部资料 · 只交学生本人的家长",
    "donors": "内部资料：含捐赠人姓名。",
}
"""As our reports, letters and workbooks have them."""


@pytest.mark.parametrize("which", MARKS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_mark_is_found(tmp_path: Path, plant: Plant, which: str) -> None:
    if plant.__name__ == "file_name":
        pytest.skip("a file is not called so")
    plant(tmp_path, MARKS[which])
    found = scan(tmp_path, People(), reader=PRINCIPAL)

    assert {finding.kind for finding in found} == {"for_readers_inside"}
    assert all("不公开" in finding.remedy for finding in found)


@pytest.mark.parametrize(
    "mark", ["内部资料 · 供<b>班主任</b>本人使用", "内部资料•供班主任本人使用"]
)
def test_mark_written_otherwise_is_found(tmp_path: Path, mark: str) -> None:
    put(tmp_path, "a.html", page(f"<h3>{mark}</h3>"))

    assert {finding.kind for finding in scan(tmp_path, People())} == {"for_readers_inside"}


def test_a_school_s_site_bears_its_own_mark_only(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "kept.json"
    site.mkdir()
    put(site, "index.html", page(f"<h3>内部资料 · 供{PRINCIPAL}使用</h3>"))

    for _ in range(2):
        assert scan(site, People(), reader=PRINCIPAL, cache=cache) == []
        assert len(scan(site, People(), cache=cache)) == 1
    assert scan(site, People(), reader="别人")


@pytest.mark.parametrize(
    "text",
    ["含个人信息的资料只在内部使用。", "名单是内部资料，不公开。", "最后的名单（Excel，内部资料）"],
)
def test_speaking_of_them_is_no_mark(tmp_path: Path, text: str) -> None:
    put(tmp_path, "a.html", page(f"<p>{text}</p>"))

    assert scan(tmp_path, People()) == []
