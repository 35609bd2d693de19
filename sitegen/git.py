"""When files were last changed and first written, from one reading of the git history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sitegen.errors import Problem

# What git may see of our environment: enough to find itself and its configuration. GIT_DIR and its kin, which a hook
# sets, would lead it to another repository.
_ENVIRONMENT = frozenset(
    {"PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "GIT_CEILING_DIRECTORIES"}
)
_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch what it lacks; a build never touches the network.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
# Settings of the user's that would change what `git log` prints, or run a program.
_SETTINGS = ("log.showRoot=true", "log.follow=false", "log.showSignature=false", "core.fsmonitor=false", "core.commitGraph=true")
# `-c` names in a merge only what differs from every parent, such as a conflict resolved by hand.
_LOG = ("log", "-z", "--format=%H %cI", "--name-only", "-c", "--no-renames", "--no-color", "--no-ext-diff", "--relative")
_NOTHING = ("not a git repository", "does not have any commits yet")


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched a file. `date` is when it was committed, with the committer's offset from UTC."""

    date: datetime
    commit: str


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the files below one folder, by path relative to the site's folder.

    A file whose commit the history at hand cannot tell (it is not committed, or lies beyond the edge of a shallow clone) is in
    neither mapping. `problem` says why dates are missing that a whole history would have.
    """

    last: Mapping[str, Change] = field(default_factory=dict)
    first: Mapping[str, Change] = field(default_factory=dict)
    problem: Problem | None = None

    def changed(self, path: str) -> Change | None:
        """The newest commit that touched `path`; edits that are not committed yet do not count."""
        return self.last.get(path)

    def created(self, path: str) -> Change | None:
        """The oldest commit that touched `path` under this name."""
        return self.first.get(path)


def read_history(root: Path, folder: str = "content") -> History:
    """The history of all files below `folder`, by one `git log`; empty where `root` is in no repository."""
    try:
        log = _git(root, *_LOG, "--", folder)
    except OSError:
        return History(problem=_no_git(root))
    if log.returncode:
        return History(problem=_failure(os.fsdecode(log.stderr)))
    return _history(_touched(log.stdout), _boundary(root))


def head(root: Path) -> str:
    """The id of the commit that is checked out; empty where there is none. It names a history: commits never change."""
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except OSError:
        return ""
    return "" if found.returncode else found.stdout.decode().strip()


def state(root: Path) -> str:
    """What the history that `read_history` would read is named by: the commit, and where a shallow clone ends."""
    try:
        return f"{head(root)} {' '.join(sorted(_boundary(root)))}"
    except OSError:
        return ""


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in `root` with no pager, no prompt, no network and no locks. Raises OSError where there is no git."""
    inherited = {name: value for name, value in os.environ.items() if name in _ENVIRONMENT or name.startswith("GIT_CONFIG_")}
    options = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = ["git", "--no-pager", "-C", os.fspath(root), *options, *arguments]
    return subprocess.run(command, env=inherited | _QUIET, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _no_git(root: Path) -> Problem | None:
    """What to say where git cannot be run: nothing, if there is no repository either."""
    folders = (root.absolute(), *root.absolute().parents)
    found = any((folder / ".git").exists() for folder in folders)
    return _problem("git is not installed", "install git, so that pages can show when they were changed") if found else None


def _failure(message: str) -> Problem | None:
    """What to say of a `git log` that failed; nothing where there is just no history."""
    if any(words in message for words in _NOTHING):
        return None
    if "dubious ownership" in message:
        return _problem("git does not trust this folder, which another user owns", "git config --global --add safe.directory <the folder>")
    last = message.strip().rpartition("\n")[2].removeprefix("fatal: ") or "it gives no reason"
    return _problem(f"the git history cannot be read: {last}", "run `git log` in the site's folder to see why")


def _problem(message: str, hint: str) -> Problem:
    return Problem("git-history", message, hint=hint)


def _boundary(root: Path) -> frozenset[str]:
    """The commits at the edge of a shallow clone, which seem to have made every file; none in a whole one."""
    found = _git(root, "rev-parse", "--git-path", "shallow")
    path = root / os.fsdecode(found.stdout).removesuffix("\n")
    return frozenset(path.read_text(encoding="ascii").split()) if not found.returncode and path.is_file() else frozenset()


def _touched(log: bytes) -> Iterator[tuple[Change, str]]:
    """Each commit with each file it touched, newest first.

    With ``-z`` a record is a header, then an empty field or a line feed, then the names. Every name has a slash in it, since the
    file lies in a folder, and no header has.
    """
    header = b""
    for part in log.split(b"\0"):
        name = part.removeprefix(b"\n")
        if b"/" in name:
            yield _change(header), os.fsdecode(name)
        elif name:
            header = name


@lru_cache(maxsize=1)
def _change(header: bytes) -> Change:
    commit, date = header.decode("ascii").split()
    return Change(datetime.fromisoformat(date), commit)


def _history(touched: Iterable[tuple[Change, str]], boundary: frozenset[str]) -> History:
    last: dict[str, Change] = {}
    first: dict[str, Change] = {}
    for change, name in touched:
        last.setdefault(name, change)
        first[name] = change
    known = {name: change for name, change in last.items() if change.commit not in boundary}
    first = {name: change for name, change in first.items() if change.commit not in boundary}
    missing = len(last) - len(known)
    return History(known, first, _shallow(missing) if missing else None)


def _shallow(missing: int) -> Problem:
    files = "1 file" if missing == 1 else f"{missing} files"
    message = f"the git clone is shallow, so the last change of {files} is not known"
    return _problem(message, "git fetch --unshallow, or `fetch-depth: 0` for actions/checkout on GitHub")
