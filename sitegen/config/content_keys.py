"""The keys of site.yaml about how pages are read, how large they may be, and which feeds carry them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen.config.table import Many, Table

FeedFormat = Literal["atom", "rss", "json"]


class ContentKeys(Table):
    """How pages are read."""

    html: Literal["sanitise", "trust"] = Field(
        default="sanitise",
        description="What becomes of raw HTML in Markdown: `sanitise` takes out scripts, styles and forms and warns of it; "
        "`trust` leaves all as it is, for sites whose every author may run scripts on it.",
    )
    summary_words: int = Field(default=70, ge=1, description="How many words the summary of a post has that marks none.")


class Feeds(Table):
    """Which feeds there are, and what is in them."""

    limit: int = Field(default=20, ge=1, description="How many of the newest entries a feed holds.")
    collections: Many[FeedFormat] = Field(
        default=("atom", "rss", "json"), description="The formats of the site's and the collections' feeds."
    )
    terms: Many[FeedFormat] = Field(default=("atom",), description="The formats of the feeds of each tag, category, author and series.")
    content: Literal["full", "summary"] = Field(default="full", description="Whether an entry holds the whole post or its summary.")


class Limits(Table):
    """Sizes above which a file is refused."""

    page_kb: int = Field(default=5120, ge=1, description="The largest content file, in units of 1024 bytes.")
    front_matter_kb: int = Field(default=256, ge=1, description="The largest front matter, in units of 1024 bytes.")
