"""The site's settings: site.yaml with every key typed, documented and checked."""

from sitegen.config.content_keys import FeedFormat
from sitegen.config.home_keys import ActionKeys, FeatureKeys, HeroKeys, HomeKeys, Section
from sitegen.config.kinds import TOKENS, language_fault
from sitegen.config.load import FILE, LOCALHOST, load, place_of, place_of_text
from sitegen.config.menu_keys import MenuItem
from sitegen.config.model import Author, Hosting, Kind, Order
from sitegen.config.reader_keys import GISCUS, GiscusKeys, ShareName
from sitegen.config.reference import reference
from sitegen.config.settings import Collection, Settings

__all__ = [
    "FILE",
    "GISCUS",
    "LOCALHOST",
    "TOKENS",
    "ActionKeys",
    "Author",
    "Collection",
    "FeatureKeys",
    "FeedFormat",
    "GiscusKeys",
    "HeroKeys",
    "HomeKeys",
    "Hosting",
    "Kind",
    "MenuItem",
    "Order",
    "Section",
    "Settings",
    "ShareName",
    "language_fault",
    "load",
    "place_of",
    "place_of_text",
    "reference",
]
