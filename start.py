"""Set up once, then pass on: `python start.py demo`, `python start.py test`, any aidkit command."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "aidkit-installed"
INPUTS = [ROOT / "requirements.lock", ROOT / "pyproject.toml"]


def pip(*arguments: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *arguments], cwd=ROOT, check=True)


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  this file also starts under older ones
        sys.exit("需要 Python 3.11 或更新的版本，现在是 " + sys.version.split()[0])
    state = hashlib.sha256(b"".join(path.read_bytes() for path in INPUTS)).hexdigest()
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != state:
        print("正在安装（只在第一次，约一两分钟）……", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
        pip("--require-hashes", "--no-deps", "-r", "requirements.lock")
        pip("--no-deps", "--no-build-isolation", "--editable", ".")
        STAMP.write_text(state, encoding="utf-8")
    words = sys.argv[1:] or ["--help"]
    module = ["pytest", "-n", "2", *words[1:]] if words[0] == "test" else ["aidkit", *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([PYTHON, "-m", *module], cwd=ROOT, env=environment, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
