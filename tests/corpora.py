"""Small corpora made by hand, modelled on news reports, for the tests of pages and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline import when
from dateline.model import (
    Actor,
    Alias,
    Article,
    Corpus,
    Entry,
    Event,
    Participant,
    Role,
    RoleHeld,
    Settings,
    Voice,
)


def article(id: str, published: str = "", **fields: object) -> Article:
    return replace(Article(id=id, seed=f"{id}.txt", published=when.parse(published)), **fields)


def entry(id: str, of: str, quote: str, word: str, label: str, date: str = "", **fields: object) -> Entry:
    known = Entry(id=id, article=of, quote=quote, word=word, label=label, event_class="talks", when=when.parse(date))
    return replace(known, **{"when_basis": "stated" if date else "", **fields})


def who(*parts: tuple[str, Role]) -> tuple[Participant, ...]:
    return tuple(Participant(name=id, role=role, words=id.title(), actor=id) for id, role in parts)


SHARED = "Pakistan and the United States on Thursday agreed to share responsibility for the Afghan peace process."
HELD = "Khalilzad on Thursday held talks with Foreign Secretary Tehmina Janjua and separately with army chief General Qamar Javed Bajwa."
POSTPONED = (
    "The conference in Turkey to be jointly hosted by Turkey, Qatar and UN has been postponed twice due to the "
    "Taliban’s refusal to join it."
)
TOLD = (
    "“The United States and the Taliban agreed that the withdrawal of foreign forces will take place at the end of "
    "April. This was something universally agreed upon,” Taliban Spokesman Mohammad Naeem told Al Araby TV earlier "
    "this month, following the White House announcement."
)

ARTICLES = (
    article(
        "assured",
        "[2021-04-19..2021-04-25]",
        title="Pakistan has assured Afghanistan that it will make all-out efforts",
        title_basis="generated",
        place="ISLAMABAD",
        published_basis="person",
    ),
    article("delegations", "2021-04-29", title="Pakistani officials are in Qatar for a meeting with Afghan and Taliban delegations", title_basis="generated", source="Doha News", published_basis="person"),
    article("share", "2019-01-17", title="Pakistan, US agree to ‘share responsibility’ for Afghan peace process", title_basis="text", source="Pakistan Today", byline="Mian Abrar", place="ISLAMABAD", url="https://www.example.org/share?a=1&b=2", published_basis="person"),
    article("forward", "2019-01-17", title="Pakistan, US Taking Afghan Peace Process Forward As Shared Responsibility", title_basis="text", source="PKONWEB", published_basis="person"),
    article("undated", "", title="An undated note", source="Doha News"),
)  # fmt: skip

ACTORS = (
    Actor(id="pakistan", name="Pakistan", kind="country", aliases=(Alias(name="Islamabad", articles=4, reason="the capital stands for its government"),)),
    Actor(id="united-states", name="United States", kind="country", aliases=(Alias(name="US", articles=5, reason="the same country"), Alias(name="Washington", articles=1, reason="the capital stands for its government"))),
    Actor(id="taliban", name="Taliban", kind="group"),
    Actor(id="khalilzad", name="Zalmay Khalilzad", kind="person", roles=(RoleHeld(words="US Special Representative for Afghanistan", articles=("forward", "share")),), aliases=(Alias(name="Khalilzad", articles=2, reason="family name"),)),
    Actor(id="janjua", name="Tehmina Janjua", kind="person", roles=(RoleHeld(words="Foreign Secretary", articles=("share", "forward")),)),
    Actor(id="bajwa", name="Qamar Javed Bajwa", kind="person", aliases=(Alias(name="Gen. Bajwa", articles=1, reason="family name with rank"),)),
    Actor(id="naeem", name="Mohammad Naeem", kind="person"),
    Actor(id="qatar", name="Qatar", kind="country"),
    Actor(id="turkey", name="Turkey", kind="country"),
    Actor(id="india", name="India", kind="country"),
    Actor(id="nobody", name="Never Seen", kind="person"),
)  # fmt: skip

EVENTS = (
    Event(id="istanbul-conference", label="Istanbul Conference", kind="occasion", event_class="conference", aliases=(Alias(name="the moot", articles=1),), place="Istanbul", part_of="afghan-peace-process"),
    Event(id="doha-deal", label="Doha deal", kind="instrument", event_class="agreement", when=when.parse("2020-02-29"), aliases=(Alias(name="Doha accord", articles=1), Alias(name="Doha agreement", articles=1)), part_of="afghan-peace-process"),
    Event(id="afghan-peace-process", label="Afghan peace process", kind="process", event_class="talks"),
)  # fmt: skip

ENTRIES = (
    entry("e-agree", "share", SHARED, "agreed", "Pakistan and the United States agree to share responsibility for the Afghan peace process", "2019-01-17", when_words="Thursday", when_basis="relative", when_reckoned="Thursday: 17 January 2019, the article’s own day", participants=who(("pakistan", "agent"), ("united-states", "counterpart")), events=("afghan-peace-process",), place="Islamabad", salience=0.9),
    entry("e-agree2", "forward", "According to reports, Pakistan and the United States have agreed to push for the ‘intra-Afghan dialogue’.", "agreed", "Pakistan and the US agree to push for the ‘intra-Afghan dialogue’", "2019-01", when_basis="narrative", happening="e-agree", participants=who(("pakistan", "agent"), ("united-states", "agent")), salience=0.4),
    entry("e-held", "forward", HELD, "held talks", "Khalilzad holds talks with Tehmina Janjua and General Bajwa", "2019-01-17", when_words="Thursday", when_basis="relative", participants=who(("khalilzad", "agent"), ("janjua", "counterpart"), ("bajwa", "counterpart")), salience=0.8),
    entry("e-dubai", "share", "He lauded Pakistan’s efforts in facilitating direct talks between the Taliban and the US in Abu Dhabi last month.", "talks", "Direct talks between the Taliban and the US in Abu Dhabi", "2018-12", when_words="last month", when_basis="relative", when_reckoned="last month: December 2018, reckoned from the article’s date, 17 January 2019", participants=who(("taliban", "agent"), ("united-states", "counterpart"), ("pakistan", "mentioned")), place="Abu Dhabi"),
    entry("e-leave", "share", "The veteran military analyst said that according to his assessment, the US wants to leave Afghanistan in haste but it also wanted to keep its military bases.", "leave", "The US wants to leave Afghanistan in haste", "", participants=who(("united-states", "agent")), voice=Voice(words="the veteran military analyst", stance="claims")),
    entry("e-postponed", "assured", POSTPONED, "postponed", "The Istanbul Conference is postponed a second time", "[2021-04-19..2021-04-25]", when_basis="reported", course="postponed", participants=who(("turkey", "agent"), ("qatar", "agent"), ("taliban", "affected")), events=("istanbul-conference",), salience=0.9),
    entry("e-postponed2", "delegations", "“It has been agreed to postpone the conference to a later date,” said Qatar, Turkey and the UN.", "postpone", "Qatar, Turkey and the UN agree to postpone the conference", "../2021-04-29", happening="e-postponed", course="postponed", participants=who(("qatar", "agent")), events=("istanbul-conference",), voice=Voice(words="Qatar, Turkey and the UN")),
    entry("e-naeem", "delegations", TOLD, "told", "The withdrawal of foreign forces was to take place at the end of April", "2021-04~", when_words="at the end of April", when_basis="stated", participants=who(("naeem", "speaker"), ("taliban", "agent"), ("united-states", "counterpart")), events=("doha-deal",), voice=Voice(words="Taliban Spokesman Mohammad Naeem", name="Mohammad Naeem", actor="naeem", stance="states")),
    entry("e-out", "assured", "After months of review, he last week announced that all US troops would pull out of Afghanistan by September 11.", "pull out", "All US troops pull out of Afghanistan", "../2021-09-11", when_words="by September 11", course="planned", participants=who(("united-states", "agent"))),
    entry("e-doha", "assured", "Pakistan has played a central role in brokering the Doha deal in February 2020.", "deal", "The Doha deal", "2020-02", when_words="February 2020", participants=who(("pakistan", "agent"), ("india", "mentioned")), events=("doha-deal",)),
    entry("e-doha2", "delegations", "The deal initially set May 1st as the deadline for the troop withdrawal.", "deal", "The deal sets May 1 as the deadline", "2020-03-01", happening="e-doha", events=("doha-deal",)),
    entry("e-attend", "undated", "The Taliban did not attend on Thursday.", "attend", "The Taliban attend", "", when_words="on Thursday", negated=True, participants=who(("taliban", "agent")), voice=Voice(words="a spokesman", stance="denies")),
)  # fmt: skip

CORPUS = Corpus(
    settings=Settings(
        title="Afghan peace process",
        description="Who met whom, and what was agreed, *before* the troops left. [Method](about.html)",
        recogniser="spacy",
        model="en_core_web_sm",
    ),
    articles=ARTICLES,
    entries=ENTRIES,
    actors=ACTORS,
    events=EVENTS,
    touched=frozenset({"e-held", "khalilzad"}),
)


def large_corpus(rows: int) -> Corpus:
    """One actor with so many happenings over three years, one event, one article for every thirty rows."""
    articles = tuple(
        article(f"a{n:03}", f"2021-{n % 12 + 1:02}", title=f"Report {n}", source="The Daily")
        for n in range(rows // 30 + 1)
    )
    entries = tuple(
        entry(
            f"e-{n:04}",
            articles[n // 30].id,
            f"On that day the council met for the {n}th time, and nothing was decided that had not been decided before.",
            "met",
            f"The council meets for the {n}th time",
            f"{2019 + n * 3 // rows}-{n % 12 + 1:02}-{n % 28 + 1:02}" if n % 10 else "",
            participants=who(("council", "agent"), (f"member-{n % 7}", "counterpart")),
            events=("session",),
        )
        for n in range(rows)
    )  # fmt: skip
    members = tuple(Actor(id=f"member-{n}", name=f"Member {n}", kind="person") for n in range(7))
    return Corpus(
        settings=Settings(title="The council"),
        articles=articles,
        entries=entries,
        actors=(Actor(id="council", name="The Council", kind="organisation"), *members),
        events=(Event(id="session", label="Sessions", kind="process", event_class="meeting"),),
    )


TOLD = (
    ("strike", "protest", "strike", "Dockers at pier {n} lay down their work over night shifts"),
    ("deal", "agreement", "signed", "Union and city sign a paper on wages for crane drivers, clause {n}"),
    ("law", "decision", "adopts", "The council adopts section {n} of the harbour bill"),
    ("strike", "arrest", "arrested", "Police arrest {n} pickets at the northern gate"),
    ("", "statement", "says", "The mayor says that berth {n} stays open"),
    ("deal", "talks", "talks", "Round {n} of talks on pensions opens in the old customs house"),
    ("", "visit", "visits", "Inspectors from the capital visit warehouse {n}"),
    ("law", "criticism", "criticises", "A shipowner criticises paragraph {n} as unworkable"),
    ("", "accident", "capsizes", "Barge number {n} capsizes in fog, and the crew swims ashore"),
    ("strike", "violence", "clash", "Clashes near tower {n} leave windows broken"),
)  # fmt: skip
STEP, SILENCE = 9, 230
"""Days between two happenings of a story, and how many more pass once."""


def story_corpus(rows: int) -> Corpus:
    """A dispute in a port with so many happenings, in which ten kinds of things come round.

    Every ninth has no date, every eleventh only a month, every thirteenth is planned, every tenth has two reports and
    every twenty-fifth a copy as well; after two fifths of the story nothing is told for more than seven months.
    """
    story = [when.format(when.day(_day_of(n, rows))) for n in range(rows)]
    articles = [
        article(
            f"a{n:03}",
            story[min(n + 3, rows - 1)],
            title=f"{TOLD[n % 10][3].format(n=n)}, and what follows",
            source=f"Paper {n % 3}",
        )
        for n in range(0, rows, 4)
    ]
    articles += [article(f"b{n:03}", story[n], title=f"Elsewhere {n}", source="The Echo") for n in range(0, rows, 10)]
    articles += [
        article(f"c{n:03}", story[min(n + 4, rows - 1)], title=f"Again {n}", source="The Copy")
        for n in range(0, rows, 25)
    ]
    entries = [_told(n, f"a{n - n % 4:03}", story[n]) for n in range(rows)]
    for letter, every in (("b", 10), ("c", 25)):
        for n in range(0, rows, every):
            quote = entries[n].quote if letter == "c" else f"Our reporter on the quay saw it, too: {n}."
            entries.append(replace(entries[n], id=f"{letter}-{n:04}", article=f"{letter}{n:03}", happening=f"e-{n:04}", quote=quote, salience=0.3))  # fmt: skip
    return Corpus(
        settings=Settings(title="The port", description="A dispute over wages and a law, as the papers of a harbour town told it."),
        articles=tuple(sorted(articles, key=lambda of: of.id)),
        entries=tuple(sorted(entries, key=lambda of: of.id)),
        actors=(
            Actor(id="city", name="City Council", kind="organisation"),
            Actor(id="mayor", name="Ada Marlow", kind="person"),
            Actor(id="union", name="Harbour Union", kind="organisation"),
        ),
        events=(
            Event(id="deal", label="Wage deal", kind="instrument", event_class="agreement", part_of="dispute"),
            Event(id="dispute", label="Port dispute", kind="process", event_class="protest"),
            Event(id="law", label="Harbour law", kind="instrument", event_class="law"),
            Event(id="strike", label="Dock strike", kind="occasion", event_class="protest", part_of="dispute"),
        ),
    )  # fmt: skip


def _day_of(n: int, rows: int) -> date:
    return date(2019, 2, 4) + timedelta(days=n * STEP * 50 // max(rows, 50) + (SILENCE if n >= rows * 2 // 5 else 0))


def _told(n: int, of: str, day: str) -> Entry:
    event, event_class, word, label = TOLD[n % 10]
    by, to = ("union", "city") if n % 3 else ("city", "union")
    known = entry(
        f"e-{n:04}",
        of,
        f"{label.format(n=n)}, as people on the quay told this paper on the same evening.",
        word,
        label.format(n=n),
        "" if n % 9 == 4 else day[:7] if n % 11 == 5 else day,
        event_class=event_class,
        participants=who((by, "agent"), (to, "affected" if n % 2 else "counterpart"), *((("mayor", "speaker"),) if n % 5 == 4 else ())),
        events=(event,) if event else ("dispute",) if n % 4 else (),
        salience=0.9 - n % 4 / 5,
    )  # fmt: skip
    return replace(known, course="planned") if n % 13 == 6 else known
