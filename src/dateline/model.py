"""The records that stages hand to each other; no I/O, no behaviour beyond looking at oneself.

Offsets (`start`, `end`) are character offsets into `Document.text`, half-open. They live inside a `Reading` only:
stored files find a quotation again by its words (`quote`, `prefix`, `suffix`: a TextQuoteSelector).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Literal

from .edits import Edit
from .when import UNKNOWN, When

MentionKind = Literal["PER", "ORG", "LOC"]
ActorKind = Literal["person", "organisation", "country", "group", "media"]
EventKind = Literal["occasion", "instrument", "process"]
Role = Literal["agent", "affected", "counterpart", "speaker", "mentioned"]
Course = Literal["occurred", "planned", "postponed", "cancelled", "hypothetical"]
Stance = Literal["states", "claims", "denies", "demands"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Style = Literal["news", "narrative"]

ACTOR_KINDS: tuple[ActorKind, ...] = ("person", "organisation", "country", "group", "media")
EVENT_KINDS: tuple[EventKind, ...] = ("occasion", "instrument", "process")
ROLES: tuple[Role, ...] = ("agent", "affected", "counterpart", "speaker", "mentioned")
COURSES: tuple[Course, ...] = ("occurred", "planned", "postponed", "cancelled", "hypothetical")
STANCES: tuple[Stance, ...] = ("states", "claims", "denies", "demands")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news text, as a library card would describe it."""

    id: str
    seed: str
    """File below `seeds/`, with forward slashes; "" for an article kept by hand."""
    digest: str = ""
    """blake2b-16 of the cleaned text, hexadecimal."""
    title: str = ""
    title_basis: Literal["text", "generated", "front matter", "metadata", "person", ""] = ""
    source: str = ""
    """The publisher's name; "" where the text does not name one."""
    byline: str = ""
    place: str = ""
    """The place of the dateline ("ISLAMABAD:")."""
    url: str = ""
    published: When = UNKNOWN
    published_basis: Literal["person", "front matter", "metadata", "address", "text", "estimate", ""] = ""
    published_reasons: tuple[str, ...] = ()
    """Why it is estimated so, where it is an estimate."""
    style: Style = "news"
    rights: Literal["full", ""] = ""  # "full" where the whole text may stand on the site
    sketch: str = ""
    """A sample of its sentences' digests, four letters each, by which copies of a text are known; "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Span):
    """A paragraph of body text, or a heading, which is read for names but tells no happening of its own."""

    kind: Literal["text", "heading"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article with its words: `paragraphs` are disjoint, in order, and cover all that is worth reading."""

    article: Article
    text: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Span):
    """A sentence; `paragraph` is the index of the paragraph that holds it."""

    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Span):
    """A temporal expression with its TIMEX3 `value` and its meaning as a `When`."""

    text: str
    type: TimexType
    value: str
    when: When
    basis: Literal["stated", "relative", "narrative"] = "stated"
    """stated: the words name it; relative: reckoned from the publication date; narrative: from the last date told."""
    rule: str = ""
    """The id of the rule that read it."""
    reckoned: str = ""
    """The reckoning in words for a reader: "December 2018, reckoned from the article's date, 17 January 2019"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A naming of somebody or some place. `name` is what the article calls it in full: the key of its `Figure`."""

    text: str
    kind: MentionKind
    name: str = ""
    titles: str = ""
    """Role words standing before or after ("US Special Representative for Afghanistan"), "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor(Mention):
    """Words that name nobody and still mean a `Figure`, its `name`: "the army chief", "he"; no form of a name."""

    form: Literal["role", "pronoun", "possessor"]
    meaning: str
    """The form of the name that the article used last before."""
    reason: str
    """Why it is read so: "the only army chief named before"."""

    @property
    def shown(self) -> str:
        """The words for a label, where a bare "he" tells nothing."""
        return self.text if self.form == "role" else self.meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """The dependency parse of a text: for each of its words, in their order, a value in each column; empty for none."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    """The number of the word on which each hangs; its own for the root of a sentence."""
    labels: tuple[str, ...] = ()
    """How it hangs there, in the labels of ClearNLP ("nsubj", "dobj", "relcl"), as spaCy's English models have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a recogniser found in a document: names and, where it has a parser, the syntax."""

    mentions: tuple[Mention, ...] = ()
    syntax: Syntax = Syntax()


