"""What the commands are called and take; all help is Chinese."""

import argparse

from aidkit import __version__
from aidkit.cli import commands, programs
from aidkit.cli.audit_arguments import audit_verbs
from aidkit.cli.build_arguments import build_arguments
from aidkit.cli.fund_arguments import fund_verbs
from aidkit.cli.notice_arguments import notice_verbs
from aidkit.cli.parsing import ChineseParser, county, verb, whole
from aidkit.cli.review_arguments import review_verbs
from aidkit.pipeline.jobs import WORKERS

EXAMPLES = """常用：
  aidkit demo                 生成示例县，运行本学期，做成网站
  aidkit init data/我县       建一个空的县区文件夹，里面是要填的表
  aidkit check                检查表格，标出有问题的格子
  aidkit run 2026-autumn      运行一个学期的认定和报告
  aidkit build --open         做成网站并打开首页

退出码：0 正常，1 发现问题，2 用法不对，3 文件读不了，4 参数或项目文件有错，
  5 缺少先要做的结果，6 报告出错，7 页面不能发布，8 发现个人信息，9 aidkit 自身故障"""


PROGRAM_EXAMPLES = """例如：
  aidkit program show boarder_allowance --on 2026-09-01 --region cn/henan
                              某日某地起作用的规定，每个数由哪一级规定
  aidkit program lint         来源的矛盾和空白，每一条都说怎样处理
  aidkit program due 2026秋   这个学期要先核对的版本"""


RUN_EXAMPLES = """例如：
  aidkit run 2026-autumn             只重做有变化的；没有变化就马上结束
  aidkit run 2026-autumn --plan      先看哪些报告会重做、为什么
  aidkit run 2026-autumn --force     全部重做
  aidkit run 2026-spring --tables    补做以前学期的表，供比较
  aidkit run 2026-autumn -p published_on=2026-11-25
有报告出错时，其余照常完成，出错的列在最后，退出码为 6；改正后再运行，只重做出错的。"""


SIMULATE_EXAMPLES = """例如：
  --set tiered_aid.level_1.amount=2500                       一级提到 2500 元
  --set boarder_allowance.any_special_group+=low_income      放宽到低收入家庭
  --set boarder_allowance.primary.amount=1500                只改小学
  --set day_pupil_allowance.region=cn/henan                  改按河南的规定
  --set senior_grant.quota.percent=20                        名额比例改为 20%（places 是个数）
只读最近一次运行存下的情况，不动正式结果；重新运行学期也不会删去试算。"""


