"""The offline publisher on the small site: what its pages hold."""

import json
import re
from pathlib import Path

import pytest

from aidkit.publish import publish_site
from aidkit.show.learning import learning_section
from tests.disclosure.test_progress import ENOUGH
from tests.publish.small_site import TERM, code_cell, notebook, raw_cell, write_notebook
from tests.show.test_learning import slice_of

REPORT = f"reports/{TERM}/county.html"


def text(folder: Path, path: str) -> str:
    return (folder / path).read_text("utf-8")


def test_every_source_becomes_a_page(published: Path) -> None:
    pages = {path.relative_to(published).as_posix() for path in published.rglob("*.html")}
    assert pages == {
        "index.html", "methods.html", "scale.html", "progress.html", "corrections.html",
        "contact.html", REPORT,
        "reports/index.html", "reports/sources.html", "schools/index.html",
        "schools/2141000001.html",
    }  # fmt: skip


def test_same_sources_give_same_bytes(site: Path, tmp_path: Path, published: Path) -> None:
    again = publish_site(site, tmp_path / "again", "offline").out
    files = sorted(path.relative_to(published) for path in published.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert all((published / path).read_bytes() == (again / path).read_bytes() for path in files)


def test_what_was_in_the_folder_goes(site: Path, tmp_path: Path) -> None:
    stale = tmp_path / "out" / "schools" / "gone.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("gone")
    result = publish_site(site, tmp_path / "out", "offline")
    assert not stale.exists()
    assert (result.publisher, result.pages) == ("offline", 11)


def test_a_refused_site_leaves_the_folder_alone(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "out" / "index.html"
    kept.parent.mkdir()
    kept.write_text("old")
    (site / "contact.qmd").write_text("{{< video x >}}", "utf-8")
    with pytest.raises(Exception, match="短代码"):
        publish_site(site, kept.parent, "offline")
    assert kept.read_text() == "old"


def test_figures_and_tables_are_numbered_and_referred_to(published: Path) -> None:
    page = text(published, REPORT)
    assert '<a href="#fig-shares" class="aid-xref">图\u00a01</a>' in page
    assert '<a href="#tbl-shares" class="aid-xref">表\u00a01</a>' in page
    assert '<figure class="aid-float aid-float-fig" id="fig-shares">' in page
    assert re.search(r"图\u00a01:</span> 各校应享资助学生占在校学生的比例", page)


def test_title_block_shows_the_facts(published: Path) -> None:
    page = text(published, REPORT)
    block = page[page.index('class="shell-title"') : page.index("</header>\n<section")]
    for words in ("共 68.03 万元", "正式", "2026-11-20", "2027-03-05", "示范县学生资助管理中心"):
        assert words in block
    assert f'href="../../downloads/{TERM}-aid.csv"' in block
    assert (published / "downloads" / f"{TERM}-aid.csv").is_file()


def test_a_page_may_go_without_title_block(published: Path) -> None:
    page = text(published, "index.html")
    assert "shell-title" not in page
    assert "<title>首页 – 学生资助数据公开</title>" in page


def test_links_to_sources_lead_to_pages(published: Path) -> None:
    assert 'href="methods.html#small-numbers"' in text(published, "index.html")
    assert f'href="{TERM}/county.html#shares"' in text(published, "reports/index.html")
    for path in published.rglob("*.html"):
        assert not re.search(r'href="[^"]*\.(qmd|ipynb)', path.read_text("utf-8"))


def test_the_bar_marks_where_the_reader_is(published: Path) -> None:
    for page, words in (
        ("index.html", "首页"), ("schools/2141000001.html", "学校"), (REPORT, "学期报告"),
    ):  # fmt: skip
        marked = re.findall(r'aria-current="page">([^<]*)<', text(published, page))
        assert marked == [words]


def test_table_of_contents_lists_headings_but_no_tabs(published: Path) -> None:
    page = text(published, REPORT)
    contents = page[page.index('class="shell-toc"') : page.index("<main")]
    assert re.findall(r'href="#([^"]*)"', contents) == ["key-points", "shares", "definitions"]
    assert "shell-toc" not in text(published, "index.html")


def test_boxes_tabs_and_footnotes(published: Path) -> None:
    page = text(published, REPORT)
    assert '<div class="callout callout-note" role="note"><p class="callout-title">怎样读' in page
    assert '<details class="callout callout-warning"><summary class="callout-title">写着' in page
    assert page.count('<p class="tab-title">') == 2
    assert 'role="doc-noteref"' in page
    assert "<math" in page


def test_chart_scripts_only_where_there_are_charts(published: Path) -> None:
    assert '<script defer src="../../assets/vega.js">' in text(published, REPORT)
    assert "vega.js" not in text(published, "methods.html")


def test_nothing_is_loaded_from_outside(published: Path) -> None:
    for path in published.rglob("*.html"):
        found = re.findall(r'<(?:script|link|img)\b[^>]*(?:src|href)="([^"]*)"', path.read_text())
        assert found
        assert not [address for address in found if ":" in address or address.startswith("//")]


def test_search_index_has_titles_headings_and_table_texts(published: Path) -> None:
    script = text(published, "assets/search-index.js")
    pages = json.loads(script.removeprefix("window.aidSearchIndex=").removesuffix(";\n"))
    by_path = {page[0]: page for page in pages}
    report = by_path[REPORT]
    assert report[1] == "示范县 1,204 名学生应享资助，共 68.03 万元"
    heads = {section[0]: section[1:] for section in report[3]}
    assert heads["shares"][0] == "石桥小学和云岭中学的占比最高"
    assert "白果中学 12,345.00" in heads["shares"][1]
    assert "vega" not in script


def test_a_page_can_stay_out_of_search(site: Path, tmp_path: Path) -> None:
    (site / "contact.qmd").write_text("---\ntitle: 联系\nsearch: false\n---\n\n独一无二\n", "utf-8")
    out = publish_site(site, tmp_path / "out", "offline").out
    assert "独一无二" in text(out, "contact.html")
    assert "独一无二" not in text(out, "assets/search-index.js")


@pytest.mark.parametrize(
    ("options", "code", "output"),
    [
        ("", False, True),  # the project says echo: false
        ("#| echo: true\n", True, True),
        ("#| echo: true\n#| output: false\n", True, False),
        ("#| include: false\n", False, False),
    ],
)
def test_cell_options(site: Path, tmp_path: Path, options: str, code: bool, output: bool) -> None:
    cells = [raw_cell("title: 首页"), code_cell("结果在此", options=options)]
    (site / "index.ipynb").write_text(notebook(cells), "utf-8")
    page = text(publish_site(site, tmp_path / "out", "offline").out, "index.html")
    assert ("show(county)" in page, "结果在此" in page) == (code, output)
    assert "#|" not in page


def test_a_removed_cell_is_gone(site: Path, tmp_path: Path) -> None:
    hidden = code_cell("结果在此") | {"metadata": {"tags": ["remove-cell"]}}
    (site / "index.ipynb").write_text(notebook([raw_cell("title: 首页"), hidden]), "utf-8")
    assert "结果在此" not in text(publish_site(site, tmp_path / "out", "offline").out, "index.html")


def test_chinese_lines_join_without_spaces(site: Path, tmp_path: Path) -> None:
    (site / "contact.qmd").write_text("一行字\n下一行\n- 列表\n", "utf-8")
    page = text(publish_site(site, tmp_path / "out", "offline").out, "contact.html")
    assert "一行字下一行" in page
    assert "<li>列表</li>" in page


def test_the_section_on_learning_is_published_with_its_links(site: Path, tmp_path: Path) -> None:
    part = learning_section(slice_of({"primary": ENOUGH, "junior": ENOUGH}), up="../../")
    (site / "downloads" / f"{TERM}-progress.csv").write_text("学段\n小学\n", "utf-8")
    front = 'title: 概览\ndate: "2026-11-20"'
    write_notebook(site / "reports" / TERM / "learning.ipynb", front, [part.markdown])
    out = publish_site(site, tmp_path / "out", "offline").out
    page = text(out, f"reports/{TERM}/learning.html")
    assert 'id="learning"' in page
    assert 'id="fig-learning"' in page
    assert 'id="tbl-learning"' in page
    assert 'href="../../progress.html"' in page
    assert f'href="../../downloads/{TERM}-progress.csv"' in page
    assert (out / "downloads" / f"{TERM}-progress.csv").is_file()
