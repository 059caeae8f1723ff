"""An entry read once more tells its grounds; where text or recogniser are gone, nothing is told."""

from __future__ import annotations

from dateline import build, loading
from dateline.reread import passed_over, reread
from trackers import RULES, make_tracker

TEXT = "Harbour news\n\nPresident Ada Moreno will visit Tom Brandt in Lima on 7 May 2030.\n"


def test_reread(tmp_path) -> None:
    tracker = make_tracker(tmp_path / "t", RULES)
    (tracker / "seeds").mkdir()
    (tracker / "seeds" / "one.txt").write_text(TEXT, encoding="utf-8")
    build.build(tracker)
    known = loading.load(tracker)
    (entry,) = known.corpus.entries
    again = reread(tracker, known, entry)
    assert again is not None
    assert dict(again.grounds) == {
        "when": "“7 May 2030” stands in the clause of “visit”",
        "course": "“will visit”",
        "place": "after “in”",
    }
    assert {p.words: p.ground for p in again.participants}["Ada Moreno"] == "stands before “visit”"
    (tracker / "seeds" / "one.txt").unlink()
    assert reread(tracker, known, entry) is None


def test_what_became_no_entry_is_listed(tmp_path) -> None:
    tracker = make_tracker(tmp_path / "t", RULES)
    (tracker / "seeds").mkdir()
    more = "Critics say that the visit may fail. They hope that it helps.\n"
    (tracker / "seeds" / "one.txt").write_text(TEXT + more, encoding="utf-8")
    build.build(tracker)
    known = loading.load(tracker)
    (entry,) = known.corpus.entries
    (article,) = known.corpus.articles
    words = passed_over(tracker, known, article)
    assert "fail" in words
    assert entry.word not in words[:1]
    assert len(set(words)) == len(words)
    (tracker / "seeds" / "one.txt").unlink()
    assert passed_over(tracker, known, article) == ()
