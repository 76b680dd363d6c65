"""The index of the search page: read from the published pages, in shards of which a reply makes anew only its own."""
