"""Every term of a county signed off as its results lie, so that a site may be built: PROJECT."""

import datetime as dt
import os
import sys

from aidkit.pipeline.review import reviewed
from aidkit.project import find_project
from aidkit.review.steps import approve, submit
from benchmarks.bench import COUNTY


def main(root: str) -> None:
    """Submit and approve what nobody approved yet."""
    os.chdir(root)
    project = find_project()
    county = project.root / COUNTY
    today = dt.date.today()
    for term in project.terms(county):
        now = reviewed(project, county, term)
        if not now.publishable:
            submit(county, term, now.content, by="示例甲", on=today, reason="示例数据更新")
            approve(county, term, now.content, by="示例乙", on=today)


if __name__ == "__main__":
    main(*sys.argv[1:])
