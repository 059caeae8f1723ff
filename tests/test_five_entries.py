"""Each thing that the five articles tell, as an editor reads it: its class, day, course, doers, speaker and stance.

What is expected was thought out from the texts; "" is no day, and an empty set nobody who is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dateline.model import Entry
from dateline.when import format
from test_five_matters import RECOGNISERS, tracker

pytestmark = pytest.mark.parametrize("recogniser", RECOGNISERS)


@dataclass(frozen=True)
class Told:
    """What an article tells: the words that its label holds, and what is to be found of it."""

    article: str
    words: tuple[str, ...]
    classes: tuple[str, ...]
    when: str = ""
    course: str = "occurred"
    negated: bool = False
    doers: frozenset[str] = frozenset()
    affected: frozenset[str] = frozenset()
    counterparts: frozenset[str] = frozenset()
    voice: tuple[str, str] | None = None
    place: str | None = field(default=None)
    """None where it does not matter here."""

    def __str__(self) -> str:
        return f"{self.article}: {' … '.join(self.words)}"


def who(*ids: str) -> frozenset[str]:
    return frozenset(ids)


US, PAKISTAN, TALIBAN, AFGHANISTAN = "united-states", "pakistan", "taliban", "afghanistan"
KHALILZAD, BAJWA, SADIQ, NAEEM = "zalmay-khalilzad", "qamar-javed-bajwa", "mohammad-sadiq", "mohammad-naeem"
WEEK = "[2021-04-19..2021-04-25]"
ANALYST = ("Amjad Shoaib", "states")

TOLD = [
    # 000: a week of April 2021
    Told("000", ("visit to Kabul",), ("visit",), WEEK, doers=who(SADIQ, PAKISTAN), place="Kabul"),
    Told("000", ("Pakistan has assured",), ("agreement",), WEEK, doers=who(PAKISTAN), affected=who(AFGHANISTAN)),
    Told("000", ("Afghan authorities requested",), ("demand",), WEEK, doers=who(AFGHANISTAN), affected=who(PAKISTAN)),
    Told("000", ("postponed twice",), ("postponement",), course="postponed"),
    Told("000", ("rescheduled",), ("postponement",), course="postponed"),
    Told("000", ("not join the conference",), ("attendance",), course="planned", negated=True, doers=who(TALIBAN)),
    Told("000", ("announced that all US troops",), ("announcement",), "[2021-04-12..2021-04-18]", doers=who("joe-biden")),
    Told(
        "000", ("All US troops to pull out",), ("withdrawal",), "../2021-09-11", "planned",
        doers=who(US), voice=("Biden", "states"),
    ),
    Told("000", ("drawdown to begin",), ("withdrawal",), "2021-05-01", "planned"),
    Told("000", ("brokering the Doha deal",), ("agreement",), "2020-02", doers=who(PAKISTAN)),
    # 001: 29 April 2021
    Told("001", ("One delegation already arrived",), ("travel",), "2021-04-28"),
    Told(
        "001", ("Another delegation", "travel to Doha on Thursday"), ("travel",), "2021-04-29", "planned",
        doers=who(SADIQ), place="Doha",
    ),
    Told("001", ("Istanbul conference was postponed",), ("postponement",), course="postponed", voice=("The report", "states")),
    Told("001", ("Taliban has refused", "any peace conference that comes before"), ("refusal",), doers=who(TALIBAN)),
    Told("001", ("agreement was signed in Doha",), ("agreement",), "2020-02", place="Doha"),
    Told(
        "001", ("Qatar, Turkey and the UN said",), ("statement",), "2021-04-29",
        doers=who("qatar", "turkey", "united-nations"),
    ),
    Told("001", ("agreed to postpone the conference",), ("agreement",), voice=("Qatar, Turkey and the UN", "states")),
    Told("001", ("Naeem told Al Araby TV",), ("statement",), "[2021-04-01..2021-04-28]", doers=who(NAEEM)),
    Told(
        "001", ("The withdrawal of foreign forces will take place",), ("withdrawal",), "[2021-04-21..2021-04-30]", "planned",
        voice=("Mohammad Naeem", "states"),
    ),
    Told(
        "001", ("Biden would withdraw",), ("withdrawal",), "../2021-09-11", "planned",
        doers=who("joe-biden"), affected=who(US), voice=("Joe Biden", "states"),
    ),
    # 002: 7 March 2021
    Told("002", ("attend a crucial meeting",), ("meeting",), "[2021-03-08..2021-03-31]", "planned", doers=who(PAKISTAN)),
    Told("002", ("Moscow hosted", "in 2018"), ("meeting",), "2018", doers=who("russia")),
    Told("002", ("talks that began in Doha",), ("talks",), "2020-09", place="Doha"),
    Told("002", ("Kabulov recently visited Islamabad",), ("visit",), doers=who("zamir-kabulov"), place="Islamabad"),
    Told(
        "002", ("US and Afghan government have accused",), ("accusation",), "2021-03-07",
        doers=who(US, AFGHANISTAN), affected=who(TALIBAN),
    ),
    Told("002", ("Taliban rejected the allegations",), ("refusal", "denial"), "2021-03-07", doers=who(TALIBAN)),
    Told("002", ("Kabulov said", "flawlessly implemented"), ("statement",), "2021-03-07", doers=who("zamir-kabulov")),
    Told("002", ("accused the US",), ("accusation",), "2021-03-07", doers=who("zamir-kabulov"), affected=who(US)),
    Told(
        "002", ("US and NATO may not withdraw",), ("withdrawal",), "../2021-05-01", "hypothetical", negated=True,
        doers=who(US, "nato"), voice=("the US and NATO", "states"),
    ),
    # 003: 17 January 2019
    Told("003", ("Khalilzad arrived in Islamabad",), ("travel",), "2019-01-17", doers=who(KHALILZAD), place="Islamabad"),
    Told("003", ("delegation-level meeting with the foreign secretary",), ("meeting",), "2019-01-17", doers=who(KHALILZAD)),
    Told(
        "003", ("US delegation", "also met", "Bajwa"), ("meeting",), "2019-01-17",
        doers=who(US, KHALILZAD, "austin-scott-miller", "resolute-support-mission"), counterparts=who(BAJWA),
    ),
    Told("003", ("briefed the Pakistani side",), ("statement",), "2019-01-17", doers=who(KHALILZAD), affected=who(PAKISTAN)),
    Told("003", ("Direct talks", "Abu Dhabi"), ("talks",), "2018-12", doers=who(TALIBAN, US), place="Abu Dhabi"),
    Told("003", ("Meetings held between",), ("meeting",), "2019-01-17", doers=who(PAKISTAN), counterparts=who(US)),
    Told("003", ("rescheduled almost four times",), ("postponement",), course="postponed", voice=("Reports", "claims")),
    Told("003", ("visit to Islamabad was delayed",), ("postponement",), course="postponed", voice=("the sources", "states")),
    Told("003", ("Arrest of a senior Taliban figure",), ("arrest",), affected=who(TALIBAN)),
    Told("003", ("A senior Taliban figure’s subsequent release",), ("release",), affected=who(TALIBAN)),
    Told(
        "003", ("Daudzai’s visit to Pakistan",), ("visit",), "[2019-01-07..2019-01-13]",
        doers=who("mohammad-omer-daudzai"), place="Pakistan",
    ),
    Told("003", ("talks held in Moscow",), ("talks",), voice=ANALYST, place="Moscow"),
    Told("003", ("Russians had also invited",), ("invitation",), doers=who("russia"), affected=who(AFGHANISTAN), voice=ANALYST),
    Told("003", ("Taliban objected to Kabul’s",), ("refusal",), doers=who(TALIBAN), voice=ANALYST),
    Told("003", ("Afghan government chose not to send",), ("decision",), doers=who(AFGHANISTAN), voice=ANALYST),
    Told("003", ("Afghan High Peace Council was sent",), ("deployment",), voice=ANALYST),
    # 004: 17 January 2019
    Told(
        "004", ("Khalilzad on Thursday held talks",), ("talks",), "2019-01-17",
        doers=who(KHALILZAD), counterparts=who("tehmina-janjua", BAJWA),
    ),
    Told("004", ("visited China and Afghanistan",), ("visit",), doers=who(KHALILZAD), place="China"),
    Told(
        "004", ("held talks with the Afghan Taliban",), ("talks",), "2018-12",
        doers=who(KHALILZAD), counterparts=who(TALIBAN), place="Abu Dhabi",
    ),
    Told("004", ("second round", "Jeddah"), ("talks",), course="cancelled", place="Jeddah"),
    Told("004", ("Taliban pulled out of the talks",), ("withdrawal",), doers=who(TALIBAN)),
    Told(
        "004", ("Taliban would only speak to the US",), ("talks",), "", "planned",
        doers=who(TALIBAN), counterparts=who(US), voice=("Taliban", "claims"),
    ),
    Told(
        "004", ("Khan talked to", "Munter"), ("talks",), "2019-01-17",
        doers=who("imran-khan"), counterparts=who("cameron-munter"),
    ),
    Told("004", ("Bajwa told Khalilzad",), ("statement",), "2019-01-17", doers=who(BAJWA), affected=who(KHALILZAD)),
    Told("004", ("Both sides agreed",), ("agreement",), voice=("a Foreign Office statement", "states")),
]  # fmt: skip


def entries(recogniser: str, article: str) -> list[Entry]:
    return [entry for entry in tracker(recogniser)[1].entries if entry.article == article]


def parts(entry: Entry, role: str) -> frozenset[str]:
    return frozenset(part.actor for part in entry.participants if part.role == role)


@pytest.mark.parametrize("told", TOLD, ids=str)
def test_entry(recogniser: str, told: Told) -> None:
    found = [entry for entry in entries(recogniser, told.article) if all(word in entry.label for word in told.words)]
    found = [entry for entry in found if entry.event_class in told.classes]
    assert len(found) == 1, [entry.label for entry in entries(recogniser, told.article)]
    (entry,) = found
    assert format(entry.when) == told.when
    assert (entry.course, entry.negated) == (told.course, told.negated)
    voice = (entry.voice.words, entry.voice.stance) if entry.voice else None
    assert voice == told.voice
    found_parts = (parts(entry, "agent"), parts(entry, "counterpart"))
    assert found_parts == (told.doers, told.counterparts)
    assert told.affected <= parts(entry, "affected")
    assert told.place in (None, entry.place)


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("002", "were not implementing"),  # what the Taliban reject; they do so in an entry of its own
        ("003", "may backfire"),  # what the analyst thinks
        ("003", "needs to review"),
        ("003", "looked in panic"),
        ("003", "bullied"),
        ("003", "arm-twisting"),
        ("003", "US pressure"),
        ("003", "Taliban added"),
        ("001", "US completely withdraws its forces from Afghanistan"),  # but as what the refusal waits for
    ],
)
def test_nothing_happens_that_is_only_thought_or_denied(recogniser: str, article: str, words: str) -> None:
    labels = [
        entry.label for entry in entries(recogniser, article) if entry.event_class not in ("statement", "refusal")
    ]
    assert not [label for label in labels if words in label]


def test_no_label_opens_with_a_word_that_names_nobody(recogniser: str) -> None:
    openers = ("They ", "It ", "This ", "That ", "He ", "She ", "His ", "Her ", "Their ", "Chose ")
    named = [entry for entry in tracker(recogniser)[1].entries if entry.label.startswith(openers)]
    # "It has been agreed": who agreed, the text does not say.
    assert [entry.label for entry in named if not entry.label.startswith("It has been agreed")] == []


def test_a_claim_keeps_its_speaker(recogniser: str) -> None:
    (quote,) = {entry.quote for entry in entries(recogniser, "003") if "he said and added" in entry.quote}
    claims = [entry for entry in entries(recogniser, "003") if entry.quote == quote]
    assert {entry.voice.words for entry in claims if entry.voice} == {"Amjad Shoaib"}
    assert all(entry.voice for entry in claims)


def test_what_is_planned_is_planned(recogniser: str) -> None:
    corpus = tracker(recogniser)[1]
    published = {article.id: article.published for article in corpus.articles}
    ahead = [
        entry
        for entry in corpus.entries
        if entry.when.start is not None and entry.when.first_day > published[entry.article].last_day
    ]
    assert ahead
    assert {entry.course for entry in ahead} <= {"planned", "postponed", "hypothetical"}
