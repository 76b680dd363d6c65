"""Ce qui identifie une personne, et ce qu'il faut en faire."""
