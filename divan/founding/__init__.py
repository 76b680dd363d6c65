"""A new group's folder: what is asked of its founder, and the files that are written from the answers."""
