"""What is known of each person a program may be for, put together from the tables of a run."""

from aidkit.facts.assemble import assemble_facts

__all__ = ["assemble_facts"]
