"""Set up once, then pass on: `python start.py demo`, `python start.py test`, any aidkit command."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ROOT / ".venv" / "aidkit-installed"
LOCKED = ["--require-hashes", "--no-deps", "-r", "requirements.lock"]
ITSELF = ["--no-deps", "--no-build-isolation", "--editable", "."]


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  this file also starts under older ones
        sys.exit("需要 Python 3.11 或更新的版本，现在是 " + sys.version.split()[0])
    wanted = [(ROOT / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
    state = hashlib.sha256(b"".join(wanted)).hexdigest()
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != state:
        print("正在安装（只在第一次，约一两分钟）……", flush=True)
        try:
            venv.create(ROOT / ".venv", with_pip=True, clear=True)
            for what in (LOCKED, ITSELF):
                subprocess.run([PYTHON, "-m", "pip", "install", "-q", *what], cwd=ROOT, check=True)
        except subprocess.CalledProcessError:
            sys.exit("安装没有完成。请检查网络和磁盘空间；Debian、Ubuntu 还要有 python3-venv。")
        STAMP.write_text(state, encoding="utf-8")
    words = sys.argv[1:] or ["--help"]
    tests = ["pytest", "-n3", "--dist=worksteal", *words[1:]]
    module = tests if words[0] == "test" else ["aidkit", *words]
    os.environ["PYTHONUTF8"] = "1"
    return subprocess.run([PYTHON, "-m", *module], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
