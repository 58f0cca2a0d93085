"""Markdown pages to HTML bodies through pandoc, many pages in one process."""

import json
import subprocess
import tempfile
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

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


def to_html(pages: Iterable[str]) -> Generator[str | Refusal, None, None]:
    """Convert pages: for each, in the same order, an HTML body or why there is none.

    Pages are handed out one by one to two processes, so that a body can be worked on while the
    next ones are made.

    Args:
        pages: Markdown without front matter.

    Raises:
        InvariantError: pandoc itself failed.
    """
    wanted = list(pages)
    if not wanted:
        return
    with ExitStack() as stack:
        idle: SimpleQueue[_Pandoc] = SimpleQueue()
        count = min(PROCESSES, len(wanted))
        for _ in range(count):
            idle.put(stack.enter_context(_Pandoc()))
        pool = ThreadPoolExecutor(count)
        stack.callback(pool.shutdown, cancel_futures=True)

        def convert(markdown: str) -> str | Refusal:
            pandoc = idle.get()
            try:
                return pandoc.convert(markdown)
            finally:
                idle.put(pandoc)

        yield from pool.map(convert, wanted)


class _Pandoc:
    """A pandoc process that answers each line of JSON with another."""

    def __enter__(self) -> "_Pandoc":
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [pypandoc.get_pandoc_path(), "lua", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._said):
            if pipe is not None:
                pipe.close()

    def convert(self, markdown: str) -> str | Refusal:
        """Convert a page.

        Raises:
            InvariantError: pandoc itself failed.
        """
        sending, answers = self._process.stdin, self._process.stdout
        assert sending is not None and answers is not None
        line = b""
        try:
            sending.write(f"{json.dumps(markdown)}\n".encode())
            sending.flush()
            line = answers.readline()
        except OSError:  # it is gone
            pass
        if not line:
            self._process.wait()
            self._said.seek(0)
            raise InvariantError(
                "pandoc 没有完成。", where=self._said.read().decode(errors="replace").strip()
            )
        answer = json.loads(line)
        if "html" in answer:
            return str(answer["html"])
        return Refusal(answer["message"], answer["sought"], answer["remedy"])
