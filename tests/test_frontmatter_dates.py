from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.frontmatter.dates import BadDateError, parse

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-02",
        "2020-7-2",
        "2020/07/02",
        "2020.07.02",
        "02 Jul 2020",
        "2 July 2020",
        "Jul 2, 2020",
        "July 2nd, 2020",
        "Thu, 2 Jul 2020",
    ],
)
def test_a_day_is_midnight_in_the_zone_of_the_site(text: str):
    moment = parse(text, PARIS)
    assert moment.value == datetime(2020, 7, 2, tzinfo=PARIS)
    assert moment.date_only


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-02 03:04",
        "2020-07-02 3:04",
        "2020-07-02T03:04",
        "2020-07-02 03:04:00",
        "2020/7/2 03:04:00",
        "2020-07-02 03:04:00.000",
        "2020-07-02 03:04 +0200",
        "2020-07-02 03:04:00 +02:00",
        "2020-07-02T03:04+02:00",
        "2020-07-02T03:04:00+02",
        "2020-07-02T01:04:00Z",
        "2020-07-02t01:04:00.000z",
        "2020-07-02 01:04:00 UTC",
        "2020-07-02 03:04:00 UTC+02:00",
        "2020-07-02 03:04:00 +0200 CEST",
        "Wed, 01 Jul 2020 21:04:00 -0400",
        "01 Jul 2020 21:04 EDT",
        "July 2, 2020 at 3:04 AM",
        "2020-07-02 03:04 a.m.",
    ],
)
def test_every_form_of_a_time_is_one_moment(text: str):
    moment = parse(text, PARIS)
    assert moment.value == datetime(2020, 7, 2, 3, 4, tzinfo=PARIS)
    assert not moment.date_only


def test_a_moment_comes_out_in_the_zone_of_the_site():
    assert parse("2020-01-01T23:30:00Z", PARIS).value.isoformat() == "2020-01-02T00:30:00+01:00"


def test_a_time_without_zone_can_be_meant_in_another():
    assert parse("2020-01-01 12:00", PARIS, naive=UTC).value == datetime(2020, 1, 1, 12, tzinfo=UTC)


def test_noon_and_midnight_have_twelve_oclock():
    assert [parse(f"2020-01-01 12:00 {half}", PARIS).value.hour for half in ("AM", "PM")] == [0, 12]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2024-02-30", "`2024-02-30` is a date that does not exist", "February 2024 has 29 days"),
        ("2023-02-29", "`2023-02-29` is a date that does not exist", "February 2023 has 28 days"),
        ("2024-13-01", "`2024-13-01` is a date that does not exist", "months go from 1 to 12: write year, month, day"),
        ("0000-01-01", "`0000-01-01` is a date that does not exist", "years go from 1 to 9999"),
        ("2024-01-01 25:61", "`2024-01-01 25:61` is a time that does not exist", "hours go from 0 to 23, minutes and seconds from 0 to 59"),
        (
            "2024-01-01 13:00 pm",
            "`2024-01-01 13:00 pm` is a time that does not exist",
            "hours go from 0 to 23, minutes and seconds from 0 to 59",
        ),
        ("yesterday", "`yesterday` is not a date", "write it as 2024-05-30, or 2024-05-30 14:05"),
        ("2024", "`2024` is not a date", "write it as 2024-05-30, or 2024-05-30 14:05"),
        ("3 Brumaire 2020", "`3 Brumaire 2020` is not a date: `Brumaire` is no month", "write it as 2024-05-30, or 2024-05-30 14:05"),
        ("2024-01-01 10:00 XYZ", "`2024-01-01 10:00 XYZ` names a time zone that is not known", "write the offset: 2024-05-30 14:05 +0200"),
        ("2024-01-01 10:00 +9900", "`2024-01-01 10:00 +9900` has an offset that does not exist", "write the offset as +0200"),
        ("9999-12-31 23:00 -1200", "`9999-12-31 23:00 -1200` is out of the calendar", "years go from 1 to 9999"),
    ],
)
def test_what_is_in_no_calendar_says_why(text: str, message: str, hint: str):
    with pytest.raises(BadDateError) as caught:
        parse(text, PARIS)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_iso_8601_comes_back_as_the_same_moment(moment: datetime):
    assert parse(moment.isoformat(), PARIS).value == moment


@given(st.text(max_size=80))
def test_any_text_is_a_moment_or_a_bad_date(text: str):
    with suppress(BadDateError):
        assert parse(text, PARIS).value.tzinfo is PARIS
