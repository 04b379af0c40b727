"""Dates of EDTF, level 1, as first and last days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.read.edtf import EVER_AFTER, EVER_BEFORE, EdtfDate, Interval, earliest, latest, parse_edtf, span_of


@pytest.mark.parametrize(
    ("text", "first", "last", "iso"),
    [
        ("2012", (2012, 1, 1), (2012, 12, 31), "2012"),
        ("2012-02", (2012, 2, 1), (2012, 2, 29), "2012-02"),
        ("2012-07-06", (2012, 7, 6), (2012, 7, 6), "2012-07-06"),
        ("0099", (99, 1, 1), (99, 12, 31), "0099"),
        ("2012-07~", (2012, 7, 1), (2012, 7, 31), "2012-07"),
        ("2012?", (2012, 1, 1), (2012, 12, 31), "2012"),
        ("2012-07-06%", (2012, 7, 6), (2012, 7, 6), "2012-07-06"),
        ("201X", (2010, 1, 1), (2019, 12, 31), ""),
        ("19XX", (1900, 1, 1), (1999, 12, 31), ""),
        ("2012-XX", (2012, 1, 1), (2012, 12, 31), "2012"),
        ("2012-07-XX", (2012, 7, 1), (2012, 7, 31), "2012-07"),
        ("2012-XX-XX", (2012, 1, 1), (2012, 12, 31), "2012"),
        ("2012-21", (2012, 3, 1), (2012, 5, 31), ""),
        ("2012-24", (2012, 12, 1), (2013, 2, 28), ""),
        ("1972/2004", (1972, 1, 1), (2004, 12, 31), ""),
        ("1972-03~/2004-05-11", (1972, 3, 1), (2004, 5, 11), ""),
        ("1972/..", (1972, 1, 1), EVER_AFTER, ""),
        ("../2004", EVER_BEFORE, (2004, 12, 31), ""),
        ("1972/", (1972, 1, 1), EVER_AFTER, ""),
        ("-0043", (-43, 1, 1), (-43, 12, 31), ""),
        ("-004X", (-49, 1, 1), (-40, 12, 31), ""),
        ("0000-02-29", (0, 2, 29), (0, 2, 29), ""),
    ],
)
def test_days_that_a_date_can_be(text, first, last, iso):
    date = parse_edtf(text)
    assert date is not None
    assert (date.earliest, date.latest) == (earliest(text), latest(text)) == (first, last)
    assert (date.iso if isinstance(date, EdtfDate) else "") == iso


@pytest.mark.parametrize(
    "text",
    [
        *("", "12", "2012-7", "2012-13", "2012-00", "2012-07-00", "2012-07-32", "2013-02-29", "1900-02-29"),
        *("2012-22-01", "2012-20", "2XXX", "201X-07", "2012-XX-06", "2012~?", "~2012", "-0000", "Y17000"),
        *("/", "../..", "2004/1972", "2012/x", "2012/2013/2014", "2012 ", "about 2012", "٢٠١٢"),
    ],
)
def test_what_is_no_date(text):
    assert parse_edtf(text) is None
    assert (earliest(text), latest(text)) == (EVER_BEFORE, EVER_AFTER)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [("2012", False, False), ("2012?", True, False), ("2012~", False, True), ("2012-07-06%", True, True)],
)
def test_marks_of_doubt(text, uncertain, approximate):
    date = parse_edtf(text)
    assert isinstance(date, EdtfDate)
    assert (date.is_uncertain, date.is_approximate) == (uncertain, approximate)


def test_an_end_that_is_not_there_is_open_or_unknown():
    assert parse_edtf("1972/..") == Interval(parse_edtf("1972"), None, is_open=True)
    assert parse_edtf("1972/") == Interval(parse_edtf("1972"), None, is_open=False)


@pytest.mark.parametrize(
    ("since", "until", "span"),
    [
        ("1972/2004", "", ("1972", "2004")),
        ("1972~/..", "", ("1972~", "")),
        ("../2004", "", ("", "2004")),
        ("1972", "2004", ("1972", "2004")),
        ("", "2004", ("", "2004")),
        ("", "", ("", "")),
    ],
)
def test_an_interval_says_both_ends(since, until, span):
    assert span_of(since, until) == span


@given(st.dates())
def test_every_day_is_a_date_of_one_day(day: dt.date):
    assert earliest(day.isoformat()) == latest(day.isoformat()) == (day.year, day.month, day.day)


@given(st.text("0123456789-X?~%/. ", max_size=16))
def test_no_text_breaks_it(text):
    date = parse_edtf(text)
    assert date is None or date.earliest <= date.latest
