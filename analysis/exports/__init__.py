"""The files of a report, each a way to write the same tables."""
