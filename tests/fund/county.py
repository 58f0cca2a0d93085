"""A county folder with the files of the sample funds, and a program that posts to it."""

import json
import subprocess
import sys
from pathlib import Path

from aidkit.fund.entry import Batch
from aidkit.fund.ledger.journal import post
from aidkit.fund.settings import Fund
from tests.fund.funds import ENTERED, FUNDS, START
from tests.fund.vouchers import gift

ROOT = Path(__file__).resolve().parents[2]


def make_county(folder: Path) -> Path:
    """The folder, with a file for each of the sample funds."""
    for fund in FUNDS.values():
        path = folder / "params" / "funds" / f"{fund.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_toml(fund), encoding="utf-8")
    return folder


def posting(county: Path, who: str, batches: int) -> subprocess.Popen[str]:
    """A program that posts batches of gifts; prints the size of each as soon as it is posted."""
    words = [sys.executable, "-m", "tests.fund.county", str(county), who, str(batches)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def size_of(number: int) -> int:
    """How many gifts a batch of that program has: mostly few, sometimes many."""
    return 4000 if number % 4 == 3 else number % 7 + 1


def _toml(fund: Fund) -> str:
    lines = [f'name = "{fund.name}"', f'org_type = "{fund.org_type}"']
    lines += [f'bank = "{fund.bank}"'] if fund.bank else []
    lines += [f"opened_on = {fund.opened_on}", "[channels]"]
    lines += [f'{code} = "{account}"' for code, account in fund.channels.items()]
    for purpose in fund.purposes.values():
        lines += ["[[purpose]]", f'id = "{purpose.id}"', f'title = "{purpose.title}"']
        lines += [f"programs = {json.dumps(purpose.programs)}"]
        lines += [f"costs = {json.dumps(purpose.costs)}"] if purpose.costs else []
    for program in fund.programs.values():
        lines += ["[[program]]", f'id = "{program.id}"', f'title = "{program.title}"']
        lines += [f'purpose = "{program.purpose}"'] if program.purpose else []
    return "\n".join(lines) + "\n"


def main(county: Path, who: str, batches: int) -> None:
    """Post."""
    for number in range(batches):
        size = size_of(number)
        gifts = (gift(START, 100 + number, party=f"{who}{number}") for _ in range(size))
        post(county, gifts, Batch("post", ENTERED, who))
        print(size, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
