"""What a machine is given of each page: happenings, reports and their sources as records, with ids and EDTF dates.

`docs/outputs.md` describes the fields for people who use them, and `docs/data.schema.json` for programs; tests tie the
three. A field that says nothing is left out of what is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from .model import Course
from .plan import Content

SCHEMA = 1
"""The version of the records; it rises when a field goes or changes its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date in EDTF, "" for an unknown one, and in words; `estimated` where it was worked out from other articles."""

    edtf: str
    words: str
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A record of the tracker: its id, its name, its page."""

    id: str
    name: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody's part in a happening; `id` is "" for whom no record stands for."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Whose word something is told on: words of the article, the actor's id, and the stance."""

    words: str
    actor: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A TextQuoteSelector (W3C Web Annotation): the words of an article, and what stands around them."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as it is cited; `url` is its own address, `page` that of its page here."""

    id: str
    title: str
    title_basis: str
    """"generated" where it was cut from the first words."""
    publisher: str
    published: Date
    published_basis: str
    url: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An entry: what one article tells of a happening."""

    id: str
    happening: str
    article: str
    label: str
    class_: str
    word: str
    when: Date
    when_words: str
    when_basis: str
    reckoned: str
    course: Course
    negated: bool
    voice: Said | None
    actors: tuple[Part, ...]
    place: str
    events: tuple[str, ...]
    quotation: Selector | None
    origin: str
    by_person: bool
    rests_on: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A row: what one or more articles report. `page` leads to the row."""

    id: str
    page: str
    label: str
    when: Date
    when_basis: str
    other_dates: tuple[Date, ...]
    course: Course
    negated: bool
    voice: Said | None
    actors: tuple[Part, ...]
    place: str
    events: tuple[Ref, ...]
    reported: Date
    reports: int
    """Articles that report it."""
    origins: int
    """How many of these are independent."""
    differs: tuple[str, ...]
    preferred: tuple[str, ...]
    told: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Another name, in how many articles it stands, and why it was taken for the same."""

    name: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A role, and the ids of the articles that give it."""

    words: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of a timeline that is too long for one file."""

    title: str
    data: str
    happenings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An event right before or right after another; `shared`: main actors of both, none for parts of one event."""

    id: str
    name: str
    page: str
    when: Date
    span: bool
    """Whether the date is that of its happenings, not its own."""
    state: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Reports that tell a thing, and reports that deny it, by id."""

    told: tuple[str, ...]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorData(Content):
    """A person, organisation, country or group, with its timeline."""

    id: str
    name: str
    kind: str
    page: str
    aliases: tuple[Name, ...]
    roles: tuple[RoleHeld, ...]
    wikidata: str
    note: str
    by_person: bool
    years: tuple[Year, ...] = ()
    named_years: tuple[Year, ...] = ()
    happenings: tuple[Happening, ...] = ()
    named: tuple[Happening, ...] = ()
    """Happenings whose reports only name the actor."""
    articles: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData(Content):
    """A matter that happenings belong to, with its timeline."""

    id: str
    label: str
    kind: str
    class_: str
    page: str
    when: Date
    first_reported: Date
    place: str
    aliases: tuple[Name, ...]
    note: str
    part_of: Ref | None
    parts: tuple[Ref, ...]
    by_person: bool
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()
    denials: tuple[Denial, ...] = ()
    """What is told of it and denied."""
    years: tuple[Year, ...] = ()
    happenings: tuple[Happening, ...] = ()
    articles: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearData(Content):
    """A year of a timeline; `of` is the actor or event."""

    of: Ref
    title: str
    page: str
    named: bool
    """Whether these are the happenings whose reports only name the actor."""
    happenings: tuple[Happening, ...]
    articles: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleData(Content):
    """An article as a library card, and what was drawn from it in the order of its text."""

    id: str
    title: str
    title_basis: str
    publisher: str
    byline: str
    place: str
    published: Date
    published_basis: str
    published_reasons: tuple[str, ...]
    url: str
    page: str
    by_person: bool
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerData(Content):
    """All that is published: each happening once, and the records without their timelines."""

    title: str
    address: str
    actors: tuple[ActorData, ...]
    events: tuple[EventData, ...]
    articles: tuple[Source, ...]
    happenings: tuple[Happening, ...]


Data = ActorData | EventData | YearData | ArticleData | TrackerData
