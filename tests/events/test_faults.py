"""What was read wrongly once, and must not be again."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.model import Entry
from dateline.when import format


def of(text: str) -> dict[str, Entry]:
    return {entry.word: entry for entry in read(text).entries}


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        (
            "Ada Moreno met Tom Brandt two days after the attack of May 2020.",
            "met",
            "Ada Moreno met Tom Brandt two days after the attack of May 2020",
        ),
        (
            "Ada Moreno, who heads the government in Lima, announced a reform on Monday.",
            "announced",
            "Ada Moreno announced a reform on Monday",
        ),
        ("Moreno slept. Brandt ended it by unveiling the plan.", "unveiling", "Brandt unveiled the plan"),
        ("Moreno returned to Lima to reveal the plan.", "reveal", "Moreno revealed the plan"),
        (
            "Acme confirmed that Ada Moreno had left the firm in May, but did not announce a successor.",
            "announce",
            "Acme did not announce a successor",
        ),
        (
            "Ada Moreno met the chief of the treasury (COAS) in Oslo.",
            "met",
            "Ada Moreno met the chief of the treasury (COAS) in Oslo",
        ),
        (
            "Acme has twice sued Borealis over its use of the “Star” name.",
            "sued",
            "Acme has twice sued Borealis over its use …",
        ),
        (
            "After months of talks, Acme sold its mine during the May holidays.",
            "sold",
            "Acme sold its mine during the May holidays",
        ),
    ],
)
def test_labels_are_whole(text: str, word: str, label: str) -> None:
    assert of(text)[word].label == label


def test_what_is_denied_is_the_deniers_word() -> None:
    entry = of("Tom Brandt is denying reports that the army had ordered residents to leave Lima.")["ordered"]
    assert entry.voice is not None
    assert (entry.voice.words, entry.voice.stance) == ("Tom Brandt", "denies")
    assert entry.label.endswith(", which Tom Brandt denies")


def test_a_rejected_claim_is_rejected_by_who_rejects_it() -> None:
    found = of("Brandt claimed that Moreno had stolen the papers, a claim her office rejected on Monday.")
    assert found["stolen"].voice is not None
    assert found["stolen"].voice.stance == "claims"
    assert found["rejected"].voice is None


def test_the_day_of_an_announcement_is_not_that_of_the_plan() -> None:
    found = of("Norway is to send a ship, his office announced on Monday.")
    assert not found["send"].when.known
    assert format(found["announced"].when) == "2021-04-26"


def test_a_former_date_is_not_the_date() -> None:
    entry = of("The summit between Peru and Norway, first set for May, has been postponed.")["postponed"]
    assert "May" not in entry.when_words


def test_a_search_for_survivors_is_no_arrest() -> None:
    assert of("Crews in Lima searched for survivors on Monday.") == {}


def test_a_passive_he_is_nobody_where_two_are_meant() -> None:
    entry = of("Acme arrested Brandt. Moreno praised Brandt. He was released on Monday.")["released"]
    assert (entry.participants, entry.label) == ((), "He was released on Monday")


def test_the_quoted_he_is_not_who_is_quoted() -> None:
    entry = of("Noor slept. Moreno said: “Later he bought the mine in Norway in May.”")["bought"]
    assert [p.name for p in entry.participants if p.role == "agent"] == []


def test_an_age_is_no_end_of_the_subject() -> None:
    entry = of("Ada Moreno, aged 55, has visited Oslo on Monday.")["visited"]
    assert [p.name for p in entry.participants if p.role == "agent"] == ["Ada Moreno"]


def test_deeds_have_no_need_of_a_class() -> None:
    found = of("Brandt obtained a copy of the plan in May. He believed it. Acme based in Oslo owned a mine.")
    assert found["obtained"].event_class == "act"
    assert found["obtained"].label == "Brandt obtained a copy of the plan in May"
    assert {"believed", "based", "owned"}.isdisjoint(found)


def test_who_was_killed_need_not_be_named() -> None:
    assert of("Ten people were killed at a market.")["killed"].event_class == "death"
    assert of("A boy bought ten coins at a market.") == {}


@pytest.mark.parametrize("text", ["Brandt met Moreno. This was decided.", "Brandt slept. Moreno stated."])
def test_a_row_tells_what_it_is_about(text: str) -> None:
    assert {"decided", "stated"}.isdisjoint(of(text))


def test_a_word_before_that_does_not_end_the_saying() -> None:
    found = of("Moreno, like many others, said in the House that Norway had signed the deal.")
    assert found["said"].label == "Moreno said in the House that Norway had signed the deal"


def test_a_year_of_a_series_is_no_date_of_what_happens_there() -> None:
    assert format(of("Brandt met Moreno at the Oslo Show 2018.")["met"].when) == "2021-04-29"
    assert format(of("Brandt met Moreno in 2018.")["met"].when) == "2018"


def test_a_line_with_nothing_but_a_date_is_not_the_day_of_the_news() -> None:
    reading = read("yesterday\nMoreno met Brandt. The two signed a deal on Monday.")
    assert format(next(e for e in reading.entries if e.word == "met").when) == "2021-04-26?"


@pytest.mark.parametrize(
    "text",
    [
        "«We left Norway in May,» Moreno said.",
        "„We left Norway in May“, Moreno said.",
        "‘We left Norway in May,’ Moreno said.",
        "``We left Norway in May,'' Moreno said.",
        "「We left Norway in May」 Moreno said.",
        '"We left Norway in May," Moreno said.',
        "Moreno said: “We left Norway in May.",
    ],
)
def test_every_kind_of_quotation_mark_gives_the_speaker(text: str) -> None:
    voice = of(text)["left"].voice
    assert voice is not None
    assert (voice.words, voice.stance) == ("Moreno", "states")


def test_single_marks_around_some_words_quote_nobody() -> None:
    entry = of("Moreno left the ‘Norway group’ in May and met Brandt.")["met"]
    assert entry.voice is None


def test_what_is_said_without_that_is_not_done_by_who_says_it() -> None:
    found = of("Tom Brandt, the foreign minister, says talks will resume in May.")
    assert found["says"].label == "Tom Brandt says talks will resume in May"
    assert (found["talks"].label, found["talks"].course) == ("Talks will resume in May", "planned")
    assert [(p.name, p.role) for p in found["talks"].participants] == [("Tom Brandt", "speaker")]


def test_a_question_tells_nothing() -> None:
    assert of("Did Moreno sign the deal with Norway in May?") == {}
    assert "left" in of("“Why has Brandt left Norway?” Moreno said.")


def test_adding_a_thing_is_no_saying() -> None:
    assert of("Acme added a wing to its mine in May.")["added"].event_class == "change"
    found = of("Moreno added that Acme had sold its mine. Brandt added: “We left Norway.”")
    assert [e.event_class for e in found.values() if e.word == "added"] == ["statement"]


def test_what_is_prompted_happens() -> None:
    entry = of("Acme sold its mine, prompting Borealis to sue Acme in May.")["sue"]
    assert (entry.course, entry.label) == ("occurred", "Borealis sued Acme in May")


def test_said_and_added_that_leaves_the_quotation_its_speaker() -> None:
    found = of("“Norway left the talks in May,” Moreno said and added that Peru would leave too.")
    assert found["left"].voice is not None
    assert found["left"].voice.words == "Moreno"


def test_a_quotation_without_a_speaker_is_not_the_articles_own_word() -> None:
    voice = of("“Norway signed the deal with Peru in May.” The hall fell silent.")["deal"].voice
    assert voice is not None
    assert (voice.words, voice.name) == ("a speaker who is not named", "")
    assert of("Norway “signed the deal” with Peru in May.")["deal"].voice is None


def test_who_comes_behind_a_but_is_no_part_of_the_place() -> None:
    entry = of("The second round was to take place in Oslo but Taliban pulled out of the talks in May.")[
        "pulled out of"
    ]
    assert [(p.name, p.role) for p in entry.participants if p.role == "agent"] == [("Taliban", "agent")]


def test_there_is_nobody_who_says() -> None:
    voice = of("There are reports that Norway signed the deal with Peru in May.")["deal"].voice
    assert voice is not None
    assert voice.words == "reports"


def test_by_before_the_verb_names_who_leads_and_not_who_postpones() -> None:
    met = of("The delegation headed by Moreno met Brandt in Oslo on Monday.")["met"]
    assert ("Ada Moreno", "agent") in [(p.name, p.role) for p in met.participants]
    held = of("The conference hosted by Norway and Peru was postponed in May.")["postponed"]
    assert [p for p in held.participants if p.role == "agent"] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "A study published in May by Acme warned that the dam would burst.",
            "A study was published in May by Acme",
        ),
        ("Ada Moreno criticised her because she had lied.", "Ada Moreno criticised her"),
    ],
)
def test_labels_end_where_their_clause_ends(text: str, label: str) -> None:
    assert label in {entry.label for entry in read(text).entries}
