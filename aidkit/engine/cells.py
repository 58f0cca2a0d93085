"""The cells of a notebook, run one after another; nbclient's own code makes outputs of messages."""

import sys
from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat import NotebookNode

from aidkit.engine.protocol import Described, Finished, Said, Started
from aidkit.engine.shell import Messages, Shell, execute


class CellRunner:
    """Runs all cells of one notebook in this process's shell."""

    def __init__(
        self,
        notebook: NotebookNode,
        shell: Shell,
        options: Mapping[str, Any],
        say: Callable[[Said], None],
    ) -> None:
        """Prepare to run.

        Args:
            notebook: Its cells get the outputs.
            shell: A fresh one.
            options: Further arguments of `NotebookClient`.
            say: Told when a cell starts and ends, and at last of the language.
        """
        self._notebook = notebook
        self._shell = shell
        self._messages: Messages = shell.displayhook.session
        self._client = NotebookClient(notebook, **options)
        self._say = say
        self._lock = RLock()
        self._current = -1
        self._touched: set[int] = set()
        self._fault: Exception | None = None

    async def run(self) -> None:
        """Run every cell; the first that fails is the last.

        Raises:
            Exception: What nbclient raises for outputs that no notebook may hold.
        """
        self._messages.receiver = self._receive
        for index, cell in enumerate(self._notebook.cells):
            runs = self._runs(cell)
            self._say(Started(index, self._shell.execution_count if runs else None))
            failed = False
            self._touched = {index}
            try:
                if runs:
                    await self._run_cell(cell, index)
            except CellExecutionError:
                failed = True
            changed = {i: self._notebook.cells[i] for i in sorted(self._touched)}
            self._say(Finished(index, changed, failed))
            if failed:
                break
        language = self._messages.unpack(self._messages.pack(IPythonKernel.language_info))
        self._say(Described(language))

    def _runs(self, cell: NotebookNode) -> bool:
        tags = cell.metadata.get("tags", [])
        return (
            cell.cell_type == "code"
            and bool(cell.source.strip())
            and self._client.skip_cells_with_tag not in tags
        )

    async def _run_cell(self, cell: NotebookNode, index: int) -> None:
        client, messages = self._client, self._messages
        cell.outputs = []
        client.clear_before_next_output = False
        client.code_cells_executed += 1
        if client.record_timing:
            cell.metadata["execution"] = {}
        parent = messages.msg("execute_request", {"code": cell.source})
        parent["header"]["msg_id"] = self._message_id(index)
        self._current = index
        self._shell.set_parent(parent)
        count = self._shell.execution_count
        messages.send(None, "status", {"execution_state": "busy"}, parent)
        messages.send(None, "execute_input", {"execution_count": count}, parent)
        reply = await execute(self._shell, cell.source)
        sys.stdout.flush()
        sys.stderr.flush()
        messages.send(None, "status", {"execution_state": "idle"}, parent)
        self._current = -1
        if self._fault is not None:
            raise self._fault
        await client._check_raise_for_error(cell, index, {"content": reply})

    def _message_id(self, index: int) -> str:
        return f"cell-{index}"

    def _receive(self, message: dict[str, Any]) -> None:
        with self._lock:  # notebooks may show things from threads
            index = self._current
            if message["parent_header"].get("msg_id") != self._message_id(index):
                return  # a thread of an earlier cell: nbclient has stopped listening too
            display_id = (message["content"].get("transient") or {}).get("display_id")
            self._touched |= self._client._display_id_map.get(display_id or "", {}).keys()
            try:
                self._client.process_message(message, self._notebook.cells[index], index)
            except CellExecutionComplete:
                return
            except Exception as fault:
                self._fault = self._fault or fault
