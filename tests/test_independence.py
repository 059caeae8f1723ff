"""How many origins reports have: what makes two of them one, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline import shingles
from dateline.copies import SAMPLED, find_copies
from dateline.independence import Independence, Origins
from dateline.model import Actor, Alias, Article, Corpus, Entry, Participant, Settings, Voice
from dateline.reconcile import _SKETCH, sketch
from dateline.seeds import read_text
from dateline.shingles import near_equal
from dateline.when import parse

ACTORS = (
    Actor(id="office", name="Foreign Office", kind="organisation", aliases=(Alias(name="Pakistan’s Foreign Office"),)),
    Actor(id="times", name="The Daily Times", kind="media"),
    Actor(id="moreno", name="Ada Moreno", kind="person", aliases=(Alias(name="Moreno"),)),
    Actor(id="brandt", name="Tom Brandt", kind="person"),
)


def report(at: int, quote: str, voice: Voice | None = None, **fields: object) -> Entry:
    """The one entry that article number `at` has of the happening."""
    known = Entry(id=f"e-{at}", article=f"a{at}", quote=quote, word="", event_class="agreement", label="", voice=voice)
    return replace(known, happening="e-1", **fields)


def reckon(*entries: Entry, **sources: str) -> Independence:
    """The origins of reports, one article a day; `a1="City Herald"` gives an article its publisher."""
    articles = tuple(
        Article(id=id_, seed="", title=f"Title {id_}", source=sources.get(id_, ""), published=parse(f"2021-03-{at:02}"))
        for at, id_ in enumerate(dict.fromkeys(entry.article for entry in entries), 1)
    )
    return Origins(Corpus(settings=Settings(), articles=articles, entries=entries, actors=ACTORS)).of(entries)


AGREED = (
    "Both sides agreed that ultimately the intra-Afghan dialogue would be vital to agree upon the contours of a "
    "future Afghan polity where Afghanistan becomes a stable and prosperous country and at peace with its neighbours."
)
QUOTED = (
    "“" + AGREED[:-1].replace("neighbours", "neighbors") + ",” said a Foreign Office statement, even as talks stall."
)


def test_a_sentence_and_its_quotation_are_one_origin():
    found = reckon(report(1, AGREED), report(2, QUOTED))
    assert found.origins == (("a1", "a2"),)
    assert found.reasons == {"a2": "nearly the same words as in “Title a1”"}
    assert found.tally() == "2 reports, 1 origin"


ONE = [
    ("She left, a Foreign Office statement said.", "It is over, according to the Foreign Office.", "Foreign Office"),
    ("She left, Pakistan’s The Daily Times reported on Thursday.", "He saw it, The Daily Times reported.", "The Daily Times"),
    ("She left, according to Reuters.", "KABUL (Reuters) – The envoy has gone.", "Reuters"),
    ("She left, AP reported.", "The envoy has gone, the Associated Press reported.", "Associated Press"),
    ("She left, state media said.", "The envoy has gone, state television reported.", "state media"),
    ("Two died, police said.", "According to police, a man and a woman were killed.", "police"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "origin"), ONE)
def test_a_source_that_both_name_is_one_origin(one, other, origin):
    found = reckon(report(1, one), report(2, other))
    assert found.origins == (("a1", "a2"),)
    assert found.reasons == {"a2": f"goes back to {origin}, as does “Title a1”"}


def test_a_report_of_another_in_the_tracker_is_no_second_origin():
    found = reckon(
        report(1, "The envoy left."), report(2, "The envoy left, the City Herald reported."), a1="City Herald"
    )
    assert found.origins == (("a1", "a2"),)


def test_two_articles_of_one_house_are_one_origin():
    found = reckon(
        report(1, "The envoy left."), report(2, "She has gone home."), a1="City Herald", a2="The City Herald"
    )
    assert found.reasons == {"a2": "the same publisher as “Title a1” (City Herald)"}


def test_what_one_person_says_is_one_origin():
    voice = Voice(words="Moreno", actor="moreno")
    found = reckon(report(1, "It will close in May.", voice), report(2, "May will be the end.", voice))
    assert found.reasons == {"a2": "goes back to Ada Moreno, as does “Title a1”"}


TWO = [
    # different words, no source
    (report(1, "Pakistan and the US agreed to share responsibility."), report(2, "Both sides will share the burden.")),
    # a formula of news, and the same names and offices in full
    (
        report(1, "Three people were killed and ten others injured in a bomb blast in the city of Quetta on Monday."),
        report(2, "At least three people were killed and ten others were injured in a bomb blast in Quetta on Monday."),
    ),
    (
        report(1, "Foreign Secretary Tehmina Janjua met Chief of Army Staff General Qamar Javed Bajwa at General Headquarters."),
        report(2, "General Headquarters saw Foreign Secretary Tehmina Janjua meet Chief of Army Staff General Qamar Javed Bajwa."),
    ),
    # anonymous speakers are never one
    (
        report(1, "It is over.", Voice(words="a senior official", actor="office")),
        report(2, "All is done.", Voice(words="a senior official", actor="office")),
    ),
    (report(1, "It is over, sources said."), report(2, "All is done, sources said.")),
    (report(1, "It is over, according to officials."), report(2, "All is done, according to officials.")),
    # different speakers
    (
        report(1, "It is over.", Voice(words="Moreno", actor="moreno")),
        report(2, "All is done.", Voice(words="Brandt", actor="brandt")),
    ),
    # two short sentences that anybody writes
    (report(1, "They met in Rome."), report(2, "They met in Rome.")),
    (report(1, "He left, Reuters reported."), report(2, "He left, AFP reported.")),
]  # fmt: skip


@pytest.mark.parametrize("reports", TWO, ids=range(len(TWO)))
def test_what_has_nothing_in_common_but_the_happening_is_two(reports):
    found = reckon(*reports)
    assert found.origins == (("a1",), ("a2",))
    assert (found.reasons, found.tally()) == ({}, "2 reports")


def test_who_says_it_in_public_is_heard_by_all():
    spoken = Participant(name="", role="agent", words="Moreno", actor="moreno")
    voice = Voice(words="Moreno", actor="moreno")
    fields = {"event_class": "announcement", "participants": (spoken,)}
    assert (
        len(reckon(report(1, "She is to go.", voice, **fields), report(2, "I will go.", voice, **fields)).origins) == 2
    )


def test_links_go_through_a_third_report_and_the_order_does_not_matter():
    reports = [
        report(1, "The envoy left, according to Reuters."),
        report(2, "She has gone home, AFP reported."),
        report(3, "She is gone, according to Reuters, and quoting AFP."),
        report(4, "Nobody is left there."),
    ]
    found = reckon(*reports)
    assert found.origins == (("a1", "a2", "a3"), ("a4",))
    assert set(found.reasons) == {"a2", "a3"}
    corpus = Corpus(
        settings=Settings(),
        articles=tuple(Article(id=f"a{n}", seed="", title=f"Title a{n}", published=parse(f"2021-03-0{n}")) for n in (3, 1, 4, 2)),
        entries=tuple(reports[::-1]),
        actors=ACTORS,
    )  # fmt: skip
    assert Origins(corpus).of(reports[::-1]) == found


@pytest.mark.parametrize(
    ("number", "passages", "words"),
    [(1, 1, "1 report"), (1, 2, "1 report, 2 passages"), (3, 4, "3 reports, 4 passages, 1 origin")],
)
def test_the_tally_in_words(number, passages, words):
    found = Independence(origins=(tuple(f"a{n}" for n in range(number)),), reasons={})
    assert found.tally(passages) == words


# --------------------------------------------------------------------------------------------- whole texts

WIRE = [
    "The two governments signed a treaty on fishing rights in the strait after nine months of talks.",
    "It lets boats of both countries work within twelve miles of either coast from next spring.",
    "Fishermen on the southern shore had asked for such a rule since the last one ran out.",
    "A commission of six members is to settle quarrels between crews before they come to court.",
    "Parliaments in both capitals still have to agree, and elections may delay the vote.",
]


def texts(*bodies: list[str], sketched: bool) -> list[Article]:
    """Articles with these sentences; `sketched`: as their files keep a sample of them."""
    found = []
    for at, body in enumerate(bodies):
        document, _ = read_text("\n\n".join(body), f"a{at}.txt")
        assert document is not None
        found.append(
            Article(id=f"a{at}", seed="", published=parse("2021-03-01"), sketch=sketch(document) if sketched else "")
        )
    return found


def entries_of(*bodies: list[str]) -> list[Entry]:
    return [
        Entry(id=f"e-{at}-{n}", article=f"a{at}", quote=quote, word="", event_class="act", label="")
        for at, body in enumerate(bodies)
        for n, quote in enumerate(body)
    ]


def test_a_copy_is_known_by_its_quotations_though_words_are_changed():
    copy = [sentence.replace("the", "this") if n % 2 else sentence for n, sentence in enumerate(WIRE)]
    own = ["The city council has closed the old bridge for repairs that will take most of the summer months."]
    found = find_copies(texts(WIRE, copy, own * 1, sketched=False), entries_of(WIRE, copy, own))
    assert found == {"a0": "a0", "a1": "a0"}


def test_one_sentence_in_common_makes_no_copy():
    other = [
        WIRE[0],
        *(f"Nothing that is told in sentence number {n} stands anywhere in the first text." for n in "abcd"),
    ]
    assert find_copies(texts(WIRE, other, sketched=False), entries_of(WIRE, other)) == {}


def test_a_sketch_tells_a_copy_that_has_no_entry_in_common():
    cut = WIRE[:4]
    assert find_copies(texts(WIRE, cut, sketched=True), []) == {"a0": "a0", "a1": "a0"}


def test_sketches_are_as_long_as_reading_makes_them():
    assert SAMPLED == _SKETCH


def test_a_thousand_copies_are_one_origin():
    entries = [report(n, AGREED) for n in range(1, 1001)]
    articles = tuple(Article(id=f"a{n}", seed="", source=f"Outlet {n}") for n in range(1, 1001))
    found = Origins(Corpus(settings=Settings(), articles=articles, entries=tuple(entries))).of(entries)
    assert found.tally() == "1000 reports, 1 origin"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (AGREED, QUOTED, True),
        (
            "The army chief reiterated that peace in Afghanistan is important for Pakistan and assured continued efforts for bringing peace and stability in the region.",
            "Army chief Gen. Bajwa told Khalilzad that peace in Afghanistan is important for Pakistan, and assured him of continued efforts for bringing peace in the region.",
            True,
        ),
        ("The council met in Rome on Monday.", "THE COUNCIL MET IN ROME ON MONDAY", True),
        ("They met.", "They met.", False),
        ("", "", False),
    ],
)  # fmt: skip
def test_nearly_equal_sentences(one, other, same):
    assert near_equal(one, other) is near_equal(other, one) is same


def test_the_cost_of_copies_grows_with_their_number(monkeypatch):
    """The same article with other outlets and headlines: compared by counts, since a clock tells nothing here."""
    calls = []
    real = shingles._near
    monkeypatch.setattr(shingles, "_near", lambda *of: calls.append(of) or real(*of))
    counts = []
    for number in (250, 1000):
        calls.clear()
        bodies = [
            [*WIRE, f"The outlet of number {n} adds this one line, and nobody else has it."] for n in range(number)
        ]
        articles = tuple(
            Article(id=f"a{n}", seed="", title=f"Headline {n}", source=f"Outlet {n}", published=parse("2021-03-01"))
            for n in range(number)
        )
        entries = tuple(entries_of(*bodies))
        told = [entry for entry in entries if entry.id.endswith("-0")]
        found = Origins(Corpus(settings=Settings(), articles=articles, entries=entries)).of(told)
        assert found.tally() == f"{number} reports, 1 origin"
        counts.append(len(calls))
    assert counts[1] <= 5 * max(counts[0], 1)
    assert counts[1] <= 1000 * 6 * shingles.CANDIDATES
