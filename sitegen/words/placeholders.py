"""What is filled into a text: a translation says it too, by the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMED = re.compile(r"%\((\w+)\)")
_BRACES = "{}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a translation, and the cure."""

    message: str
    hint: str


def fault_of(text: str, translation: str, *, may_lack: bool = False) -> Fault | None:
    """What is wrong with what a translation fills in; one of several plural forms `may_lack` some of it."""
    wanted, given = set(_NAMED.findall(text)), set(_NAMED.findall(translation))
    unknown, lacking = sorted(given - wanted), sorted(wanted - given)
    if unknown:
        known = ", ".join(f"`%({name})s`" for name in sorted(wanted)) or "nothing"
        return Fault(f"fills in `%({unknown[0]})s`, which the text does not know", f"what may be filled in here: {known}")
    if lacking and not may_lack:
        return Fault(f"lacks `%({lacking[0]})s`", f"write `%({lacking[0]})s` where it is to be filled in")
    if (_BRACES in text) != (_BRACES in translation):
        return Fault("must have `{}` where the text has it, and nowhere else", "write `{}` once, where it is to be filled in")
    return _unreadable(translation, wanted)


def _unreadable(translation: str, names: set[str]) -> Fault | None:
    try:
        if "%" in translation:
            _ = translation % dict.fromkeys(names, 1)
        if _BRACES in translation:
            translation.format("")
    except (ValueError, TypeError, KeyError, IndexError):
        return Fault("has a sign that stands for something to be filled in, and nothing is", "write `%%` for a percent sign")
    return None
