"""The pictures of a site: how large they are, and what else is made of them.

size         what a header says
gallery      what is known of pictures from one build to the next
metadata     what a camera wrote, taken out
recipe       which versions of a picture there are, and their addresses: known before any is made
variants     the versions, made with Pillow
cards        pictures with a title for link previews, drawn with Pillow
"""

from sitegen.pictures.cards import HEIGHT, WIDTH, CardOrder, Style, draw, style_of, undrawable
from sitegen.pictures.gallery import Gallery
from sitegen.pictures.metadata import without_metadata
from sitegen.pictures.recipe import Recipe, Variant, variants
from sitegen.pictures.size import Facts, Size, facts_of, size_of
from sitegen.pictures.variants import Encoded, Made, Order, encoded, fault, make, pillow

__all__ = [
    "HEIGHT",
    "WIDTH",
    "CardOrder",
    "Encoded",
    "Facts",
    "Gallery",
    "Made",
    "Order",
    "Recipe",
    "Size",
    "Style",
    "Variant",
    "draw",
    "encoded",
    "facts_of",
    "fault",
    "make",
    "pillow",
    "size_of",
    "style_of",
    "undrawable",
    "variants",
    "without_metadata",
]
