"""The keys of site.yaml about what `sitegen check` looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from sitegen.config.kinds import Text
from sitegen.config.table import Many, Table


class ExternalKeys(Table):
    """How links to other sites are checked."""

    ignore: Many[Text] = Field(default=(), description="Addresses that are not asked for; `*` stands for anything.")
    timeout: int = Field(default=15, ge=1, description="How many seconds a server may take to connect, and then to answer.")
    retries: int = Field(
        default=2, ge=0, description="How often an address is asked for again that did not answer, or was asked for too often."
    )
    per_host: int = Field(default=2, ge=1, description="How many addresses of one host are asked for at a time.")
    pause: float = Field(default=0.5, ge=0, description="How many seconds lie between two questions to one host.")
    keep_days: int = Field(default=7, ge=0, description="For how many days a good answer is believed. A bad one is asked for again.")
    anchors: bool = Field(default=False, description="Whether the part after `#` is looked for in the page.")
    private: bool = Field(default=False, description="Whether addresses in private networks are asked for.")


class CheckKeys(Table):
    """What `sitegen check` holds pages to, beyond what a build does."""

    title_pixels: int = Field(
        default=600, ge=1, description="How wide a title may be in Arial at 20 pixels, as lists of search results show it."
    )
    description_characters: int = Field(default=160, ge=1, description="How many characters a description may have.")
    terms: Mapping[Literal["tags", "categories", "series"], Many[Text]] = Field(
        default={},
        description="The terms that pages may use. A taxonomy that is not named here is open. A nested category is written `Code/Python`.",
    )
    external: ExternalKeys = Field(default=ExternalKeys(), description="How `sitegen check --external` checks links to other sites.")
