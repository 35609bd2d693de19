"""The keys of site.yaml that say what is made of pictures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from sitegen.config.kinds import Text, Words
from sitegen.config.table import Many, Table


class ImagesKeys(Table):
    """Smaller versions of the pictures in pages, in formats that load faster. Needs `pip install 'sitegen[images]'`.

    Without this key pictures are published as they are, with all that a camera wrote into them, such as the place.
    """

    widths: Many[Annotated[int, Field(ge=16, le=8192)]] = Field(
        default=(480, 960, 1440), min_length=1, description="The widths in pixels that are made of each picture that is wider."
    )
    formats: Many[Literal["avif", "webp"]] = Field(default=("avif", "webp"), description="The formats besides the picture's own.")
    quality: int = Field(default=80, ge=1, le=100, description="How much of a picture is kept, from 1 to 100.")
    sizes: Text = Field(
        default="(min-width: 48rem) 44rem, 100vw", description="How wide a picture is shown, as the attribute `sizes` of HTML says it."
    )


class CardKeys(Table):
    """A picture of 1200 by 630 pixels with the title for each page that has no `image:`, for link previews.

    `social_cards: true` is enough. Needs `pip install 'sitegen[images]'`.
    """

    font: Text = Field(
        default="",
        description="A font file (TTF, OTF or WOFF) in the site's folder, for titles that the built-in one has no letters for.",
        json_schema_extra={"default": "Roboto, for Latin, Greek and Cyrillic"},
    )


def _switched(given: Any) -> Any:
    """What a truth stands for: the mapping with nothing in it, or none."""
    return {} if given is True else None if given is False else given


Cards = Annotated[CardKeys | None, BeforeValidator(_switched, json_schema_input_type=bool | CardKeys | None), Words("`true`, or a mapping")]
