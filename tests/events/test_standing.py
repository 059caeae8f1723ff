"""Proof by many histories: what is joined with what the last run found is what is joined from nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.events import blocks, join, neighbours, scores, stories
from dateline.events.join import Unopened, join_happenings
from dateline.events.linkage import Linkage, Merge
from dateline.events.standing import keep, recall
from dateline.events.stories import StoryRulings, find_stories
from dateline.model import Article, Document, Entry, Mention, Paragraph, Participant, Reading
from dateline.when import UNKNOWN, parse

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(few, max_examples=3000)

WORDS = ("bridge", "harbour", "strike", "budget", "school", "treaty", "river", "market", "border", "vaccine")
DAYS = ("", "2021-04", "2021-04-02", "2021-04-03", "2021-04-28", "2021-05-01", "2021", "../2021-04-03")


# ------------------------------------------------------------------------------------------------ happenings


def entry(number: int, label: Sequence[str], people: Sequence[str], when: str, basis: str, more: Mapping) -> Entry:
    parts = tuple(Participant(name=one, role="agent", words=one, actor=one) for one in people)
    return Entry(
        id=f"e{number}",
        article=f"a{number % 7}",
        quote=" ".join(label),
        word=label[0],
        label=" ".join(label),
        when=parse(when) if basis else UNKNOWN,
        when_basis=basis if when else "",
        participants=parts,
        **more,
    )


ENTRIES = st.builds(
    entry,
    st.integers(0, 19),
    st.lists(st.sampled_from(WORDS[:5]), min_size=1, max_size=4),
    st.sampled_from([["moreno"], ["moreno", "oduya"], ["brandt", "moreno"], ["brandt"], []]),
    st.sampled_from(DAYS),
    st.sampled_from(["stated", "reported", ""]),
    st.fixed_dictionaries(
        {
            "event_class": st.sampled_from(["meeting", "meeting", "talks", "statement"]),
            "place": st.sampled_from(["", "", "Lima"]),
            "about": st.sampled_from([(), ("Oslo summit",)]),
        }
    ),
)
ARTICLES = st.integers(0, 6)
NUMBERS = st.integers(0, 19)
FIRST = st.lists(ENTRIES, min_size=8, max_size=24).map(lambda entries: ("put", entries))
STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(ENTRIES, min_size=1, max_size=3)),
    st.tuples(st.just("remove"), st.lists(NUMBERS, min_size=1, max_size=2)),
    st.tuples(st.just("story"), st.tuples(ARTICLES, st.sampled_from(["", "s", "t"]))),
    st.tuples(st.just("day"), st.tuples(ARTICLES, st.sampled_from(DAYS))),
    st.tuples(st.just("apart"), st.tuples(NUMBERS, NUMBERS)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("damage"), st.integers(0, 5)),
)


def history(first: st.SearchStrategy, steps: st.SearchStrategy, length: int) -> st.SearchStrategy:
    """A first step, and up to so many more."""
    return st.builds(lambda one, more: [one, *more], first, st.lists(steps, min_size=1, max_size=length))


class Told:
    """Entries and what else is known, changed step by step."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.opened: list[Entry] = []
        """Entries that were opened later, in turn."""
        self.published = {f"a{n}": parse(f"2021-04-{n + 1:02}") for n in range(7)}
        self.stories: dict[str, str] = {}
        self.apart: dict[str, frozenset[str]] = {}

    def change(self, kind: str, what: object) -> None:
        if kind == "put":
            self.entries |= {one.id: one for one in what}
        elif kind == "remove":
            for number in what:
                self.entries.pop(f"e{number}", None)
        elif kind == "story":
            self.stories[f"a{what[0]}"] = what[1]
        elif kind == "day":
            self.published[f"a{what[0]}"] = parse(what[1])
        elif kind == "apart" and what[0] != what[1]:
            for one, other in (what, what[::-1]):
                self.apart[f"e{one}"] = self.apart.get(f"e{one}", frozenset()) | {f"e{other}"}
        elif kind == "undo":
            self.apart = {}

    def join(
        self, results: dict[bytes, bytes] | None = None, backwards: bool = False, later: Iterable[str] = ()
    ) -> Mapping[str, str]:
        """What is joined; entries of the `later` articles are opened only where they are compared."""
        entries = [one for one in self.entries.values() if one.article not in later]
        unopened = []
        for article in later:
            own = tuple(one for one in self.entries.values() if one.article == article)
            key = repr((own, self.published[article])).encode()
            unopened.append(Unopened(key, article, lambda own=own: self.opened.extend(own) or own))
        return join_happenings(
            entries[::-1] if backwards else entries, self.published, self.apart, self.stories, results, unopened
        )


