"""Reports of schools by nbclient alone, a kernel each: PROJECT OUT NUMBER."""

import json
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from benchmarks.jobs import beside, school_jobs, work_of


def main(project: str, out: str, number: str) -> None:
    """Run them."""
    root = Path(project)
    os.environ["AIDKIT_WORK"] = str(work_of(root))
    jobs = beside(school_jobs(root, int(number)), Path(out))
    Path(out).mkdir(parents=True, exist_ok=True)
    for job in jobs:
        notebook = parameterize_notebook(load_notebook_node(str(job.source)), dict(job.parameters))
        client = NotebookClient(notebook, resources={"metadata": {"path": str(root)}})
        nbformat.write(client.execute(), job.output)
    print(json.dumps({"notebooks": len(jobs)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
