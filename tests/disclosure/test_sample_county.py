"""The attacker against the tables of the small sample county."""

from collections import defaultdict

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.pipeline.tables import make_tables
from aidkit.project import find_project
from aidkit.sample import make_county
from tests.disclosure import worlds
from tests.disclosure.attacker import Heads, attack, law_of, withheld
from tests.disclosure.worlds import World

THRESHOLD = 5


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("county")
    make_county(folder / "county", size="small")
    make_tables(find_project(), folder / "county", Term.parse("2026-autumn"), folder / "made")

    def table(path: str) -> pl.DataFrame:
        return pl.read_parquet(folder / "made" / f"{path}.parquet")

    return World(
        facts=table("internal/tables/facts"),
        decisions=table("internal/tables/decisions"),
        schools=table("internal/tables/schools"),
        programs=table("public/programs"),
        quotas=table("internal/tables/quotas"),
        donations=table("internal/tables/donations"),
        problems=table("internal/tables/problems"),
        counts=table("internal/tables/counts"),
    )


def heads_of(decisions: pl.DataFrame) -> Heads:
    """The amounts per head that were paid: public law."""
    heads: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    paid = decisions.filter("awarded").select("program_id", "tier", "stage", "full_fen")
    for program, tier, stage, fen in paid.iter_rows():
        heads[program, tier or ""][stage].add(fen)
    return heads


def test_nothing_is_recovered_in_the_sample_county(county: World) -> None:
    exclusive = [("boarder_allowance", "day_pupil_allowance")]
    tables = worlds.disclosed(county, threshold=THRESHOLD)

    attacker = attack(tables, law_of(county, heads_of(county["decisions"]), exclusive), THRESHOLD)

    hidden = withheld(tables)
    assert hidden
    assert [name for name in hidden if attacker.low[name] == attacker.high[name]] == []
    shown = tables["aid"].filter(pl.col("school_code") == "all", pl.col("breakdown") == "total")
    assert not shown["suppressed"].any(), "the county's total must survive"
