"""Those who answered: each wave read, people sorted into groups, their answers as frames."""
