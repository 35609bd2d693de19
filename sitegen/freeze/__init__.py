"""A site made into a folder: read, warm, plan, compare, freeze, check, record, publish."""

from sitegen.freeze.build import Built, Options, Progress, build_site
from sitegen.freeze.lock import LockedError

__all__ = ["Built", "LockedError", "Options", "Progress", "build_site"]
