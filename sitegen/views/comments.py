"""Comments by giscus: what a page needs to show its discussion at GitHub once a reader asks for it.

The frame is the one that giscus' own script puts into a page (https://github.com/giscus/giscus, client.ts), without that script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from sitegen.config import GISCUS, GiscusKeys
from sitegen.pages import Page
from sitegen.site import Site

# The languages that giscus speaks, and what it calls those that it calls otherwise.
_WORDS = "ar be bg ca cs da de en eo es eu fa fr gsw he hu id it ja ko nl pl pt ro ru th tr uk uz vi zh-CN zh-TW"
_LANGUAGES = frozenset(_WORDS.split(" "))
_ELSEWHERE = {"el": "gr", "km": "kh", "hr": "hbs", "sr": "hbs", "bs": "hbs", "zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}


@dataclass(frozen=True, slots=True)
class Comments:
    """``frame`` is the address of the comments, to which a script adds what it alone knows; ``discussion`` leads there without one.

    ``light`` and ``dark`` are the themes that the frame has on such a page.
    """

    frame: str
    discussion: str
    light: str
    dark: str


def comments_of(site: Site, page: Page) -> Comments | None:
    """The comments of a page, or None where it takes none: what is no post has to ask for them."""
    keys = site.settings.comments
    wanted = page.kind == "blog" if page.meta.comments is None else page.meta.comments
    # Where comments are, everybody reads what they are about.
    if keys is None or keys.giscus is None or not wanted or page.group:
        return None
    giscus = keys.giscus
    term = _term(giscus, page)
    query = urlencode({"discussions_q": f'"{term}" in:title' + (f' category:"{giscus.category}"' if giscus.category else "")})
    return Comments(
        frame=f"{GISCUS}/{_language(page.lang)}/widget?{urlencode(_parameters(giscus, page, term), quote_via=quote)}",
        discussion=f"https://github.com/{giscus.repo}/discussions?{query}",
        light=giscus.light,
        dark=giscus.dark,
    )


def _parameters(giscus: GiscusKeys, page: Page, term: str) -> dict[str, str]:
    return {
        "repo": giscus.repo,
        "repoId": giscus.repo_id,
        "category": giscus.category,
        "categoryId": giscus.category_id,
        "term": term,
        "strict": str(int(giscus.strict)),
        "reactionsEnabled": str(int(giscus.reactions)),
        "emitMetadata": "0",
        "inputPosition": giscus.input,
        "description": page.description[:200],
        "backLink": page.canonical,
    }


def _term(giscus: GiscusKeys, page: Page) -> str:
    """What the page's discussion is found by: the same as giscus' own script takes, so that a site can come from there."""
    if giscus.mapping == "url":
        return page.canonical
    if giscus.mapping == "title":
        return page.seo_title
    return re.sub(r"\.\w+$", "", page.url[1:]) or "index"


def _language(lang: str) -> str:
    """What giscus calls a language, or English where it does not speak it."""
    for code in (lang, lang.partition("-")[0]):
        if code in _LANGUAGES or code in _ELSEWHERE:
            return _ELSEWHERE.get(code, code)
    return "en"
