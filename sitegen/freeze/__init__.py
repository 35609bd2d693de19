"""A site made into a folder: read, warm, plan, compare, freeze, check, record, publish."""

from sitegen.freeze import profile
from sitegen.freeze.build import Built, Options, Progress, build_site

__all__ = ["Built", "Options", "Progress", "build_site", "profile"]
