"""Running Quarto, and making sure that what it wrote loads nothing from outside."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from aidkit.errors import PublishError

DRAFT = "_site.quarto"
OUTSIDE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
TAG = re.compile(r"<(script|link|img|iframe|source|embed|object)\b([^>]*)>(</script>)?", re.I)
ADDRESS = re.compile(r"\b(?:src|href|data)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
LINKED_TEXT = re.compile(r"\brel\s*=\s*[\"']?(?:canonical|next|prev|alternate)\b", re.IGNORECASE)
IMPORT = re.compile(
    r"@import\s+(?:url\()?\s*[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//", re.I
)
ADDED_BY_QUARTO = re.compile(
    r"<script\b[^>]*\bsrc=\"https://[^\"]*/(?:require(?:\.min)?\.js|jquery(?:\.min)?\.js)\"[^>]*>"
    r"\s*</script>\s*(?:<script type=\"application/javascript\">define\('jquery'[^<]*</script>)?"
)


def find_quarto() -> str | None:
    """Quarto on PATH, or None."""
    return shutil.which("quarto")


def render_with_quarto(site: Path, out: Path, profile: str = "") -> None:
    """Render the whole project into a folder, of a profile or of the project's own default.

    Raises:
        PublishError: Quarto is missing or fails, or a page would load something from outside.
    """
    quarto = find_quarto()
    if quarto is None:
        raise PublishError(
            "这台电脑没有安装 Quarto。",
            where="quarto",
            remedy="请安装 Quarto 1.9，或改用 --publisher offline。",
        )
    # Quarto takes the output folder relative to the project, so it renders inside it.
    draft = site / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    chosen = ["--profile", profile] if profile else []
    environment = {name: value for name, value in os.environ.items() if name != "QUARTO_PROFILE"}
    try:
        done = subprocess.run(
            [quarto, "render", str(site), "--output-dir", DRAFT, *chosen],
            env=environment,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0 or not (draft / "index.html").is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()[-12:]
            raise PublishError(
                "Quarto 没有完成。",
                where="\n".join(said) or "quarto render",
                remedy="请按上面的提示改正，或改用 --publisher offline。",
            )
        for page in sorted(draft.rglob("*.html")):
            _cut_added_scripts(page)
        _refuse_outside_loads(draft)
        shutil.copytree(draft, out, dirs_exist_ok=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _cut_added_scripts(page: Path) -> None:
    """Cut the two scripts that Quarto adds for HTML outputs, which our pages do not need."""
    text = page.read_text(encoding="utf-8")
    cut = ADDED_BY_QUARTO.sub("", text)
    if cut != text:
        page.write_text(cut, encoding="utf-8")


def _refuse_outside_loads(folder: Path) -> None:
    """Check every page and style sheet.

    Raises:
        PublishError: One loads from outside.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".html", ".css") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        found = IMPORT.search(text)
        outside = found[0] if found else None
        if path.suffix == ".html" and outside is None:
            outside = next(
                (
                    address
                    for tag in TAG.finditer(text)
                    for address in ADDRESS.findall(tag[2])
                    if OUTSIDE.match(address) and not LINKED_TEXT.search(tag[2])
                ),
                None,
            )
        if outside:
            raise PublishError(
                f"页面会从外面装入内容：{outside}",
                where=path.relative_to(folder).as_posix(),
                remedy="请去掉页面里的外部脚本、字体和图片；输出只用 text/markdown。",
            )
