"""What is proposed is decided at the desk: both are tried over the same collector and the same two databases."""

from tests.proposals.conftest import database, forum, postgres, small, stopped

__all__ = ["database", "forum", "postgres", "small", "stopped"]
