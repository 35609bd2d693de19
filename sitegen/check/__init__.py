"""What a build would tell of, and more."""

from sitegen.check.repair import repair
from sitegen.check.site import Checked, check_site

__all__ = ["Checked", "check_site", "repair"]
