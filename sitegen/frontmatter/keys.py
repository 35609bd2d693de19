"""Every front matter key sitegen understands, under all its spellings, and those of other tools that it knows and leaves alone."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",
    "date",
    "flag",
    "number",
    "path",
    "paths",
    "terms",
    "hierarchy",
    "series",
    "authors",
    "image",
    "word",
    "group",
    "hero",
    "features",
    "mapping",
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its own name, the spellings in the order they are asked (lower case; a dot leads into a mapping), and what it does."""

    name: str
    kind: Kind
    spellings: tuple[str, ...]
    about: str


def _key(name: str, kind: Kind, spellings: str, about: str) -> Key:
    return Key(name, kind, tuple(spellings.split()), about)


_KEYS = (
    _key("title", "text", "title", "the page's title; without it the first heading, then the file's name"),
    _key("seo_title", "text", "seo_title title_meta metatitle seo.title", "what browsers and search engines show instead of the title"),
    _key(
        "nav_title",
        "text",
        "nav_title sidebar_label sidebar.label linktitle eleventynavigation.title eleventynavigation.key",
        "the shorter title in menus and sidebars",
    ),
    _key("description", "text", "description seo.description subtitle", "one or two sentences for search engines, feeds and link previews"),
    _key("summary", "text", "summary excerpt subtitle", "what lists show of the page, in Markdown; without it the text up to the marker"),
    _key(
        "date",
        "date",
        "date date.created publishdate pubdate published created post_date_gmt post_date",
        "when the page was written; one in the future is not published yet",
    ),
    _key(
        "updated",
        "date",
        "updated lastmod modified last_modified_at lastupdated last_update.date date.updated post_modified_gmt post_modified",
        "when it was last changed",
    ),
    _key("expires", "date", "expires expirydate unpublishdate", "from when on the page is no longer published"),
    _key("slug", "text", "slug post_name", "the last part of the address; one that starts with `/` is the whole address"),
    _key("path", "path", "url permalink path save_as", "the whole address, or a pattern with tokens; `false` leaves the page out"),
    _key("aliases", "paths", "aliases alias redirect_from", "old addresses that redirect to the page"),
    _key("redirect", "text", "redirect redirect_to", "the page redirects there"),
    _key("draft", "flag", "draft", "not published, unless drafts are asked for"),
    _key("published", "flag", "published", "`false` makes the page a draft; a date is the page's date"),
    _key("status", "word", "status", "`draft`, `pending`, `hidden`, `private`, `skip`, `featured` or `published`"),
    _key("protect", "group", "protect", "the group of readers that alone can open the page; one of `protected` in site.yaml"),
    _key("public_title", "text", "public_title", "what everybody may read of a protected page: a title for its locked form"),
    _key("unlisted", "flag", "unlisted hidden eleventyexcludefromcollections", "published, but in no list, feed, sitemap or search"),
    _key("listed", "word", "build.list _build.list", "`never` makes the page unlisted"),
    _key("skip", "flag", "skip headless", "not a page at all"),
    _key("render", "word", "render build.render _build.render", "`false` or `never` leaves the page out"),
    _key("noindex", "flag", "noindex", "search engines are asked to stay away; lists, feeds and menus still show the page"),
    _key("robots", "word", "robots seo.robots", "`noindex` asks search engines not to list the page"),
    _key("searchable", "flag", "searchable in_search_index search", "`false` keeps the page out of the site's search"),
    _key("unsearchable", "flag", "search.exclude", "`true` keeps the page out of the site's search"),
    _key("tags", "terms", "tags tag taxonomies.tags taxonomies.tag", "a list, or one text with commas or semicolons between"),
    _key("keywords", "terms", "keywords", "tags, in header lines; other dialects write them for search engines"),
    _key(
        "categories",
        "hierarchy",
        "categories category taxonomies.categories taxonomies.category",
        "a list is several; a list inside it, or `/` in a name, is a hierarchy",
    ),
    _key("series", "series", "series taxonomies.series", "the series' name, or a mapping of `name` and `order`"),
    _key("series_order", "number", "series_order series_index series_weight", "the page's place in its series"),
    _key("authors", "authors", "authors author taxonomies.authors extra.authors extra.author dc:creator", "ids, names, or mappings"),
    _key("author_url", "text", "author_url", "the address of the one author"),
    _key("author_image", "text", "author_image author_image_url", "the picture of the one author"),
    _key("author_email", "text", "author_email", "the mail address of the one author"),
    _key("author_bio", "text", "author_bio author_title", "a line about the one author"),
    _key(
        "image",
        "image",
        "image cover coverimage cover_image featuredimage featured_image feature_image socialimage social_image"
        " thumbnail previewimage hero.image images",
        "the picture of the page in lists and link previews, beside the page or in the site",
    ),
    _key("image_alt", "text", "image_alt imagealt cover_alt coveralt", "what the picture shows"),
    _key(
        "weight",
        "number",
        "weight sidebar_position order sidebar.order nav_order eleventynavigation.order menu_order",
        "the place among its neighbours, lower first",
    ),
    _key("template", "word", "layout template templatekey", "`post`, `page`, `doc`, `release`, `home`, or a template's name"),
    _key("home", "flag", "home", "`true` is `layout: home`"),
    _key("type", "word", "type", "as `layout`, where it names one of those"),
    _key("lang", "word", "lang language locale", "the page's language"),
    _key("translation_key", "text", "translation_key translationkey", "pages with one key are translations of each other"),
    _key("math", "flag", "math mathjax has_math katex use_math", "the page has formulas"),
    _key("comments", "flag", "comments", "whether the page takes comments"),
    _key("nocomments", "flag", "nocomments disable_comments disablecomments", "`true` is `comments: false`"),
    _key("toc", "flag", "toc outline tableofcontents table_of_contents", "whether the page shows its contents"),
    _key("hide_toc", "flag", "hide_table_of_contents", "`true` is `toc: false`"),
    _key("hide", "terms", "hide", "a list; `toc` in it is `toc: false`"),
    _key("pin", "flag", "pin pinned sticky featured is_sticky top", "the page stands first in lists"),
    _key("hero", "hero", "hero", "the top of a front page: `label`, `title`, `text`, `image`, `image_alt` and `actions`"),
    _key("hero_title", "text", "hero_title herotext", "the title of `hero`"),
    _key("hero_text", "text", "hero_text tagline", "the text of `hero`"),
    _key("hero_image", "text", "hero_image heroimage", "the picture of `hero`"),
    _key("hero_alt", "text", "hero_alt heroalt", "what the picture of `hero` shows"),
    _key("hero_actions", "features", "hero_actions actions", "the buttons of `hero`, each a `title` with a `page` or a `url`"),
    _key("action_text", "text", "action_text actiontext", "what the one button of `hero` says"),
    _key("action_link", "text", "action_link actionlink", "where it leads"),
    _key("features", "features", "features", "the reasons on a front page, each a `title` with a `text`, an `icon`, a `page` or a `url`"),
    _key("extra", "mapping", "extra params", "your own keys; they reach the template as they are"),
)
KEYS: dict[str, Key] = {key.name: key for key in _KEYS}

