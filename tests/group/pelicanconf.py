"""Les réglages du petit groupe : ce que le moteur a en commun, et un nom."""

from divan.settings import *  # noqa: F403

SITENAME = "Le petit groupe"