FOREIGN = (b"", b"N", "[]", b"{", None, bytes(8) + b"N")


def damage(results: dict[bytes, bytes], number: int) -> None:
    """Put something foreign in the place of what was kept, or spoil a part of it."""
    for key, told in list(results.items()):
        held = told or b""  # what was spoilt before
        spoilt = {0: held[: len(held) // 2], 1: held[:-1] + b"}", 2: held.replace(b"1", b"2")}
        results[key] = spoilt.get(number, FOREIGN[number])


def check_happenings(steps: Iterable[tuple[str, object]], widest: int) -> None:
    told, results = Told(), {}
    with patch.object(blocks, "WIDEST", widest):
        for number, (kind, what) in enumerate(steps):
            if kind == "damage":
                damage(results, what)
            told.change(kind, what)
            results = dict(results)
            later = [f"a{n}" for n in range(7) if (n + number) % 3]
            assert told.join(results, backwards=bool(number % 2), later=later) == told.join()


@few
@given(steps=history(FIRST, STEPS, 6), widest=st.sampled_from([1, 2, 4, 12]))
def test_happenings_after_any_history_are_those_from_nothing(steps, widest):
    check_happenings(steps, widest)


def test_happenings_after_many_more_histories(long_run):
    if long_run:
        widths = st.sampled_from([1, 2, 3, 4, 6, 12])
        many(given(steps=history(FIRST, STEPS, 10), widest=widths)(check_happenings))()


def test_entries_of_articles_that_nothing_touches_are_not_opened():
    told, results = Told(), {}
    people = (["moreno"], ["brandt"], ["oduya"])
    for n, article in enumerate(("a0", "a1", "a2", "a3")):
        one = entry(n, WORDS[:3], people[n % 3], "2021-04-02", "stated", {"event_class": "meeting", "place": ""})
        told.change("put", [replace(one, article=article)])
    first = told.join(results, later=["a0", "a1", "a2"])
    assert {one.article for one in told.opened} == {"a0", "a1", "a2"}
    told.opened.clear()
    assert told.join(results, later=["a0", "a1", "a2"]) == first
    assert told.opened == []
    told.change("put", [replace(told.entries["e3"], label="bridge harbour strike budget")])
    assert told.join(results, later=["a0", "a1", "a2"]) == told.join()
    assert {one.article for one in told.opened} == {"a0"}  # it names Moreno, too


def crowd(seed: int, number: int) -> list[Entry]:
    """Many entries of few people on few days, so that all ways to part a block are gone."""
    chance = random.Random(seed)
    people = (["moreno"], ["moreno", "oduya"], ["brandt", "moreno"])
    return [
        replace(
            entry(
                n,
                [chance.choice(WORDS[:6]) for _ in range(chance.randint(2, 3))],
                chance.choice(people),
                chance.choice(("2021-04-02", "2021-04-03", "2021-04")),
                chance.choice(("stated", "reported", "")),
                {"event_class": "meeting"},
            ),
            article=f"a{n % 40}",
        )
        for n in range(number)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_in_a_crowd_one_that_comes_goes_or_changes_is_joined_as_from_nothing(seed, long_run):
    if seed and not long_run:
        return
    chance = random.Random(seed)
    told, results = Told(), {}
    told.published = {f"a{n}": parse(f"2021-04-{n % 28 + 1:02}") if n % 9 else UNKNOWN for n in range(40)}
    made = crowd(seed, 90)
    told.change("put", made[:70])
    with patch.object(blocks, "WIDEST", 3):
        told.join(results)
        for step in range(12):
            if step % 2:
                told.change("remove", [chance.choice([int(id_[1:]) for id_ in told.entries])])
            else:
                told.change("put", [made[70 + step]])
            results = dict(results)
            assert told.join(results) == told.join()


def test_a_block_that_grows_wide_or_shrinks_is_compared_anew():
    """Reports that tell one thing of two days are compared across the days only where their block is small."""
    label = [
        "Moreno",
        "received",
        "Brandt",
        "at",
        "the",
        "shipyard",
        "and",
        "unveiled",
        "a",
        "trawler",
        "and",
        "a",
        "lighthouse",
    ]
    told, results = Told(), {}
    told.published = {f"a{n}": parse("2021-04-29") for n in range(20)}
    made = [
        replace(
            entry(
                n,
                label,
                ["brandt", "moreno"],
                f"2021-04-{26 + n % 2}",
                "stated",
                {"event_class": "meeting", "about": (), "place": ""},
            ),
            article=f"a{n}",
        )
        for n in range(blocks.WIDEST + 1)
    ]
    told.change("put", made[:-1])
    assert set(told.join(results).values()) == {"e0"}
    told.change("put", made[-1:])
    assert told.join(results) == told.join()
    told.change("remove", [len(made) - 1])
    assert set(told.join(results).values()) == {"e0"}


def test_a_ruling_is_heeded_and_undone_where_nothing_else_changed():
    told, results = Told(), {}
    more = {"event_class": "meeting", "about": (), "place": ""}
    told.change("put", [entry(n, WORDS[:4], ["brandt", "moreno"], "2021-04-02", "stated", more) for n in range(3)])
    assert set(told.join(results).values()) == {"e0"}
    told.change("apart", (0, 2))
    ruled = told.join(results)
    assert ruled["e0"] != ruled["e2"]
    assert ruled == told.join()
    told.change("undo", None)
    assert set(told.join(results).values()) == {"e0"}


def test_an_article_of_four_hundred_touches_only_its_blocks(monkeypatch):
    """Each article tells three things of one of forty people on one of ten days."""
    entries = [
        replace(
            entry(
                n,
                [WORDS[n % 10], WORDS[n // 3 % 10], f"word{n // 7}"],
                [f"person{n // 3 % 40}"],
                f"2021-04-{n // 3 % 10 + 1:02}",
                "stated",
                {"event_class": "meeting"},
            ),
            article=f"a{n // 3:03}",
        )
        for n in range(1200)
    ]
    published = {f"a{n:03}": parse(f"2021-04-{n % 10 + 11}") for n in range(401)}
    new = [replace(one, id=f"new{n}", article="a400") for n, one in enumerate(entries[:3])]
    results: dict[bytes, bytes] = {}
    join_happenings(entries, published, results=results)
    counts = dict.fromkeys(("scored", "blocks", "named"), 0)
    theirs = set()

    def counted(what, real):
        def count(*arguments):
            counts[what] += 1
            if what == "scored":
                theirs.update(item.entry.participants for item in arguments)
            return real(*arguments)

        return count

    monkeypatch.setattr(join, "score_pair", counted("scored", join.score_pair))
    monkeypatch.setattr(blocks, "Block", counted("blocks", blocks.Block))
    monkeypatch.setattr(scores, "stems", counted("named", scores.stems))
    found = join_happenings([*entries, *new], published, results=dict(results))
    assert theirs == {new[0].participants}
    assert 0 < counts["scored"] <= 12 * 30  # of 30 entries of that person, 3 are new
    assert counts["blocks"] <= 60
    assert counts["named"] <= 2 * 33  # label and quotation of those that are looked at
    monkeypatch.undo()
    assert found == join_happenings([*entries, *new], published)
    assert found["new0"] == "e0"


# --------------------------------------------------------------------------------------------------- stories

TEXTS = st.lists(st.sampled_from([*WORDS[:7], "Oslo", "Lima", "Moreno"]), max_size=9).map(" ".join)
PLACES = st.integers(0, 11)
NEWS = st.tuples(PLACES, TEXTS, st.sampled_from([*DAYS, "2021-04-05", "2021-04-06"]))
FIRST_NEWS = st.lists(NEWS, min_size=6, max_size=18).map(lambda news: ("put", news))
STORY_STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(NEWS, min_size=1, max_size=2)),
    st.tuples(st.just("remove"), st.lists(PLACES, min_size=1, max_size=2)),
    st.tuples(st.just("together"), st.tuples(PLACES, PLACES)),
    st.tuples(st.just("apart"), st.tuples(PLACES, PLACES)),
    st.tuples(st.just("undo"), st.booleans()),
    st.tuples(st.just("damage"), st.integers(0, 5)),
)


def reading(id_: str, text: str, day: str) -> Reading:
    mentions = tuple(
        Mention(start=at, end=at + len(name), text=name, kind="LOC", name=name)
        for name in ("Oslo", "Lima", "Moreno")
        if (at := text.find(name)) >= 0
    )
    article = Article(id=id_, seed=id_, title="", published=parse(day))
    paragraphs = (Paragraph(start=0, end=len(text)),) if text else ()
    return Reading(document=Document(article=article, text=text, paragraphs=paragraphs), mentions=mentions)


def check_stories(steps: Iterable[tuple[str, object]], width: int) -> None:
    readings: dict[str, Reading] = {}
    results: dict[bytes, bytes] = {}
    together: list[tuple[str, str]] = []
    apart: dict[str, frozenset[str]] = {}
    with patch.object(neighbours, "NEIGHBOURS", width):
        for number, (kind, what) in enumerate(steps):
            if kind == "put":
                readings |= {f"{n:02}": reading(f"{n:02}", text, day) for n, text, day in what}
            elif kind == "remove":
                readings = {id_: one for id_, one in readings.items() if int(id_) not in what}
            elif kind == "together":
                together = [*together, (f"{what[0]:02}", f"{what[1]:02}")]
            elif kind == "apart" and what[0] != what[1]:
                for one, other in ((f"{a:02}", f"{b:02}") for a, b in (what, what[::-1])):
                    apart = apart | {one: apart.get(one, frozenset()) | {other}}
            elif kind == "undo":
                together, apart = (together[1:], apart) if what else (together, {})
            elif kind == "damage":
                damage(results, what)
            rulings = StoryRulings(together=together, apart=apart)
            order = list(readings.values())[:: -1 if number % 2 else 1]
            results = dict(results)
            assert find_stories(order, rulings, results) == find_stories(order, rulings)


@few
@given(steps=history(FIRST_NEWS, STORY_STEPS, 6), width=st.sampled_from([1, 2, 3, 40]))
def test_stories_after_any_history_are_those_from_nothing(steps, width):
    check_stories(steps, width)


def test_stories_after_many_more_histories(long_run):
    if long_run:
        widths = st.sampled_from([1, 2, 3, 4, 6, 40])
        many(given(steps=history(FIRST_NEWS, STORY_STEPS, 10), width=widths)(check_stories))()


def test_a_ruling_on_articles_is_heeded_and_undone_where_nothing_else_changed():
    alike, other = " ".join(WORDS[:6]), " ".join(WORDS[6:])
    readings = [reading(id_, text, "2021-04-02") for id_, text in (("1", alike), ("2", f"{alike} Oslo"), ("3", other))]
    results: dict[bytes, bytes] = {}
    apart = StoryRulings(apart={"1": frozenset({"2"}), "2": frozenset({"1"})})
    expected = (
        (StoryRulings(), ["1", "1", "3"]),
        (apart, ["1", "2", "3"]),
        (StoryRulings(), ["1", "1", "3"]),
        (StoryRulings(together=[("1", "3")]), ["1", "1", "1"]),
        (StoryRulings(), ["1", "1", "3"]),
    )
    for rulings, stories_of in expected:
        found = find_stories(readings, rulings, results)
        assert [found[id_].story for id_ in "123"] == stories_of
        assert found == find_stories(readings, rulings)


def test_an_article_of_four_hundred_is_compared_with_those_near_it(monkeypatch):
    chance = random.Random(4)
    made_up = ["".join(chance.choices("abdegiklmnoprstuvz", k=7)) for _ in range(480)]
    topics = [made_up[n : n + 12] for n in range(0, 480, 12)]
    made = [
        reading(f"{n:03}", " ".join(chance.sample(topics[n % 40], 9)), f"2021-{n // 40 + 1:02}-0{n % 9 + 1}")
        for n in range(400)
    ]
    new = reading("new", " ".join(topics[7][:9]), "2021-05-05")
    results: dict[bytes, bytes] = {}
    find_stories(made, results=results)
    pairs, looked = [], []
    like, near = stories.likeness, stories.find_near
    monkeypatch.setattr(stories, "likeness", lambda a, b: pairs.append((a.id, b.id)) or like(a, b))
    monkeypatch.setattr(stories, "find_near", lambda number, *more: looked.append(number) or near(number, *more))
    found = find_stories([*made, new], results=dict(results))
    assert len(looked) <= 10  # the new one, and the later ones of its topic
    assert 0 < len(pairs) <= 10
    assert all("new" in pair for pair in pairs)
    monkeypatch.undo()
    assert found == find_stories([*made, new])


# ------------------------------------------------------------------------------------------------ groups


def plain_average_link(near, least, apart, together):
    """Groups by their numbers: the most alike of all pairs of groups put together, again and again."""
    groups = [{number} for number in range(len(near))]
    for a, b in together:
        one, other = (next(group for group in groups if number in group) for number in (a, b))
        if one is not other:
            one |= other
            groups.remove(other)
    while True:
        likely = []
        for at, one in enumerate(groups):
            for other in groups[at + 1 :]:
                values = [
                    near[b][a] for a in one | other for b in one | other if a in near[b] and (a in one) != (b in one)
                ]
                forbidden = any(apart.get(number, set()) & other for number in one)
                mean = sum(values) / max(len(values), min(len(one) * len(other), 64))
                if values and mean >= least and not forbidden:
                    likely.append((-mean, *sorted((min(one), min(other)))))
        if not likely:
            return sorted(map(sorted, groups))
        _, a, b = min(likely)
        one, other = (next(group for group in groups if number in group) for number in (a, b))
        one |= other
        groups.remove(other)


NEAR = st.lists(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=5), min_size=1, max_size=14)


def linked(near, apart=None, together=(), log: Iterable[Merge] = (), awake: Iterable[int] | None = None) -> Linkage:
    linkage = Linkage(near, 4, apart or {})
    linkage.unite(together)
    linkage.run(log, range(len(near)) if awake is None else awake)
    return linkage


@settings(max_examples=300, deadline=None)
@given(near=NEAR, forbidden=st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2), data=st.data())
@example(near=[[], [(0, 9)], [(0, 5), (1, 5)]], forbidden=set(), data=None)
def test_groups_are_those_of_the_plain_method_and_a_change_wakes_no_more_than_it_must(near, forbidden, data):
    graph = [{other % n: value for other, value in of} if n else {} for n, of in enumerate(near)]
    apart = {a: {b for c, b in forbidden | {(b, a) for a, b in forbidden} if c == a and b != a} for a in range(14)}
    first = linked(graph, apart)
    assert sorted(map(sorted, first.members.values())) == plain_average_link(graph, 4, apart, ())
    assert linked(graph, apart, log=first.log, awake=()).log == first.log
    if data is None:
        return
    number = data.draw(st.integers(0, len(graph) - 1))
    changed = [*graph]
    values = data.draw(st.lists(st.integers(0, 9), min_size=number, max_size=number))
    changed[number] = {other: value for other, value in enumerate(values) if value > 2}
    again = linked(changed, apart, log=first.log, awake=[number])
    assert sorted(map(sorted, again.members.values())) == plain_average_link(changed, 4, apart, ())
    assert again.log == linked(changed, apart).log


def test_what_is_far_from_a_change_sleeps():
    near = [{n - 1: 9} if n % 3 else {} for n in range(30)]
    first = linked(near)
    changed = [*near, dict.fromkeys((27, 28, 29), 8)]
    again = linked(changed, log=first.log, awake=[30])
    assert len(again.members) == 10
    assert sorted(again.members[27]) == [27, 28, 29, 30]
    assert again.awake <= {27, 28, 29, 30}


# ---------------------------------------------------------------------------------------------- standing


def test_what_is_kept_is_told_again_under_its_own_key_only():
    results: dict[bytes, bytes] = {}
    keep(results, b"one", ["é\ud800", 0.1, {"a": []}])
    assert recall(results, b"one") == ["é\ud800", 0.1, {"a": []}]
    assert recall({b"other": results[b"one"]}, b"other") is None
    assert recall({}, b"one") is None
    assert recall({b"one": results[b"one"][:-1]}, b"one") is None
