"""Copies found with what the last run found are those found from nothing, and little is compared again."""

from __future__ import annotations

import json
from dataclasses import replace
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import leads, shingles
from dateline.copies import NOTHING, found_since
from dateline.leads import Thing, follow
from dateline.model import Article
from dateline.when import parse

few = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# ------------------------------------------------------------------------------------------------ things told alike


def choose(thing, shared):
    """The oldest lead that shares two marks, or whose number lies near."""
    near = [lead for lead in shared if shared[lead] > 1 or abs(lead.order - thing.order) < 3]
    return min(near, key=lambda lead: lead.rank, default=None)


def chosen(told, before=(), choose=choose):
    """What follows what, after a run on plain values, with what to tell the next run."""
    earlier = {id: Thing(id, marks, same=same) for id, marks, same, _, _ in before}
    for id, *own, lead in before:
        earlier[id].lead = earlier[lead]
        earlier[id].gone = told.get(id) != own
        earlier[id].order = own[2]
    new = {id: of for id, of in told.items() if id not in earlier or earlier[id].gone}
    found = follow(
        [*earlier.values()], [Thing(id, marks, same=same, order=at) for id, (marks, same, at) in new.items()], choose
    )
    return [[thing.id, thing.marks, thing.same, thing.order, thing.lead.id] for thing in found]


MARKS = st.lists(st.sampled_from("abcdef"), max_size=4, unique=True)
STATE = st.dictionaries(
    st.sampled_from([f"t{n}" for n in range(14)]), st.tuples(MARKS, st.sampled_from(["", "", "", "x", "y"]))
)


def with_order(state):
    """Each thing has a place of its own, which other things do not move."""
    return {id: [marks, same, int(id[1:]) * 5 % 17] for id, (marks, same) in state.items()}


@few
@given(st.lists(STATE, min_size=2, max_size=6))
def test_leads_after_many_changes_are_those_from_nothing(states):
    before = []
    for state in map(with_order, states):
        before = chosen(state, before)
        assert before == chosen(state)


@few
@given(STATE, MARKS)
def test_leads_are_filed_as_far_as_marks_are_narrow(state, marks):
    """With room for two leads only, the third is never found, be the others new or old."""
    with patch.object(leads, "WIDEST", 2):
        first = with_order(state)
        second = {**first, "t3": [marks, "", 7]}
        assert chosen(second, chosen(first)) == chosen(second)
        assert chosen(first, chosen(second)) == chosen(first)


def test_only_what_a_change_touches_is_asked_again():
    state = {f"t{n}": ["abcdefghij"[n] + "z", "", n * 10] for n in range(10)}
    state = {id: [[*marks], same, at] for id, (marks, same, at) in state.items()}
    before = chosen(state)
    asked = []
    noted = lambda thing, shared: asked.append(thing.id) or choose(thing, shared)  # noqa: E731
    chosen({**state, "t4": [["e", "y"], "", 40]}, before, noted)
    assert asked == ["t4", "t5", "t6", "t7", "t8", "t9"]  # the changed one, and those behind it that share "z"


def test_what_leads_to_too_many_leads_to_none():
    """Things that share a mark and lie far apart all lead; of those under the mark the first few only are found."""
    state = {f"t{n}": [["a", "b"] if n > 1 else ["a"], "", n * 10] for n in range(4)}
    found = {id: lead for id, *_, lead in chosen(state)}
    assert found == {"t0": "t0", "t1": "t1", "t2": "t2", "t3": "t2"}
    with patch.object(leads, "WIDEST", 2):
        crowded = {**state, "t1": [["a", "b"], "", 10], "t2": [["b"], "", 20]}
        assert {id: lead for id, *_, lead in chosen(crowded)}["t3"] == "t1"
        crowded = {"s0": [["b"], "", -20], "s1": [["b"], "", -10], **crowded}
        assert {id: lead for id, *_, lead in chosen(crowded)}["t3"] == "t3"


# ------------------------------------------------------------------------------------------------ copies

