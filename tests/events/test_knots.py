"""What links tie together is put into groups as from nothing, and only what a change reaches is looked at."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.events import knots
from dateline.events.knots import Link, grouped, hanging_together

SIZE = 12
PAIRS = [(a, b) for b in range(SIZE) for a in range(b)]
SCORES = st.sampled_from([0.6, 0.7, 0.7, 0.8, 0.9])
LINKS = st.dictionaries(st.sampled_from(PAIRS), SCORES, min_size=4, max_size=30)


class Numbers:
    """Entries that are their numbers; the later ones are older, so that their order is not that of numbers."""

    def __init__(self) -> None:
        self.opened: set[int] = set()

    def __getitem__(self, number):
        self.opened.add(number)
        return number

    def id(self, number):
        return f"e{number}"

    def order(self, number):
        return (-number,)


def older_first(links):
    """Links with the older entry first, as they are found."""
    return {(max(pair), min(pair)): value for pair, value in links.items()}


@pytest.fixture
def conflicts(monkeypatch):
    """Pairs that conflict, by number."""
    found: set[tuple[int, int]] = set()

    def score(a, b):
        return SimpleNamespace(value=0.0 if (a, b) in found or (b, a) in found else 0.5)

    monkeypatch.setattr(knots, "score_pair", score)
    return found


def groups(links, did=None, lost=None, items=None, apart=None):
    return [
        grouped(theirs, items or Numbers(), apart or {}, did or {}, lost or {})
        for theirs in hanging_together(older_first(links))
    ]


def noted(before, links):
    """What is known of the last run's links, and who lost one that put groups together."""
    did = {tuple(link): at in of.merged for of in before for at, link in enumerate(of.links)}
    now = {(*pair, value) for pair, value in older_first(links).items()}
    lost: dict[int, float] = {}
    gone: list[Link] = [link for link, merged in did.items() if merged and link not in now]
    for a, b, value in gone:
        for number in (a, b):
            lost[number] = max(value, lost.get(number, value))
    return {link: merged for link, merged in did.items() if link in now}, lost


@settings(max_examples=200, deadline=None)
@given(data=st.data(), links=LINKS, told=st.sets(st.sampled_from(PAIRS), max_size=40))
def test_after_any_change_groups_are_those_from_nothing(data, links, told):
    """Those `told` conflict, whatever else is known of them, so that no link is between two of them."""
    free = [pair for pair in PAIRS if pair not in told]
    links = {pair: value for pair, value in links.items() if pair not in told}

    def score(a, b):
        return SimpleNamespace(value=0.0 if (min(a, b), max(a, b)) in told else 0.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knots, "score_pair", score)
        before = groups(links)
        for _ in range(3):
            links = dict(links)
            for pair in data.draw(st.lists(st.sampled_from(sorted(links) or free), max_size=3)):
                links.pop(pair, None)
            links |= data.draw(st.dictionaries(st.sampled_from(free), SCORES, max_size=3))
            did, lost = noted(before, links)
            now = groups(links, did, lost)
            assert now == groups(links)
            before = now


def test_the_likeliest_pair_goes_first_and_what_conflicts_stays_apart(conflicts):
    conflicts.add((0, 2))
    (knot,) = groups({(0, 1): 0.9, (1, 2): 0.8})
    assert knot.groups == [[2], [1, 0]]
    assert [knot.links[at][:2] for at in knot.merged] == [(1, 0)]
    (knot,) = groups({(0, 1): 0.8, (1, 2): 0.9})
    assert knot.groups == [[2, 1], [0]]


def test_what_a_person_told_apart_stays_apart(conflicts):
    apart = {"e0": frozenset({"e2"}), "e2": frozenset({"e0"})}
    assert groups({(0, 1): 0.9, (1, 2): 0.8}, apart=apart)[0].groups == [[2], [1, 0]]


def test_a_newcomer_to_a_large_knot_opens_few(conflicts):
    """Forty groups of five that conflict with the next one each; one more entry comes to the last group."""
    links = {}
    for first in range(0, 200, 5):
        links |= {(first, first + n): 0.9 for n in range(1, 5)}
        if first:
            links[first - 5, first] = 0.6
            conflicts |= {(a, b) for a in range(first - 5, first) for b in range(first, first + 5)}
    before = groups(links)
    assert len(before[0].groups) == 40
    more = {**links, (195, 200): 0.8}
    did, lost = noted(before, more)
    items = Numbers()
    assert groups(more, did, lost, items) == groups(more)
    assert items.opened <= set(range(190, 201))
