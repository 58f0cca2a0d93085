"""The command line: parse, call, print, exit."""

import os
import sys
from collections.abc import Sequence

from aidkit.cli.arguments import parser
from aidkit.errors import AidkitError, InputError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    Args:
        arguments: Words after `aidkit`; those of the process by default.
    """
    words = parser().parse_args(arguments)
    debug = getattr(words, "debug", False)
    try:
        return int(words.command(words))
    except AidkitError as fault:
        if debug:
            raise
        print(f"错误：{fault}", file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print("\n已中断；上一次完成的结果没有改变。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the lines, e.g. `more`, has enough of them; nothing is left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        if debug:
            raise
        reason = InputError(
            f"系统不让读写（{fault.strerror or fault}）。",
            where=str(fault.filename or ""),
            remedy="请看文件是不是在 Excel 或 WPS 里开着、磁盘是不是满了、这个位置能不能写。",
        )
        print(f"错误：{reason}", file=sys.stderr)
        return reason.exit_code
    except Exception as fault:
        if debug:
            raise
        print(
            f"错误：aidkit 自身出了问题（{type(fault).__name__}：{fault}）。\n"
            "  办法：加上 --debug 再运行一次，把输出发给维护者；"
            "里面可能有个人信息，请先遮盖。",
            file=sys.stderr,
        )
        return 1
