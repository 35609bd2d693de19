"""Sites with protected pages: their settings, their passwords, and what is in them once it is built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sitegen.encryption import Key, normalised
from sitegen.encryption.documents import decoded
from sitegen.encryption.envelope import opened
from sitegen.vaults import key_for
from tests.conftest import tree

# One group with one reader on one site wherever that will do: each other password takes a quarter of a second.
SITE = "small.example"
PASSWORD = "vault-cobalt-heron-lantern-oak-mist"
OTHER = "amber-otter-quilt-saddle-fern-nine"
VARIABLE = "SITEGEN_PASSWORDS_CLIENTS"
GROUP = "protected: {clients: {folders: [clients]}}\n"
SETTINGS = f"title: Small\nurl: https://small.example/\n{GROUP}"
SECRET = "Zwetschgenmus"
OFFER = "![A plan](plan.png)\n\nSee [all](terms.md#price) and [it](../blog/first.md).\n"
FILES: Mapping[str, str | bytes] = {
    "site.yaml": SETTINGS,
    "content/index.md": "---\ntitle: Welcome\n---\n\nRead [the offer](clients/offer.md).\n",
    "content/blog/first.md": "---\ntitle: First\ndate: 2026-01-01\ntags: [python]\n---\n\nHello.\n\n## Part\n\nMore.\n",
    "content/clients/offer.md": f"---\ntitle: Offer {SECRET}\n---\n\n{OFFER}",
    "content/clients/terms.md": f"---\ntitle: Terms\nslug: terms\ndate: 2026-01-02\n---\n\n## Price\n\n{SECRET}.\n",
    "content/clients/plan.png": b"plan " + SECRET.encode(),
}
_DOCUMENT = re.compile(r'<script type="application/json" id="site:sealed">(.*?)</script>', re.DOTALL)


def key_of(site: str = SITE, group: str = "clients", passwords: Iterable[str] = (PASSWORD,)) -> Key:
    """The key of a group that was built in this process."""
    return key_for(site, group, tuple(sorted(map(normalised, passwords))), Path("/nowhere"))


def document_of(page: Path) -> dict[str, Any] | None:
    """The sealed document of a locked page; None where it has none."""
    found = _DOCUMENT.search(page.read_text("utf-8"))
    return json.loads(found[1]) if found else None


def content_of(page: Path, key: Key | None = None) -> dict[str, Any]:
    """What a reader sees of the page in a file, opened with `key`."""
    document, key = document_of(page), key or key_of()
    assert document is not None, page
    data = opened(key.secret, key.lock.page_aad(document["page"]), decoded(document["siv"]), decoded(document["ct"]))
    found: dict[str, Any] = json.loads(data)
    return found


def contents(output: Path, key: Key | None = None) -> dict[str, dict[str, Any]]:
    """What a reader sees of every protected page below `output`, by the address within the site."""
    pages = sorted(page for page in output.rglob("index.html") if document_of(page))
    return {f"/{page.parent.relative_to(output).as_posix()}/": content_of(page, key) for page in pages}


def holding(folder: Path, word: str = SECRET) -> list[str]:
    """The files below a folder in which `word` can be read, and those that are called so."""
    return [name for name, data in tree(folder).items() if word.encode() in data or word in name]


def told(root: Path, word: str = SECRET) -> list[str]:
    """The files of output and cache in which `word` can be read."""
    return [*holding(root / "build", word), *holding(root / ".cache", word)]
