"""Random histories of a small tracker: whatever people and the machine do in turn, no correction is lost.

After every step the tracker is built and these hold: what stands above the line of every file is as a person left it;
every value that a person gave is in force; nothing dropped is published; the same inputs give the same bytes; a
decision taken back leaves the site as it was before.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from dateline import build, loading, memo, render, verbs
from dateline.adopt import adopt
from dateline.decisions import Decision, Named, append_decision, load_decisions, remove_decision
from dateline.events.entries import find_entries
from dateline.model import Mention
from dateline.problems import ContentError
from dateline.yamlio import format_yaml
from trackers import RULES, files_of, make_tracker

PEOPLE = ("Ada Moreno", "Tom Brandt", "Lena Oduya", "Thomas Brandt")
BODIES = ("Acme Corporation", "Borealis Trust", "Harbour Workers' Union")
TOWNS = ("Oslo", "Lima")

ARTICLES = (
    "Talks open in Oslo\n\nAda Moreno met Tom Brandt in Oslo on 3 May 2021. Acme Corporation signed the Oslo accord.\n\n"
    "Lena Oduya resigned on Friday.",
    "Strike ends\n\nThe Harbour Workers' Union ended its strike on Monday. Thomas Brandt visited Lima last month.",
    "Borealis buys Acme\n\nBorealis Trust bought Acme Corporation on 7 May 2021, Ada Moreno said.\n\n"
    "Tom Brandt will visit Oslo in June.",
    "A look back\n\nIn 2019 Lena Oduya visited Lima. The Oslo accord was signed by Acme Corporation in May 2021.",
)
CORRECTIONS = (
    ("Oslo", "Oslo, Norway,"),
    ("Friday", "Saturday"),
    ("bought", "has bought"),
    ("resigned", "stepped down"),
)


class StubRecogniser:
    """Finds the names of these stories and no other, at once."""

    label = "stub 1"

    def recognise(self, texts):
        for text in texts:
            found = []
            for names, kind in ((PEOPLE, "PER"), (BODIES, "ORG"), (TOWNS, "LOC")):
                for name in names:
                    at = text.find(name)
                    while at >= 0:
                        found.append(Mention(start=at, end=at + len(name), text=name, kind=kind))
                        at = text.find(name, at + 1)
            yield tuple(sorted(found, key=lambda mention: mention.start))


@cache
def made_environment(dirs, make=render.make_environment):
    """The environment of templates, made once: compiling them is most of a small build."""
    return make(dirs)


def kept_environment(dirs):
    """The same for another site."""
    environment = made_environment(dirs)
    render.forget_macros(environment)
    return environment


@cache
def read_once(document, found, extractor):
    """A reading, made once for each text and extractor: readings are pure."""
    return READ_ONE(document, found)


READ_ONE = build.read_one


def as_before(reading):
    """The extractor as it is."""
    return find_entries(reading)


def with_other_labels(reading):
    """An extractor that words its labels in another way."""
    return tuple(replace(entry, label=f"{entry.label} (reworded)") for entry in find_entries(reading))


def with_fewer(reading):
    """An extractor that misses every third entry."""
    return tuple(entry for number, entry in enumerate(find_entries(reading)) if number % 3 != 2)


EXTRACTORS = (as_before, with_other_labels, with_fewer)


KINDS = st.sampled_from(("actors", "events", "entries"))


def ids_of(corpus, kind):
    return sorted(record.id for record in getattr(corpus, kind))


class History(RuleBasedStateMachine):
    """A tracker and what people did to it."""

    def __init__(self):
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(build, "load_recogniser", lambda name, model: StubRecogniser())
        self.patch.setattr(build, "read_one", lambda document, found: read_once(document, found, build.find_entries))
        self.patch.setattr(render, "make_environment", kept_environment)
        self.folder = Path(tempfile.mkdtemp(prefix="history-"))
        self.tracker = make_tracker(self.folder / "t", RULES)
        self.own: dict[tuple[str, str, str], str] = {}
        self.dropped: dict[int, tuple[str, str, str]] = {}
        self.before_last: dict[str, bytes] | None = None
        self.add_article(0)

    def teardown(self):
        once = files_of(self.tracker)
        build.build(self.tracker)
        assert files_of(self.tracker) == once
        self.patch.undo()
        shutil.rmtree(self.folder)

    # ----------------------------------------------------------------------------------------- looking

    def known(self):
        return loading.load(self.tracker)

    def upper(self, name):
        """What stands above the machine's line, found as text."""
        text = (self.tracker / name).read_bytes().decode("utf-8")
        return text[: text.index("--- # machine")] if "--- # machine" in text else text

    def uppers(self):
        names = [path.relative_to(self.tracker).as_posix() for path in (self.tracker / "content").glob("*/*.yaml")]
        return {name: self.upper(name) for name in sorted(names)}

    def published(self):
        return {name: data for name, data in files_of(self.tracker).items() if name.startswith("site/")}

    def build(self):
        """Build, and hold what must hold."""
        before = {name: upper for name, upper in self.uppers().items() if upper}
        build.build(self.tracker)
        after = self.uppers()
        assert {name: after.get(name) for name in before} == before
        self.check_own()
        self.check_dropped()

    def check_own(self):
        filed = self.known().filed
        entries = {entry.id: entry for entry in filed.entries}
        actors = {actor.id: actor for actor in filed.actors}
        for (kind, id_, field), value in self.own.items():
            record = {"entry": entries, "actor": actors}[kind][id_]
            assert getattr(record, field) == value

    def check_dropped(self):
        corpus = self.known().corpus
        for article, word, quote in self.dropped.values():
            assert not [e for e in corpus.entries if (e.article, e.word, e.quote) == (article, word, quote)]

    def touched_words(self):
        return [entry.quote for entry in self.known().filed.entries if ("entry", entry.id, "label") in self.own]

    # ----------------------------------------------------------------------------------------- the world changes

    @rule(number=st.integers(0, len(ARTICLES) - 1))
    def add_article(self, number):
        path = self.tracker / f"seeds/{number}.txt"
        path.parent.mkdir(exist_ok=True)
        if not list(path.parent.glob(f"*{number}.txt")):
            path.write_text(f"---\npublished: 2021-05-1{number}\n---\n{ARTICLES[number]}\n", encoding="utf-8")
        self.changed()

    @rule(data=st.data())
    def remove_article(self, data):
        if seeds := sorted((self.tracker / "seeds").iterdir()):
            data.draw(st.sampled_from(seeds)).unlink()
        self.changed()

    @rule(data=st.data())
    def rename_seed(self, data):
        if seeds := sorted((self.tracker / "seeds").iterdir()):
            seed = data.draw(st.sampled_from(seeds))
            seed.rename(seed.with_name(f"moved {seed.name}"[-16:]))
        self.changed()

    @rule()
    def shuffle_seeds(self):
        """The texts change places: each file holds what the next one held."""
        seeds = sorted((self.tracker / "seeds").iterdir())
        texts = [seed.read_bytes() for seed in seeds]
        for seed, text in zip(seeds, texts[1:] + texts[:1], strict=True):
            seed.write_bytes(text)
        self.changed()

    @rule(data=st.data(), correction=st.sampled_from(CORRECTIONS))
    def correct_a_text(self, data, correction):
        """A word of an article is corrected, in no sentence that a person has put words to."""
        old, new = correction
        if any(old in quote for quote in self.touched_words()):
            return
        if seeds := sorted((self.tracker / "seeds").iterdir()):
            seed = data.draw(st.sampled_from(seeds))
            text = seed.read_text(encoding="utf-8")
            if new not in text:
                seed.write_text(text.replace(old, new), encoding="utf-8")
        self.changed()

    @rule(extractor=st.sampled_from(EXTRACTORS))
    def change_the_extractor(self, extractor):
        self._read_by(extractor)
        self.changed()

    def _read_by(self, extractor):
        self.patch.setattr(build, "find_entries", extractor)
        self.patch.setattr(memo, "signature", lambda: extractor.__name__)

    def changed(self):
        self.before_last = None
        try:
            self.build()
        except ContentError as error:  # a person's entry that the extractor misses: said, and nothing is lost
            assert {problem.slug for problem in error.problems} <= {"quotation", "dangling-id"}
            self._read_by(as_before)
            self.build()

    # ----------------------------------------------------------------------------------------- people correct

    @rule(data=st.data(), label=st.sampled_from(("They met", "No", "1.0", "- x: y", "“so”")))
    def change_a_label(self, data, label):
        entries = self.known().filed.entries
        if not entries:
            return
        entry = data.draw(st.sampled_from(entries))
        name = f"content/articles/{entry.article}.yaml"
        upper = self.upper(name)
        if "entries:" in upper:
            return
        change = f"entries:\n- id: {entry.id}  # mine\n  label: {format_yaml({'x': label})[3:]}"
        self.put_above(name, upper + change)
        self.own["entry", entry.id, "label"] = label
        self.changed()

    @rule(data=st.data(), note=st.sampled_from(("a note", "null", "2021-01-01")))
    def note_an_actor(self, data, note):
        actors = self.known().filed.actors
        if not actors:
            return
        actor = data.draw(st.sampled_from(actors))
        name = f"content/actors/{actor.id}.yaml"
        upper = self.upper(name)
        if "note:" in upper:
            return
        self.put_above(name, upper + f"# noted\nnote: {format_yaml({'x': note})[3:]}")
        self.own["actor", actor.id, "note"] = note
        self.changed()

    @rule(
        data=st.data(),
        comment=st.sampled_from(("# why: see p. 3\r\n", "\n\n#\t--- not a line\n", "# ünd so: [weiter\n")),
    )
    def comment(self, data, comment):
        name = data.draw(st.sampled_from(sorted(self.uppers())))
        self.put_above(name, comment + self.upper(name))
        self.changed()

    def put_above(self, name, upper):
        path = self.tracker / name
        text = path.read_bytes().decode("utf-8")
        old = self.upper(name)
        assert text.startswith(old)
        path.write_bytes((upper + text[len(old) :]).encode("utf-8"))

    @rule(data=st.data())
    def edit_below_and_adopt(self, data):
        entries = [e for e in self.known().filed.entries if ("entry", e.id, "label") not in self.own and e.label]
        if not entries:
            return
        entry = data.draw(st.sampled_from(entries))
        path = self.tracker / f"content/articles/{entry.article}.yaml"
        text = path.read_text(encoding="utf-8")
        line = f"  label: {format_yaml({'x': entry.label})[3:]}"
        at = text.find(line, text.find(f"- id: {entry.id}\n", text.find("--- # machine")))
        if at < 0 or f"- id: {entry.id}\n" not in text:
            return
        path.write_text(text[:at] + "  label: Edited below\n" + text[at + len(line) :], encoding="utf-8")
        adopt(self.tracker)
        self.own["entry", entry.id, "label"] = "Edited below"
        assert "Edited below" in self.upper(f"content/articles/{entry.article}.yaml")
        self.changed()

    # ----------------------------------------------------------------------------------------- people decide

    def decide(self, decision, by_verb=False):
        """Take a decision by hand or by its verb; where it contradicts an earlier one, that is said, nothing changes."""
        before = self.published()
        try:
            if by_verb:
                verbs.record(self.tracker, self.known(), decision)
            else:
                append_decision(self.tracker, decision)
            self.build()
        except ContentError as error:
            assert all(problem.where.path == "content/decisions.yaml" for problem in error.problems)
            assert all(problem.where.line for problem in error.problems)
            if not by_verb:
                self.take_back()
            self.build()
            assert self.published() == before
            return False
        self.before_last = before
        return True

    def take_back(self):
        remove_decision(self.tracker, len(load_decisions(self.tracker)[0]))

    @rule(data=st.data(), verb=st.sampled_from(("same", "different")), kind=KINDS, by_verb=st.booleans())
    def join_or_part(self, data, verb, kind, by_verb):
        filed = self.known().filed
        ids = sorted({entry.happening for entry in filed.entries} if kind == "entries" else ids_of(filed, kind))
        if len(ids) > 1:
            of = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
            keys = (verbs.written(self.known(), (kind, id_)) for id_ in of)
            self.decide(Decision(verb=verb, of=tuple(keys)), by_verb)

    @rule(data=st.data(), into=st.sampled_from(("Ann Moreno", "Tom Brandt", "No")), by_verb=st.booleans())
    def split_an_actor(self, data, into, by_verb):
        actors = self.known().filed.actors
        if actors:
            actor = data.draw(st.sampled_from(actors))
            articles = ("", *sorted(article.id for article in self.known().filed.articles))
            mention = Named(name=actor.name, article=data.draw(st.sampled_from(articles)))
            others = [other.id for other in actors if other.name == into]
            of = (actor.id, others[0] if others else into)
            if of[0] != of[1]:
                self.decide(Decision(verb="split", of=of, mentions=(mention,)), by_verb)

    @rule(data=st.data(), by_verb=st.booleans())
    def drop_an_entry(self, data, by_verb):
        entries = [e for e in self.known().corpus.entries if ("entry", e.id, "label") not in self.own]
        if entries:
            entry = data.draw(st.sampled_from(entries))
            decision = verbs.drop(self.known(), entry.id) if by_verb else Decision(verb="drop", of=(entry.id,))
            if self.decide(decision, by_verb):
                number = len(load_decisions(self.tracker)[0])
                self.dropped[number] = (entry.article, entry.word, entry.quote)

    @rule(data=st.data(), kind=st.sampled_from(("actors", "events")))
    def drop_a_record(self, data, kind):
        ids = ids_of(self.known().corpus, kind)
        if ids:
            id_ = data.draw(st.sampled_from(ids))
            if self.decide(verbs.drop(self.known(), f"{kind}/{id_}"), by_verb=True):
                assert id_ not in ids_of(self.known().corpus, kind)

    @rule(name=st.sampled_from(PEOPLE + BODIES))
    def drop_a_name(self, name):
        decisions = load_decisions(self.tracker)[0]
        given = {one.of[1] if one.verb == "split" else one.name for one in decisions if one.verb in ("rename", "split")}
        if self.decide(Decision(verb="drop", name=name)) and name not in given:  # who was given the name has another
            assert name not in {actor.name for actor in self.known().corpus.actors}

    @rule(data=st.data(), name=st.sampled_from(("Ada M.", "null", "طالبان", "Tom Brandt")), kind=KINDS)
    def rename(self, data, name, kind):
        ids = ids_of(self.known().corpus, kind)
        if ids and kind != "entries":
            key = verbs.written(self.known(), (kind, data.draw(st.sampled_from(ids))))
            self.decide(Decision(verb="rename", of=(key,), name=name))

    @rule(data=st.data())
    def prefer_a_date(self, data):
        ids = sorted({entry.happening for entry in self.known().corpus.entries})
        if ids:
            self.decide(
                Decision(verb="prefer", of=(data.draw(st.sampled_from(ids)),), fields=(("when", "2020-01-02"),))
            )

    @precondition(lambda self: self.before_last is not None)
    @rule()
    def take_the_last_decision_back(self):
        self.dropped.pop(len(load_decisions(self.tracker)[0]), None)
        self.take_back()
        self.build()
        assert self.published() == self.before_last
        self.before_last = None

    @rule(data=st.data())
    def take_an_earlier_decision_back(self, data):
        """A line is deleted, with lines below it: what it settled no longer holds, what they settled does."""
        count = len(load_decisions(self.tracker)[0])
        if count:
            number = data.draw(st.integers(1, count))
            remove_decision(self.tracker, number)
            self.dropped.pop(number, None)
            self.dropped = {old - (old > number): what for old, what in self.dropped.items()}
            self.changed()


def test_no_history_loses_a_correction(long_run):
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=5_000 if long_run else 300,
            stateful_step_count=12 if long_run else 5,
            deadline=None,
            derandomize=not long_run,
            phases=[Phase.generate],  # what fails is shown as it came: to shrink it takes minutes
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
