"""Ways to share a page: plain links that take its title and address along, and load nothing.

The addresses are those that each service documents for links. Mastodon's own page, https://share.joinmastodon.org, asks for
the reader's server; what it is given stands behind ``#``, so that no server gets to see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sitegen.config import ShareName

_FORMS: dict[ShareName, tuple[str, str]] = {
    "mastodon": ("Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"),
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "x": ("X", "https://x.com/intent/post?text={title}&url={url}"),
    "reddit": ("Reddit", "https://www.reddit.com/submit?title={title}&url={url}"),
    "hackernews": ("Hacker News", "https://news.ycombinator.com/submitlink?t={title}&u={url}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    "email": ("", "mailto:?subject={title}&body={url}"),
    "copy": ("", ""),
    "device": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A way to share by its `name` in site.yaml; ``title`` is empty for what is no service, ``url`` for what a script does."""

    name: str
    title: str
    url: str


def shares_of(names: tuple[ShareName, ...], title: str, url: str) -> tuple[Share, ...]:
    """The ways of those `names`, for the page at the absolute address `url`."""
    filled = {"title": quote(title, safe=""), "url": quote(url, safe="")}
    return tuple(Share(name, _FORMS[name][0], _FORMS[name][1].format(**filled)) for name in dict.fromkeys(names))
