"""Le site, d'un bout à l'autre : le construire, le servir, l'indexer, le traduire, le tenir dans Pelican."""
