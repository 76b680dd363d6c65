"""Statistiques et rapports. Ne sait rien de Pelican."""
