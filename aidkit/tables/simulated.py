"""What a what-if gives beside what is in force today; internal, with persons."""

import dataframely as dy


class SimulatedAid(dy.Schema):
    """One row is one tier of one program in one school: today and with the changes.

    Of programs that the changes alter, or that come out otherwise because of them.
    """

    school_code = dy.String(primary_key=True)
    program_id = dy.String(primary_key=True)
    tier = dy.String(primary_key=True, description="tier code; empty where there is none")
    persons_today = dy.Int64(min=0)
    fen_today = dy.Int64(min=0)
    persons_changed = dy.Int64(min=0)
    fen_changed = dy.Int64(min=0)


class SimulatedPersons(dy.Schema):
    """One row is one person and program whose award the changes alter."""

    kind = dy.String(description="`gains`, `loses`, `more`, `less`; `tier` if only that")
    program_id = dy.String(primary_key=True)
    person_no = dy.String(primary_key=True)
    name = dy.String()
    subject = dy.String()
    school_code = dy.String()
    stage = dy.String(description="empty for teachers")
    grade = dy.String()
    class_name = dy.String()
    tier_today = dy.String(nullable=True)
    fen_today = dy.Int64(min=0)
    tier_changed = dy.String(nullable=True)
    fen_changed = dy.Int64(min=0)


class SimulatedChanges(dy.Schema):
    """One row is one change, in the order in which they were made."""

    written = dy.String(description="as the command was given it")
    said = dy.String(description="what it changes, Chinese")


class SimulatedPrograms(dy.Schema):
    """One row is one program that decides today or with the changes."""

    program_id = dy.String(primary_key=True)
    title = dy.String()
    subject = dy.String()
    universal = dy.Bool(description="for everyone on the roll")
    touched = dy.Bool(description="whether the changes alter its versions")