SENTENCES = [
    "The two sides agreed in the evening to open the northern bridge for lorries from the first of next month",
    "The two sides agreed in the evening to open the northern bridge for buses from the first of next month",
    "The two sides agreed to open the northern bridge",
    "A spokeswoman for the harbour said that the cranes would be idle until the strike was settled by the courts",
    "A spokesman for the harbour said that the cranes would be idle until the strike was settled by the courts",
    "Nobody was hurt when the roof of the old market fell in after a night of heavy rain, the fire brigade said",
    "Nobody was hurt when the roof of the old market fell in after a night of heavy snow, the fire brigade said",
    "They met again.",
    "The budget for schools will grow by a tenth over three years if the council votes for it in the spring session",
    "The Budget For Schools Will Grow By A Tenth Over Three Years",
]
DAYS = ["", "2021-03-01", "2021-03-02", "2021-03"]
CODES = ["aaaa", "bbbb", "cccc", "dddd"]
TEXTS = st.dictionaries(
    st.sampled_from([f"a{n}" for n in range(6)]),
    st.tuples(
        st.sampled_from(DAYS),
        st.lists(st.sampled_from(CODES), max_size=4, unique=True).map("".join),
        st.lists(st.sampled_from(SENTENCES), max_size=5),
    ),
)


def copies_in(texts, past=NOTHING):
    """What is found of texts given as day, sketch and quotations, as it would be kept in between."""
    articles = [
        Article(id=id, seed="", title=id, published=parse(day), sketch=sketch) for id, (day, sketch, _) in texts.items()
    ]
    quotes = [(id, quote) for id, (*_, told) in texts.items() for quote in told]
    found, state = found_since(past, articles, quotes)
    return found, json.loads(json.dumps(state))


@few
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_copies_after_many_changes_are_those_from_nothing(histories):
    past = NOTHING
    for texts in histories:
        found, past = copies_in(texts, past)
        anew, state = copies_in(texts)
        assert (list(found.items()), past) == (list(anew.items()), state)


def test_a_longer_wording_that_comes_leads_from_then_on():
    """Three cut sentences make a copy of the article that has them in full, once that is there."""
    cut = [sentence.rsplit(" ", 2)[0] for sentence in (SENTENCES[0], SENTENCES[3], SENTENCES[5])]
    full = [SENTENCES[0], SENTENCES[3], SENTENCES[5]]
    texts = {"young": ("2021-03-02", "", cut)}
    found, past = copies_in(texts)
    assert found == {}
    found, past = copies_in({**texts, "old": ("2021-03-01", "", full)}, past)
    assert found == {"young": "old", "old": "old"}
    assert copies_in(texts, past)[0] == {}


def test_the_older_text_leads_as_soon_as_its_day_is_set_right():
    told = [SENTENCES[0], SENTENCES[3], SENTENCES[5]]
    texts = {"a": ("2021-03-01", "", told), "b": ("2021-03-02", "", told)}
    found, past = copies_in(texts)
    assert found == {"a": "a", "b": "a"}
    assert copies_in({**texts, "a": ("2021-03-03", "", told)}, past)[0] == {"a": "b", "b": "b"}


def test_one_text_more_is_compared_alone(monkeypatch):
    """Sentences of other articles are cut into shingles only where they share some with the new one."""
    texts = {
        f"a{n}": ("2021-03-01", "", [f"In town number {n} the council number {n} has voted for plan {n} of mayor {n}"])
        for n in range(40)
    }
    _, past = copies_in(texts)
    cut = []
    real = shingles.shingles
    monkeypatch.setattr(shingles, "shingles", lambda text: cut.append(text) or real(text))
    _, same = copies_in(texts, past)
    assert (cut, same) == ([], past)
    copies_in({**texts, "b": ("2021-03-02", "", [SENTENCES[3]])}, past)
    assert cut == [SENTENCES[3]]


def test_copies_need_nothing_of_articles_that_are_not_there():
    """An entry may name an article that is gone."""
    quotes = [("gone", SENTENCES[0]), ("here", SENTENCES[0])]
    assert found_since(NOTHING, [replace(ARTICLE, id="here")], quotes)[0] == {}


ARTICLE = Article(id="a", seed="", title="A", published=parse("2021-03-01"))
