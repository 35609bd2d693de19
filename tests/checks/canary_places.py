"""Where the protected pages of the site of canaries are published, worked out anew from what the format says."""

from __future__ import annotations

import hashlib
import re

from tests.checks.canaries import Planted

ADDRESSES = {"clients": "/clients/", "staff": "/inside/"}
_SLUG = re.compile(r"^slug: (\S+)$", re.MULTILINE)


def group_of(site: Planted, page: str) -> str:
    """Who may read the page at `page` below ``content/``."""
    return "staff" if "protect: staff" in str(site.files[f"site/content/{page}"]) else "clients"


def address_of(site: Planted, page: str) -> str:
    """The path of a page: by its slug, or else by a digest of the site's id and of where it lies."""
    slug = _SLUG.search(str(site.files[f"site/content/{page}"]))
    last = slug[1] if slug else hashlib.sha256(f"sitegen address 1\ncanary.example\n{page}".encode()).hexdigest()[:16]
    return f"{ADDRESSES[group_of(site, page)]}{last}/"
