"""What mentions add up to: *In this story*, *appears in*."""

from __future__ import annotations

from explainer.site.story import most_mentioned
from tests.site.helpers import assembled, only_article, write_article, write_entries
from tests.sites import Site, article


def story(site: Site) -> list[str]:
    return [f"{item.entry} {','.join(item.mentions)} {item.count}" for item in only_article(site).story]


def quotes(site: Site, identifier: str) -> list[str]:
    """`article: before[phrase]after @anchor` for each article that names the entry."""
    found = assembled(site).entries[identifier].appears_in  # type: ignore[index]
    return [f"{a.article.split('/')[-1]}: {a.before}[{a.phrase}]{a.after} @{a.anchor}" for a in found]


def test_entries_by_first_mention_linked_or_not(site: Site) -> None:
    write_entries(site, "Homs", "Hama", "Rastan")
    write_article(
        site, "## Rastan\n\nHama and Homs. Hama.\n\n## More\n\nHama. Homs.", front="linking: {never: [homs]}\n"
    )
    assert story(site) == ["rastan  1", "hama m-1,m-2 3", "homs  2"]


def test_a_phrase_of_a_box_is_anchored_though_not_linked(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "Homs.\n\n::: context homs\n:::\n", front="linking: {never: [homs]}\n")
    assert story(site) == ["homs m-1 1"]
    assert '<span class="phrase" id="m-1">Homs</span>' in site.page("articles/x/")


def test_ambiguous_and_ignored_mentions_are_not_in_the_story(site: Site) -> None:
    write_entries(site, "Munaf Tlass", "Mustafa Tlass", kind="person")
    write_article(site, "Tlass left.")
    assert story(site) == []


def test_the_most_mentioned(site: Site) -> None:
    write_entries(site, "Homs", "Hama", "Rastan")
    write_article(site, "Rastan. Homs, Hama, Homs, Hama.")
    assert most_mentioned(only_article(site).story, 2) == ("homs", "hama")


def test_the_sentence_that_names_an_entry_first_is_quoted(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "Before it. The road to *Homs* is `long` and\nsteep. After it. Homs again.")
    assert quotes(site, "homs") == ["x.md: The road to [Homs] is  long and steep. @m-1".replace(" long", "")]


def test_a_link_is_quoted_rather_than_a_heading(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "## The fall of Homs\n\nIt was in Homs.")
    assert quotes(site, "homs") == ["x.md: It was in [Homs]. @m-1"]


def test_a_link_is_quoted_rather_than_an_earlier_mention(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "> He spoke of Homs.\n\nIt was in Homs.", front="linking: {quotations: false}\n")
    assert quotes(site, "homs") == ["x.md: It was in [Homs]. @m-1"]


def test_running_text_is_quoted_rather_than_a_heading(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "## The fall of Homs\n\nIt was in Homs.", front="linking: {never: [homs]}\n")
    assert quotes(site, "homs") == ["x.md: It was in [Homs]. @"]


def test_a_heading_is_quoted_where_there_is_nothing_else(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "## The fall of Homs\n\nText.")
    assert quotes(site, "homs") == ["x.md: The fall of [Homs] @"]


def test_abbreviations_do_not_end_the_sentence(site: Site) -> None:
    write_entries(site, "Homs")
    write_article(site, "On the 3rd, Gen. Smith of the U.S. Army drove to Homs with 3.5 tons. He left.")
    (quote,) = quotes(site, "homs")
    assert quote.startswith("x.md: On the 3rd, Gen. Smith")
    assert quote.endswith("[Homs] with 3.5 tons. @m-1")


def test_articles_by_date_the_latest_first(site: Site) -> None:
    write_entries(site, "Homs")
    for name, date in (("a", "2024-01-02"), ("b", "2024-03-01"), ("c", "2024-02-01"), ("d", "2024-03-01")):
        site.write(f"-- content/articles/{name}.md --\n{article('Homs.', date=date)}\n")
    assert [quote.split(":")[0] for quote in quotes(site, "homs")] == ["b.md", "d.md", "c.md", "a.md"]
    assert [a.document.stem for a in assembled(site).articles] == ["b", "d", "c", "a"]


def test_entries_and_pages_are_no_appearances(site: Site) -> None:
    write_entries(site, "Homs")
    site.write("-- content/glossary/hama.md --\n---\nname: Hama\nkind: place\nsummary: S.\n---\n\nNear Homs.\n")
    site.write("-- content/pages/p.md --\n---\ntitle: P\n---\n\nHoms.\n")
    assert quotes(site, "homs") == []
    assert 'class="entry-link"' in site.page("glossary/hama/")
    assert 'class="entry-link"' not in site.page("p/")


def test_relations_are_known_on_both_sides(site: Site) -> None:
    write_entries(site, "Homs")
    write_entries(site, "Rastan", front="relations: [{type: near, entry: homs}]\n")
    assert [(i, r.type) for i, r in assembled(site).entries["homs"].incoming] == [("rastan", "near")]  # type: ignore[index]


def test_tags_in_alphabetical_order(site: Site) -> None:
    write_article(site, "Text.", front="tags: [syria, Défense, Army, syria]\n")
    assert [(tag, len(articles)) for tag, articles in assembled(site).by_tag.items()] == [
        ("Army", 1),
        ("Défense", 1),
        ("syria", 1),
    ]
