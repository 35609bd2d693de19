"""The keys of site.yaml about what readers may do with a page besides reading it. Whatever tells anybody of them is off by default."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from sitegen.config.kinds import BaseUrl, Fault, Text, Words, checked, quoted
from sitegen.config.table import Table

ShareName = Literal[
    "mastodon", "bluesky", "linkedin", "facebook", "x", "reddit", "hackernews", "telegram", "whatsapp", "email", "copy", "device"
]
GISCUS = "https://giscus.app"


def project_fault(name: str) -> Fault | None:
    """Why `name` is not a repository at GitHub."""
    if re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        return None
    near = re.sub(r"^(?:https?://)?(?:www\.)?github\.com/", "", name).removesuffix(".git").strip("/")
    cure = f"write `{near}`" if near != name and re.fullmatch(r"[\w.-]+/[\w.-]+", near) else ""
    return Fault(f"is {quoted(name)}, expected owner/name", cure)


Project = Annotated[str, checked(project_fault), Words("owner/name")]


class GiscusKeys(Table):
    """Comments kept in the discussions of a repository at GitHub. What to write here, https://giscus.app tells."""

    repo: Project = Field(
        default="",
        description="The public repository, as `owner/name`, with giscus installed.",
        json_schema_extra={"default": "none: it is needed"},
    )
    repo_id: Text = Field(default="", description="Its id.", json_schema_extra={"default": "none: it is needed"})
    category: Text = Field(default="", description="The name of the category that new discussions go to.")
    category_id: Text = Field(default="", description="Its id.", json_schema_extra={"default": "none: it is needed"})
    mapping: Literal["pathname", "url", "title"] = Field(default="pathname", description="What a page's discussion is found by.")
    strict: bool = Field(default=False, description="Whether the discussion's title must be the same, not only alike.")
    reactions: bool = Field(default=True, description="Whether readers can react to the page itself.")
    input: Literal["top", "bottom"] = Field(default="bottom", description="Where the box for a new comment stands.")
    light: Text = Field(default="light", description="The theme that giscus has on a light page.")
    dark: Text = Field(default="dark", description="The theme that giscus has on a dark page.")


class CommentsKeys(Table):
    """Comments below posts; below other pages where their front matter says `comments: true`, and nowhere where it says `false`.

    Nothing is loaded until a reader asks for the comments of a page.
    """

    giscus: GiscusKeys | None = Field(default=None, description="Comments by giscus.", json_schema_extra={"default": "none"})


class PlausibleKeys(Table):
    """Visits counted by Plausible."""

    domain: Text = Field(default="", description="The site's name there.", json_schema_extra={"default": "the host of `url`"})
    host: BaseUrl = Field(default="https://plausible.io", description="Where Plausible runs.")


class GoatCounterKeys(Table):
    """Visits counted by GoatCounter."""

    host: BaseUrl = Field(
        default="",
        description="The address of your counter: `https://<code>.goatcounter.com`.",
        json_schema_extra={"default": "none: it is needed"},
    )


class UmamiKeys(Table):
    """Visits counted by Umami."""

    website: Text = Field(default="", description="The id of the website there.", json_schema_extra={"default": "none: it is needed"})
    host: BaseUrl = Field(default="https://cloud.umami.is", description="Where Umami runs.")


class AnalyticsKeys(Table):
    """Visits counted by one of three services that need no cookies. Readers who ask not to be tracked are not counted.

    No script of the service is loaded: sitegen's own sends it the address and title of the page,
    the page that led there, and the reader's language.
    """

    plausible: PlausibleKeys | None = Field(default=None, description="Count by Plausible.", json_schema_extra={"default": "none"})
    goatcounter: GoatCounterKeys | None = Field(default=None, description="Count by GoatCounter.", json_schema_extra={"default": "none"})
    umami: UmamiKeys | None = Field(default=None, description="Count by Umami.", json_schema_extra={"default": "none"})
