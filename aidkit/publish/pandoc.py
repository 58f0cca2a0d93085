"""Markdown pages to HTML bodies through pandoc, many pages in one process."""

import json
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from aidkit.errors import InvariantError

SCRIPT = Path(__file__).parent / "offline" / "pages.lua"
PROCESSES = 2


@dataclass(frozen=True)
class Refusal:
    """What pandoc's script found wrong with a page.

    Attributes:
        message: What is wrong, in Chinese.
        sought: Text of the source near the fault, or empty.
        remedy: What the author can do, in Chinese, or empty.
    """

    message: str
    sought: str
    remedy: str


def to_html(pages: Mapping[str, str]) -> dict[str, str | Refusal]:
    """Convert pages.

    Args:
        pages: Markdown without front matter, by name.

    Returns:
        For each name, in the same order, an HTML body or why there is none.

    Raises:
        InvariantError: pandoc itself failed.
    """
    names = list(pages)
    shares = [share for start in range(PROCESSES) if (share := names[start::PROCESSES])]
    with ThreadPoolExecutor(PROCESSES) as pool:
        answers = pool.map(lambda share: _convert({name: pages[name] for name in share}), shares)
        bodies = {name: body for answer in answers for name, body in answer.items()}
    return {name: bodies[name] for name in names}


def _convert(pages: Mapping[str, str]) -> dict[str, str | Refusal]:
    """Convert pages in one pandoc process."""
    request = [{"name": name, "markdown": text} for name, text in pages.items()]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "lua", str(SCRIPT)],
        input=json.dumps(request, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise InvariantError(
            "pandoc 没有完成。", where=done.stderr.decode(errors="replace").strip()
        )
    return {
        answer["name"]: answer["html"]
        if "html" in answer
        else Refusal(answer["message"], answer["sought"], answer["remedy"])
        for answer in json.loads(done.stdout)
    }
