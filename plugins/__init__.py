"""Ce que le site construit, un module par chose, branché sur Pelican."""
