"""The keys of site.yaml about one of its languages."""

from __future__ import annotations

from pydantic import Field

from sitegen.config.home_keys import HomeKeys
from sitegen.config.kinds import Text
from sitegen.config.table import Table


class LanguageKeys(Table):
    """A language that pages are translated into, by its code. `about.fr.md` and `fr/about.md` are both the French `about.md`."""

    name: Text = Field(default="", description="What the language switch calls it. Without one, the language's own name for itself.")
    title: Text = Field(default="", description="The site's title in this language. Without one, `title`.")
    description: Text = Field(default="", description="The site's description in this language. Without one, `description`.")
    home: HomeKeys = Field(
        default=HomeKeys(), description="The front page in this language, with the keys of [`home`](#home). What it leaves out is as there."
    )
