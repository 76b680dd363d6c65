"""The tables of a report: rows of cells that know whom they count, one kind of table a module."""
