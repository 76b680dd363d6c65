"""The coding of a thread: units of its text are given codes of a tree, by each coder apart, then by both."""
