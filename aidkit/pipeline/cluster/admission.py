"""Who may take part: workers with the same program and libraries that see this run's slices."""

from collections.abc import Mapping
from typing import Any

from distributed import Client

from aidkit.errors import UsageError
from aidkit.pipeline.cluster.connection import members
from aidkit.pipeline.cluster.inputs import READ_ONLY, read_seal
from aidkit.pipeline.cluster.worker import Versions, versions

SHOWN = 5
"""Differences that a message lists."""


def refuse_other_versions(client: Client) -> Versions:
    """Stop before anything runs if a worker would make other reports than this machine.

    Returns:
        What all of them make reports with.

    Raises:
        UsageError: A worker has another aidkit or other libraries; both versions are named.
    """
    ours = versions()
    for worker, theirs in _asked(client, versions).items():
        if isinstance(theirs, Exception):
            raise UsageError(
                f"工作进程 {worker} 里的 aidkit 用不了：{type(theirs).__name__}: {theirs}",
                where=worker,
                remedy="请在那台电脑上装同一个 aidkit（同一个虚拟环境），重新启动工作进程。",
            )
        if theirs != ours:
            raise UsageError(
                f"工作进程 {worker} 的程序和本机不同：{'；'.join(_differences(ours, theirs))}。",
                where=worker,
                remedy="请在那台电脑上装和本机相同的 aidkit 和库，重新启动工作进程，再运行一次。",
            )
    return ours


def refuse_other_slices(client: Client, inputs: str, seal: str) -> None:
    """Stop before anything runs if a worker cannot read this run's slices.

    Args:
        client: The cluster.
        inputs: Folder or address as workers see it.
        seal: The digest of this run's slices.

    Raises:
        UsageError: A worker reads nothing there, or the slices of another run.
    """
    remedy = "请用 --inputs 写上工作进程看得到的共享文件夹或地址，见 docs/cluster.md。"
    if inputs.lower().startswith(READ_ONLY):
        remedy = "http 地址只读：请让它指向 reports/.work，服务器要支持 Range，见 docs/cluster.md。"
    for worker, seen in _asked(client, read_seal, inputs).items():
        if isinstance(seen, Exception):
            raise UsageError(
                f"工作进程 {worker} 读不到各校的切片：{seen}", where=inputs, remedy=remedy
            )
        if seen != seal:
            raise UsageError(
                f"工作进程 {worker} 看到的是另一次运行的切片。", where=inputs, remedy=remedy
            )


def _asked(client: Client, question: Any, *arguments: Any) -> Mapping[str, Any]:
    """Answers by worker; a worker that is lost meanwhile has none."""
    answers = client.run(question, *arguments, workers=members(client), on_error="return")
    there = members(client)
    return {worker: answers[worker] for worker in there if worker in answers}


def _differences(ours: Versions, theirs: Versions) -> list[str]:
    """Library by library, ours and theirs; the code where the libraries are the same."""
    names = sorted({*ours.libraries, *theirs.libraries})
    found = [
        f"{name} 本机 {ours.libraries.get(name, '没有')}，它 {theirs.libraries.get(name, '没有')}"
        for name in names
        if ours.libraries.get(name) != theirs.libraries.get(name)
    ]
    if ours.package != theirs.package:
        found.insert(0, f"aidkit 的代码 本机 {ours.package[:12]}，它 {theirs.package[:12]}")
    return [*found[:SHOWN], *([f"共 {len(found)} 处"] if len(found) > SHOWN else [])]
