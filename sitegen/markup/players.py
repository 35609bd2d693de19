"""Pages of other sites that may be shown within a page: from the address an author copies to that of the player."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com", "youtu.be"})
_VIMEO = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_VIMEO_PATH = re.compile(r"(?:/video)?/(?P<id>[0-9]{1,12})(?:/(?P<hash>[0-9a-f]{6,20}))?/?", re.ASCII)
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", re.ASCII)


class EmbedError(ValueError):
    """An address that is not embedded: of a host that site.yaml does not allow, or none at all."""

    def __init__(self, message: str, *, rule: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


@dataclass(frozen=True, slots=True)
class Player:
    """`frame` is the address that a frame shows, `host` what readers are told of it."""

    frame: str
    host: str


def player(address: str, hosts: Collection[str]) -> Player:
    """The player for the page at `address`; `hosts` are those that the site allows besides YouTube and Vimeo.

    Raises:
        EmbedError: there is none.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme != "https" or not _HOST.fullmatch(host) or port not in {None, 443} or parts.username is not None:
        hint = "copy the whole address from the browser; a file of this site is shown with `::video` or `::audio`"
        raise EmbedError(f"`{address}` cannot be embedded, expected an address that starts with https://", rule="bad-directive", hint=hint)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host in _YOUTUBE:
        return _youtube(address, host, parts.path, query)
    if host in _VIMEO:
        return _vimeo(address, parts.path, query)
    if host in hosts:
        return Player(f"https://{host}{quote(parts.path, safe='/%:@!$&()*+,;=~')}{_tail(parts.query)}", host)
    hint = f"`embeds: [{host}]` in site.yaml allows it, if you trust it with your readers"
    raise EmbedError(f"pages of {host} are not embedded on this site", rule="embed-host", hint=hint)


def _tail(query: str) -> str:
    return "?" + quote(query, safe="/%:@!$&()*+,;=~?") if query else ""


def _youtube(address: str, host: str, path: str, query: dict[str, str]) -> Player:
    """https://developers.google.com/youtube/player_parameters; this host sets no cookie before a video is played."""
    parts = [part for part in path.split("/") if part]
    if host == "youtu.be":
        video = parts[0] if parts else ""
    elif parts[:1] == ["watch"]:
        video = query.get("v", "")
    else:
        video = parts[1] if len(parts) == 2 and parts[0] in {"embed", "shorts", "live", "v"} else ""
    if not _VIDEO.fullmatch(video):
        raise _unknown(address, "a video of YouTube", "https://www.youtube.com/watch?v=…")
    start = _seconds(query.get("t", "") or query.get("start", ""))
    return Player(f"https://www.youtube-nocookie.com/embed/{video}?autoplay=1" + (f"&start={start}" if start else ""), "www.youtube.com")


def _vimeo(address: str, path: str, query: dict[str, str]) -> Player:
    """https://help.vimeo.com/hc/en-us/articles/12426260232977; ``dnt`` asks it to follow nobody."""
    found = _VIMEO_PATH.fullmatch(path)
    if found is None:
        raise _unknown(address, "a video of Vimeo", "https://vimeo.com/…")
    secret = found["hash"] or query.get("h", "")
    known = f"&h={secret}" if re.fullmatch("[0-9a-f]{6,20}", secret) else ""
    return Player(f"https://player.vimeo.com/video/{found['id']}?autoplay=1&dnt=1{known}", "vimeo.com")


def _unknown(address: str, what: str, form: str) -> EmbedError:
    return EmbedError(f"`{address}` is not {what}", rule="bad-directive", hint=f"write the address of one video, such as {form}")


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return 3600 * hours + 60 * minutes + seconds
