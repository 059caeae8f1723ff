"""What a person says an event is part of, and where that would make a circle."""

from __future__ import annotations

import pytest

from dateline import build, loading
from dateline.problems import ContentError
from trackers import RULES, files_of, make_tracker

SEED = """-- seeds/one.txt --
Talks in Lima

The Lima talks opened on 3 May 2021. Ada Moreno attended the Lima talks as part of the Oslo process. Ada Moreno praised
the Oslo process.
"""


def events(folder):
    return {event.id: event for event in loading.load(folder).corpus.events}


def test_the_text_says_it_and_a_second_build_changes_nothing(tmp_path):
    folder = make_tracker(tmp_path, RULES + SEED)
    build.build(folder)
    found = events(folder)
    assert found["lima-talks"].part_of == "oslo-process"
    assert found["lima-talks"].part_reason == "“as part of the Oslo process”"
    page = (folder / "site/events/lima-talks.html").read_text("utf-8")
    assert "Part of" in page
    assert "“as part of the Oslo process”" in page
    assert "Lima talks" in (folder / "site/events/oslo-process.html").read_text("utf-8").split("Its parts")[1]
    first = files_of(folder)
    build.build(folder)
    assert files_of(folder) == first


def test_what_a_person_says_wins_and_the_machine_gives_way(tmp_path):
    folder = make_tracker(tmp_path, RULES + SEED)
    build.build(folder)
    path = folder / "content/events/oslo-process.yaml"
    path.write_text("part_of: lima-talks\n" + path.read_text("utf-8"), "utf-8")
    build.build(folder)
    build.build(folder)
    found = events(folder)
    assert found["oslo-process"].part_of == "lima-talks"
    assert found["lima-talks"].part_of == ""


def test_a_person_s_own_larger_event_bears_no_reason_of_the_machine(tmp_path):
    folder = make_tracker(tmp_path, RULES + SEED)
    build.build(folder)
    path = folder / "content/events/lima-talks.yaml"
    path.write_text('part_of: ""\n' + path.read_text("utf-8"), "utf-8")
    build.build(folder)
    assert (events(folder)["lima-talks"].part_of, events(folder)["lima-talks"].part_reason) == ("", "")


def test_a_circle_that_people_wrote_is_an_error(tmp_path):
    mine = "-- content/events/{}.yaml --\nlabel: {}\npart_of: {}\n"
    folder = make_tracker(tmp_path, RULES + mine.format("a", "A", "b") + mine.format("b", "B", "a"))
    with pytest.raises(ContentError) as raised:
        build.build(folder)
    assert [problem.slug for problem in raised.value.problems] == ["part-of-circle"]
    assert raised.value.problems[0].where.path == "content/events/b.yaml"


def test_a_larger_event_that_is_gone_takes_its_file_along(tmp_path):
    folder = make_tracker(tmp_path, RULES + SEED)
    build.build(folder)
    (folder / "seeds/one.txt").write_text(
        "Talks in Lima\n\nAda Moreno attended the Lima talks on 3 May 2021.\n", "utf-8"
    )
    build.build(folder)
    assert sorted(events(folder)) == ["lima-talks"]
    assert events(folder)["lima-talks"].part_of == ""
