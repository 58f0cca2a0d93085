"""What `aidkit review` calls and prints. Imports are local so that `--help` answers at once."""

import argparse
import datetime as dt
from pathlib import Path

from aidkit.calendar import Term
from aidkit.cli.fund_words import entered_on, needed
from aidkit.cli.periods import term_of
from aidkit.cli.places import county_of
from aidkit.cli.printing import print_lines
from aidkit.project import Project, find_project


def submit(words: argparse.Namespace) -> int:
    """`aidkit review submit TERM`: the clerk stands for the awards."""
    from aidkit.cli.review_lines import summed
    from aidkit.pipeline.review import content_now
    from aidkit.review import steps

    project, county, term, on = _opened(words, "经办人")
    content = content_now(project, county, term)
    steps.submit(county, term, content, by=words.by, on=on, reason=words.reason)
    print(f"{term.label}已送审：{summed(content)}。")
    print(f"请另一个人审核：aidkit review approve {term.code} --by 姓名")
    return 0


def approve(words: argparse.Namespace) -> int:
    """`aidkit review approve TERM`: another person signs what was submitted."""
    from aidkit.cli.review_lines import summed
    from aidkit.pipeline.review import content_now
    from aidkit.review import steps

    project, county, term, on = _opened(words, "审核人")
    content = content_now(project, county, term)
    steps.approve(county, term, content, by=words.by, on=on)
    print(f"{term.label}审核通过：{summed(content)}。")
    print("可以公开发布：aidkit build")
    return 0


def send_back(words: argparse.Namespace) -> int:
    """`aidkit review return TERM`: what was submitted goes back, with the reason."""
    from aidkit.review import steps

    _, county, term, on = _opened(words, "审核人")
    steps.send_back(county, term, by=words.by, on=on, reason=words.reason)
    print(f"{term.label}已退回：{words.reason}")
    return 0


def status(words: argparse.Namespace) -> int:
    """`aidkit review status TERM`: every step, and what the signature no longer covers."""
    from aidkit.cli.review_lines import status_lines
    from aidkit.pipeline.review import reviewed

    project, county, term = _named(words)
    now = reviewed(project, county, term)
    print_lines(status_lines(project, county, term, now))
    return 0 if now.publishable else 1


def _opened(words: argparse.Namespace, who: str) -> tuple[Project, Path, Term, dt.date]:
    needed(words.by, "--by", who)
    return *_named(words), entered_on(words.on)


def _named(words: argparse.Namespace) -> tuple[Project, Path, Term]:
    project = find_project()
    return project, project.county(county_of(project, words)), term_of(words.term)
