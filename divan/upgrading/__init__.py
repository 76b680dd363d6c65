"""From one version of the engine to another: which one a group is pinned to, what changed since, what it has to do."""
