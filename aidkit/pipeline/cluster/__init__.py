"""The same notebooks on more than one machine, through `dask.distributed`.

```
kit.py        what travels with a run: params, notebooks, the county's settings
inputs.py     where workers read slices: the work folder, another folder, an address
worker.py     what runs in a worker process: one engine, one chunk at a time
admission.py  who may take part: the same program, the same libraries, the same slices
chunks.py     how many notebooks go out together
coordinator.py  chunks out, reports in, the lost ones again
```
"""

from aidkit.pipeline.cluster.coordinator import execute_on_cluster

__all__ = ["execute_on_cluster"]
