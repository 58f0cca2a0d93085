"""What `aidkit program` calls and prints. Imports are local so that `--help` answers at once."""

import argparse
from pathlib import Path

from aidkit.cli.periods import term_of
from aidkit.cli.places import county_of, program_folders
from aidkit.cli.printing import print_lines
from aidkit.project import find_project


def every(words: argparse.Namespace) -> int:
    """`aidkit program list`: every version of every program."""
    from aidkit.programs import list_lines, load_programs

    return print_lines(list_lines(load_programs(*_folders(words))))


def show(words: argparse.Namespace) -> int:
    """`aidkit program show ID`: what its versions say, or the one in force."""
    from aidkit.programs import load_programs, show_lines

    versions = load_programs(*_folders(words))
    return print_lines(show_lines(versions, words.program, on=words.on, region=words.region))


def cases(words: argparse.Namespace) -> int:
    """`aidkit program test`: every case beside the programs."""
    from aidkit.awards import run_cases

    failures, cases = run_cases(*_folders(words))
    print_lines([str(failure) for failure in failures])
    print(f"{cases} 个案例，{len(failures)} 个不符。")
    return 1 if failures else 0


def lint(words: argparse.Namespace) -> int:
    """`aidkit program lint`: contradictions of the sources, and what each version leaves open."""
    from aidkit.county import SETTINGS, read_county_settings
    from aidkit.programs import lint_lines, load_contradictions, load_programs

    project = find_project()
    folder = project.county(county_of(project, words))
    county = read_county_settings(folder) if (folder / SETTINGS).is_file() else None
    contradictions = load_contradictions(project.params / "contradictions.toml")
    versions = load_programs(*_folders(words))
    lines, faults = lint_lines(versions, contradictions, county)
    print_lines(lines)
    return 1 if faults else 0


def due(words: argparse.Namespace) -> int:
    """`aidkit program due TERM`: versions in force that nobody has checked for the term."""
    from aidkit.county import read_county_settings
    from aidkit.programs import choose, due_lines, load_programs

    project = find_project()
    county = read_county_settings(project.county(county_of(project, words)))
    term = term_of(words.term)
    in_force = choose(
        load_programs(*_folders(words)),
        region=county.region,
        adopts=county.adopts,
        on=term.starts,
        season=term.season,
    )
    print(f"{county.name}（{county.region}）")
    return print_lines(due_lines(in_force, term))


def _folders(words: argparse.Namespace) -> list[Path]:
    return program_folders(find_project(), words)
