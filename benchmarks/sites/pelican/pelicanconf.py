"""The blog for Pelican: the lightest of its themes, and every output it can make that sitegen makes."""

SITENAME = "Benchmark"
SITESUBTITLE = "One blog, built by several generators."
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "simple"
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGINS = ["sitemap", "neighbors"]
WITH_FUTURE_DATES = True

ARTICLE_URL = "blog/{slug}/"
ARTICLE_SAVE_AS = "blog/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
TAGS_SAVE_AS = "tags/index.html"
YEAR_ARCHIVE_SAVE_AS = "blog/{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "blog/{date:%Y}/{date:%m}/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "llms"]
LLMS_SAVE_AS = "llms.txt"

DEFAULT_PAGINATION = 10
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "atom.xml"
FEED_ALL_RSS = "rss.xml"
TRANSLATION_FEED_ATOM = None
CATEGORY_FEED_ATOM = None
TAG_FEED_ATOM = "tags/{slug}/atom.xml"
SITEMAP = {"format": "xml"}
OUTPUT_SOURCES = True
OUTPUT_SOURCES_EXTENSION = ".md"

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
