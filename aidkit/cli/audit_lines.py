"""What `aidkit audit` says."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from aidkit.pipeline.spot_check import Drawn, TakenBack
from aidkit.review.interval import clopper_pearson
from aidkit.review.spot_check_findings import Finding


def sample_lines(made: Drawn, file: str) -> Iterator[str]:
    """What was drawn and where the workbook is."""
    sample = made.sample
    n = len(sample.rows)
    drawn = f"从 {sample.awards:,} 人次里抽了 {n:,} 人次"
    yield f"{sample.term.label}：{drawn}，抽查编号 {sample.number}"
    yield f"每 1 人次被抽中的机会都是 {n / sample.awards:.1%}。"
    if made.left_out:
        yield f"人人享有的项目不在内：{'、'.join(made.left_out)}（加 --universal 连同它们抽）。"
    yield f"抽查表（含个人信息，内部资料）：{file}"
    yield "填好后：aidkit audit findings 这份表 --by 姓名"
    yield from _several(made.draws)


def problem_lines(problems: pl.DataFrame) -> Iterator[str]:
    """What is wrong with a workbook that was handed in; what many rows have is said once."""
    yield f"抽查表有 {problems.height} 处问题，没有登记："
    alike = problems.group_by("column", "value", "message", "remedy", maintain_order=True)
    for row in alike.agg("row").iter_rows(named=True):
        rows = [number for number in row["row"] if number]
        place = f"第 {_spans(rows)} 行，{row['column']} 列：" if rows else ""
        value = f"“{row['value']}”" if rows and row["value"] else ""
        yield f"  {place}{value}{row['message']}"
        yield f"         办法：{row['remedy']}"


def findings_lines(back: TakenBack) -> Iterator[str]:
    """What a spot check came to, and what to do about each award that is not as it should be."""
    found, unlike = back.findings.found, back.findings.unlike
    awards = back.draw["awards"]
    yield (
        f"{back.term.label}抽查 {back.draw['sample']}：查了 {len(found):,} 人次，"
        f"相符 {len(found) - len(unlike):,}，不符 {len(unlike):,}。"
    )
    yield _share(len(unlike), len(found), awards)
    yield from _several(back.draws)
    for one in back.earlier:
        sums = f"相符 {one['alike']}，不符 {one['unlike']}"
        yield f"以前交过：{one['on']} {one['by']}，{sums}；都留着。"
    if unlike:
        yield "不符的："
        for wrong in unlike:
            yield from _unlike_lines(wrong, back.term.code)
        yield from _next(back.term.code)
    log = "review/spot_checks.jsonl"
    again = f"这份表以前交过，已在 {log}，没有重记。"
    yield f"已记入 {log}（不含姓名）。" if back.entered else again


def _spans(rows: Sequence[int]) -> str:
    """Numbers of rows, each run of them by its ends."""
    # Within a run the number grows as fast as the place.
    runs = [
        [row for _, row in run] for _, run in groupby(enumerate(rows), lambda at: at[1] - at[0])
    ]
    return "、".join(f"{run[0]} 至 {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _share(unlike: int, of: int, awards: int) -> str:
    if of == awards:
        return f"不符的占 {unlike / of:.1%}。全部都查了，没有抽样误差。"
    low, high = clopper_pearson(unlike, of)
    return (
        f"不符的占 {unlike / of:.1%}；推到全部 {awards:,} 人次，95% 的把握在 "
        f"{low:.1%} 到 {high:.1%} 之间（Clopper-Pearson 精确区间，偏宽不偏窄）。"
    )


def _several(draws: int) -> Iterator[str]:
    if draws > 1:
        yield f"注意：这个学期一共抽过 {draws} 次，都记在登记簿里；报结果时要一并报，不能只挑一次。"


def _unlike_lines(one: Finding, term: str) -> Iterator[str]:
    row = one.row
    who = " ".join(filter(None, (row.school, row.class_name, row.name)))
    money = row.amount + (" 元" if row.amount[:1].isdigit() else "")
    what = "，".join(filter(None, (row.program, row.tier, money)))
    yield f"  {row.no} 号 {who}：{what}"
    yield f"     说明：{one.note}（{one.checker}，{one.day}）"
    yield f"     看当时凭什么认定：aidkit why {row.person_no} --term {term}"


def _next(term: str) -> Iterator[str]:
    yield "下一步，逐人核实："
    yield f"  登记错了的：请学校改表，重新运行 aidkit run {term}，结果变了要重新送审。"
    yield "  不该享受的：在《资助变动登记表》写“取消”和原因，通知本人；已发的追回，按退回登记。"
    yield "  同一学校或同一项目有几个的：这所学校、这个项目全部核查。"
