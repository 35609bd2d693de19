"""A site made into a folder: read, warm, plan, compare, freeze, check, record, publish."""

from sitegen.freeze.build import Built, Options, build_site
from sitegen.freeze.lock import LockedError

__all__ = ["Built", "LockedError", "Options", "build_site"]
