"""The site's settings: site.yaml with every key typed, documented and checked."""

from sitegen.config.kinds import TOKENS, language_fault
from sitegen.config.load import FILE, LOCALHOST, load, place_of
from sitegen.config.model import Author, FeedFormat, Hosting, Kind, MenuItem, Order
from sitegen.config.reference import reference
from sitegen.config.settings import Collection, Settings

__all__ = [
    "FILE",
    "LOCALHOST",
    "TOKENS",
    "Author",
    "Collection",
    "FeedFormat",
    "Hosting",
    "Kind",
    "MenuItem",
    "Order",
    "Settings",
    "language_fault",
    "load",
    "place_of",
    "reference",
]
