"""`aidkit build --as-published TERM`: the site as it was published once."""

import argparse
from pathlib import Path

from aidkit.cli.periods import term_of
from aidkit.cli.places import short
from aidkit.errors import UsageError
from aidkit.project import Project


def build_as_published(project: Project, county: Path, words: argparse.Namespace) -> int:
    """Build it and say what it shows, and what differs now.

    Raises:
        UsageError: Another kind of site, or another day, was asked for as well.
    """
    from aidkit.pipeline.as_published import FOLDER
    from aidkit.pipeline.as_published import build_as_published as build

    if words.profile != "public" or words.on:
        raise UsageError(
            "按公布时重做的只有对外公布的网站，日子就是公布的那天。",
            remedy="--as-published 不和 --profile、--on 一起用。",
        )
    made = build(
        project,
        county,
        term_of(words.as_published),
        words.publication,
        publisher=words.publisher,
    )
    for term, step in made.shown.items():
        print(f"  {term.label}：{step.on} 第 {step.number} 次公布")
    now = (
        f"有 {made.differing} 个数字与现在的结果不同" if made.differing else "数字与现在的结果相同"
    )
    print(f"按公布时重做的网站：{made.pages} 页，{now}。只供核对，不要放到网上。")
    print(f"不同的数字：{short(project, made.differences)}")
    print(f"请打开：{short(project, project.site / FOLDER / 'index.html')}")
    if words.open:
        import webbrowser

        webbrowser.open(made.home.as_uri())
    return 0
