"""The pictures of a site: how large they are, and what else is made of them."""

from sitegen.pictures.gallery import Gallery
from sitegen.pictures.size import Size, size_of

__all__ = ["Gallery", "Size", "size_of"]
