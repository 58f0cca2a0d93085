"""`aidkit build --profile internal|school`: sites for readers inside."""

import argparse
from pathlib import Path

from aidkit.calendar import Term
from aidkit.cli.places import short
from aidkit.cli.printing import print_lines
from aidkit.errors import UsageError
from aidkit.pipeline.inside import SCHOOL, InsideBuild
from aidkit.pipeline.inside import build_inside as build
from aidkit.project import Project
from aidkit.publish.locked.passphrases import FILE


def build_inside(project: Project, county: Path, words: argparse.Namespace) -> int:
    """Build them and say where they are and how they open.

    Raises:
        UsageError: A school was named for the county's own site.
    """
    if words.on:
        raise UsageError("--on 只用于对外公布的网站。", remedy="请去掉 --on。")
    if words.school and words.profile == "internal":
        raise UsageError(
            "县级内部网站不分学校。", remedy="请写 --profile school，或去掉 --school。"
        )
    made = build(
        project,
        county,
        words.profile,
        school=words.school,
        lock=words.lock,
        publisher=words.publisher,
    )
    print_lines(inside_lines(project, county, made))
    if words.open:
        import webbrowser

        webbrowser.open(made.sites[0].home.as_uri())
    return 0


def inside_lines(project: Project, county: Path, made: InsideBuild) -> list[str]:
    """What was made, who may have it, and what opens it."""
    first = made.sites[0]
    if first.name == "internal":
        lines = [f"县级内部网站：{first.pages} 页，含学生个人信息。"]
    else:
        pages = sum(site.pages for site in made.sites)
        lines = [
            f"学校网站：{len(made.sites)} 所学校，共 {pages} 页；"
            "都检查过，没有学生姓名、证件号和名次。"
        ]
    if made.drafts:
        terms = "、".join(Term.parse(code).label for code in made.drafts)
        lines.append(f"没有审核通过，页面标明“草稿”：{terms}。")
    if first.locked:
        lines += [
            f"已经加密。口令在 {short(project, county / FILE)}，每个网站一个；"
            "请当面或打电话告诉该看的人，不要和网站一起发。",
            "放到网上要用 https:// 的地址；也可以把整个文件夹复制过去，双击 index.html。",
        ]
    else:
        lines.append("没有加密：只能放在本单位的电脑上。要放到网上，请加 --lock 重新做。")
    if len(made.sites) > 1:
        return [*lines, f"请打开：site/{SCHOOL}/学校标识码/index.html"]
    return [*lines, f"请打开：{short(project, first.home)}"]
