"""The attacker against all that the small sample county publishes over two terms of a school year.

Everything that a public page, a chart or a download shows is made from the public tables alone
(the slices of `show.sliced`), so what they do not give back nothing does. Whoever adds a public
table has to tell the attacker of it: the test of `DISCLOSED` fails until then.
"""

import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.disclosure import progress
from aidkit.disclosure.ledger import Ledger
from aidkit.pipeline.ground import foundations
from aidkit.pipeline.learners import make_learners
from aidkit.pipeline.parameters import term_parameters
from aidkit.pipeline.tables import make_tables
from aidkit.project import Project, find_project
from aidkit.sample import make_county
from aidkit.tables import ALL, DISCLOSED
from aidkit.tables.disclosed import DISCLOSED_LEARNERS
from tests.disclosure import worlds
from tests.disclosure.attacker import attack, withheld
from tests.disclosure.exact import ranges
from tests.disclosure.law import Heads, Law, law_of
from tests.disclosure.promised import THRESHOLD, broken, promised
from tests.disclosure.together import AFTER, BEFORE, counts_of, together
from tests.disclosure.worlds import World

AUTUMN, SPRING = Term.parse("2025-autumn"), Term.parse("2026-spring")
EXCLUSIVE = [("boarder_allowance", "day_pupil_allowance")]

PUBLIC = {**DISCLOSED, **DISCLOSED_LEARNERS}
ATTACKED = {"roll", "aid", "progress"}
COUNTS_NOBODY = {"schools", "programs"}
COUNTS_ROWS = {"data_quality"}
NAMES_WHO_AGREED = {"named_donors"}


@dataclass(frozen=True)
class Published:
    """A term's public tables, the same with nothing withheld, and what anyone knows beside them."""

    tables: dict[str, pl.DataFrame]
    full: dict[str, pl.DataFrame]
    law: Law
    world: World


def made(project: Project, county: Path, term: Term) -> Published:
    folder = project.reports(county, term.code)
    parameters = term_parameters(project, term, {"county": "data/county"})
    ground = foundations(project, county, term, parameters)
    make_tables(project, county, term, folder, ground=ground)
    make_learners(project, county, term, folder, ground=ground)

    def table(path: str) -> pl.DataFrame:
        return pl.read_parquet(folder / f"{path}.parquet")

    names = ("facts", "decisions", "schools", "quotas", "donations", "problems", "counts")
    world = World(
        **{name: table(f"internal/tables/{name}") for name in names},  # type: ignore[typeddict-item]
        programs=table("public/programs"),
    )
    return Published(
        tables={name: table(f"public/{name}") for name in PUBLIC},
        full={name: table(f"internal/aggregates/{name}") for name in ("roll", "aid")},
        law=law_of(world, heads_of(world["decisions"]), EXCLUSIVE),
        world=world,
    )


def heads_of(decisions: pl.DataFrame) -> Heads:
    """The amounts per head that were paid: public law."""
    heads: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    paid = decisions.filter("awarded").select("program_id", "tier", "stage", "full_fen")
    for program, tier, stage, fen in paid.iter_rows():
        heads[program, tier or ""][stage].add(fen)
    return heads


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> dict[Term, Published]:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(find_project().params, root / "params")
    county = root / "data" / "county"
    make_county(county, size="small")
    project = Project(root)
    with pytest.MonkeyPatch.context() as patch:
        # Its stages have too few schools for any band to be public: the counts are attacked here.
        patch.setattr(progress, "LEAST_SCHOOLS", 1)
        return {term: made(project, county, term) for term in (AUTUMN, SPRING)}


def test_the_attacker_reads_every_public_table() -> None:
    told = ATTACKED | COUNTS_NOBODY | COUNTS_ROWS | NAMES_WHO_AGREED
    assert set(PUBLIC) == told


@pytest.mark.parametrize("term", [AUTUMN, SPRING])
def test_no_term_tells_more_than_is_promised(terms: dict[Term, Published], term: Term) -> None:
    one = terms[term]
    names = withheld(one.tables)
    assert len(names) > 50
    assert any(breakdown == "band" for _, breakdown, _ in names)
    assert not broken(one.tables, one.full, one.law)
    county = one.tables["aid"].filter(school_code=ALL, breakdown="total")
    assert not county["suppressed"].any(), "the county's total must survive"


def test_without_secondary_suppression_the_attacker_succeeds(
    terms: dict[Term, Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "protect", lambda *_: None)
    one = terms[AUTUMN]
    tables = worlds.disclosed(one.world, threshold=THRESHOLD)

    found = broken(tables, one.full, one.law)

    recovered = {name: each.low for name, each in found.items() if not each.width}
    assert len(recovered) >= 5
    true = counts_of(one.full)
    assert all(count == true[name] for name, count in recovered.items())
    assert any(0 < count < THRESHOLD for count in recovered.values())


def test_what_the_autumn_withheld_the_spring_withholds(terms: dict[Term, Published]) -> None:
    there = counts_of(terms[SPRING].full)
    again = set(withheld(terms[SPRING].tables))
    before = [name for name in withheld(terms[AUTUMN].tables) if name in there]
    assert len(before) > 50
    assert set(before) <= again


def test_both_terms_together_tell_no_more(terms: dict[Term, Published]) -> None:
    """To a reader who even knows of every figure whether it is the same as in the term before."""
    one, other = terms[AUTUMN], terms[SPRING]
    knows = [attack(term.tables, term.law, THRESHOLD) for term in (one, other)]
    widths = [promised(k, t.tables, t.full) for k, t in zip(knows, (one, other), strict=True)]
    wanted = {(BEFORE, *name): width for name, width in widths[0].items()}
    wanted |= {(AFTER, *name): width for name, width in widths[1].items()}
    found = ranges(together(knows, [counts_of(one.full), counts_of(other.full)]), wanted)
    assert not {name: found[name] for name in wanted if found[name].width < wanted[name]}
