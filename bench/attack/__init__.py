"""Who tries to get people back from what a study has published: random studies, an attacker, a referee."""
