"""A second, small evaluator: the amount again, from nothing but the words of an explanation.

It knows no program file, no facts and no polars: only how the lines are written.
"""

import re

_FIGURE = re.compile(r"(?:每(学年|学期|月|次)|(一次性))(?:平均|不低于)? ?([\d,]+\.\d\d) 元")
_BY_PANEL = re.compile(r"评审认定 ([\d,]+\.\d\d) 元")
_TIME = re.compile(r"时间：本学期按 (\d+)/(\d+) (?:个月|天)计，整学期 .*?，不足一分的(.+?)。")
_WAY = re.compile(r"（\d）")
_NONE = ("没有进入名额", "已享受", "本学期不发")


def amount_fen(explanation: str) -> int:
    """What is due by the reasons alone; the sum that the first line names is not looked at."""
    head, *lines = explanation.split("\n")
    if not all(_holds(line) for line in lines if "：须" in line):
        return 0
    if any(word in line for line in lines for word in _NONE) and "自 " not in _change(lines):
        return 0
    full = _full(head)
    for part, whole, rounding in _TIME.findall("\n".join(lines)):
        return _part(full * int(part), int(whole), rounding)
    return full


def stated_fen(explanation: str) -> int:
    """What the first line says is due."""
    said = re.search(r"本学期应享 ([\d,]+\.\d\d) 元", explanation.split("\n", maxsplit=1)[0])
    return _fen(said[1]) if said else 0


def _holds(line: str) -> bool:
    if not line.startswith("满足其一即可："):
        return _met(line)
    _, *ways = _WAY.split(line.rpartition("。此项")[0])
    return any(all(_met(rule) for rule in way.split("；且")) for way in ways)


def _met(rule: str) -> bool:
    return rule.rstrip("。；").endswith("，符合")


def _change(lines: list[str]) -> str:
    return next((line for line in lines if line.startswith("变动：有人空出名额")), "")


def _full(head: str) -> int:
    """The whole term's amount from the figure in brackets."""
    figure = head.partition("（")[2]
    if by_panel := _BY_PANEL.search(figure):
        return _fen(by_panel[1])
    if "不计金额" in figure:
        return 0
    found = _FIGURE.search(figure)
    assert found is not None, head
    fen = _fen(found[3])
    if "每学期一半" in figure:
        return fen // 2
    return fen * 5 if found[1] == "月" else fen


def _part(product: int, whole: int, rounding: str) -> int:
    down, rest = divmod(product, whole)
    match rounding:
        case "舍去":
            return down
        case "进为一分":
            return down + (rest > 0)
        case "四舍五入":
            return down + (2 * rest >= whole)
    raise ValueError(rounding)


def _fen(yuan: str) -> int:
    return int(yuan.replace(",", "").replace(".", ""))
