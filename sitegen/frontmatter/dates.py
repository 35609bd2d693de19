"""Dates as ten generators write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, aware; `date_only` says that only its day was written."""

    value: datetime
    date_only: bool


class BadDateError(ValueError):
    """A text that is no date; `hint` says what would be one."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


_MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name} | {
    "sept": 9
}
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_ZONES |= {"cet": 1, "cest": 2, "wet": 0, "west": 1, "eet": 2, "eest": 3, "bst": 1}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?:(?:\s*,\s*|\s+at\s+|\s*t\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?P<zone>(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,4})(?:\s+\(?[a-z]{2,5}\)?)?)?)?"
)
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH}[\s-]+(?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
    )
)
_HINT = "write it as 2024-05-30, or 2024-05-30 14:05"
LONGEST = 64


def parse(text: str, zone: ZoneInfo, *, naive: tzinfo | None = None) -> Moment:
    """The moment `text` names, in `zone`; one that names no zone is in `naive`, or else in `zone`.

    Raises:
        BadDateError: it is in no known form, or in no calendar.
    """
    text = text.strip()
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None) if len(text) <= LONGEST else None
    if found is None:
        raise BadDateError(f"`{text[:LONGEST]}` is not a date", _HINT)
    year, month, day = int(found["year"]), _month(found["month"], text), int(found["day"])
    _check_day(text, year, month, day)
    if found["hour"] is None:
        return Moment(_in_calendar(datetime(year, month, day, tzinfo=zone), text), date_only=True)
    hour, minute, second = _hour(found), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadDateError(f"`{text}` is a time that does not exist", "hours go from 0 to 23, minutes and seconds from 0 to 59")
    microsecond = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    written = _zone(found["zone"], text) or naive or zone
    value = _in_calendar(datetime(year, month, day, hour, minute, second, microsecond, tzinfo=written), text)
    return Moment(value.astimezone(zone), date_only=False)


def _in_calendar(value: datetime, text: str) -> datetime:
    """`value`, which has to be a date in every zone of the world.

    Raises:
        BadDateError: somewhere it lies beyond the calendar.
    """
    a_day = timedelta(days=1)
    try:
        return value + a_day - a_day - a_day + a_day
    except OverflowError:
        raise BadDateError(f"`{text}` is out of the calendar", "years go from 1 to 9999") from None


def _month(text: str, whole: str) -> int:
    if text.isdigit():
        return int(text)
    number = _MONTHS.get(text.lower())
    if number is None:
        raise BadDateError(f"`{whole}` is not a date: `{text}` is no month", _HINT)
    return number


def _check_day(text: str, year: int, month: int, day: int) -> None:
    message = f"`{text}` is a date that does not exist"
    if not 1 <= year <= 9999:
        raise BadDateError(message, "years go from 1 to 9999")
    if not 1 <= month <= 12:
        raise BadDateError(message, "months go from 1 to 12: write year, month, day")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadDateError(message, f"{calendar.month_name[month]} {year} has {last} days")


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if not found["half"] or not 1 <= hour <= 12:
        return hour if not found["half"] else 99
    return hour % 12 + (12 if found["half"].lower() == "p" else 0)


def _zone(text: str | None, whole: str) -> tzinfo | None:
    if text is None:
        return None
    name = text.lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name])) if _ZONES[name] else UTC
    digits = name.removeprefix("utc").removeprefix("gmt")
    if digits[0] not in "+-":
        raise BadDateError(f"`{whole}` names a time zone that is not known", "write the offset: 2024-05-30 14:05 +0200")
    numbers = digits[1:].replace(":", "")
    hours, minutes = (int(numbers[:-2]), int(numbers[-2:])) if len(numbers) > 2 else (int(numbers), 0)
    if hours > 23 or minutes > 59:
        raise BadDateError(f"`{whole}` has an offset that does not exist", "write the offset as +0200")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if digits[0] == "-" else offset)
