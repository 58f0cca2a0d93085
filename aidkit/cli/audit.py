"""What `aidkit audit` calls and prints. Imports are local so that `--help` answers at once."""

import argparse
from pathlib import Path

from aidkit.cli.fund_words import entered_on, needed
from aidkit.cli.periods import term_of
from aidkit.cli.places import county_of, short
from aidkit.cli.printing import print_lines
from aidkit.project import find_project


def sample(words: argparse.Namespace) -> int:
    """`aidkit audit sample TERM`: draw a spot check and write its workbook."""
    from aidkit.cli.audit_lines import sample_lines
    from aidkit.pipeline.spot_check import draw

    project = find_project()
    made = draw(
        project,
        project.county(county_of(project, words)),
        term_of(words.term),
        words.n,
        words.seed,
        universal=words.universal,
        by=words.by,
        on=entered_on(words.on),
    )
    return print_lines(sample_lines(made, short(project, made.file)))


def findings(words: argparse.Namespace) -> int:
    """`aidkit audit findings FILE`: read back what was found; problems give exit code 1."""
    from aidkit.cli.audit_lines import findings_lines, problem_lines
    from aidkit.pipeline.spot_check import take_back

    needed(words.by, "--by", "交表人")
    project = find_project()
    county = project.county(county_of(project, words))
    back = take_back(county, Path(words.file), by=words.by, on=entered_on(words.on))
    faulty = not back.findings.problems.is_empty()
    print_lines(problem_lines(back.findings.problems) if faulty else findings_lines(back))
    return 1 if faulty else 0
