"""What an officer types after `aidkit fund`, and what is told."""

import pytest

from aidkit.cli import main

Told = tuple[int, str]

OPEN = "--kind 期初结转 --date 2025-01-01 --amount 1000 --channel bank"
GIFT = "--kind 捐赠收入 --date 2026-03-10 --amount 500.50 --channel 银行转账 --party 甲公司"
PAID = (
    "--kind payout --date 2026-03-20 --amount 200 --channel bank --program 临时困难补助"
    " --party 某校 --persons 1 --approved-by 王主任"
)


def said(words: str, capsys: pytest.CaptureFixture[str]) -> Told:
    code = main(["fund", *words.split()])
    told = capsys.readouterr()
    return code, told.out + told.err


def posted(words: str, capsys: pytest.CaptureFixture[str]) -> Told:
    return said(f"post --fund love --by 李会计 --on 2026-12-31 {words}", capsys)
