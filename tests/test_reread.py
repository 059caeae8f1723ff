"""An entry read once more tells its grounds; where text or recogniser are gone, nothing is told."""

from __future__ import annotations

from dateline import build
from dateline.reread import reread
from trackers import RULES, make_tracker

TEXT = "Harbour news\n\nPresident Ada Moreno will visit Tom Brandt in Lima on 7 May 2030.\n"


def test_reread(tmp_path) -> None:
    tracker = make_tracker(tmp_path / "t", RULES)
    (tracker / "seeds").mkdir()
    (tracker / "seeds" / "one.txt").write_text(TEXT, encoding="utf-8")
    build.build(tracker)
    known = build.load(tracker)
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
