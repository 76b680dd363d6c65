"""Questionnaires carried from other tools and to them; what cannot be carried is said, all of it."""
