"""Réglages du site, et rien d'autre. Ceux de la mise en ligne : publishconf.py."""

import os

# Le forum
SITENAME = "Divan"
SITESUBTITLE = "Un forum d'entraide entre médecins, qui se lit sans compte et où rien ne se perd."
SITEURL = os.environ.get("SITEURL", "http://localhost:8000")
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
AUDIENCE = os.environ.get("DIVAN_AUDIENCE", "public")  # « members » : l'édition des membres, tous les fils
REPOSITORY_URL = "https://github.com/divan-forum/divan"
REPOSITORY_BRANCH = "main"
FORGE = "github"  # ou « gitlab », « forgejo » : décide de l'adresse où « Proposer » dépose un fichier
MODERATION_EMAIL = "moderation@entraide-pc.example"
CONTRIBUTE_URL = "proposer/"
REPLY_URL = "proposer/?fil={id}&dans={folder}"
REPORT_URL = "enquetes/signalement/message/?post={id}"
# Où partent les réponses aux enquêtes : « collector » (son adresse, ou "" si c'est celle du site), « endpoint » ou
# « link » et leur adresse, ou « file »
# En ligne sans collecteur, la page fait de chaque réponse un fichier que la personne envoie elle-même.
_COLLECTOR = os.environ.get("DIVAN_COLLECTOR", None if "SITEURL" in os.environ else "http://localhost:8001")
SURVEYS_SENDING = {"way": "file"} if _COLLECTOR is None else {"way": "collector", "url": _COLLECTOR}
if _COLLECTOR is None:
    REPORT_URL = "guides/contribuer/?fil={id}#faire-retirer-un-message-tout-de-suite"
PAGE_SIZE = 20  # fils par page de liste
FEED_SIZE = 30  # fils par flux

# Où sont les choses
PATH = "content"
OUTPUT_PATH = "output"
OUTPUT_RETENTION = ["pagefind"]
THEME = "theme"
CACHE_PATH = ".divan"
PAGE_PATHS = ["pages"]
STATIC_PATHS = []  # les images passent par plugins.images, qui ne publie que celles qui peuvent l'être

# Les fils du forum ne passent pas par les articles de Pelican (docs/decisions/0020)
ARTICLE_PATHS = []
DIRECT_TEMPLATES = []
THEME_STATIC_PATHS = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# Les pages de content/pages : de confiance, écrites en Python-Markdown
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {"title": "", "toc_depth": "2-3"},
        "markdown.extensions.sane_lists": {},
    },
    "output_format": "html5",
}

JINJA_ENVIRONMENT = {
    "autoescape": True,
    "auto_reload": False,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}

PELICAN_CLASS = "divan.ForumSite"
PLUGINS = [
    "plugins.listings",
    "plugins.hashtags",
    "plugins.authors",
    "plugins.feeds",
    "plugins.home",
    "plugins.directories",
    "plugins.forms",
    "plugins.results",
    "plugins.compose",
    "plugins.search",
    "plugins.schemas",
    "plugins.assets",
    "plugins.images",
]
