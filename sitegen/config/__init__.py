"""The site's settings: site.yaml with every key typed, documented and checked."""

from sitegen.config.kinds import TOKENS
from sitegen.config.load import FILE, LOCALHOST, load, place_of
from sitegen.config.model import Author, FeedFormat, Hosting, Kind, MenuItem, Order
from sitegen.config.reader_keys import GISCUS, GiscusKeys, ShareName
from sitegen.config.reference import reference
from sitegen.config.settings import Collection, Settings

__all__ = [
    "FILE",
    "GISCUS",
    "LOCALHOST",
    "TOKENS",
    "Author",
    "Collection",
    "FeedFormat",
    "GiscusKeys",
    "Hosting",
    "Kind",
    "MenuItem",
    "Order",
    "Settings",
    "ShareName",
    "load",
    "place_of",
    "reference",
]
