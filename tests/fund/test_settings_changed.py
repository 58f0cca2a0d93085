"""Every batch keeps what the files of funds settled; an audit says between which they changed."""

import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.fund.entry import Batch
from aidkit.fund.fund_digest import fund_digest
from aidkit.fund.fund_files import read_funds
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.chain import START as FIRST
from aidkit.fund.ledger.chain import linked
from aidkit.fund.ledger.journal import journal_of, post, read_book
from aidkit.fund.settings import Fund
from tests.fund.county import make_county
from tests.fund.funds import BATCH, ENTERED, LOVE, START
from tests.fund.vouchers import gift


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "county")


def rewrite(county: Path, old: str, new: str) -> None:
    path = county / "params" / "funds" / "love.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changes(county: Path) -> list[tuple[int, str, str]]:
    found = audit(county)
    assert found.sound
    return [
        (one.line, one.voucher_no, one.message)
        for one in found.findings
        if one.code == "fund_file_changed"
    ]


def test_a_change_is_told_with_the_batches_that_it_lies_between(county: Path) -> None:
    post(county, [gift(START, 5)], BATCH)
    rewrite(county, 'costs = ["bank_fee"]', 'costs = ["bank_fee", "management"]')
    post(county, [gift(START, 6), gift(START, 7)], Batch("post", ENTERED, "王会计"))
    ((line, voucher, message),) = changes(county)
    assert (line, voucher) == (5, "2025-000002")
    assert message == (
        f"基金 love 的文件在第 2 行那一批（凭证 2025-000001 起，{ENTERED} 录入员登记）以后、"
        f"第 5 行那一批（凭证 2025-000002 起，{ENTERED} 王会计登记）以前改过。"
    )


def test_a_change_since_the_last_batch_is_told(county: Path) -> None:
    post(county, [gift(START, 5)], BATCH)
    rewrite(county, 'bank = "bank"', 'bank = "cash"')
    ((line, _, message),) = changes(county)
    assert line == 2
    assert "最后一批" in message
    rewrite(county, 'bank = "cash"', 'bank = "bank"')
    assert changes(county) == []


def test_how_the_file_is_laid_out_is_no_change(county: Path) -> None:
    post(county, [gift(START, 5)], BATCH)
    rewrite(county, "[channels]", "# 备注\n\n[channels]  # 钱在哪里")
    assert changes(county) == []


def test_a_fund_that_is_new_is_no_change_and_one_that_went_is(county: Path) -> None:
    funds = county / "params" / "funds"
    union = (funds / "union.toml").read_text(encoding="utf-8")
    (funds / "union.toml").unlink()
    post(county, [gift(START, 5)], BATCH)
    (funds / "union.toml").write_text(union, encoding="utf-8")
    post(county, [gift(START, 6)], BATCH)
    assert changes(county) == []
    (funds / "union.toml").unlink()
    ((_, _, message),) = changes(county)
    assert message.startswith("基金 union 的文件")
    assert message.endswith("不在了。")


def test_a_journal_of_before_stays_readable_and_says_nothing(county: Path) -> None:
    """As an earlier version wrote it: no batch keeps what files settled."""
    for fen in (5, 6):
        post(county, [gift(START, fen)], BATCH)
        rewrite(county, "示例县", "示例县示例")
    path, head, lines = journal_of(county), FIRST, []
    for text in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(text)
        for name in ("before", "hash", "settings"):
            said.pop(name, None)
        content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))[1:-1]
        line, head = linked(head, content)
        lines.append(line)
    path.write_bytes(b"".join(lines))
    assert read_book(county).batches["settings"].to_list() == ["", ""]
    assert changes(county) == []
    post(county, [gift(START, 7)], BATCH)
    rewrite(county, "示例县", "示例县示例")
    assert [line for line, _, _ in changes(county)] == [6]


def test_what_a_journal_keeps_is_what_the_file_settles(county: Path) -> None:
    post(county, [gift(START, 5)], BATCH)
    kept = json.loads(read_book(county).batches["settings"].item())
    assert kept == {fund.id: fund_digest(fund) for fund in read_funds(county).values()}


@given(
    name=st.sampled_from([one.name for one in dataclasses.fields(Fund)]),
    text=st.text(st.characters(codec="utf-8"), min_size=1),
)
def test_each_setting_is_part_of_the_digest(name: str, text: str) -> None:
    other = {
        "opened_on": dt.date(2024, 1, 1),
        "channels": {"bank": text},
        "purposes": {},
        "programs": {},
        "pledges": (),
        "figures": {(2024, text): 1},
    }
    changed = dataclasses.replace(LOVE, **{name: other.get(name, text)})  # type: ignore[arg-type]
    same = getattr(changed, name) == getattr(LOVE, name)
    assert (fund_digest(changed) == fund_digest(LOVE)) == same
