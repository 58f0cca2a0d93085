"""What is withheld where no move proves a count, and what stands beside a withheld one."""

from collections.abc import Iterator, Sequence

from aidkit.disclosure.ledger import Ledger
from aidkit.disclosure.rectangles import Rectangles
from aidkit.disclosure.search import Cell, Shift, Turn, World
from aidkit.disclosure.several import several
from aidkit.tables import ALL

KIND = "band"


class NoMoves:
    """Figures of which nobody can tell any other that are as possible."""

    rows: Sequence[str] = ("a", "b", ALL)

    def turns(self, _cell: Cell) -> Iterator[list[Turn[Shift]]]:
        yield from ()

    def fits(self, _row: str, _shift: Shift, _step: int) -> bool:
        return False


def ledger(counts: dict[tuple[str, str], int], width: int = 2) -> Ledger:
    made = Ledger(width, threshold=5)
    for (row, column), count in counts.items():
        hide = 0 < count < made.threshold
        made.add((row, KIND, column), count, 100, tiny=False, hide=hide)
    return made


COUNTS = {
    **{("a", "x"): 3, ("a", "y"): 20, ("a", "z"): 30},
    **{("b", "x"): 40, ("b", "y"): 50, ("b", "z"): 60},
    **{(ALL, "x"): 43, (ALL, "y"): 70, (ALL, "z"): 90},
}


SHOWN = {("b", KIND, "x"): 40, ("a", KIND, "z"): 31}


def test_a_count_without_proof_hides_its_row_and_column_alone() -> None:
    made = ledger(COUNTS)
    made.protect(NoMoves())
    shown = {(row, column) for row, _, column in made.value.keys() - made.hidden}
    assert ("a", "x") not in shown
    assert {row for row, _ in shown} <= {"b", ALL}
    # Those that were withheld for it have no proof either, and so on: here nothing is left.
    assert not shown


def test_what_a_proof_takes_and_no_more() -> None:
    made = ledger(COUNTS)
    made.protect(Rectangles(made, KIND))
    assert made.hidden == {(row, KIND, column) for row in ("a", "b") for column in ("x", "y")}


def test_a_cell_takes_along_what_stands_beside_it() -> None:
    made = ledger(COUNTS)
    made.beside["b", KIND, "x"] = [("b", KIND, "z")]
    made.protect(Rectangles(made, KIND))
    assert ("b", KIND, "z") in made.hidden


def test_what_was_withheld_stays_so_and_what_was_shown_is_no_cover() -> None:
    made = ledger(COUNTS)
    made.remember([{**SHOWN, ("a", KIND, "z"): None}, SHOWN])
    made.protect(Rectangles(made, KIND))
    assert ("a", KIND, "z") in made.hidden
    assert ("b", KIND, "x") not in made.hidden


def test_moves_put_together_are_of_other_persons_each() -> None:
    """Two pupils of two grades can both be gone, where none of the grades has two."""
    value = {("a", "total", ALL): 2, ("a", "grade", "p1"): 1, ("a", "grade", "p2"): 1}
    value |= {(ALL, *part): 9 for _, *part in value}  # type: ignore[misc]
    world = World(value, dict.fromkeys(value, 20), set())
    both = several(world, OneOfAGrade(), ("a", "total", ALL), -2)
    assert both is not None
    assert {cell: step for cell, step in both.items() if cell[0] == "a"} == {
        ("a", "total", ALL): -2,
        ("a", "grade", "p1"): -1,
        ("a", "grade", "p2"): -1,
    }
    # That three are in a grade does not say that three are alike.
    value |= {("a", "total", ALL): 3, ("a", "grade", "p1"): 3, ("a", "grade", "p2"): 0}
    assert several(world, OneOfAGrade(), ("a", "total", ALL), -2) is None


class OneOfAGrade(NoMoves):
    """One pupil of either grade."""

    rows = ("a", ALL)
    shifts = tuple(Shift({("total", ALL): 1, ("grade", grade): 1}) for grade in ("p1", "p2"))

    def turns(self, cell: Cell) -> Iterator[list[Turn[Shift]]]:
        yield [(shift, -1) for shift in self.shifts if cell[1:] in shift.parts]

    def fits(self, _row: str, _shift: Shift, _step: int) -> bool:
        return True