Seen = Found | tuple[Mention, ...]
"""What a recogniser found, or its mentions alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Somebody who may act, as one article alone shows them; `name` is unique within the article."""

    name: str
    kind: ActorKind
    forms: tuple[str, ...]
    """Every form of the name in the article, fullest first."""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor's part in an entry. `name` keys a `Figure` of the article; `actor` is an actor's id once joined."""

    name: str
    role: Role
    words: str
    actor: str = ""
    meaning: str = ""
    """The form of a name that `words` stand for, where they name nobody themselves ("he", "the army chief")."""
    reason: str = ""
    """Why they are read so."""
    ground: str = ""
    """What in the sentence gives it the role, for `explain`; files do not hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says what an entry tells: an actor (`name`, `actor`) or only `words` ("a senior Pakistani official")."""

    words: str
    stance: Stance = "states"
    name: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing one article tells. Places in the text (`quote_at`, `word_at`) are None where it comes from a file."""

    id: str = ""
    article: str = ""
    quote: str
    prefix: str = ""
    suffix: str = ""
    word: str
    """The word that names the happening, as it stands in the quotation."""
    event_class: str
    """A class of the event lexicon: visit, talks, agreement, …"""
    label: str
    when: When = UNKNOWN
    when_words: str = ""
    when_basis: Literal["stated", "relative", "narrative", "reported", "person", ""] = ""
    """reported: the publication day stands in, because the article tells it as its own news."""
    when_reckoned: str = ""
    course: Course = "occurred"
    negated: bool = False
    voice: Voice | None = None
    participants: tuple[Participant, ...] = ()
    place: str = ""
    about: tuple[str, ...] = ()
    """Names of events as the article uses them: keys of its `Naming`s."""
    events: tuple[str, ...] = ()
    """Ids of events, once joined."""
    happening: str = ""
    """Id of the oldest entry that reports the same occurrence, once joined."""
    salience: float = 0.0
    """0 to 1: how much the article makes of it."""
    note: str = ""
    source: str = ""
    """What an entry that is written by hand rests on."""
    quote_at: Span | None = None
    word_at: Span | None = None
    grounds: tuple[tuple[str, str], ...] = ()
    """How its parts were found, as (field, what in the text makes it so), for `explain`; files do not hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming(Span):
    """An event named in a text ("the Istanbul Conference", "the moot"); `name` is its fullest form in the article."""

    text: str
    name: str
    event_class: str
    when: When = UNKNOWN
    """The event's own date where the naming states it ("the February 29, 2020 deal")."""


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A date that a sentence sets or takes back, for the event that the article calls `name`."""

    name: str
    start: int
    """Where the words that tell of it begin."""
    course: Course
    when: When
    words: str
    former: bool = False
    """Whether the sentence gives it as what was planned before."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A sentence that makes an event part of another, by the names that the article gives them."""

    part: str
    larger: str
    sort: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything seen in one article alone.

    One that was kept from an earlier run is opened part by part, as each is asked for: `unopened` makes it.
    """

    document: Document
    sentences: tuple[Sentence, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    anaphors: tuple[Anaphor, ...] = ()
    """Role phrases and pronouns that surely mean a figure; they lie beside the mentions, never over them."""
    namings: tuple[Naming, ...] = ()
    entries: tuple[Entry, ...] = ()
    told_dates: tuple[ToldDate, ...] = ()
    """What its sentences say of the days of events, in order."""
    ties: tuple[Tie, ...] = ()
    """What it says of events that are part of others."""
    syntax: Syntax | None = None
    """Held while the article is read, and let go then: nothing after needs it, and it is large."""
    key: bytes = field(default=b"", repr=False, compare=False)
    """What stands for all that it tells; empty where nobody says so."""
    source: Callable[[str], Any] | None = field(default=None, repr=False, compare=False)
    """Opens a part, by its name, that is not at hand yet."""

    @classmethod
    def unopened(cls, document: Document, key: bytes, source: Callable[[str], Any]) -> Reading:
        """A reading whose parts are asked of `source` when they are wanted first."""
        return _reading({"document": document, "syntax": None, "key": key, "source": source})

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not at hand: a slot without a value.
        if name not in _PARTS or self.source is None:
            raise AttributeError(name)
        value = self.source(name)
        object.__setattr__(self, name, value)
        return value

    def with_entries(self, entries: tuple[Entry, ...]) -> Reading:
        """The same reading with other entries; what is not opened stays so."""
        return _reading({**self._at_hand(), "entries": entries})

    def with_entries_later(self, make: Callable[[], tuple[Entry, ...]], key: bytes) -> Reading:
        """The same reading with other entries, made when they are wanted; `key` stands for these, too."""
        known, source = self._at_hand(), self.source or partial(getattr, self)
        known.pop("entries", None)
        return _reading({**known, "key": key, "source": lambda name: make() if name == "entries" else source(name)})

    def with_key(self, key: bytes) -> Reading:
        """The same reading, and what stands for all that it was made from."""
        return _reading({**self._at_hand(), "key": key})

    def _at_hand(self) -> dict[str, Any]:
        found = {}
        for name in _SLOTS:
            with suppress(AttributeError):
                found[name] = object.__getattribute__(self, name)
        return found


def _reading(values: Mapping[str, Any]) -> Reading:
    reading = object.__new__(Reading)
    for name, value in values.items():
        object.__setattr__(reading, name, value)
    return reading


_SLOTS = tuple(field.name for field in fields(Reading))
_PARTS = frozenset(_SLOTS) - {"document", "syntax", "key", "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of an actor or event, in how many articles it stands, and why it was joined."""

    name: str
    articles: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A role that articles give a person, with the ids of those articles."""

    words: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, organisation, country or group, joined from the figures of articles."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[Alias, ...] = ()
    roles: tuple[RoleHeld, ...] = ()
    wikidata: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A date that an article gives for an event to come, or that it takes back; `when` unknown where only words tell.

    `course`: planned, postponed (to `when`, where that is told) or cancelled.
    """

    course: Course
    article: str
    when: When = UNKNOWN
    words: str = ""
    """The article's words for the date."""
    entry: str = ""
    """The entry of the same sentence, "" for none."""
    by: str = ""
    """Whose words it is told in, "" for the article's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A matter that happenings belong to."""

    id: str
    label: str
    kind: EventKind
    event_class: str
    aliases: tuple[Alias, ...] = ()
    when: When = UNKNOWN
    when_reason: str = ""
    """What its own date rests on."""
    place: str = ""
    part_of: str = ""
    part_reason: str = ""
    """What says that it is part of the larger event."""
    history: tuple[Appointment, ...] = ()
    """The dates that were set for it and moved, in order of report."""
    reason: str = ""
    """What makes it an event where no article gives it a name; "" for a named one."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`content/site.yaml`: what a tracker is and how it is read."""

    title: str = "A news tracker"
    description: str = ""
    language: str = "en"
    recogniser: str = "rules"
    model: str = ""
    quote_words: int = 40
    quote_share: float = 0.5
    address: str = ""
    tag: str = ""
    """The authority of the ids in feeds, as RFC 4151 writes it: "example.org,2026", and ":words" behind it."""
    report: str = ""
    """Where readers report an error: an e-mail address, or the address of a page, in which `{id}` is the row's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A record that had another name, and so another address: `to` is where it leads now."""

    kind: Literal["actors", "events"]
    id: str
    name: str
    """The name from which the old address came."""
    to: str
    """The id of the record that stands for it; "" for one that is not published any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """What a person chose to be shown of a happening where its reports differ; None or "" for no choice."""

    happening: str
    when: When | None = None
    label: str = ""
    place: str = ""
    number: str = ""
    """A number with what is counted, as it is to be shown: "12 killed"."""
    doer: str = ""
    """Who did it: an actor's id, or a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person settled, as readers are told of it: a decision with a day, or an edit that is marked."""

    id: str
    """A digest of what was decided."""
    on: When
    words: str
    was: str = ""
    """What a field said before, and says `now`; both "" for a decision."""
    now: str = ""
    why: str = ""
    records: tuple[tuple[Literal["actors", "events", "articles", "happenings"], str], ...] = ()
    """Kind and id of what it concerns and what is published; none for what is not published any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two records of which a person settled that they are not the same."""

    kind: Literal["actors", "events"]
    ids: tuple[str, str]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that is known: what `content/` says once people's changes lie over the machine's. Sorted by id."""

    settings: Settings
    articles: Sequence[Article] = ()
    entries: Sequence[Entry] = ()
    actors: Sequence[Actor] = ()
    events: Sequence[Event] = ()
    touched: frozenset[str] = frozenset()
    """Ids of the records that a person changed or wrote."""
    redirects: tuple[Redirect, ...] = ()
    preferred: tuple[Preferred, ...] = ()
    corrections: tuple[Correction, ...] = ()
    apart: tuple[Apart, ...] = ()
    edits: tuple[Edit, ...] = ()
