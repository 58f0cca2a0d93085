"""What is installed on this machine, what is missing, and how to get it."""

import platform
import shutil
import subprocess
import sys
from importlib import metadata

from jupyter_client.kernelspec import KernelSpecManager

NEEDED = ("polars", "papermill", "ipykernel", "altair", "pypandoc-binary", "openpyxl", "XlsxWriter")


def findings() -> list[str]:
    """One line a finding, Chinese: 有 or 缺, what it is for, what to do."""
    lines = [f"有  Python {platform.python_version()}，{platform.system()} {platform.machine()}"]
    lines += [_package(name) for name in NEEDED]
    lines.append(_kernel())
    lines.append(
        _tool(
            ("quarto",),
            "Quarto",
            "没有也能用离线发布；要装时从单位软件库取 1.9 以上的安装包，装好后重新打开命令窗口",
        )
    )
    lines.append(
        _tool(
            ("chromium", "google-chrome", "msedge", "chrome"),
            "浏览器（测试页面用）",
            "看网站用任何浏览器都行；只有运行浏览器测试才需要 Chromium",
        )
    )
    lines.append(_lab())
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        lines.append(f"注意 输出编码是 {sys.stdout.encoding}，转存文字时请用 python start.py 启动")
    return lines


def _package(name: str) -> str:
    try:
        return f"有  {name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"缺  {name}：请删掉 .venv 文件夹，再运行 python start.py doctor"


def _kernel() -> str:
    if "python3" in KernelSpecManager().find_kernel_specs():
        return "有  笔记本内核 python3"
    return "缺  笔记本内核 python3：请删掉 .venv 文件夹，再运行 python start.py doctor"


def _tool(names: tuple[str, ...], title: str, advice: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return f"有  {title} {_version(path)}".rstrip()
    return f"无  {title}：{advice}"


def _version(path: str) -> str:
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip().splitlines()[0] if done.stdout.strip() else ""


def _lab() -> str:
    try:
        return f"有  JupyterLab {metadata.version('jupyterlab')}"
    except metadata.PackageNotFoundError:
        return "无  JupyterLab：只有想在浏览器里改笔记本时才需要，装法见 README“改笔记本”"
