"""The keys of groups of readers: made of passwords that stand outside the repository, and kept from one build to the next."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sitegen import encryption, files
from sitegen.encryption import Key, passwords
from sitegen.encryption.passwords import Reader
from sitegen.errors import SettingsError, SitegenError
from sitegen.vaults.hiding import home_of

# The group's key in its folder of the cache: all passwords of the group together open it, and no one of them.
_KEPT = "key"

Secrets = tuple[str, ...]
_made: dict[tuple[str, str, Secrets], Key] = {}


def key_for(site: str, group: str, secrets: Secrets, home: Path) -> Key:
    """The key of the group whose readers have these passwords; `home` is the cache folder.

    Costs a derivation where the cache has it, else one for each password and one more; none in a process that has it already.

    Raises:
        EncryptionError: the library is missing.
    """
    known = _known(site, group, secrets, home)
    if known is None:
        known = _made[site, group, secrets] = _new(site, group, secrets, home)
    return known


def still_open(place: str, site: str, group: str, home: Path) -> Key | None:
    """The key that the cache keeps, if the passwords at `place` are those that it was kept for; None otherwise."""
    try:
        text = written(place)
        secrets = secrets_of(passwords.parsed(text, path=place)) if text else ()
        return _known(site, group, secrets, home) if secrets else None
    except SitegenError:
        return None


def secrets_of(readers: Iterable[Reader]) -> Secrets:
    """The passwords alone as they are derived from, each once, sorted."""
    return tuple(sorted({encryption.normalised(reader.password) for reader in readers}))


def written(place: str) -> str | None:
    """What stands at a place of passwords, the whole path of a file or the name of an environment variable; None where there is nothing.

    Raises:
        SettingsError: the file cannot be read.
    """
    if not Path(place).is_absolute():
        return os.environ.get(place)
    try:
        return Path(place).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"the passwords in {place} cannot be read: {reason}", hint="mend the file or its permissions") from None


def _known(site: str, group: str, secrets: Secrets, home: Path) -> Key | None:
    """The key, where this process or the cache has it: a build asks for it twice, and it costs one derivation."""
    known = _made.get((site, group, secrets)) or _kept(site, group, secrets, home)
    if known is not None:
        _made[site, group, secrets] = known
    return known


def _kept(site: str, group: str, secrets: Secrets, home: Path) -> Key | None:
    try:
        data = (home_of(home, site, group) / _KEPT).read_bytes()
    except OSError:
        return None
    return encryption.unwrapped(site, group, data, secrets)


def _new(site: str, group: str, secrets: Secrets, home: Path) -> Key:
    key = encryption.made(site, group, secrets, jobs=os.cpu_count() or 1)
    folder = home_of(home, site, group)
    # What was kept under another key opens with none of today's.
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        files.write_whole(folder / _KEPT, encryption.wrapped(key, secrets))
    return key
