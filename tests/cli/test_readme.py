"""The README's commands and the command line's own help say the same."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidkit.cli.arguments import parser

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
WRITTEN = re.findall(r"python start\.py ([^`\n]+)", README)


def verbs(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    for action in of._actions:
        if isinstance(action.choices, dict):
            for name, under in action.choices.items():
                deeper = list(verbs(under, f"{before}{name} "))
                yield from deeper or [f"{before}{name}"]


@pytest.mark.parametrize("words", sorted(set(WRITTEN)))
def test_every_written_command_is_understood(words: str) -> None:
    if words.startswith(("test", "--help")):
        return
    written = words.split()
    placeholders = {"学籍号": "G990101201502280011", "命令": "doctor"}
    parser().parse_args([placeholders.get(word, word) for word in written])


@pytest.mark.parametrize("verb", list(verbs(parser())))
def test_every_command_is_in_the_readme(verb: str) -> None:
    assert f"python start.py {verb}" in README or f"`{verb}`" in README


@pytest.mark.parametrize("verb", ["", *verbs(parser())])
def test_help_is_chinese(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*verb.split(), "--help"])
    assert ended.value.code == 0
    help_text = capsys.readouterr().out
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in help_text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "缺少 命令"),
        (["run"], "缺少 学期"),
        (["fly"], "不能用 'fly'"),
        (["run", "2026-autumn", "--fast"], "不认识 --fast"),
        (["build", "--publisher", "word"], "不能用 'word'"),
        (["why"], "缺少 学籍号"),
    ],
)
def test_wrong_words_are_explained(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
