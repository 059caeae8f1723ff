"""Cues are searched for only where the words before a name can end one; none is overlooked by that."""

import pytest

from dateline.actors.cues import _RUN, _before, _body, _body_ends, _cues_before
from dateline.actors.particles import _before as before_surname
from dateline.actors.particles import _ends
from dateline.actors.world import words

SORTS = ("place", "body", "kin", "near place", "near body", "near person", "person")
LEADS = ("", "In the ", "vice-", "his ", "Roe’s ", "“No,” ", "ſaid ")
TAILS = (" ", ", ", " of ", " of the ", " the ", " \n")


def matching(before: str) -> list[object]:
    return [cue for _, _, cue in _before() if cue.search(before)]


@pytest.mark.parametrize("sort", SORTS)
def test_every_cue_that_matches_is_searched_for(sort: str) -> None:
    matched = 0
    for word in words("en/names/kind_cues", sort):
        for before in (f"{lead}{form}{tail}" for lead in LEADS for form in (word, word.upper()) for tail in TAILS):
            searched = [cue for _, _, cue in _cues_before(_RUN.findall(before)[-2:])]
            assert set(matching(before)) <= set(searched), before
            assert len(searched) == len(set(searched)), before
            assert not _body().search(before) or _RUN.findall(before)[-1] in _body_ends(), before
            matched += bool(matching(before))
    assert matched or sort == "body"


def test_few_cues_are_searched_for_behind_a_common_word() -> None:
    assert _cues_before(["talks", "yesterday"]) == ()
    assert _cues_before([]) == ()


def test_signs_that_patterns_take_for_others_are_searched_for() -> None:
    assert len(_cues_before(["cıty"])) == len(_before())


@pytest.mark.parametrize("lead", ["", "Jan ", "met Jan ", "("])
def test_every_particle_before_a_surname_is_seen(lead: str) -> None:
    forms = [f"{form} " for word in words("world/particles") for form in (word, word.capitalize())]
    for before in (f"{lead}{form}{more}" for form in (*forms, "") for more in ("", "al-", "El-")):
        assert not before_surname().search(before) or before.endswith(_ends()), before
