"""Disclosure control: the public edition of a report is made by its gate, and by nothing else."""

from analysis.disclosure.gate import WITHHELD, PublicEdition, ToldTable, Withheld

__all__ = ["WITHHELD", "PublicEdition", "ToldTable", "Withheld"]
