"""The address of a site's source: where its pages are edited at GitHub, GitLab, Forgejo and Gitea, and Bitbucket.

The address of the very folder that the site lies in, as the browser shows it there, says branch and folder too:

    https://github.com/owner/name/tree/main/website
    https://gitlab.com/group/name/-/tree/main/website
    https://codeberg.org/owner/name/src/branch/main/website
    https://bitbucket.org/owner/name/src/main/website
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from sitegen.config.kinds import Fault, Words, checked, quoted, web_fault

_BRANCH = "main"
_EDIT = {
    "github": "{home}/edit/{branch}/{path}",
    "gitlab": "{home}/-/edit/{branch}/{path}",
    "gitea": "{home}/_edit/{branch}/{path}",
    "bitbucket": "{home}/src/{branch}/{path}?mode=edit&at={branch}",
}
_TREE = {"github": "/tree/", "gitlab": "/-/tree/", "gitea": "/src/branch/", "bitbucket": "/src/"}
_HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "gitea", "gitea.com": "gitea", "bitbucket.org": "bitbucket"}
# What only one kind of host has in its addresses, wherever it lives.
_SIGNS = {"/-/tree/": "gitlab", "/src/branch/": "gitea"}


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the source lives; `edit_url` is empty at a host whose addresses are not known."""

    home: str
    edit_url: str


def repository_of(address: str) -> Repository:
    """What `address`, in which `repository_fault` finds nothing wrong, says."""
    address = address.rstrip("/")
    kind = _kind(address)
    if not kind:
        return Repository(address, "")
    home, _, place = address.partition(_TREE[kind])
    branch, _, folder = place.partition("/")
    path = f"{folder.strip('/')}/{{path}}" if folder else "{path}"
    return Repository(home, _EDIT[kind].format(home=home, branch=branch or _BRANCH, path=path))


def repository_fault(address: str) -> Fault | None:
    """Why `address` cannot be a repository, or a folder in one."""
    fault = web_fault(address)
    kind = "" if fault else _kind(address)
    if fault or not kind:
        return fault
    shown = f"is {quoted(address)}, expected"
    home = re.split(r"[?#]", address)[0].rstrip("/")
    if home != address.rstrip("/") or home.endswith(".git"):
        return Fault(f"{shown} the address of a repository alone", f"write `{home.removesuffix('.git')}`")
    parts = urlsplit(home.partition(_TREE[kind])[0]).path.strip("/").split("/")
    if len(parts) < 2 or not all(parts):
        return Fault(f"{shown} an owner and a name in it", f"write it as the browser shows it: https://{urlsplit(home).netloc}/owner/name")
    if kind != "gitlab" and len(parts) > 2:
        cure = f"write `https://{urlsplit(home).netloc}/{parts[0]}/{parts[1]}`, and `{_TREE[kind]}main/folder` behind it for a folder"
        return Fault(f"{shown} a repository, or a folder in one", cure)
    return None


def _kind(address: str) -> str:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return _HOSTS.get(host) or next((kind for sign, kind in _SIGNS.items() if sign in address), "")


RepositoryUrl = Annotated[str, checked(repository_fault), Words("http address")]
