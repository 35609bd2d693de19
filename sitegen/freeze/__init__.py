"""A site made into a folder: read, warm, plan, compare, freeze, check, record, publish."""

from sitegen.freeze import profile
from sitegen.freeze.build import Built, build_site
from sitegen.freeze.trial import Trial, tried
from sitegen.freeze.work import Options, Progress

__all__ = ["Built", "Options", "Progress", "Trial", "build_site", "profile", "tried"]