ON = "网站是哪一天的：那天期满的公示名单不再上网；不写就是今天；别的日子只供查看"


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = ChineseParser(
        prog="aidkit",
        description="学生资助、学困生帮扶和慈善基金：从一个文件夹的表格，到认定、报告和网站。",
        epilog=EXAMPLES,
    )
    top.add_argument("--version", action="version", version=__version__, help="显示版本")
    verbs = top.add_subparsers(title="命令", metavar="命令", required=True)

    demo = verb(verbs, "demo", commands.demo, "生成示例县，运行本学期，做成网站")
    demo.add_argument(
        "--dirty", action="store_true", help="只生成一个有各种填表错误的县，供练习检查"
    )
    demo.add_argument("--fresh", action="store_true", help="重新生成示例县，替换 data/ 里已有的")

    init = verb(verbs, "init", commands.init, "建一个空的县区文件夹，里面是要填的表")
    init.add_argument("folder", metavar="文件夹", help="例如 data/我县")
    init.add_argument("--name", default="", help="县区名称；不写就用文件夹名")

    check = verb(verbs, "check", commands.check, "检查表格，标出有问题的格子；有问题时退出码为 1")
    check.add_argument("paths", metavar="表格或文件夹", nargs="*", help="不写就检查当前县区文件夹")

    run = verb(verbs, "run", commands.run, "运行一个学期的认定和报告")
    run.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋")
    county(run)
    run.epilog = RUN_EXAMPLES
    run.add_argument("--school", metavar="学校标识码", help="还没有做过的报告里，只做这所学校的")
    run.add_argument("--tables", action="store_true", help="只算表，不出报告（补做以前学期用）")
    run.add_argument(
        "-p", dest="changes", metavar="名称=值", action="append", default=[], help="改一个参数"
    )
    run.add_argument("--plan", action="store_true", help="只说哪些要做、为什么，什么都不写")
    run.add_argument("--force", action="store_true", help="没有变化的也全部重做")
    run.add_argument(
        "--workers", metavar="个数", type=whole, default=WORKERS, help="同时运行几份，默认 2"
    )
    run.add_argument(
        "--scheduler", metavar="地址", default="", help="在别的机器上运行，例如 tcp://10.0.0.5:8786"
    )
    run.add_argument(
        "--inputs", metavar="地址", default="", help="那些机器从哪里读表：共享文件夹或网址"
    )

    build = verb(verbs, "build", commands.build, "做成网站；发现个人信息就停止，保留上一次的网站")
    county(build)
    build_arguments(build)
    build.add_argument("--on", metavar="日期", default="", help=ON)

    gate = verb(verbs, "gate", commands.gate, "检查任意文件夹里有没有个人信息；干净时退出码为 0")
    gate.add_argument("folder", metavar="文件夹", nargs="?", help="不写就检查 site/_site")
    gate.add_argument("--on", metavar="日期", default="", help=ON)
    county(gate)

    _programs(verbs)
    for add in (fund_verbs, review_verbs, audit_verbs, notice_verbs):
        add(verbs)
    why = verb(verbs, "why", commands.why, "说明一个人为什么享受或不享受各项资助（内部）")
    why.add_argument("number", metavar="学籍号或工号", help="学生写学籍号，教师写工号")
    why.add_argument("--term", metavar="学期", help="不写就用最近运行的学期")
    why.add_argument(
        "--for",
        dest="audience",
        choices=["clerk", "family", "public"],
        default="clerk",
        help="给谁看：clerk 经办人，全部理由；family 本人和家长；public 公众，不含个人信息",
    )
    county(why)

    letters = verb(verbs, "letters", commands.letters, "做给家长的告知单：每校一份 PDF（内部）")
    letters.add_argument(
        "kind",
        nargs="?",
        choices=("aid", "progress"),
        default="aid",
        metavar="种类",
        help="aid 资助告知单（不写就是它），progress 学习进步告知信",
    )
    letters.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋；要先运行过")
    letters.add_argument("--school", metavar="学校标识码", help="只做一所学校的")
    letters.add_argument("--student", metavar="学籍号", help="只做一名学生的")
    county(letters)

    _simulate(verbs)
    verb(verbs, "doctor", commands.doctor, "检查本机：装了什么，缺什么，怎样补")
    return top


def _simulate(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    simulate = verb(verbs, "simulate", commands.simulate, "试算：规定改了，要多花多少、谁多谁少")
    simulate.epilog = SIMULATE_EXAMPLES
    simulate.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋；要先运行过")
    simulate.add_argument(
        "--set", dest="changes", metavar="改动", action="append", default=[], help="可以写几次"
    )
    simulate.add_argument(
        "--program",
        dest="programs",
        metavar="文件",
        action="append",
        default=[],
        help="用改过的项目文件代替原来的",
    )
    simulate.add_argument("--name", metavar="名称", help="给这次试算起名；不写就由改动得出")
    county(simulate)


def _programs(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    program = verb(verbs, "program", None, "资助项目：列出、查看、测试、检查、核对")
    program.epilog = PROGRAM_EXAMPLES
    kinds = program.add_subparsers(title="命令", metavar="命令", required=True)
    listed = verb(kinds, "list", programs.every, "列出全部项目和版本")
    county(listed)
    show = verb(kinds, "show", programs.show, "查看一个项目在某日某地的标准、条件和出处")
    show.add_argument("program", metavar="项目", help="项目代号，见 aidkit program list")
    show.add_argument("--on", metavar="日期", help="例如 2026-09-01；不写就列出全部版本")
    show.add_argument("--region", metavar="地区", help="例如 cn/henan")
    county(show)
    test = verb(kinds, "test", programs.cases, "运行项目文件旁边的全部案例")
    county(test)
    lint = verb(
        kinds,
        "lint",
        programs.lint,
        "列出来源的矛盾、空白和没有核实的地方；有错误时退出码为 1",
    )
    county(lint)
    due = verb(kinds, "due", programs.due, "列出某学期有效、但开学时还没有核对的版本")
    due.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋")
    county(due)
