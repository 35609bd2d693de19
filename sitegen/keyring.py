"""The keys of the site's groups of readers, as site.yaml says where their passwords are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sitegen import config
from sitegen.config import Settings
from sitegen.encryption import Key, passwords
from sitegen.encryption.passwords import Reader
from sitegen.errors import Problem, SettingsError, SitegenError
from sitegen.vaults import key_for, secrets_of, written

VARIABLE = "SITEGEN_PASSWORDS_"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys by group, and warnings of passwords that are strong enough today."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def opened(settings: Settings, groups: Iterable[str], home: Path) -> Keyring:
    """The keys of those of `groups` that have passwords; `home` is the cache folder, which keeps each key for the next build.

    Raises:
        SettingsError: a group has no passwords, unless the settings allow that it stays locked; or a password is wrong or weak.
        EncryptionError: the library is missing.
    """
    found = {group: _read(settings, group) for group in groups}
    keys = {group: _key(settings, group, readers, home) for group, (readers, _) in found.items() if readers}
    return Keyring(keys, tuple(problem for _, problems in found.values() for problem in problems))


def place_of(settings: Settings, group: str) -> str:
    """Where a group's passwords are: the whole path of a file, or the name of an environment variable."""
    given = settings.protected[group].passwords
    return str((settings.root / Path(given).expanduser()).resolve()) if given else VARIABLE + group.upper().replace("-", "_")


def _read(settings: Settings, group: str) -> tuple[tuple[Reader, ...], tuple[Problem, ...]]:
    """Who may read what belongs to a group, and what is to be said of the passwords; nobody where it may stay locked."""
    place = place_of(settings, group)
    try:
        text = written(place) or ""
        readers = passwords.parsed(text, path=place) if text.strip() else ()
        problems = passwords.examined(readers, path=place, known=(group, settings.title, settings.site_id))
    except SitegenError as error:
        raise _placed(settings, group, error) from None
    if not readers and not settings.allow_locked:
        raise _missing(settings, group, place)
    return readers, problems


def _key(settings: Settings, group: str, readers: tuple[Reader, ...], home: Path) -> Key:
    try:
        return key_for(settings.site_id, group, secrets_of(readers), home)
    except SitegenError as error:
        raise _placed(settings, group, error) from None


def _placed(settings: Settings, group: str, error: SitegenError) -> SitegenError:
    """`error` at the line of the group, where it names no place of its own."""
    if any(problem.path for problem in error.problems):
        return error
    line, column, excerpt = config.place_of(settings.root, ("protected", group), of_key=True)
    message = f"the group `{group}`: {error.problem.message}"
    error.problem = replace(error.problem, message=message, path=config.FILE, line=line, column=column, excerpt=excerpt)
    return error


def _missing(settings: Settings, group: str, place: str) -> SettingsError:
    line, column, excerpt = config.place_of(settings.root, ("protected", group), of_key=True)
    where = f"the file {place}" if settings.protected[group].passwords else f"the environment variable {place}"
    hint = (
        f"put one `name: password` a line into {where}; `sitegen password new` makes a strong one. A preview can do with `--allow-locked`"
    )
    message = f"the group `{group}` has protected pages and no passwords"
    return SettingsError(message, path=config.FILE, line=line, column=column, excerpt=excerpt, hint=hint)
