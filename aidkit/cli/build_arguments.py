"""What `aidkit build` takes: by what, for whom, locked or not."""

import argparse

from aidkit.cli.parsing import whole
from aidkit.errors import UsageError

PROFILES = ("public", "internal", "school")


def build_arguments(build: argparse.ArgumentParser) -> None:
    """Who makes the site, whose it is, and whether it is locked."""
    build.add_argument(
        "--publisher",
        choices=["auto", "quarto", "offline"],
        default="auto",
        help="用 Quarto 还是离线发布；auto 是有 Quarto 就用它",
    )
    build.add_argument(
        "--profile",
        choices=PROFILES,
        default="public",
        help="给谁看：public 公众（不写就是它），internal 县级内部，school 各校校长",
    )
    build.add_argument(
        "--school", metavar="学校标识码", default="", help="只做这所学校的（--profile school）"
    )
    build.add_argument(
        "--lock", action="store_true", help="加密：没有口令打不开（internal 和 school）"
    )
    build.add_argument(
        "--as-published",
        metavar="学期",
        default="",
        help="按这个学期公布时存下的结果重做网站，另列与现在不同的数字；不动现在的网站",
    )
    build.add_argument(
        "--publication",
        metavar="次",
        type=whole,
        default=1,
        help="第几次公布，默认第 1 次（和 --as-published 一起用）",
    )
    build.add_argument("--open", action="store_true", help="做好后在浏览器里打开首页")


def refuse_inside(words: argparse.Namespace) -> None:
    """Refuse what only sites for readers inside can have.

    Raises:
        UsageError: The public site was asked to have it.
    """
    if words.lock or words.school:
        raise UsageError(
            "对外公布的网站不加密，也不分学校。",
            remedy="--lock 和 --school 要和 --profile school 或 --profile internal 一起用。",
        )
