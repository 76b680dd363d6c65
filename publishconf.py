"""Réglages de la mise en ligne : une adresse publique est exigée, tout le reste vient de pelicanconf.py."""

import os

from pelicanconf import *  # noqa: F403

SITEURL = os.environ["SITEURL"].rstrip("/")

# Sans collecteur, la page fait de chaque réponse un fichier que la personne envoie elle-même.
_COLLECTOR = os.environ.get("DIVAN_COLLECTOR")
if _COLLECTOR is None:
    SURVEYS_SENDING = {"way": "file"}
    REPORT_URL = "guides/contribuer/?fil={id}#faire-retirer-un-message-tout-de-suite"
else:
    SURVEYS_SENDING = {"way": "collector", "url": _COLLECTOR}
