"""Reports of schools by the warm engine: PROJECT OUT NUMBER WORKERS."""

import json
import sys
from pathlib import Path

from aidkit.engine import Task, open_engine
from aidkit.pipeline.execute import PRELOAD
from benchmarks.jobs import all_jobs, beside, school_jobs, work_of


def main(project: str, out: str, number: str, workers: str) -> None:
    """Run them; `all` is every notebook of the term."""
    root = Path(project)
    jobs = all_jobs(root) if number == "all" else school_jobs(root, int(number))
    tasks = [Task(j.name, j.source, j.output, j.parameters) for j in beside(jobs, Path(out))]
    environment = {"AIDKIT_WORK": str(work_of(root))}
    with open_engine(
        root=root, environment=environment, workers=int(workers), preload=PRELOAD
    ) as engine:
        outcomes = list(engine.run(tasks))
    failed = [f"{outcome.task.name}: {outcome.error}" for outcome in outcomes if outcome.error]
    if failed:
        raise SystemExit("\n".join(failed))
    engines = sorted({outcome.engine for outcome in outcomes})
    print(json.dumps({"notebooks": len(outcomes), "engines": engines}))


if __name__ == "__main__":
    main(*sys.argv[1:])
