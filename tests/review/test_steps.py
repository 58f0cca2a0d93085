"""Steps of sign-off: who may do what when, and what the log keeps."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.calendar import Term
from aidkit.errors import InputError, UsageError
from aidkit.review.content import Content, content_of
from aidkit.review.published import published_files
from aidkit.review.signed import signed_content
from aidkit.review.standing import log_of, standing
from aidkit.review.steps import approve, publish, send_back, submit
from tests.review.decisions import decisions_of

TERM = Term.parse("2026-autumn")
DAY = dt.date(2026, 11, 2)
LATER = dt.date(2026, 11, 3)
FILES = {"aid.parquet": b"1", "pages/county.ipynb": b"{}"}


def content(fen: int = 5) -> Content:
    return content_of(decisions_of([("1000000001", "tiered_aid", "甲", "awarded", fen)]))


def approved(county: Path, fen: int = 5, reason: str = "") -> None:
    submit(county, TERM, content(fen), by="王老师", on=DAY, reason=reason)
    approve(county, TERM, content(fen), by="李主任", on=DAY)


def test_from_draft_to_locked_and_corrected(tmp_path: Path) -> None:
    assert standing(tmp_path, TERM).state == "draft"
    assert submit(tmp_path, TERM, content(), by="王老师", on=DAY).state == "submitted"
    assert send_back(tmp_path, TERM, by="李主任", on=DAY, reason="少一人").state == "returned"
    assert submit(tmp_path, TERM, content(6), by="王老师", on=DAY).state == "submitted"
    assert approve(tmp_path, TERM, content(6), by="李主任", on=LATER).state == "approved"
    now = publish(tmp_path, TERM, FILES, on=LATER)
    assert (now.state, now.approved) == ("locked", content(6).digest)
    with pytest.raises(UsageError, match="更正"):
        submit(tmp_path, TERM, content(7), by="王老师", on=LATER)
    approved_on = LATER
    now = submit(tmp_path, TERM, content(7), by="王老师", on=approved_on, reason="补一人")
    assert (now.state, now.approved) == ("submitted", None)
    kinds = [step.kind for step in standing(tmp_path, TERM).steps]
    assert kinds == ["submit", "return", "submit", "approve", "publish", "submit"]


def test_other_terms_stand_by_themselves(tmp_path: Path) -> None:
    approved(tmp_path)
    assert standing(tmp_path, TERM.previous()).state == "draft"


def test_who_submits_does_not_approve(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="不能自己审核"):
        approve(tmp_path, TERM, content(), by="王 老师", on=DAY)
    with pytest.raises(UsageError, match="不能自己退回"):
        send_back(tmp_path, TERM, by="王老师", on=DAY, reason="想改")


@pytest.mark.parametrize(
    "same",
    ["王老师\u200b", "\ufeff王老师", "王·老师", "王老师。", "（王老师）", "王\u3000老师"],
)
def test_a_name_spelt_otherwise_is_the_same_person(tmp_path: Path, same: str) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="不能自己审核"):
        approve(tmp_path, TERM, content(), by=same, on=DAY)


def test_latin_names_are_the_same_in_any_width_and_case(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="Wang Li", on=DAY)
    with pytest.raises(UsageError, match="不能自己审核"):
        approve(tmp_path, TERM, content(), by="ＷＡＮＧ　ＬＩ", on=DAY)


@pytest.mark.parametrize("nobody", ["", " ", "\u200b", "…", "***"])
def test_nobody_stands_for_nothing(tmp_path: Path, nobody: str) -> None:
    with pytest.raises(UsageError, match="谁"):
        submit(tmp_path, TERM, content(), by=nobody, on=DAY)
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="谁"):
        approve(tmp_path, TERM, content(), by=nobody, on=DAY)


def test_an_approval_can_be_taken_back_until_it_is_published(tmp_path: Path) -> None:
    approved(tmp_path)
    with pytest.raises(UsageError, match="不能自己退回"):
        send_back(tmp_path, TERM, by="王老师", on=DAY, reason="想改")
    now = send_back(tmp_path, TERM, by="李主任", on=DAY, reason="看错了")
    assert (now.state, now.approved) == ("returned", None)
    with pytest.raises(UsageError, match="没有审核通过"):
        publish(tmp_path, TERM, FILES, on=DAY)

    approved(tmp_path)
    publish(tmp_path, TERM, FILES, on=DAY)
    with pytest.raises(UsageError, match="已经公布并锁定"):
        send_back(tmp_path, TERM, by="李主任", on=DAY, reason="看错了")


def test_a_reason_with_a_name_is_replaced_before_it_is_published(tmp_path: Path) -> None:
    approved(tmp_path)
    publish(tmp_path, TERM, FILES, on=DAY)
    approved(tmp_path, 6, "补报试甲一")
    send_back(tmp_path, TERM, by="李主任", on=DAY, reason="原因里有姓名")
    approved(tmp_path, 6, "补报一人")
    assert standing(tmp_path, TERM).reason_for(2) == "补报一人"


def test_what_changed_since_is_not_approved(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="送审以后结果变了"):
        approve(tmp_path, TERM, content(6), by="李主任", on=DAY)
    assert standing(tmp_path, TERM).state == "submitted"


def test_a_draft_is_neither_approved_nor_returned_nor_published(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有送审"):
        approve(tmp_path, TERM, content(), by="李主任", on=DAY)
    with pytest.raises(UsageError, match="没有送审"):
        send_back(tmp_path, TERM, by="李主任", on=DAY, reason="不对")
    with pytest.raises(UsageError, match="没有审核通过"):
        publish(tmp_path, TERM, FILES, on=DAY)
    assert not log_of(tmp_path).exists()


def test_nothing_is_said_twice(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="已经送审"):
        submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    approve(tmp_path, TERM, content(), by="李主任", on=DAY)
    with pytest.raises(UsageError, match="已经审核通过"):
        submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    before = log_of(tmp_path).read_bytes()
    publish(tmp_path, TERM, FILES, on=DAY)
    once = log_of(tmp_path).read_bytes()
    publish(tmp_path, TERM, FILES, on=LATER)
    assert len(before) < len(once) == len(log_of(tmp_path).read_bytes())


def test_a_return_says_why(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    with pytest.raises(UsageError, match="原因"):
        send_back(tmp_path, TERM, by="李主任", on=DAY, reason="")
    with pytest.raises(UsageError, match="原因"):
        send_back(tmp_path, TERM, by="李主任", on=DAY, reason=" \u3000")


def test_days_do_not_run_backwards(tmp_path: Path) -> None:
    submit(tmp_path, TERM, content(), by="王老师", on=LATER)
    with pytest.raises(UsageError, match="早于上一步"):
        approve(tmp_path, TERM, content(), by="李主任", on=DAY)


def test_what_was_signed_is_kept_and_changes_to_it_are_found(tmp_path: Path) -> None:
    approved(tmp_path)
    signed = standing(tmp_path, TERM).approved
    assert signed is not None
    assert signed_content(tmp_path, signed).parts.equals(content().parts)
    (file,) = (tmp_path / "review" / "signed").iterdir()
    file.write_bytes(file.read_bytes().replace(b",5,", b",9,"))
    with pytest.raises(InputError, match="被改过"):
        signed_content(tmp_path, signed)
    file.unlink()
    with pytest.raises(InputError, match="找不到"):
        signed_content(tmp_path, signed)


def test_what_was_signed_and_is_damaged_comes_back_with_a_new_submission(tmp_path: Path) -> None:
    approved(tmp_path)
    (file,) = (tmp_path / "review" / "signed").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole + b"x")
    # What it says to do: submit again; nothing is entered, but the file is whole again.
    with pytest.raises(UsageError, match="已经审核通过"):
        submit(tmp_path, TERM, content(), by="王老师", on=DAY)
    assert file.read_bytes() == whole


def test_an_altered_log_is_found(tmp_path: Path) -> None:
    approved(tmp_path)
    log = log_of(tmp_path)
    log.write_bytes(log.read_bytes().replace("李主任".encode(), "张主任".encode()))
    with pytest.raises(InputError, match="第 2 行"):
        standing(tmp_path, TERM)


def test_what_was_published_is_kept_each_time(tmp_path: Path) -> None:
    approved(tmp_path)
    publish(tmp_path, TERM, FILES, on=DAY)
    approved(tmp_path, 7, "补一人")
    other = FILES | {"aid.parquet": b"2"}
    publish(tmp_path, TERM, other, on=DAY)
    first, second = standing(tmp_path, TERM).publications
    assert (first.number, second.number) == (1, 2)
    assert published_files(tmp_path, first) == FILES
    assert published_files(tmp_path, second) == other
    kept, latest = sorted((tmp_path / "review" / "published").iterdir())
    kept.write_bytes(latest.read_bytes())
    with pytest.raises(InputError, match="被改过"):
        published_files(tmp_path, first)
    kept.write_bytes(kept.read_bytes()[:40])
    with pytest.raises(InputError, match="被改过"):
        published_files(tmp_path, first)


def test_lines_cut_off_the_log_cost_no_publication(tmp_path: Path) -> None:
    approved(tmp_path)
    log = log_of(tmp_path)
    before = log.read_bytes()
    publish(tmp_path, TERM, FILES, on=DAY)
    (kept,) = (tmp_path / "review" / "published").iterdir()
    whole = kept.read_bytes()
    log.write_bytes(before)
    publish(tmp_path, TERM, FILES | {"aid.parquet": b"2"}, on=DAY)
    assert kept.read_bytes() == whole
