"""What the panel decided, and awards given up or taken away: rows that cannot be used."""

import polars as pl

from aidkit.labels import project_labels
from aidkit.money import yuan
from aidkit.runs.faulty import no_problems, row_problems

LARGEST_PANEL = 10
"""The county's procedure lets a panel have at most so many members."""

_MEMBER = r"[^、，,；;\s][^、，,；;]*"


def doubtful_decisions(table: str, decisions: pl.DataFrame, person: str) -> pl.DataFrame:
    """A problem for each decision of a panel that says nothing, or is contradicted by another one.

    Also, once in each sheet, for a panel with too many members; its decisions count.

    Args:
        table: `panel_decisions` or `teacher_panel_decisions`.
        decisions: Its rows with `program_id`.
        person: Column that names the person.

    Returns:
        `tables.Problems`.
    """
    labels = project_labels()
    headers = labels.columns[table]
    found = [no_problems()]
    answers = {"amount_fen": pl.col("amount_fen").map_elements(yuan, return_dtype=pl.String)}
    if "tier" in decisions.columns:
        answers["tier"] = pl.col("tier").replace_strict(
            labels.names("tier"), return_dtype=pl.String
        )
    for answer, words in sorted(answers.items(), reverse=True):
        several = pl.col(answer).drop_nulls().n_unique().over(person, "program_id") > 1
        found.append(
            row_problems(
                decisions.filter(several & pl.col(answer).is_not_null()),
                headers[answer].header,
                value=words,
                code="contradicting_tiers" if answer == "tier" else "contradicting_amounts",
                severity="error",
                message=f"同一个人、同一个项目有不同的{headers[answer].header}，都没有采用。",
                remedy="请核对评审记录，只留一个。",
            )
        )
    silent = pl.all_horizontal(pl.col(answer).is_null() for answer in answers)
    found.append(
        row_problems(
            decisions.filter(silent),
            headers["amount_fen"].header,
            value=pl.lit(""),
            code="panel_without_answer",
            severity="error",
            message="这份评审结果既没有档次，也没有金额，不起作用。",
            remedy="请按评审记录补上档次或金额。",
        )
    )
    too_large = pl.col("panel").str.count_matches(_MEMBER) > LARGEST_PANEL
    found.append(
        row_problems(
            decisions.filter(too_large)
            .sort("source_row")
            .unique(["source_file", "source_sheet", "panel"], keep="first", maintain_order=True),
            headers["panel"].header,
            value=pl.col("panel"),
            code="panel_too_large",
            severity="warning",
            message=f"评审小组多于 {LARGEST_PANEL} 人。",
            remedy="来源对人数的说法不一，请核对名单里是不是有别的人。",
        )
    )
    return pl.concat(found)


def believed_changes(changes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take out the waivers that nobody signed and the revocations without a reason.

    Args:
        changes: `tables.AwardChanges` with `program_id`.

    Returns:
        The changes that count, and a problem for each that does not.
    """
    headers = project_labels().columns["award_changes"]
    waived = pl.col("award_change") == "waived"
    unsigned = waived & ~pl.col("signed").fill_null(False)
    reason = pl.col("reason").fill_null("").str.strip_chars()
    unreasoned = ~waived & (reason == "")
    problems = [
        row_problems(
            changes.filter(unsigned),
            headers["signed"].header,
            value=pl.lit(""),
            code="waiver_unsigned",
            severity="error",
            message="自愿放弃没有签字，没有生效。",
            remedy="请由家长签字并存档后填“是”。",
        ),
        row_problems(
            changes.filter(unreasoned),
            headers["reason"].header,
            value=pl.lit(""),
            code="revocation_without_reason",
            severity="error",
            message="取消资格没有写原因，没有生效。",
            remedy="请写明原因。",
        ),
    ]
    return changes.filter(~unsigned & ~unreasoned), pl.concat(problems)
