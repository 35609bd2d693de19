"""Dates, numbers and names in the languages of their readers."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sitegen import i18n

DAY = date(2024, 5, 3)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "May 3, 2024"), ("fr", "3 mai 2024"), ("de", "3. Mai 2024"), ("pt-BR", "3 de maio de 2024"), ("ja", "2024年5月3日")],
)
def test_a_date_is_written_as_the_language_writes_it(lang, text):
    assert i18n.format_date(DAY, lang) == text


def test_a_date_can_be_short_or_follow_a_pattern():
    assert i18n.format_date(DAY, "en", "short") == "5/3/24"
    assert i18n.format_date(DAY, "en", "MMM yyyy") == "May 2024"


def test_a_moment_keeps_the_day_of_its_own_zone():
    late = datetime(2024, 5, 3, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    assert i18n.format_date(late, "en") == "May 3, 2024"
    assert i18n.format_datetime(late, "de", "short") == "03.05.24, 23:30"


def test_two_moments_that_are_one_may_fall_on_two_days():
    here = datetime(2024, 5, 3, 23, 30, tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=9)))
    assert here == there
    assert [i18n.format_date(moment, "en") for moment in (here, there)] == ["May 3, 2024", "May 4, 2024"]


def test_a_moment_in_utc_says_so():
    assert i18n.format_datetime(datetime(2024, 5, 3, 12, tzinfo=UTC), "de", "long").endswith("12:00:00 UTC")


@pytest.mark.parametrize(("lang", "text"), [("en", "12,345.5"), ("de", "12.345,5"), ("fr", "12\u202f345,5")])
def test_a_number_has_the_languages_separators(lang, text):
    assert i18n.format_number(12345.5, lang) == text


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ja", "ltr")])
def test_a_language_has_a_direction(lang, direction):
    assert i18n.direction(lang) == direction


@pytest.mark.parametrize(
    ("lang", "name"),
    [("en", "English"), ("fr", "Français"), ("pt-BR", "Português (Brasil)"), ("ka", "ქართული"), ("ja", "日本語"), ("xx", "xx")],
)
def test_a_language_is_called_as_it_calls_itself(lang, name):
    assert i18n.language_name(lang) == name


@pytest.mark.parametrize(
    ("lang", "locale"), [("en", "en_US"), ("en-GB", "en_GB"), ("fr", "fr_FR"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("ja", "ja_JP")]
)
def test_open_graph_gets_language_and_territory(lang, locale):
    assert i18n.og_locale(lang) == locale


def test_a_month_stands_alone_in_its_own_case():
    assert i18n.month_name(5, "ru") == "май"
    assert i18n.format_date(DAY, "ru").startswith("3 мая 2024")


def test_no_language_leaks_into_another():
    i18n.month_name(5, "zh-Hant")
    assert i18n.month_name(5, "he") == "מאי"
    assert i18n.month_name(5, "no") == "mai"


@pytest.mark.parametrize("lang", ["en-XX", "xx", "klingon", "", "x" * 300])
def test_what_is_no_language_is_written_as_english(lang):
    assert i18n.format_date(DAY, lang) == "May 3, 2024"


@pytest.mark.parametrize(
    ("lang", "day", "month", "year", "number"),
    [
        ("fa", "۳ مهٔ ۲۰۲۴", "مهٔ ۲۰۲۴", "۲۰۲۴", "۱۲٬۳۴۵"),
        ("ar-EG", "٣ مايو ٢٠٢٤", "مايو ٢٠٢٤", "٢٠٢٤", "١٢٬٣٤٥"),
        ("ar", "3 مايو 2024", "مايو 2024", "2024", "12,345"),
        ("mr", "३ मे, २०२४", "मे २०२४", "२०२४", "१२,३४५"),
        ("ja", "2024年5月3日", "2024年5月", "2024年", "12,345"),
        ("de", "3. Mai 2024", "Mai 2024", "2024", "12.345"),
    ],
)
def test_a_language_has_its_own_digits_everywhere_or_nowhere(lang, day, month, year, number):
    said = (i18n.format_date(DAY, lang), i18n.format_month(2024, 5, lang), i18n.format_month(2024, 0, lang))
    assert (*said, i18n.format_number(12345, lang)) == (day, month, year, number)


def test_a_count_is_a_number_that_is_written_in_its_language():
    count = i18n.Count(12345, "de")
    assert (count + 1, f"{count}", "%s" % count) == (12346, "12.345", "12.345")  # noqa: UP031  templates fill texts in so
