"""Ce que ce groupe a de propre ; le reste vient de divan/settings.py. La mise en ligne : publishconf.py."""

import os

from divan.settings import *  # noqa: F403 - une nouvelle version y ajoute ses greffons

# Le forum
SITENAME = "Divan"
SITESUBTITLE = "Un forum d’entraide entre médecins, qui se lit sans compte et où rien ne se perd."
SITEURL = os.environ.get("SITEURL", "http://localhost:8000")
AUDIENCE = os.environ.get("DIVAN_AUDIENCE", "public")  # « members » : l'édition des membres, tous les fils
REPOSITORY_URL = "https://github.com/divan-forum/divan"
REPOSITORY_BRANCH = "main"
FORGE = "github"  # ou « gitlab », « forgejo » : décide de l'adresse où « Proposer » dépose un fichier
# FORGE_OPEN = False si le dépôt est privé : un inconnu n'y trouverait que 404, et « Proposer sur la forge » disparaît
MODERATION_EMAIL = "moderation@entraide-pc.example"
CONTRIBUTE_URL = "proposer/"
REPLY_URL = "proposer/reponse/?fil={id}&dans={folder}"
REPORT_URL = "guides/contribuer/?fil={id}#faire-retirer-un-message-tout-de-suite"  # sans collecteur ; sinon sous le fil
# Ce que le bureau publie : « way » vaut pull_request ou direct ; « remote » (origin par défaut), « push_options »,
# « api » (d'une forge à soi), « rebuild » (refaire le site ici). Le jeton de la forge est dans DIVAN_FORGE_TOKEN.
PUBLISHING = {"way": "pull_request", "rebuild": True}
NEWS = {}  # {"host": "smtp.exemple.fr", "from": …, "to": […], "user": …} ; DIVAN_SMTP_PASSWORD
LETTER = {}  # {"host": "smtp.exemple.fr", "from": …, "user": …} : la lettre de la semaine, « divan digest --send »
DESK_URL = os.environ.get("DIVAN_COLLECTOR", "")
# Où partent les réponses aux enquêtes : « collector » (son adresse, ou "" si c'est celle du site), « endpoint » ou
# « link » et leur adresse, ou « file »
# En ligne sans collecteur, la page fait de chaque réponse un fichier que la personne envoie elle-même.
_COLLECTOR = os.environ.get("DIVAN_COLLECTOR", None if "SITEURL" in os.environ else "http://localhost:8001")
SURVEYS_SENDING = {"way": "file"} if _COLLECTOR is None else {"way": "collector", "url": _COLLECTOR}
# Où partent cas, réponses, fiches et signalements. Sans collecteur : par la forge, par courriel ou par fichier.
PROPOSALS_URL = "" if _COLLECTOR is None else f"{_COLLECTOR}/proposals/"
PAGE_SIZE = 20  # fils par page de liste
FEED_SIZE = 30  # fils par flux
