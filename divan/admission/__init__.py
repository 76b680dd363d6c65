"""Qui peut entrer dans le groupe : les demandes, tenues contre l'annuaire des professionnels."""
