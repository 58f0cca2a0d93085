"""Reports of schools as a run makes them, over their stored copies: PROJECT NUMBER WORKERS|ADDRESS.

With an address of a scheduler, its workers make them.
"""

import json
import sys
from pathlib import Path

from aidkit.pipeline.cluster import execute_on_cluster
from aidkit.pipeline.execute import execute_notebooks
from benchmarks.jobs import school_jobs, work_of


def main(project: str, number: str, where: str) -> None:
    """Make them."""
    root = Path(project)
    jobs, work = school_jobs(root, int(number)), work_of(root)
    if where.isdecimal():
        results = execute_notebooks(jobs, root=root, work=work, workers=int(where))
    else:
        results = execute_on_cluster(jobs, scheduler=where, root=root, work=work)
    failed = [f"{result.name}: {result.error}" for result in results if result.error]
    if failed:
        raise SystemExit("\n".join(failed))
    print(json.dumps({"notebooks": len(results)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
