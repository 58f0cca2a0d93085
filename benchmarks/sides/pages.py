"""Public reports of schools to the pages of a site: PROJECT OUT NUMBER WORKERS.

The notebooks run again over their stored copies, then the whole site is staged and published,
with all its other pages, and nothing taken over from earlier times. The other pages' share of the
publishing is told apart.
"""

import json
import sys
import time
from pathlib import Path

from aidkit.pipeline.execute import execute_notebooks
from aidkit.project import Project
from aidkit.publish import publish_site
from aidkit.staging import stage
from benchmarks.bench import COUNTY, TERM
from benchmarks.jobs import school_jobs, work_of


def main(root: str, out: str, number: str, workers: str) -> None:
    """Make them."""
    project = Project(Path(root))
    jobs = school_jobs(project.root, int(number), "public")
    results = execute_notebooks(
        jobs, root=project.root, work=work_of(project.root), workers=int(workers)
    )
    failed = [f"{result.name}: {result.error}" for result in results if result.error]
    if failed:
        raise SystemExit("\n".join(failed))
    stage(project, project.county(COUNTY), TERM)
    began = time.perf_counter()
    made = publish_site(project.site, Path(out), "offline")
    publishing = time.perf_counter() - began
    pages = sum((Path(out) / f"reports/{TERM}/{job.output.stem}.html").is_file() for job in jobs)
    figures = {
        "notebooks": len(jobs),
        "their_pages": pages,
        "pages": made.pages,
        "others": publishing * (made.pages - pages) / made.pages,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
