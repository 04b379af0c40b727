"""What a language model said is kept from one run to the next, and never stands in a build's way."""

from explainer.publish import kept_answers
from explainer.publish.answers import MOST_ANSWERS, KeptAnswers


def test_answers_are_there_in_the_next_run(tmp_path):
    with kept_answers(tmp_path) as answers:
        answers["a"] = "[]"
    with kept_answers(tmp_path) as answers:
        assert answers.get("a") == "[]"
        assert answers.get("b") is None


def test_nothing_is_made_where_nothing_is_asked(tmp_path):
    with kept_answers(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_done_without(tmp_path):
    folder = tmp_path / ".explainer"
    folder.mkdir()
    (folder / "answers.sqlite3").write_bytes(b"no database" * 500)
    with kept_answers(tmp_path) as answers:
        answers["a"] = "[]"
        assert answers["a"] == "[]"


def test_a_link_in_place_of_the_cache_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / ".explainer").symlink_to(outside)
    with kept_answers(site) as answers:
        answers["a"] = "[]"
        assert answers["a"] == "[]"
    assert list(outside.iterdir()) == []


def test_the_oldest_go(tmp_path, monkeypatch):
    monkeypatch.setattr("explainer.publish.answers.MOST_ANSWERS", 2)
    with kept_answers(tmp_path) as answers:
        for key in "abc":
            answers[key] = "[]"
    kept = KeptAnswers(tmp_path)
    assert [kept.get(key) for key in "abc"] == [None, "[]", "[]"]
    kept.close()
    assert MOST_ANSWERS > 100_000
