"""The sample county's own programs come out as the cases beside them say."""

from pathlib import Path

from aidkit.awards.cases import case_outcomes
from aidkit.programs import load_cases, load_programs
from aidkit.project import find_project
from aidkit.sample.own_programs import own_programs


def test_the_countys_own_cases_come_out(tmp_path: Path) -> None:
    for name, text in own_programs().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    cases = load_cases(tmp_path)
    versions = load_programs(find_project().params / "programs", tmp_path)
    outcomes = case_outcomes(cases, versions)
    assert {case.program_id for case, _ in outcomes} == {
        "senior_grant",
        "village_teacher_allowance",
    }
    for case, row in outcomes:
        got = (row["amount_fen"] or None) if row else None
        assert got == case.amount_fen, case.say
