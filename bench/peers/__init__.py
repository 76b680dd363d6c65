"""Other site builders, each given the same forum in its own format and its best documented settings."""
