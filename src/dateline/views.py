"""What templates are given: the pages of a site and the view records that they show.

A view holds words ready for a reader, links and numbers: no model record, nothing that a template would have
to reckon. `docs/templates.md` describes the fields for people who write templates; a test ties the two.
Paths are relative to the root of the site, with forward slashes; templates make them relative to their page.
"""

from __future__ import annotations

from dataclasses import dataclass

from .drawings import Activity as Activity
from .drawings import Bar as Bar
from .drawings import Break as Break
from .drawings import Chart as Chart
from .drawings import Label as Label
from .drawings import Lane as Lane
from .drawings import Mark as Mark
from .drawings import MonthCount as MonthCount
from .drawings import YearActivity as YearActivity
from .links import Account as Account
from .links import Block as Block
from .links import Denial as Denial
from .links import Era as Era
from .links import Link as Link
from .links import Moment as Moment
from .links import Namesake as Namesake
from .links import NameUsed as NameUsed
from .links import Neighbour as Neighbour
from .links import Notice as Notice
from .links import Part as Part
from .links import Piece as Piece
from .links import Quote as Quote
from .links import RoleUsed as RoleUsed
from .links import Run as Run
from .links import Score as Score
from .links import Source as Source
from .links import Speech as Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one article tells of a happening, in its own words."""

    id: str
    label: str
    source: Source
    when_label: str
    """What the date is of: "Happened", "Planned for" or, where only words can tell, "Date"."""
    happened: Moment
    when_words: str
    """The words of the article that give the date ("last month"), "" for none."""
    reckoning: str
    """How the date was found, as a sentence."""
    stand_in: bool
    """Whether the day of the report stands in for the day of the happening."""
    status: str
    """"planned", "postponed", "did not happen", …; "" for what is told as having happened."""
    speech: Speech | None
    quote: Quote
    by_person: bool
    """Whether a person wrote or changed it."""
    origin: str = ""
    """Why it is not counted as an origin of its own, "" where it is: "nearly the same words as in …"."""
    rests_on: str = ""
    """What a person's own entry rests on: words, or the address of a page."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who tells a value: an article, and whose word it gives it on; `words` are the article's own for a date."""

    speech: Speech | None
    source: Source
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One of several values that cannot all be right, with the first who tell it; `more`: how many others do."""

    words: str
    claims: tuple[Claim, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """On what reports differ, and their values side by side; none is preferred."""

    topic: str
    """"Date", "Planned date", "Number killed", "Place", "By whom"."""
    short: str
    """The values in a line: "10 or 12 killed"."""
    values: tuple[Alternative, ...]
    row: Link | None = None
    """The happening of which it is, on an event's page; None for what is of the event itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A happening, as timelines show it. Its `id` is its anchor on every page."""

    id: str
    label: str
    when_label: str
    happened: Moment
    stand_in: bool
    other_dates: tuple[Moment, ...]
    """Dates in other reports that cannot be true together with it: its equals, unless a person preferred the date."""
    when_words: str
    status: str
    speech: Speech | None
    place: str
    preferred: tuple[str, ...]
    """What a person preferred where reports differ: "the date", "the wording", "the place", "the doer", "the number (12
    killed)"."""
    parts: tuple[Part, ...]
    events: tuple[Link, ...]
    reported: Moment
    """The day of the first report."""
    reports: tuple[Report, ...]
    """The leading report first, then by day of publication."""
    tally: str
    """"1 report", "3 reports", "2 reports, 1 origin", …, counting each article once."""
    origins: int
    """How many of the reports are independent of each other."""
    differs: tuple[str, ...]
    """How the reports differ: "10 or 12 killed", "whether it happened"."""
    contrasts: tuple[Contrast, ...] = ()
    """The values in which they differ, side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A row that tells of a longer story in short, and the way to where it stands on its timeline."""

    row: Row
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A long silence of a timeline: `words` ("No reports for 7 months") stand behind the row `after`."""

    after: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of a timeline under a heading: its own rows, then the shorter stretches within it."""

    id: str
    title: str
    rows: tuple[Row, ...]
    periods: tuple[Period, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Long silences behind its own rows."""
    key: tuple[str, ...] = ()
    """Ids of its own rows that tell the timeline in short."""
    said: tuple[str, ...] = ()
    """Ids of its own rows that tell what the actor of the timeline said, not what it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLink:
    """A year of a timeline: a heading on the same page, or a page of its own."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Happenings in order of time; `years` lead to its parts, pages of their own where it is long."""

    total: int
    periods: tuple[Period, ...]
    years: tuple[YearLink, ...] = ()
    split: bool = False
    """Whether the rows stand on pages of their own, of a year, a month or a piece of one."""
    short: tuple[KeyRow, ...] = ()
    """Three to six of its rows that tell it in short, in order of time; none for a timeline that is short itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A link with the number of rows behind it, and a word or two about it."""

    link: Link
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of an index; `title` is "" where the index is short."""

    title: str
    items: tuple[Count, ...]
    id: str = ""
    """What its heading is known by where the index is long, so that a list of headings leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """One of the larger events with all that belongs to it and to its parts."""

    event: Link
    kind: str
    span: Moment
    """From the first to the last thing that happened, without what is only planned."""
    first: Moment
    last: Moment
    """The two ends of the span."""
    count: int
    """The number of rows."""
    reports: int
    """The number of articles that report them."""
    independent: int
    """How many of these tell something that does not go back to another."""
    turning_points: tuple[KeyRow, ...]
    """Its weightiest rows, in order of time."""
    parts: tuple[Storyline, ...] = ()
    """The events that are part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Rows that were first reported on one day."""

    title: str
    rows: tuple[KeyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The first page."""

    description: str
    """Markdown, as `site.yaml` has it; the filter `markdown` makes it safe HTML."""
    scope: str
    storylines: tuple[Storyline, ...]
    """The weightiest events, by when they began."""
    latest: tuple[Day, ...]
    """What was reported last, under the days of the reports."""
    actors: tuple[Count, ...]
    """Whom most reports tell of, with the number of these; `events` likewise."""
    events: tuple[Count, ...]
    actors_total: int
    events_total: int
    ranked_by: str = ""
    """Which reports count for that: "Reports since 30 January 2021"."""
    chart: Chart | None = None
    """The storylines as a drawing; None where it would show nothing."""
    corrections: tuple[Notice, ...] = ()
    """The last of them, newest first."""
    corrections_total: int = 0
    method: str = ""
    """How much was checked by a person, in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorView:
    """Somebody's page."""

    id: str
    name: str
    kind: str
    summary: str
    names: tuple[NameUsed, ...]
    roles: tuple[RoleUsed, ...]
    note: str
    wikidata: str
    timeline: Timeline
    """Happenings in which the actor takes part."""
    mentioned: Timeline
    """Happenings whose reports only name the actor."""
    seen_with: tuple[Count, ...]
    events: tuple[Count, ...]
    by_person: bool
    activity: Activity | None = None
    """How much is told each month; None for a short timeline."""
    deeds: int = 0
    """How many rows tell what the actor did or took part in."""
    statements: int = 0
    """How many tell what the actor said."""
    namesakes: tuple[Namesake, ...] = ()
    corrections: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in the course of an event's date: "planned for", "postponed to", "postponed", "called off"."""

    verb: str
    day: Moment | None
    """None where no day is told."""
    words: str
    """The article's own."""
    by: str
    """Who says so, in the article's words; "" for the article itself."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event's page."""

    id: str
    label: str
    kind: str
    summary: str
    when_label: str
    """What its date is: "Happened", "Planned for", "Last set for"."""
    happened: Moment
    """Its own date, else the span of what happened."""
    first_reported: Moment
    place: str
    names: tuple[NameUsed, ...]
    note: str
    reason: str
    """What makes it an event where no article gives it a name."""
    happened_reason: str
    """What that date rests on."""
    part_of: Link | None
    part_reason: str
    parts: tuple[Link, ...]
    course: tuple[Step, ...]
    """The days that were set for it and moved, in order of report."""
    people: tuple[Count, ...]
    timeline: Timeline
    sources: tuple[Source, ...]
    """The articles that report it, in order of publication: the first hundred."""
    contrasts: tuple[Contrast, ...]
    """Where reports differ on the event itself, then on its happenings."""
    by_person: bool
    sources_more: int = 0
    """How many further articles report it."""
    activity: Activity | None = None
    namesakes: tuple[Namesake, ...] = ()
    corrections: tuple[Notice, ...] = ()
    before: tuple[Neighbour, ...] = ()
    """The events right before it, the nearest first; `after` likewise."""
    after: tuple[Neighbour, ...] = ()
    denials: tuple[Denial, ...] = ()
    """What is told of it and denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year, a month or a piece of one, of a timeline that is too long for one page."""

    subject: Link
    title: str
    timeline: Timeline
    earlier: Link | None
    later: Link | None
    deeds: int = 0
    """How many rows tell what an actor did, and how many only what it said: `who` ("they", "it") that is."""
    statements: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was read out of one article at one place: an account, and the timelines on which it stands."""

    report: Report
    parts: tuple[Part, ...]
    events: tuple[Link, ...]
    timelines: tuple[Link, ...]
    """The row of its happening, on the timelines that hold it."""
    others: int
    """How many other articles report the same happening."""
    one_origin: bool = False
    """Whether all of these, and this one, go back to one origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotation and all that was drawn from it."""

    quote: Quote
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article's page: a library card, and what was drawn from the text."""

    id: str
    title: str
    title_note: str
    publisher: str
    byline: str
    place: str
    published: Moment
    published_note: str
    published_reasons: tuple[str, ...]
    """Why the date is estimated so; none for a date that is known."""
    url: str
    """Only http and https; "" otherwise."""
    passages: tuple[Passage, ...]
    drawn: int
    by_person: bool
    house: Link | None = None
    """The page of its publisher; None where it names none."""
    corrections: tuple[Notice, ...] = ()
    text: tuple[Block, ...] = ()
    """The whole text, where its rights allow that and it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """A list of actors, events or articles, or of such lists."""

    heading: str
    intro: str
    groups: tuple[Group, ...]
    ways: tuple[Link, ...] = ()
    """Other lists of the same."""
    counted: str = "article"
    """What a list of lists counts: "article" or "event"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """How the tracker was made, in facts."""

    scope: str
    reader: str
    """What read the names: "the rules that come with dateline", "the model en_core_web_sm, run by spaCy"."""
    counts: tuple[Count, ...]
    dates: tuple[Count, ...]
    articles_undated: int
    by_person: int
    quote_words: int
    measured: tuple[Score, ...] = ()
    """How often this reader is right on texts that people annotated; none where nobody measured it."""
    measured_on: Moment | None = None
    whole: int = 0
    """How many articles may stand here whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    """All corrections, newest first."""

    corrections: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesView:
    """Where reports differ, anywhere: the weightiest of so many in `total`."""

    contrasts: tuple[Contrast, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The page on which readers search; `ways` lead to the lists of everything."""

    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """The page for an address that leads nowhere; `home` is absolute, "" where the site has no address."""

    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """A page that has another address now; `canonical` is absolute, "" where the site has no address."""

    target: Link
    canonical: str


View = (
    HomeView
    | ActorView
    | EventView
    | YearView
    | ArticleView
    | IndexView
    | AboutView
    | CorrectionsView
    | DifferencesView
    | SearchView
    | MissingView
    | RedirectView
)