# The canonical names that each spelling has.
MEANINGS: dict[str, tuple[str, ...]] = {}
for _spelled in _KEYS:
    for _spelling in _spelled.spellings:
        MEANINGS[_spelling] = (*MEANINGS.get(_spelling, ()), _spelled.name)

# Keys of other tools, which hold a password or ask for one.
SECRETS = frozenset({"password", "post_password", "encrypt"})
PROTECT = "protect"
OWN = frozenset({"extra", "params"})

UNUSED: dict[str, tuple[str, ...]] = {
    tool: tuple(names.split())
    for tool, names in {
        "Jekyll": "excerpt_separator render_with_liquid sitemap classes read_time share related header author_profile"
        " toc_label toc_icon toc_sticky nav_exclude has_children parent grand_parent has_toc",
        "Hugo": "cascade iscjklanguage markup menu menus outputs resources sitemap"
        " showtoc tocopen showreadingtime disableshare hidemeta searchhidden editpost canonicalurl",
        "Zola": "sort_by paginate_by paginate_path paginate_reversed transparent insert_anchor_links page_template"
        " generate_feed generate_feeds",
        "Gatsby": "banner featuredpost",
        "VitePress": "titletemplate head navbar aside editlink prev next footer pageclass ishome markdownstyles externallinkicon",
        "VuePress": "meta permalinkpattern routemeta contributors sidebardepth readingtime article timeline feed"
        " breadcrumb icon shorttitle",
        "Docusaurus": "id hide_title toc_min_heading_level toc_max_heading_level pagination_label pagination_next"
        " pagination_prev displayed_sidebar sidebar_class_name sidebar_custom_props custom_edit_url parse_number_prefixes mdx",
        "MkDocs": "icon social readtime links",
        "Pelican": "translation",
        "Eleventy": "eleventycomputed eleventyimport pagination templateengineoverride permalinkbypassoutputdir",
        "Hexo": "disablenunjucks photos abbrlink",
        "Nikola": "link guid hidetitle hyphenate pretty_url annotations noannotations enclosure",
        "WordPress": "post_id post_type post_parent comment_status ping_status link guid",
    }.items()
}


def _heads() -> frozenset[str]:
    dotted = (spelling.partition(".")[0] for key in _KEYS for spelling in key.spellings)
    return frozenset(dotted) | SECRETS


HEADS = _heads()
_KNOWN = HEADS.union(*UNUSED.values())
_NESTED = frozenset(spelling.partition(".")[0] for key in _KEYS for spelling in key.spellings if "." in spelling) | OWN


def folded(name: str) -> str:
    """A key as it is looked up: in lower case, with ``_`` for ``-``."""
    return name.lower().replace("-", "_")


def is_known(name: str) -> bool:
    """Whether a folded key is sitegen's or one that another tool documents."""
    return name in _KNOWN or name.startswith(("eleventy", "override:", "wp_"))


def is_nested(name: str) -> bool:
    """Whether a folded key may hold a mapping with keys in it that sitegen looks at."""
    return name in _NESTED


def nearest(name: str) -> str:
    """The key that `name` most likely was meant to be, or an empty string."""
    found = difflib.get_close_matches(folded(name), sorted(HEADS), n=1, cutoff=0.7)
    return found[0] if found else ""
