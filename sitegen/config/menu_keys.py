"""The keys of site.yaml about what stands around every page: its menus, and its looks."""

from __future__ import annotations

from pydantic import Field

from sitegen.config.kinds import Colour, Target, Text
from sitegen.config.table import Many, Table


class MenuItem(Table):
    """An entry of a menu: a `page`, or a `url` with a title, or a title with `children`."""

    title: Text = Field(default="", description="What readers see. An entry with a `page` may leave it out and is called as the page is.")
    url: Target = Field(default="", description="Where it leads: an address of this site, such as `/blog/`, or a whole one.")
    page: Text = Field(default="", description="The file below `content/` that it leads to. In a translated site, to the translation.")
    children: Many[MenuItem] = Field(default=(), description="Entries below this one.")


class Theme(Table):
    """The look of the built-in theme."""

    accent: Colour = Field(
        default="", description="The colour of links and of the current entry in menus, as `#rgb` or `#rrggbb`, in quotes."
    )
    logo: Text = Field(default="", description="A picture before the site's title: a path below `static/` or `content/`.")
    favicon: Text = Field(default="", description="The icon in browser tabs: a path below `static/` or `content/`.")
