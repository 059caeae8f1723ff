from __future__ import annotations

from dataclasses import replace

import pytest

from dateline import schema, when
from dateline.model import Actor, Alias, Article, Entry, Event, Participant, RoleHeld, Voice
from dateline.yamlio import Decoder, format_yaml, parse_yaml

ENTRY = Entry(
    id="e-aaaaaa",
    article="one",
    quote="No, “we: will” <b>go</b>",
    prefix="before ",
    suffix=" after",
    word="go",
    event_class="withdrawal",
    label="They will go",
    when=when.parse("2021-04~"),
    when_words="about April",
    when_basis="relative",
    when_reckoned="April 2021, reckoned from 3 May 2021",
    course="planned",
    negated=True,
    voice=Voice(words="a senior official", stance="claims", actor="jane-roe"),
    participants=(Participant(name="", role="affected", words="them", actor="null", meaning="No", reason="1.0"),),
    place="Doha",
    events=("doha-deal",),
    happening="e-bbbbbb",
    salience=0.25,
)
ARTICLE = Article(
    id="one",
    seed="a b/one.txt",
    digest="00ff",
    title="- No: 1",
    title_basis="text",
    source="The Example",
    byline="Jane Roe",
    place="Doha",
    url="https://example.org/?a=1#b",
    published=when.parse("[2021-04-19..2021-04-25]"),
    published_basis="text",
    style="narrative",
)
ACTOR = Actor(
    id="null",
    name="No",
    kind="group",
    aliases=(Alias(name="1.0", articles=2, reason="same name"), Alias(name="~")),
    roles=(RoleHeld(words="envoy", articles=("one",)),),
    wikidata="Q1",
)
EVENT = Event(
    id="doha-deal",
    label="Doha deal",
    kind="instrument",
    event_class="agreement",
    aliases=(Alias(name="the deal", articles=1),),
    when=when.parse("2020-02-29"),
    place="Doha",
    part_of="peace",
)


def through_a_file(fields):
    node, problems = parse_yaml(format_yaml(fields), "f.yaml")
    assert problems == ()
    return node


@pytest.fixture
def decoder():
    found = Decoder()
    yield found
    assert found.problems == []


def test_article_and_entries_come_back(decoder):
    empty = Entry(id="e-c", article="one", quote="q", word="q", event_class="talks", label="q", happening="e-c")
    node = through_a_file(schema.encode_article(ARTICLE, (ENTRY, empty), "rules 1"))
    assert schema.decode_article(node, "one", decoder) == ARTICLE
    assert schema.decode_entries(node, "one", decoder) == (ENTRY, empty)


def test_actor_comes_back(decoder):
    assert schema.decode_actor(through_a_file(schema.encode_actor(ACTOR)), "null", decoder) == ACTOR


def test_event_comes_back(decoder):
    assert schema.decode_event(through_a_file(schema.encode_event(EVENT)), "doha-deal", decoder) == EVENT


def test_what_a_person_writes_may_be_short(decoder):
    text = "entries:\n- id: e-own\n  label: They met\n  actors: [jane-roe]\n  voice: an aide\n"
    node, _ = parse_yaml(text, "f.yaml")
    assert schema.decode_entries(node, "one", decoder) == (
        Entry(
            id="e-own",
            article="one",
            quote="",
            word="",
            event_class="",
            label="They met",
            voice=Voice(words="an aide"),
            participants=(Participant(name="", role="agent", words="", actor="jane-roe"),),
            happening="e-own",
        ),
    )


@pytest.mark.parametrize(
    ("text", "slug", "place"),
    [
        ("entries:\n- label: x\n", "missing-field", "f.yaml:2:3"),
        (f"entries:\n- id: {'x' * 201}\n", "long-id", "f.yaml:2:7"),
        ("entries:\n- id: e-1\n  when: 12/03/2024\n", "bad-date", "f.yaml:3:9"),
        ("entries:\n- id: e-1\n  course: maybe\n", "unknown-value", "f.yaml:3:11"),
        ("entries:\n- id: e-1\n  actors:\n  - {rolle: agent}\n", "unknown-field", "f.yaml:4:6"),
        ("entries: none\n", "wrong-type", "f.yaml:1:10"),
        ("entries:\n- just words\n", "wrong-type", "f.yaml:2:3"),
    ],
)
def test_what_is_wrong_in_an_entry_is_told_with_its_place(text, slug, place):
    node, _ = parse_yaml(text, "f.yaml")
    found = Decoder()
    schema.decode_entries(node, "one", found)
    assert [(problem.slug, str(problem.where)) for problem in found.problems][0] == (slug, place)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("recognizer: rules\n", "unknown-field"),
        ("quote_words: many\n", "wrong-type"),
        ("quote_share: 3\n", "wrong-type"),
    ],
)
def test_what_is_wrong_in_site_yaml_is_told(text, slug):
    found = Decoder()
    schema.decode_settings(parse_yaml(text, "f.yaml")[0], found)
    assert [problem.slug for problem in found.problems] == [slug]


def test_settings_have_defaults(decoder):
    settings = schema.decode_settings(parse_yaml("title: T\n", "f.yaml")[0], decoder)
    assert settings == replace(settings, title="T", recogniser="rules", quote_words=40, quote_share=0.5)
