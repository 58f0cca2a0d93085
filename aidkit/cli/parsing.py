"""A parser whose own words are Chinese, and what several commands take."""

import argparse
from collections.abc import Callable
from typing import NoReturn


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose own words are Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            add_help=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **options,  # type: ignore[arg-type]
        )
        self._positionals.title = "内容"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")
        self.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,
            help="出错时显示完整的程序信息",
        )

    def format_usage(self) -> str:
        """The usage line, Chinese."""
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        """The whole help, Chinese."""
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words and exit with 2."""
        for english, chinese in _MESSAGES.items():
            message = message.replace(english, chinese)
        self.exit(2, f"错误：{message}\n{self.format_usage()}  办法：{self.prog} --help 查看说明\n")


_MESSAGES = {
    "the following arguments are required: ": "缺少 ",
    "unrecognized arguments: ": "不认识 ",
    "invalid choice: ": "不能用 ",
    "choose from": "可用",
    "expected one argument": "后面要写一个值",
    "argument ": "",
    "expected at least one argument": "后面至少写一个值",
}


def verb(
    verbs: "argparse._SubParsersAction[ChineseParser]",
    name: str,
    command: Callable[[argparse.Namespace], int] | None,
    help_text: str,
) -> ChineseParser:
    """A command below others; without one of its own it has commands below it."""
    made = verbs.add_parser(name, help=help_text, description=help_text)
    if command is not None:
        made.set_defaults(command=command)
    return made


def whole(text: str) -> int:
    """A number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是大于 0 的整数，不是 {text}")
    return int(text)


def county(to: argparse.ArgumentParser) -> None:
    """Let a command be told the county folder."""
    to.add_argument(
        "--county", metavar="文件夹", help="县区文件夹；不写就用上次 demo 或 init 的那个"
    )
