"""Dates, numbers and names as each language writes them: a thin layer over Babel and the Unicode CLDR."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Literal

from babel import Locale, UnknownLocaleError, dates, localedata, numbers
from babel.core import get_global, parse_locale

Direction = Literal["ltr", "rtl"]
Style = Literal["full", "long", "medium", "short"] | str
_FALLBACK = "en"
# The digit zero of each numbering system that a language may have for its own, of those whose digits follow one another. Babel knows
# which language has which, but writes European digits into dates and numbers all the same.
_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "cakm": 0x11136,
    "deva": 0x966,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "olck": 0x1C50,
    "tibt": 0xF20,
}


class _OwnLocale(Locale):
    """A locale with data of its own.

    Babel shares data between locales and writes into it what an alias resolved to, so that a month's name in Hebrew would turn
    Chinese when a Chinese one was looked up first.
    """

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        own: Any = deepcopy(localedata.load(str(self)))
        return localedata.LocaleDataDict(own)


@lru_cache(maxsize=256)
def _locale(lang: str) -> Locale:
    """The locale of a language code; of its language alone where the region is unknown, and English for what is no language."""
    code = lang.replace("_", "-")
    for candidate in (code, code.partition("-")[0]):
        try:
            return _OwnLocale.parse(candidate, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return _OwnLocale.parse(_FALLBACK)


def format_date(value: date | datetime, lang: str, style: Style = "long") -> str:
    """The day of `value`, in the zone that it carries; `style` is a CLDR length or pattern."""
    # Two moments may be equal and fall on two days, so what is remembered goes by the day.
    return _format_day(value.date() if isinstance(value, datetime) else value, lang, style)


@lru_cache(maxsize=8192)
def _format_day(day: date, lang: str, style: Style) -> str:
    return in_digits(dates.format_date(day, style, locale=_locale(lang)), lang)


def format_datetime(value: datetime, lang: str, style: Style = "long") -> str:
    """Day and time of `value` in the zone that it carries, which Babel would otherwise turn into UTC."""
    return in_digits(dates.format_datetime(value, style, tzinfo=value.tzinfo, locale=_locale(lang)), lang)


@lru_cache(maxsize=4096)
def format_number(value: float, lang: str) -> str:
    """`value` with the language's separators and digits."""
    return in_digits(numbers.format_decimal(value, locale=_locale(lang), numbering_system="default"), lang)


class Count(int):
    """A number that is written as its language writes it wherever it becomes text."""

    lang: str

    def __new__(cls, value: int, lang: str) -> Count:
        """`value` for a text in `lang`."""
        count = super().__new__(cls, value)
        count.lang = lang
        return count

    def __str__(self) -> str:
        return format_number(int(self), self.lang)


def in_digits(text: str, lang: str) -> str:
    """`text` with the digits of the language in place of European ones, where it has its own."""
    digits = _digits(lang)
    return text.translate(digits) if digits else text


@lru_cache(maxsize=256)
def _digits(lang: str) -> dict[int, int]:
    zero = _ZEROS.get(_locale(lang).default_numbering_system)
    return {ord("0") + digit: zero + digit for digit in range(10)} if zero else {}


@lru_cache(maxsize=4096)
def format_month(year: int, month: int, lang: str) -> str:
    """A month of a year, or where `month` is 0 the year, as a heading has it."""
    return in_digits(dates.format_skeleton("yMMMM" if month else "y", date(year, month or 1, 1), locale=_locale(lang)), lang)


def month_name(month: int, lang: str) -> str:
    """The name of a month, 1 to 12, as it stands alone."""
    name: str = _locale(lang).months["stand-alone"]["wide"][month]
    return name


@lru_cache(maxsize=256)
def direction(lang: str) -> Direction:
    """Which way the language is written: the value of HTML's ``dir``."""
    return "rtl" if _locale(lang).text_direction == "rtl" else "ltr"


def language_name(lang: str) -> str:
    """What the language calls itself, as a menu shows it: ``Français``; the code itself for what is no language."""
    locale = _locale(lang)
    if locale.language != parse_locale(lang.replace("_", "-"), sep="-")[0]:
        return lang
    name = locale.get_display_name(locale) or lang
    # Title case, not upper case: Georgian letters have capitals that are never used for one letter alone.
    return name[:1].title() + name[1:]


@lru_cache(maxsize=256)
def og_locale(lang: str) -> str:
    """Language and territory as the Open Graph protocol wants them: ``en_US``; the likeliest territory where none is given."""
    locale = _locale(lang)
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = get_global("likely_subtags")
    found = likely.get(f"{locale.language}_{locale.script}") or likely.get(locale.language)
    territory = parse_locale(found)[1] if found else None
    return f"{locale.language}_{territory}" if territory else locale.language
