"""What one article tells: words, dates, doers, course, voice."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.model import Entry
from dateline.when import format


def only(text: str, word: str) -> Entry:
    found = [entry for entry in read(text).entries if entry.word == word]
    assert len(found) == 1, [entry.word for entry in read(text).entries]
    return found[0]


def roles(entry: Entry) -> dict[str, str]:
    return {participant.name: participant.role for participant in entry.participants}


@pytest.mark.parametrize(
    ("text", "word", "event_class"),
    [
        ("Ada Moreno visited Oslo on Monday.", "visited", "visit"),
        ("Acme acquired Borealis.", "acquired", "merger"),
        ("Acme held talks with Borealis in Lima.", "talks", "talks"),
        ("Peru and Norway signed an agreement.", "agreement", "agreement"),
        ("Tom Brandt was arrested in Lima.", "arrested", "arrest"),
        ("Rovers beat Acme on Monday.", "beat", "victory"),
        ("An earthquake struck Lima on Monday.", "earthquake", "disaster"),
        ("Acme laid off 400 workers.", "laid off", "layoff"),
        ("Brandt’s resignation surprised Oslo.", "resignation", "departure"),
        ("The trial of Tom Brandt began on Monday.", "trial", "trial"),
    ],
)
def test_happenings_are_found_with_their_class(text: str, word: str, event_class: str) -> None:
    assert event_class in {entry.event_class for entry in read(text).entries if word in entry.word}


@pytest.mark.parametrize(
    "text",
    [
        "Peru feels that Norway is an important player.",
        "Acme is a large firm in Lima.",
        "Acme wants to buy Borealis.",
        "If Acme buys Borealis, Norway would gain.",
        "Chances of talks between Peru and Norway are slim.",
        "Acme usually sells phones in Peru.",
        "# Acme buys Borealis",
        "Ada Moreno left three people dead.",
    ],
)
def test_opinion_wish_habit_and_heading_are_no_happenings(text: str) -> None:
    assert read(text).entries == ()


def test_quotation_and_word_stand_at_their_offsets() -> None:
    reading = read("Noor slept. Ada Moreno visited Oslo on Monday. Brandt stayed.\nAcme sold its mine.")
    text = reading.document.text
    assert [entry.word for entry in reading.entries] == ["visited", "sold"]
    for entry in reading.entries:
        assert entry.quote_at is not None
        assert entry.word_at is not None
        assert text[entry.quote_at.start : entry.quote_at.end] == entry.quote
        assert text[entry.word_at.start : entry.word_at.end] == entry.word
        assert text[: entry.quote_at.start].endswith(entry.prefix)
        assert text[entry.quote_at.end :].startswith(entry.suffix)
    assert reading.entries[0].quote == "Ada Moreno visited Oslo on Monday."


@pytest.mark.parametrize(
    ("text", "word", "when", "basis"),
    [
        ("Ada Moreno visited Oslo on Monday.", "visited", "2021-04-26", "relative"),
        ("Moreno praised the talks held in Oslo last month.", "praised", "2021-04-29", "reported"),
        ("Acme sold its mine.", "sold", "2021-04-29", "reported"),
        ("Acme had sold its mine.", "sold", "", ""),
        ("Acme will sell its mine in May.", "sell", "2021-05", "relative"),
        ("Acme will sell its mine.", "sell", "", ""),
    ],
)
def test_date_comes_from_the_nearest_fitting_expression(text: str, word: str, when: str, basis: str) -> None:
    entry = only(text, word)
    assert (format(entry.when), entry.when_basis) == (when, basis)


def test_date_inside_the_noun_phrase_belongs_to_the_noun() -> None:
    entries = {
        entry.word: entry for entry in read("Moreno praised the talks held with Acme in Oslo last month.").entries
    }
    assert format(entries["talks"].when) == "2021-03"


def test_without_publication_date_nothing_is_dated_by_the_report() -> None:
    assert [format(e.when) for e in read("Acme sold its mine.", published="").entries] == [""]


def test_what_follows_a_dated_deed_takes_its_day_with_a_doubt() -> None:
    entries = read("Yesterday was busy. Moreno visited Oslo yesterday.\nMoreno met Brandt.").entries
    assert [(e.word, format(e.when), e.when_basis) for e in entries] == [
        ("visited", "2021-04-28", "relative"),
        ("met", "2021-04-28?", "narrative"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "course", "negated"),
    [
        ("Acme sold its mine.", "sold", "occurred", False),
        ("Acme did not announce its results.", "announce", "occurred", True),
        ("Acme has never sold its mine.", "sold", "occurred", True),
        ("Acme will sell its mine.", "sell", "planned", False),
        ("Acme is expected to sell its mine.", "sell", "planned", False),
        ("Acme plans to sell its mine in May.", "sell", "planned", False),
        ("Acme may sell its mine in May.", "sell", "hypothetical", False),
        ("The Oslo summit was postponed.", "postponed", "postponed", False),
        ("Acme called off its tour of Peru.", "called off", "cancelled", False),
        ("The round was supposed to take place in Oslo but Acme declined.", "round", "cancelled", False),
        ("The court forced Acme to sell its mine.", "sell", "occurred", False),
        ("Acme failed to sell its mine.", "sell", "occurred", True),
    ],
)
def test_course_and_negation(text: str, word: str, course: str, negated: bool) -> None:
    text = text.replace("The round", "The second round")
    entry = only(text, word)
    assert (entry.course, entry.negated) == (course, negated)


@pytest.mark.parametrize(
    ("text", "word", "parts", "place"),
    [
        ("Acme bought Borealis.", "bought", {"Acme": "agent", "Borealis": "affected"}, ""),
        ("Borealis was bought by Acme.", "bought", {"Acme": "agent", "Borealis": "affected"}, ""),
        ("Moreno met Brandt in Oslo.", "met", {"Ada Moreno": "agent", "Tom Brandt": "counterpart"}, "Oslo"),
        (
            "Moreno held talks with Brandt in Lima.",
            "talks",
            {"Ada Moreno": "agent", "Tom Brandt": "counterpart"},
            "Lima",
        ),
        ("Moreno visited Peru.", "visited", {"Ada Moreno": "agent"}, "Peru"),
        ("Brandt’s visit to Oslo this week was short.", "visit", {"Tom Brandt": "agent"}, "Oslo"),
        ("Peru and Norway signed a pact.", "pact", {"Peru": "agent", "Norway": "agent"}, ""),
    ],
)
def test_parts_and_place(text: str, word: str, parts: dict[str, str], place: str) -> None:
    entry = only(text, word)
    assert roles(entry) == parts
    assert entry.place == place


def test_he_is_the_person_of_the_sentence_before() -> None:
    entries = read("Ada Moreno visited Oslo on Monday. She praised Acme.").entries
    assert roles(entries[1])["Ada Moreno"] == "agent"


@pytest.mark.parametrize(
    ("text", "word", "words", "name", "stance"),
    [
        ("Moreno said that Acme sold its mine.", "sold", "Moreno", "Ada Moreno", "states"),
        ("Acme sold its mine, Moreno said.", "sold", "Moreno", "Ada Moreno", "states"),
        ("“Acme sold its mine on Monday,” said Moreno.", "sold", "Moreno", "Ada Moreno", "states"),
        ("Moreno claimed that Acme sold its mine.", "sold", "Moreno", "Ada Moreno", "claims"),
        ("Moreno denied that Acme sold its mine.", "sold", "Moreno", "Ada Moreno", "denies"),
        ("According to Moreno, Acme sold its mine.", "sold", "Moreno", "Ada Moreno", "states"),
        ("A senior official said that Acme sold its mine.", "sold", "A senior official", "", "states"),
        ("The statement noted that Acme sold its mine.", "sold", "The statement", "", "states"),
    ],
)
def test_voice(text: str, word: str, words: str, name: str, stance: str) -> None:
    voice = only(text, word).voice
    assert voice is not None
    assert (voice.words, voice.name, voice.stance) == (words, name, stance)


def test_a_quotation_that_runs_on_keeps_its_speaker() -> None:
    entries = read("“Acme sold its mine on Monday. Acme closed its shop on Monday,” Moreno said.").entries
    voices = {entry.word: entry.voice.name for entry in entries if entry.voice}
    assert voices == {"sold": "Ada Moreno", "closed": "Ada Moreno"}


@pytest.mark.parametrize(
    ("text", "word", "doers"),
    [
        ("Moreno told Brandt that peace is vital, and assured him of help.", "assured", {"Ada Moreno"}),
        ("Moreno said that peace is vital and promised help.", "promised", {"Ada Moreno"}),
        ("Moreno, talking to Acme president Tom Brandt, said: “We visited Oslo.”", "said", {"Ada Moreno"}),
        ("Moreno and Brandt said on Monday that they visited Oslo.", "said", {"Ada Moreno", "Tom Brandt"}),
        ("Peru, Norway and Turkey said on Monday that they visited Oslo.", "said", {"Peru", "Norway", "Turkey"}),
    ],
)
def test_who_says_it_and_who_acts_beside_a_saying(text: str, word: str, doers: set[str]) -> None:
    entry = only(text, word)
    assert {name for name, role in roles(entry).items() if role == "agent"} == doers
    assert entry.voice is None


def test_several_who_say_it_together_are_its_voice() -> None:
    voice = only("Peru, Norway and Turkey said on Monday that Brandt visited Oslo.", "visited").voice
    assert voice is not None
    assert voice.words == "Peru, Norway and Turkey"


def test_he_says_who_the_sentence_before_is_about() -> None:
    text = "Brandt said it was late. Moreno, who denies it, left Acme on Monday. “Oslo bought the mine,” she told Noor."
    entries = {entry.word: entry for entry in read(text).entries}
    assert entries["left"].voice is None
    assert {name for name, role in roles(entries["told"]).items() if role == "agent"} == {"Ada Moreno"}
    assert entries["bought"].voice is not None
    assert entries["bought"].voice.name == "Ada Moreno"


def test_own_words_of_the_report_have_no_voice() -> None:
    assert only("Acme sold its mine.", "sold").voice is None


def test_what_a_named_person_says_is_an_entry_and_a_source_is_none() -> None:
    assert [e.event_class for e in read("Moreno said it was late.").entries] == ["statement"]
    assert read("A source said it was late.").entries == ()
    assert read("Analyst Tom Brandt said it was late.").entries != ()


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("However, Acme sold its mine on Monday.", "sold", "Acme sold its mine on Monday"),
        ("Ada Moreno visited Oslo. She later met Brandt.", "met", "Moreno later met Brandt"),
        ("Moreno claimed that Acme sold its mine.", "sold", "Acme sold its mine, according to Moreno"),
        ("Brandt’s visit to Oslo this week was short.", "visit", "Brandt’s visit to Oslo this week"),
        ("Moreno said: “It was late.”", "said", "Moreno said: “It was late”"),
        ("Moreno told Brandt: “It was late.”", "told", "Moreno told Brandt: “It was late”"),
        ("Moreno said the group “barely” held on.", "said", "Moreno said the group barely held on"),
        ("Two men who robbed Acme were jailed on Monday.", "jailed", "Two men were jailed on Monday"),
        ("Two men who robbed Acme were jailed on Monday.", "robbed", "Two men robbed Acme"),
        ("Acme, 78, who met Brandt, left Oslo.", "met", "Acme met Brandt"),
    ],
)
def test_label_is_the_clause(text: str, word: str, label: str) -> None:
    text = text.replace("Ada Moreno visited Oslo. She", "Moreno slept. She")
    assert only(text, word).label == label


def test_lead_weighs_more_than_the_end_and_doubt_less_than_fact() -> None:
    lines = ["Acme sold its mine."] + ["Nothing else is new."] * 9 + ["Borealis sold its mine."]
    first, last = read("\n".join(lines)).entries
    assert 0 <= last.salience < first.salience <= 1
    assert only("Acme may sell its mine in May.", "sell").salience < only("Acme sold its mine in May.", "sold").salience


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "Acme",
        "“Acme sold its mine",
        "!!! ... ???",
        "Sold. Sold. Sold.",
        "q: Moreno\na: Acme",
        "’s ’s “ ” to",
        "ACME",
    ],
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    for entry in read(text).entries:
        assert entry.quote in text


def test_block_letters_are_read() -> None:
    assert read("MORENO VISITED OSLO. BRANDT SOLD ACME.").namings == ()


def test_a_sentence_told_ten_thousand_times_is_told_once() -> None:
    assert len(read("Moreno visited Oslo on Monday. " * 10_000).entries) == 1


def test_a_sentence_of_two_thousand_words_gives_few_entries() -> None:
    assert len(read("Moreno visited Oslo and met Acme, " * 330 + "too.").entries) <= 5
