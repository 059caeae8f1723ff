"""What is told of an event beside what denies it: which accounts make a pair, and that no claim loses its speaker."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import article, entry, who
from dateline.denials import find_denials
from dateline.model import Actor, Corpus, Entry, Event, Settings, Voice
from dateline.pages import plan
from dateline.views import EventView

ACTORS = tuple(
    Actor(id=id, name=name, kind="group")
    for id, name in (("union", "Harbour Union"), ("city", "City Council"), ("mayor", "Lena Oduya"), ("port", "Port"))
)
KNOWN = {actor.id: actor for actor in ACTORS}
UNION = Voice(words="the union", actor="union", stance="claims")
MAYOR = Voice(words="Lena Oduya", actor="mayor", stance="denies")


def told(id: str, label: str, of: str = "a", **fields: object) -> Entry:
    made = entry(id, of, f"{label}.", label.split()[-1], label, events=("fire",), event_class="closure")
    return replace(made, **fields)


CLAIM = told("claim", "The council closed the fire station, according to the union", voice=UNION)
DENIAL = told("denial", "The council closed the fire station, which Lena Oduya denies", "b", voice=MAYOR)
AGAINST = told("against", "The council did not close the fire station", "b", negated=True)


def pairs(*entries: Entry) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(of.told, of.denied) for of in find_denials(entries, KNOWN, "Fire")]


def test_a_claim_stands_beside_its_denial_by_a_speaker_or_by_an_article():
    assert pairs(CLAIM, DENIAL) == [(("claim",), ("denial",))]
    # "close" and "closed" are words of one stem, and the article of the denial speaks for itself.
    assert pairs(CLAIM, AGAINST) == [(("claim",), ("against",))]
    assert pairs(CLAIM, DENIAL, AGAINST) == [(("claim",), ("denial", "against"))]


def test_helping_words_tell_nothing_apart():
    claim = replace(CLAIM, label="The forces had captured Velna, according to the union")
    denial = replace(DENIAL, label="Velna had been captured, which Lena Oduya denies")
    assert pairs(claim, denial) == [(("claim",), ("denial",))]


def test_denials_of_one_thing_and_claims_of_one_thing_stand_together():
    other = replace(CLAIM, id="other", article="c", voice=Voice(words="a docker", stance="claims"))
    assert pairs(CLAIM, other, DENIAL) == [(("claim", "other"), ("denial",))]


NO_PAIR = [
    # what makes two accounts no pair: changes of the claim, changes of the denial
    ("both tell it", {}, {"voice": replace(MAYOR, stance="states")}),
    ("both deny it", {"negated": True}, {}),
    ("other classes", {"event_class": "launch"}, {}),
    ("a plan is not what happened", {"course": "planned"}, {}),
    ("other numbers", {"label": "The council closed fire station 12"}, {"label": "The council closed fire station 7"}),
    ("two of three words", {"label": "The firm plans to sell films, music and games"}, {"label": "The firm sells branded music"}),
    ("other words", {"label": "The council closed two northern schools"}, {}),
    ("one word in common", {"label": "The council closed"}, {"label": "A school was closed"}),
    ("names are no words in common", {"label": "City Council closed", "participants": who(("city", "agent"))}, {"label": "City Council closed", "participants": who(("city", "agent"))}),
    ("other doers", {"participants": who(("city", "agent"))}, {"participants": who(("port", "agent"))}),
    ("other places", {"place": "Oslo"}, {"place": "Lima"}),
    ("other days", {"when": entry("x", "a", "", "", "", "2021-01-01").when, "when_basis": "stated"}, {"when": entry("x", "a", "", "", "", "2021-02-01").when, "when_basis": "stated"}),
    ("a denial that it did not happen may be either", {}, {"negated": True}),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "denial"), [case[1:] for case in NO_PAIR], ids=[case[0] for case in NO_PAIR])
def test_what_is_not_surely_of_one_thing_is_no_pair(claim, denial):
    assert pairs(replace(CLAIM, **claim), replace(DENIAL, **denial)) == []


def test_a_day_of_report_that_stands_in_contradicts_nobody():
    days = [entry("x", "a", "", "", "", day).when for day in ("2021-01-01", "2021-02-01")]
    one, other = (replace(of, when=day) for of, day in zip((CLAIM, DENIAL), days, strict=True))
    assert pairs(replace(one, when_basis="stated"), replace(other, when_basis="reported")) == [(("claim",), ("denial",))]  # fmt: skip


def test_one_voice_does_not_contradict_itself():
    own = replace(CLAIM, voice=None)
    assert pairs(own, replace(AGAINST, article="a")) == []
    assert pairs(own, AGAINST) == [(("claim",), ("against",))]


def test_reports_of_one_happening_need_no_words_in_common():
    other = replace(DENIAL, label="The gates were shut, which Lena Oduya denies", happening="claim")
    assert pairs(CLAIM, other) == [(("claim",), ("denial",))]


ACCUSED = told("accused", "The union accused the council of delaying the rescue", event_class="accusation", participants=who(("union", "agent"), ("city", "affected")))  # fmt: skip
REJECTED = told("rejected", "The council rejected allegations that it had delayed the rescue at night", event_class="refusal", participants=who(("city", "agent")))  # fmt: skip


def test_an_accusation_stands_beside_the_answer_of_the_one_accused():
    assert pairs(ACCUSED, REJECTED) == [(("accused",), ("rejected",))]
    denied = replace(REJECTED, event_class="denial", label="The council denied that it had delayed the rescue")
    assert pairs(ACCUSED, denied) == [(("accused",), ("rejected",))]


NO_ANSWER = [
    ("somebody else", {"participants": who(("port", "agent"))}),
    ("no claim is named", {"label": "The council refused to delay the vote"}),
    ("of another matter", {"label": "The council rejected allegations of theft"}),
    ("only the event in common", {"label": "The council rejected allegations on the fire"}),
    ("not answered", {"negated": True}),
    ("only planned", {"course": "planned"}),
]


@pytest.mark.parametrize("answer", [case[1] for case in NO_ANSWER], ids=[case[0] for case in NO_ANSWER])
def test_what_does_not_answer_an_accusation_is_not_set_beside_it(answer):
    assert pairs(ACCUSED, replace(REJECTED, **answer)) == []


def test_an_answer_is_to_the_accusation_with_most_words_in_common():
    theft = replace(ACCUSED, id="theft", label="The union accused the council of theft")
    other = replace(ACCUSED, id="delay", label="The union accused the council of delaying the rescue by night")
    assert pairs(ACCUSED, theft, other, REJECTED) == [(("delay",), ("rejected",))]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([None, UNION, MAYOR]), st.integers(0, 3)), max_size=8))
def test_no_account_stands_on_both_sides(given):
    entries = [
        told(f"e{n}", CLAIM.label.rsplit(",")[0], f"a{of}", negated=negated, voice=voice)
        for n, (negated, voice, of) in enumerate(given)
    ]
    for told_by, denied_by in pairs(*entries):
        assert told_by
        assert denied_by
        assert not set(told_by) & set(denied_by)


def test_thousands_of_accounts_cost_little():
    many = [
        replace(DENIAL if n % 2 else CLAIM, id=f"e{n}", label=f"The council closed station {n}") for n in range(4000)
    ]
    assert pairs(*many) == []


# --------------------------------------------------------------------------------------------- on the page


def view(*entries: Entry) -> EventView:
    articles = (article("b", "2021-05-04", title="Mayor hits back", source="The Echo"), article("a", "2021-05-03", title="Fire", source="Gazette"), article("c", "2021-05-02"))  # fmt: skip
    events = (Event(id="fire", label="Fire", kind="occasion", event_class="disaster"),)
    ordered = tuple(sorted(entries, key=lambda of: of.id))
    site, problems = plan(
        Corpus(settings=Settings(quote_words=5), articles=articles, entries=ordered, actors=ACTORS, events=events)
    )
    assert problems == ()
    made = next(page.view for page in site.pages if page.path == "events/fire.html")
    assert isinstance(made, EventView)
    return made


def test_each_account_has_its_speaker_its_words_and_its_source():
    made = view(replace(CLAIM, participants=who(("union", "speaker"))), DENIAL, replace(AGAINST, article="c"))
    (found,) = made.denials
    (claim,), (first, second) = found.told, found.denied
    assert (claim.how, [of.text for of in claim.by], claim.by[0].path) == (
        "claimed by", ["the union"], "actors/harbour-union.html",
    )  # fmt: skip
    assert (claim.row.text, claim.row.path, claim.row.fragment) == (
        "The council closed the fire station", "events/fire.html", "claim",
    )  # fmt: skip
    assert len("".join(piece.text for piece in claim.quote.pieces).split()) == 5
    assert (claim.source.publisher, claim.source.published.words) == ("Gazette", "3 May 2021")
    # In order of publication; an article that speaks for itself is named by its publisher.
    assert (first.how, first.by[0].text, first.status) == ("reported by", "source not named", "did not happen: “station”")  # fmt: skip
    assert (second.how, second.by[0].text, second.row.text) == (
        "denied by", "Lena Oduya", "The council closed the fire station",
    )  # fmt: skip


def test_whoever_accuses_and_answers_is_named():
    (found,) = view(ACCUSED, REJECTED).denials
    assert [(of.how, [link.text for link in of.by]) for of in (*found.told, *found.denied)] == [
        ("alleged by", ["Harbour Union"]),
        ("denied by", ["City Council"]),
    ]


def test_many_accounts_of_one_side_are_counted():
    claims = [replace(CLAIM, id=f"c{n}", voice=replace(UNION, words=f"docker {n}", actor="")) for n in range(7)]
    (found,) = view(*claims, DENIAL).denials
    assert (len(found.told), found.told_more, len(found.denied), found.denied_more) == (5, 2, 1, 0)


def test_what_has_no_pair_stays_in_the_timeline_alone():
    made = view(CLAIM, REJECTED)
    assert made.denials == ()
    assert made.timeline.total == 2
