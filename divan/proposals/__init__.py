"""Recevoir les propositions, les garder privées, dire à leur auteur où elles en sont."""
