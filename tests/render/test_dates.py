"""Dates in words, and as machines read them."""

from __future__ import annotations

import pytest

from explainer.render.dates import date_in_words, machine_date, span_in_words
from explainer.render.theme import load_theme

THEME = load_theme(None, site_url="https://example.org/")


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        ("2012-07-06", "en-GB", "6 July 2012"),
        ("2012-07~", "en", "about July 2012"),
        ("2012-07~", "fr", "environ juillet 2012"),
        ("2012-07~", "ar", "نحو يوليو 2012"),
        ("2012-07-06?", "en-GB", "6 July 2012 (uncertain)"),
        ("2012%", "en", "about 2012 (uncertain)"),
        ("2012?", "fr", "2012 (incertain)"),
        ("201X", "en", "the 2010s"),
        ("201X", "fr", "les années 2010"),
        ("201X", "ar", "عقد 2010"),
        ("19XX", "en", "between 1900 and 1999"),
        ("2012-XX", "en", "2012"),
        ("2012-07-XX", "en", "July 2012"),
        ("2012-22", "en", "summer 2012"),
        ("2012-21", "fr", "printemps 2012"),
        ("2012-24", "ar", "شتاء 2012"),
        ("1972/2004", "en", "1972–2004"),
        ("1972~/2004", "en", "about 1972 to 2004"),
        ("2012-07-01/2012-07-06", "fr", "1 juillet 2012 – 6 juillet 2012"),
        ("1972/..", "en", "since 1972"),
        ("../2004", "fr", "jusqu’à 2004"),
        ("1972/", "en", "1972–?"),
        ("/2004-05", "en", "?–May 2004"),
        ("-0043", "en", "44 BC"),
        ("-0043-03-15", "en", "15 March 44 BC"),
        ("0079-08", "en", "August 0079"),
        ("some day", "en", "some day"),
    ],
)
def test_a_date_in_words(date, language, words):
    assert date_in_words(date, language, THEME.words(language)) == words


@pytest.mark.parametrize(
    ("since", "until", "language", "words"),
    [
        ("1972", "2004", "en", "1972–2004"),
        ("1972", "1972", "en", "1972"),
        ("1971", "2000-06-10", "en-GB", "1971 to 10 June 2000"),
        ("2012-07~", "", "en", "since about July 2012"),
        ("2012-07-03", "", "fr", "depuis le 3 juillet 2012"),
        ("2012-07", "", "fr", "depuis juillet 2012"),
        ("", "2012-07-03", "fr", "jusqu’au 3 juillet 2012"),
        ("", "2012-07-03", "ar", "حتى 3 يوليو 2012"),
        ("", "", "en", ""),
    ],
)
def test_how_long_something_held(since, until, language, words):
    assert span_in_words(since, until, language, THEME.words(language)) == words


@pytest.mark.parametrize(
    ("date", "machine"),
    [("2012-07~", "2012-07"), ("2012-22", ""), ("201X", ""), ("1972/2004", ""), ("-0043", ""), ("words", "")],
)
def test_html_takes_years_months_and_days_alone(date, machine):
    assert machine_date(date) == machine
