"""The keys of site.yaml about the front page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen.config.kinds import Target, Text
from sitegen.config.table import Many, Table

Section = Literal["features", "text", "docs", "release", "latest", "pages"]
_PICTURE = "a path below `content/` or `static/`, or a whole address"


class ActionKeys(Table):
    """A button of the front page: a `page`, or a `url` with a title."""

    title: Text = Field(default="", description="What readers see. A button with a `page` may leave it out and is called as the page is.")
    page: Text = Field(default="", description="The file below `content/` that it leads to. In a translated site, to the translation.")
    url: Target = Field(default="", description="Where it leads: an address of this site, such as `/blog/`, or a whole one.")


class HeroKeys(Table):
    """The top of the front page."""

    label: Text = Field(default="", description="A word or two above the title.")
    title: Text = Field(default="", description="The heading. Without one, the home page's title, or the site's.")
    text: Text = Field(default="", description="A sentence or two below it. Without one, the site's description.")
    image: Text = Field(default="", description=f"A picture beside it: {_PICTURE}.")
    image_alt: Text = Field(default="", description="What the picture shows; empty where it is there for its looks alone.")
    actions: Many[ActionKeys] = Field(default=(), description="Buttons below the text, the most important first.")


class FeatureKeys(Table):
    """A reason to read on: a heading and a few words, and where there is more."""

    title: Text = Field(default="", description="Its heading.")
    text: Text = Field(default="", description="A sentence or two.")
    icon: Text = Field(default="", description=f"A sign above the heading: an emoji, or a picture ({_PICTURE}).")
    page: Text = Field(default="", description="The file below `content/` that it leads to.")
    url: Target = Field(default="", description="Where it leads: an address of this site, or a whole one.")


class HomeKeys(Table):
    """What the front page is made of. `hero` and `features` in the front matter of `content/index.md` come before these."""

    hero: HeroKeys = Field(default=HeroKeys(), description="Its top: `label`, `title`, `text`, `image`, `image_alt` and `actions`.")
    features: Many[FeatureKeys] = Field(
        default=(), description="Reasons to read on, side by side: each a `title` with a `text`, an `icon`, and a `page` or a `url`."
    )
    sections: Many[Section] = Field(
        default=(),
        description="What is below the top, in your order: `features`, the `text` of `content/index.md`, the `docs`, the newest `release`, "
        "the `latest` posts, the plain `pages`. One that has nothing to show is left out.",
        json_schema_extra={"default": "`features`, `text`, `latest`; all of them where there is no `content/index.md`"},
    )
