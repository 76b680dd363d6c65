"""Réglages de la mise en ligne : une adresse publique est exigée, tout le reste vient de pelicanconf.py."""

import os

from pelicanconf import *  # noqa: F403

SITEURL = os.environ["SITEURL"].rstrip("/")
