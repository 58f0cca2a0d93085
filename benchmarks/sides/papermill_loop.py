"""Reports of schools by papermill's own function, one after the other: PROJECT OUT NUMBER."""

import json
import os
import sys
import warnings
from pathlib import Path

import papermill

from benchmarks.jobs import all_jobs, beside, school_jobs, work_of


def main(project: str, out: str, number: str) -> None:
    """Run them with papermill's stock engine; `all` is every notebook of the term."""
    root = Path(project)
    os.environ["AIDKIT_WORK"] = str(work_of(root))
    jobs = all_jobs(root) if number == "all" else school_jobs(root, int(number))
    Path(out).mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")
    for job in beside(jobs, Path(out)):
        papermill.execute_notebook(
            job.source,
            job.output,
            parameters=dict(job.parameters),
            engine_name="nbclient",
            cwd=root,
            progress_bar=False,
        )
    print(json.dumps({"notebooks": len(jobs)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
