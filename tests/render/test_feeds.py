"""The feeds: read back by a reader of feeds, and by a schema."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import feedparser
import pytest

from tests.sites import SITE_YAML, Site, article, entry

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|\+00:00)")

ITEM: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "url": str,
    "title": str,
    "content_html": str,
    "date_published": str,
    "date_modified": str,
    "language": str,
}
"""What every item has; https://www.jsonfeed.org/version/1.1/"""
FIRST, DRAFT = "Lund is here. <b> & [x](../articles/two.md)", "draft: true\n"
OPTIONAL = {"summary": str, "image": str, "authors": list, "tags": list}


@pytest.fixture
def fed(site: Site) -> Site:
    front = "tags: [a]\nauthors: [Ada & Co]\n"
    first = article(FIRST, title="A “first” </script>", front=front, date="2024-01-02")
    return site.write(f"""\
-- site.yaml --
{SITE_YAML}description: It's <all>
publisher: The "desk"
-- content/articles/one.md --
{first}
-- content/articles/two.md --
{article("Lund again.", date="2024-02-03")}
-- content/articles/draft.md --
{article("Lund in a draft.", front=DRAFT)}
-- content/glossary/lund.md --
{entry("Lund", "place")}
-- content/glossary/malmo.md --
{entry("Malmö", "place")}
""")


def json_feed(site: Site) -> Any:
    return json.loads(site.page("feed.json"))


def test_json_feed_has_the_shape_that_readers_expect(fed: Site) -> None:
    feed = json_feed(fed)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["description"]) == ("Test site", "It’s <all>")
    assert feed["home_page_url"] == "https://example.org/"
    assert feed["feed_url"] == "https://example.org/feed.json"
    assert feed["authors"] == [{"name": 'The "desk"'}]
    assert set(feed) == {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
    for item in feed["items"]:
        assert ITEM.keys() <= item.keys() <= ITEM.keys() | OPTIONAL.keys()
        assert all(isinstance(item[key], kind) for key, kind in {**ITEM, **OPTIONAL}.items() if key in item)
        assert TIME.fullmatch(item["date_published"])
        assert TIME.fullmatch(item["date_modified"])
        dt.datetime.fromisoformat(item["date_modified"])


def test_json_feed_has_the_articles_latest_first(fed: Site) -> None:
    two, one = json_feed(fed)["items"]
    assert (one["id"], two["id"]) == ("https://example.org/articles/one/", "https://example.org/articles/two/")
    assert one["title"] == "A “first” </script>"
    assert one["tags"] == ["a"]
    assert one["authors"] == [{"name": "Ada & Co"}]
    assert 'href="https://example.org/articles/two/"' in one["content_html"]
    assert "In this story" in one["content_html"]
    assert one["image"].startswith("https://example.org/assets/social/")


def test_json_feed_of_an_empty_site(site: Site) -> None:
    site.write(f"-- site.yaml --\n{SITE_YAML}")
    assert json_feed(site)["items"] == []


def test_both_feeds_tell_the_same(fed: Site) -> None:
    atom = feedparser.parse(fed.page("feed.xml"))
    assert not atom.bozo
    assert [(e.id, e.title) for e in atom.entries] == [(i["id"], i["title"]) for i in json_feed(fed)["items"]]


def test_an_entrys_feed_has_the_articles_that_mention_it(fed: Site) -> None:
    feed = feedparser.parse(fed.page("glossary/lund/feed.xml"))
    assert not feed.bozo
    assert feed.feed.title == "Lund · Test site"
    assert feed.feed.id == "https://example.org/glossary/lund/feed.xml"
    assert [e.title for e in feed.entries] == ["An article", "A “first” </script>"]
    assert [e.summary for e in feed.entries] == ["Lund again.", "Lund is here."]
    assert feed.entries[0].link == "https://example.org/articles/two/#m-1"
    assert feed.entries[0].published == "2024-02-03T00:00:00Z"


def test_an_entry_that_no_article_mentions_has_none(fed: Site) -> None:
    assert "glossary/malmo/feed.xml" not in fed.build().files
    assert "feed.xml" not in re.sub(r'href="../../feed.xml"', "", fed.page("glossary/malmo/"))


def test_pages_name_the_feeds(fed: Site) -> None:
    page = fed.page("glossary/lund/")
    assert '<link rel="alternate" type="application/feed+json" title="Test site" href="../../feed.json">' in page
    assert 'title="Feed: articles that mention Lund" href="feed.xml">' in page
    assert '<a href="feed.xml" type="application/atom+xml">Feed: articles that mention Lund</a>' in page


def test_an_entrys_feed_is_no_longer_than_the_sites(fed: Site) -> None:
    for number in range(25):
        fed.write(f"-- content/articles/a{number}.md --\n{article('Lund.', date=f'2023-01-{number + 1:02}')}\n")
    assert len(feedparser.parse(fed.page("glossary/lund/feed.xml")).entries) == 20
