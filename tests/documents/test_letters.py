"""Letters to families: who gets one, what it says, and that it says nothing of anybody else."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.cli import main
from aidkit.county import County
from aidkit.documents import Letter, letters_of, typesetting, write_letters
from aidkit.errors import MissingTablesError, UsageError
from aidkit.gate.pdf import pdf_texts
from aidkit.labels import project_labels
from aidkit.notices.settings import read_notice_settings
from aidkit.programs import Version, load_programs
from aidkit.project import find_project
from aidkit.tables import Decisions, Facts

TERM = Term.parse("2026-autumn")
LABELS = project_labels()
RULES = read_notice_settings(find_project().params)
RULE = "在籍在校：须在籍在校；实际是，符合。"
SCHOOL, OTHER_SCHOOL = "9901010001", "9901010002"


@pytest.fixture(scope="module")
def versions() -> dict[str, Version]:
    return {v.id: v for v in load_programs(find_project().params / "programs")}


@pytest.fixture
def county() -> County:
    return County("青山县", "cn/henan", "青山县学生资助管理中心", "资助中心窗口", adopts=())


def number(n: int) -> str:
    return f"G99000020150101{n:04d}"


def fact(n: int, **more: Any) -> dict[str, Any]:
    own = {"term": TERM.code, "subject": "student", "person_no": number(n), "name": f"学生{n}号"}
    school = {"school_code": SCHOOL, "school_name": "青山县第一小学", "stage": "primary"}
    lists = ("applied_programs", "applications", "panel_tiers", "panel_amounts", "award_changes")
    return own | school | {"grade": "p1", "class_name": "1班"} | {key: [] for key in lists} | more


def decision(n: int, version: str, outcome: str = "awarded", **more: Any) -> dict[str, Any]:
    program_id = version.partition("@")[0]
    awarded = outcome == "awarded"
    full = more.pop("full_fen", 62500 if awarded else 0)
    kept = ("term", "subject", "person_no", "name", "school_code", "stage", "grade", "class_name")
    return {
        **{key: fact(n)[key] for key in kept},
        "program_id": program_id,
        "version_id": version,
        "eligible": outcome != "not_eligible",
        "outcome": outcome,
        "awarded": awarded,
        "full_fen": full,
        "amount_fen": full,
        "missing": [],
        "explanation": f"{program_id}：结果。\n{RULE}\n依据：《某通知》。",
        "determination_id": f"id-{program_id}-{n}",
    } | more


def frames(
    facts: list[dict[str, Any]], decisions: list[dict[str, Any]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    return (
        pl.DataFrame(facts, schema=Facts.create_empty().schema),
        pl.DataFrame(decisions, schema=Decisions.create_empty().schema),
    )


def one_letter(versions: dict[str, Version], decisions: list[dict[str, Any]]) -> Letter:
    applied = sorted({row["program_id"] for row in decisions})
    facts, rows = frames([fact(1, applied_programs=applied)], decisions)
    (letter,) = letters_of(facts, rows, versions, LABELS)
    return letter


BOARDER = "boarder_allowance@cn/henan@2024-03-01"
DAY = "day_pupil_allowance@cn/henan@2024-03-01"
LOAN = "student_loan@cn/hunan/unnamed_county@2017-09-01"
BOOKS = "textbooks@unstated@2018-03-01"


def test_who_gets_a_letter(versions: dict[str, Version]) -> None:
    facts = [
        fact(1, applied_programs=["day_pupil_allowance"]),  # applied, refused
        fact(2),  # gets it without an application: a list said so
        fact(3),  # only what everybody gets
        fact(4, panel_tiers=[{"program_id": "boarder_allowance", "tier": "level_1"}]),
        fact(5),  # nothing asked, nothing given
    ]
    decisions = [
        decision(1, DAY, "not_eligible"),
        decision(2, BOARDER),
        decision(2, BOOKS, full_fen=4500),
        decision(3, BOOKS, full_fen=4500),
        decision(4, BOARDER, "not_eligible"),
        decision(5, BOARDER, "not_eligible"),
    ]
    letters = letters_of(*frames(facts, decisions), versions, LABELS)
    assert [letter.person_no for letter in letters] == [number(1), number(2), number(4)]
    assert [letter.for_all for letter in letters] == [(), ("免费教科书",), ()]
    assert [item.title for item in letters[1].items] == ["寄宿生生活补助"]


def test_letters_lie_in_the_order_of_classes(versions: dict[str, Version]) -> None:
    places = {1: ("p2", "1班"), 2: ("p1", "2班"), 3: ("p1", "1班"), 4: ("p1", "1班")}
    where = {n: {"grade": grade, "class_name": name} for n, (grade, name) in places.items()}
    decisions = [decision(n, BOARDER, **where[n]) for n in where]
    letters = letters_of(*frames([fact(n, **where[n]) for n in where], decisions), versions, LABELS)
    assert [letter.person_no for letter in letters] == [number(n) for n in (3, 4, 2, 1)]
    assert letters[0].class_name == "一年级 1班"


@pytest.mark.parametrize(
    ("row", "mark", "words"),
    [
        (decision(1, BOARDER), "granted", "打入银行卡"),
        (decision(1, BOARDER, amount_fen=25000), "granted", "整学期 625.00 元"),
        (decision(1, BOARDER, "reserve", rank=9, reserve_no=3), "waiting", "第 3 位"),
        (decision(1, BOARDER, "waived"), "refused", "放弃"),
        (decision(1, BOARDER, "revoked"), "refused", "取消"),
        (decision(1, LOAN), "granted", "可以申请贷款"),
        (decision(1, "hebei_free@cn/hebei@2016-09-01", full_fen=0), "granted", "免收学杂费"),
    ],
)
def test_what_is_said(
    versions: dict[str, Version], row: dict[str, Any], mark: str, words: str
) -> None:
    (item,) = one_letter(versions, [row]).items
    assert item.mark == mark
    assert words in item.saying.result


def test_one_program_that_took_the_place_of_another_is_named(versions: dict[str, Version]) -> None:
    rows = [decision(1, BOARDER), decision(1, DAY, "yielded", yielded_to="boarder_allowance")]
    rows[0]["explanation"] = "寄宿生生活补助：结果。\n依据：《某通知》。"
    letter = one_letter(versions, rows)
    assert [item.mark for item in letter.items] == ["granted", "refused"]
    assert "寄宿生生活补助" in letter.items[1].saying.result


def test_places_of_others_are_not_told(versions: dict[str, Version]) -> None:
    letter = one_letter(versions, [decision(1, BOARDER, rank=17)])
    assert "17" not in repr([item.saying for item in letter.items])


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("变动：2026-10-20 放弃，算到这一天为止。", "2026-10-20 放弃，算到这一天为止"),
        (
            "变动：有人空出名额，自 2026-10-20 起递补到本学期末。",
            "有人空出名额，自 2026-10-20 起递补到本学期末",
        ),
        ("时间：本学期按 2/5 个月计。", "按实际时间计算"),
    ],
)
def test_why_it_is_less_than_for_a_whole_term(
    versions: dict[str, Version], told: str, why: str
) -> None:
    row = decision(1, BOARDER, amount_fen=25000)
    row["explanation"] += f"\n{told}"
    (item,) = one_letter(versions, [row]).items
    assert item.saying.result == f"可以享受，打入银行卡；整学期 625.00 元，{why}。"


def test_only_money_is_in_the_total(versions: dict[str, Version]) -> None:
    rows = [
        decision(1, BOARDER, amount_fen=25001),
        decision(1, BOOKS, full_fen=4500),
        decision(1, LOAN, full_fen=800000),
    ]
    assert one_letter(versions, rows).total_fen == 25001


def test_papers_are_named_to_who_can_still_hand_them_in(versions: dict[str, Version]) -> None:
    grant = "hebei_grant@cn/hebei@2016-09-01"
    (refused,) = one_letter(versions, [decision(1, grant, "not_eligible")]).items
    (given,) = one_letter(versions, [decision(1, grant)]).items
    assert "扶贫手册" in refused.saying.papers
    assert given.saying.papers == ""


def stored(
    folder: Path, facts: list[dict[str, Any]], decisions: list[dict[str, Any]], *, turned: bool
) -> Path:
    tables = folder / "internal" / "tables"
    tables.mkdir(parents=True)
    for name, frame in zip(("facts", "decisions"), frames(facts, decisions), strict=True):
        (frame.reverse() if turned else frame).write_parquet(tables / f"{name}.parquet")
    return folder


def people() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    elsewhere = {"school_code": OTHER_SCHOOL, "school_name": "青山县第二小学"}
    facts = [fact(n, name=f"#{n}*甲_$乙") for n in (1, 2, 3)] + [fact(4, **elsewhere)]
    decisions = [decision(n, BOARDER, name=f"#{n}*甲_$乙") for n in (1, 2, 3)]
    decisions += [decision(1, v, "not_eligible") for v in (DAY, BOOKS)]
    facts[0]["applied_programs"] = ["boarder_allowance", "day_pupil_allowance", "textbooks"]
    return facts, [*decisions, decision(4, BOARDER, school_code=OTHER_SCHOOL)]


def text_of(pdf: Path) -> str:
    return "".join(text for _, text in pdf_texts(pdf.read_bytes())).replace("\n", "")


def test_a_file_for_each_school_the_same_every_time(
    tmp_path: Path, versions: dict[str, Version], county: County
) -> None:
    first = stored(tmp_path / "a", *people(), turned=False)
    second = stored(tmp_path / "b", *people(), turned=True)
    for folder in (first, second):
        written = write_letters(folder, county, TERM, versions.values(), LABELS, rules=RULES)
        assert written.pages == 4
        assert [path.stem for path in written.files] == [SCHOOL, OTHER_SCHOOL]
    for name in (SCHOOL, OTHER_SCHOOL):
        one, two = (
            (folder / "internal/letters" / f"{name}.pdf").read_bytes() for folder in (first, second)
        )
        assert one == two
    text = text_of(first / "internal/letters" / f"{SCHOOL}.pdf")
    assert "D:20260901" in text
    assert "#1*甲_$乙" in text
    assert "资助中心窗口" in text
    assert "学生4号" not in text
    assert "学生4号" in text_of(first / "internal/letters" / f"{OTHER_SCHOOL}.pdf")


def test_a_page_for_each_family_however_much_there_is_to_say(
    tmp_path: Path, versions: dict[str, Version], county: County
) -> None:
    newest = {version.program.id: version.id for version in versions.values()}
    many = sorted(newest.values())[:12]
    programs = [version.partition("@")[0] for version in many]
    facts = [fact(1, applied_programs=programs), fact(2)]
    decisions = [*(decision(1, v, "not_eligible") for v in many), decision(2, BOARDER)]
    folder = stored(tmp_path / "a", facts, decisions, turned=False)
    written = write_letters(folder, county, TERM, versions.values(), LABELS, rules=RULES)
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", written.files[0].read_bytes())
    assert len(pages) == written.pages == 2
    text = text_of(written.files[0])
    assert all(f"id-{program}-1" in text for program in programs)


def test_families_are_told_the_county_s_own_days(
    tmp_path: Path, versions: dict[str, Version], county: County
) -> None:
    folder = stored(tmp_path / "a", *people(), turned=False)
    for told in (RULES, replace(RULES, least=7, reply=4)):
        written = write_letters(folder, county, TERM, versions.values(), LABELS, rules=told)
        text = re.sub(r"\s", "", text_of(written.files[0]))
        assert f"收到本单起{told.least}个工作日内" in text
        assert f"{told.reply}个工作日内答复" in text


def test_one_family_alone(tmp_path: Path, versions: dict[str, Version], county: County) -> None:
    folder = stored(tmp_path / "a", *people(), turned=False)
    written = write_letters(
        folder, county, TERM, versions.values(), LABELS, rules=RULES, person_no=number(2)
    )
    text = text_of(written.files[0])
    assert written.files[0].stem == number(2)
    assert "#2*甲_$乙" in text
    assert "#1*甲_$乙" not in text
    assert "id-boarder_allowance-2" in text
    assert number(2) not in text


@pytest.mark.parametrize("wanted", [{"school_code": "9909090909"}, {"person_no": number(77)}])
def test_nobody_of_that_number(
    tmp_path: Path, versions: dict[str, Version], county: County, wanted: dict[str, Any]
) -> None:
    folder = stored(tmp_path / "a", *people(), turned=False)
    with pytest.raises(UsageError, match="没有"):
        write_letters(folder, county, TERM, versions.values(), LABELS, rules=RULES, **wanted)


def test_nobody_to_write_to(tmp_path: Path, versions: dict[str, Version], county: County) -> None:
    folder = stored(tmp_path / "a", [fact(1)], [decision(1, BOOKS)], turned=False)
    with pytest.raises(UsageError, match="没有要告知的家庭"):
        write_letters(folder, county, TERM, versions.values(), LABELS, rules=RULES)


def test_the_term_must_have_been_run(
    tmp_path: Path, versions: dict[str, Version], county: County
) -> None:
    with pytest.raises(MissingTablesError, match="认定结果"):
        write_letters(tmp_path, county, TERM, versions.values(), LABELS, rules=RULES)


def test_decisions_by_program_files_that_are_gone(
    tmp_path: Path, versions: dict[str, Version], county: County
) -> None:
    folder = stored(tmp_path / "a", *people(), turned=False)
    known = [version for version in versions.values() if version.id != BOARDER]
    with pytest.raises(MissingTablesError, match="另一套项目文件"):
        write_letters(folder, county, TERM, known, LABELS, rules=RULES)


def test_figures_that_are_no_promise_say_so(versions: dict[str, Version]) -> None:
    unverified = one_letter(versions, [decision(1, BOARDER)]).items[0].saying
    average = one_letter(versions, [decision(1, "hebei_grant@cn/hebei@2016-09-01")])
    exact = one_letter(versions, [decision(1, "tiered_aid@unstated@2018-09-01", tier="level_2")])
    assert any("没有核对到正式文件" in reason for reason in unverified.reasons)
    assert any("平均标准" in reason for reason in average.items[0].saying.reasons)
    assert not any("为准" in reason for reason in exact.items[0].saying.reasons)
    assert "二级" in exact.items[0].saying.result


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(find_project().params, tmp_path / "params")
    folder = tmp_path / "data" / "demo"
    folder.mkdir(parents=True)
    settings = 'name = "青山县"\nregion = "cn/henan"\npublisher = "资助中心"\ncontact = "窗口"\n'
    (folder / "county.toml").write_text(settings, encoding="utf-8")
    stored(tmp_path / "reports" / "demo" / TERM.code, *people(), turned=False)
    monkeypatch.chdir(tmp_path)
    assert main(["letters", "2026秋", "--school", SCHOOL]) == 0
    assert "3 张，1 份 PDF" in capsys.readouterr().out
    letters = tmp_path / "reports" / "demo" / TERM.code / "internal" / "letters"
    assert [path.name for path in letters.iterdir()] == [f"{SCHOOL}.pdf"]
    assert main(["letters", "2026秋", "--student", number(4)]) == 0
    assert main(["letters", "2025秋"]) == MissingTablesError.exit_code
    assert "aidkit run 2025-autumn" in capsys.readouterr().err


def test_a_machine_without_chinese_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONTS", ("没有这种字体",))
    with pytest.raises(UsageError, match="中文字体"):
        typesetting.typeset("letter", {"letters": []}, dt.date(2026, 9, 1))
