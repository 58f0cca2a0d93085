"""`papermill --engine aidkit`: anybody's notebooks in children of one warm template.

papermill loads this module whenever it is imported itself: nothing heavy, and nothing of papermill,
may be imported before a notebook runs.
"""

from collections.abc import Mapping
from typing import Any

from aidkit.engine.needs import NATIVE, notebook_needs_kernel
from aidkit.engine.servers import can_fork

_FOR_CELLS = frozenset(
    {
        "allow_errors",
        "allow_error_names",
        "force_raise_errors",
        "record_timing",
        "skip_cells_with_tag",
    }
)
"""Arguments for nbclient that change what cells show."""

_FOR_RUN = frozenset(
    {
        "autosave_cell_every",
        "execution_timeout",
        "input_path",
        "start_timeout",
        "stderr_file",
        "stdout_file",
        "timeout",
    }
)
"""Arguments that this engine answers itself, or that have no meaning without a kernel."""


class WarmEngine:
    """What papermill asks of an engine; not derived from papermill's, which is not imported yet."""

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """As papermill's own engines."""
        from papermill.utils import nb_kernel_name  # noqa: PLC0415

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """As papermill's own engines."""
        from papermill.utils import nb_language  # noqa: PLC0415

        return str(nb_language(nb, language))

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: Any = True,
        log_output: bool = False,
        **options: Any,
    ) -> Any:
        """Run a notebook that papermill has prepared and will write; nothing is saved meanwhile.

        Raises:
            Exception: Only where a kernel has to run it: what papermill's own engine raises.
        """
        if _suits(nb, kernel_name, options):
            from aidkit.engine.kept import run_in_kept_template  # noqa: PLC0415

            for_cells = {name: options[name] for name in _FOR_CELLS & options.keys()}
            executed = run_in_kept_template(
                nb, for_cells, options, progress_bar=progress_bar, log_output=log_output
            )
            if executed is not None:
                return executed
        from papermill.engines import papermill_engines  # noqa: PLC0415

        return papermill_engines.execute_notebook_with_engine(
            "nbclient",
            nb,
            kernel_name,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            **options,
        )


def _suits(nb: Any, kernel_name: str, options: Mapping[str, Any]) -> bool:
    given = {name for name, value in options.items() if value is not None}
    return (
        can_fork()
        and kernel_name == NATIVE
        and given <= _FOR_CELLS | _FOR_RUN
        and not notebook_needs_kernel(nb)
    )
