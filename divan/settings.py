"""Ce que tous les groupes ont en commun : pelicanconf.py le reprend, puis dit ce qui est propre au sien."""

# À redire dans pelicanconf.py si le groupe est ailleurs
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"

# Qui lit : « open », tout le monde sauf ce qui est réservé ; « closed », les membres seuls (docs/decisions/0077)
EDITION = "open"

# Où sont les choses
PATH = "content"
OUTPUT_PATH = "output"
OUTPUT_RETENTION = ["chercher", "membres"]
CACHE_PATH = ".divan"
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []  # les images passent par plugins.images, qui ne publie que celles qui peuvent l'être

# Les fils du forum ne passent pas par les articles de Pelican (docs/decisions/0020)
ARTICLE_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
THEME_STATIC_PATHS: list[str] = []
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
    "plugins.specialties",
    "plugins.feeds",
    "plugins.counted_choices",
    "plugins.home",
    "plugins.directories",
    "plugins.forms",
    "plugins.consultations",
    "plugins.agenda",
    "plugins.forum_life",
    "plugins.results",
    "plugins.compose",
    "plugins.weekly_letter",
    "plugins.search",
    "plugins.offline",
    "plugins.members_door",
    "plugins.schemas",
    "plugins.assets",
    "plugins.images",
]
