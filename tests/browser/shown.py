"""Three trackers for the browser: one with a page of every kind, one in Arabic, one whose every text is hostile."""

from __future__ import annotations

from dataclasses import replace

from corpora import article, entry, story_corpus, who
from dateline import when
from dateline.model import (
    Actor,
    Alias,
    Apart,
    Appointment,
    Article,
    Corpus,
    Correction,
    Event,
    Redirect,
    RoleHeld,
    Settings,
    Voice,
)

ADDRESS = "https://tracker.example/a/b/"

KINDS = {
    "home": "index.html",
    "actor": "actors/pilots-guild.html",
    "actor of few rows": "actors/ines-okoro.html",
    "actor in parts": "actors/city-council.html",
    "part": "actors/city-council/2020-03.html",
    "event": "events/pilotage-dues.html",
    "event with contrasts": "events/shed-fire.html",
    "article": "articles/fire-in-shed-4-kills-ten-harbour-warden-says.html",
    "article with an estimated date": "articles/twelve-die-on-the-north-quay.html",
    "actors": "actors/index.html",
    "events": "events/index.html",
    "events by year": "chronology/index.html",
    "articles": "articles/index.html",
    "publisher": "publishers/port-gazette.html",
    "publishers": "publishers/index.html",
    "corrections": "corrections.html",
    "differences": "differences.html",
    "search": "search.html",
    "about": "about.html",
    "missing": "404.html",
    "redirect": "actors/dockers-union.html",
}
"""A page of each kind in the gallery."""


class Whole:
    """The text of every article that has a digest, in the words given."""

    def __init__(self, *words: tuple[bool, str]) -> None:
        self.given = words

    def has(self, article: Article) -> bool:
        return bool(article.digest)

    def words(self, article: Article) -> tuple[tuple[bool, str], ...]:
        return self.given


WHOLE = Whole(
    (False, "A fire broke out in shed 4 on Friday and 10 people were killed, harbour warden Ines Okoro said."),
    (True, "The doors"),
    (False, "Harbour warden Ines Okoro claimed that the council had blocked the doors of shed 4. Okoro, who has asked for wider doors since 2015, was on the quay when Dockers’ Union members broke them open from the outside."),
    (False, "The City Council did not answer questions before this paper went to press."),
)  # fmt: skip


def gallery() -> Corpus:
    """The dispute in a port, told at length, with a fire on which reports differ, and with what people decided."""
    known = story_corpus(250)
    day = when.parse
    guild = tuple(
        replace(of, participants=(*of.participants, *who(("guild", "agent" if n % 28 else "speaker"))), events=(*of.events, "dues"))
        if n % 14 == 0 and of.id.startswith("e-")
        else of
        for of in known.entries
        for n in [int(of.id[2:])]
    )  # fmt: skip
    articles = (
        article("fire-one", "2019-03-02", digest="d1", rights="full", title="Fire in shed 4 kills ten, harbour warden says", source="Port Gazette", byline="Tom Reyes", place="NORTH QUAY", url="https://www.example.org/fire?a=1&b=2", published_basis="text"),
        article("fire-two", "[2019-03-03..2019-03-09]", title="Twelve die on the North Quay", source="The Echo", published_basis="estimate", published_reasons=("it tells of the fire of 1 March 2019", "an article of 9 March 2019 quotes it")),
        article("quiet", "2019-05", title="Nothing new from the customs house", url="http://example.org/quiet", published_basis="address"),
    )  # fmt: skip
    entries = (
        entry("e-fire1", "fire-one", "A fire broke out in shed 4 on Friday and 10 people were killed, harbour warden Ines Okoro said.", "killed", "A fire in shed 4 kills ten people", "2019-03-01", event_class="disaster", when_words="Friday", when_basis="stated", when_reckoned="Friday: 1 March 2019, reckoned from the article’s date, 2 March 2019", participants=who(("warden", "speaker"), ("union", "affected")), events=("fire",), place="North Quay", voice=Voice(words="harbour warden Ines Okoro", actor="warden", stance="states"), salience=0.9),
        entry("e-fire2", "fire-two", "On 28 February 12 people were killed when shed 4 burnt down.", "killed", "Twelve people are killed when shed 4 burns down", "2019-02-28", event_class="disaster", happening="e-fire1", when_words="28 February", events=("fire",), participants=who(("union", "affected")), salience=0.9),
        entry("e-deny", "fire-two", "The council denied that it had known of the blocked doors.", "known", "The council knows of the blocked doors", "2019-03", event_class="statement", when_basis="narrative", negated=True, events=("fire",), participants=who(("city", "agent")), voice=Voice(words="the council", actor="city", stance="denies"), salience=0.6),
        entry("e-claim", "fire-one", "Harbour warden Ines Okoro claimed that the council had blocked the doors of shed 4.", "blocked", "The council had blocked the doors of shed 4, according to Ines Okoro", "", event_class="closure", events=("fire",), participants=who(("city", "agent"), ("warden", "speaker")), voice=Voice(words="Ines Okoro", actor="warden", stance="claims"), salience=0.6),
        entry("e-denied", "fire-two", "The council denied that it had blocked any doors of the shed.", "blocked", "The council had blocked doors of the shed, which the council denies", "", event_class="closure", events=("fire",), participants=who(("city", "agent"),), voice=Voice(words="the council", actor="city", stance="denies"), salience=0.6),
        entry("e-inquiry", "fire-two", "An inquiry into the fire is to open before the end of April.", "open", "An inquiry into the fire opens", "../2019-04-30", event_class="inquiry", course="planned", when_words="before the end of April", events=("fire",), participants=who(("city", "agent"), ("warden", "mentioned"), ("namesake", "mentioned")), salience=0.7),
        entry("e-hand", "fire-one", "", "", "The warden asks for wider doors", "2018~", event_class="statement", participants=who(("warden", "agent"),), source="https://example.org/minutes?of=2018&shed=4", note="From the minutes of the harbour board.", when_basis="person"),
    )  # fmt: skip
    aliases = tuple(
        Alias(name=name, articles=2, reason="the same words")
        for name in ("the fire", "the blaze", "Quay fire", "Shed 4 fire", "the disaster", "the inferno")
    )
    history = (
        Appointment(
            course="planned", article="fire-one", when=day("2019-04-10"), words="on 10 April", by="the council"
        ),
        Appointment(course="postponed", article="fire-two", words="to a later day"),
    )
    fire = Event(id="fire", label="Shed fire", kind="occasion", event_class="disaster", aliases=aliases, when=day("2019-03-01"), when_reason="the day that most reports give", place="North Quay", part_of="dispute", part_reason="told in the same articles", history=history, reason="three reports tell of one fire that none of them names", note="Reports differ on the day and on the dead.")  # fmt: skip
    dues = Event(id="dues", label="Pilotage dues", kind="instrument", event_class="agreement", part_of="dispute")
    actors = (
        Actor(id="warden", name="Ines Okoro", kind="person", aliases=(Alias(name="Okoro", articles=2, reason="family name"),), roles=(RoleHeld(words="harbour warden", articles=("fire-one", "fire-two")),), wikidata="Q42", note="Warden since 2015."),
        Actor(id="namesake", name="Ines Okoro (poet)", kind="person"),
        Actor(id="guild", name="Pilots’ Guild", kind="group", note="Steers ships into the port."),
    )  # fmt: skip
    settings = replace(
        known.settings,
        address=ADDRESS,
        tag="tracker.example,2026:port",
        report="https://tracker.example/report?row={id}",
    )
    return replace(
        known,
        settings=settings,
        articles=tuple(sorted((*known.articles, *articles), key=lambda of: of.id)),
        entries=tuple(sorted((*guild, *entries), key=lambda of: of.id)),
        actors=tuple(sorted((*known.actors, *actors), key=lambda of: of.id)),
        events=tuple(sorted((*known.events, dues, fire), key=lambda of: of.id)),
        touched=frozenset({"e-hand", "warden", "e-0004"}),
        redirects=(Redirect(kind="actors", id="dockers", name="Dockers’ Union", to="union"),),
        corrections=(
            Correction(id="c1", on=day("2021-05-04"), words="“Dockers’ Union” and “Harbour Union” are one and the same.", why="The union took a new name in 2018.", records=(("actors", "union"),)),
            Correction(id="c0", on=when.UNKNOWN, words="The title of “Fire in shed 4 kills ten, harbour warden says”", was="Fire in shed 4 kills nine, the harbour warden of the North Quay says in a statement", now="Fire in shed 4 kills ten, harbour warden says", records=(("articles", "fire-one"),)),
            Correction(id="c3", on=day("2021-06-02"), words="The date of “A fire in shed 4 kills ten people”", was="nothing", now="1 March 2019", why="The log of the harbour master.", records=(("happenings", "e-fire1"), ("articles", "fire-one"))),
            Correction(id="c2", on=day("2021-06-01"), words="The date of “A fire in shed 4 kills ten people” was settled.", records=(("happenings", "e-fire1"), ("events", "fire"))),
        ),
        apart=(Apart(kind="actors", ids=("warden", "namesake"), why="The poet died in 1987."),),
    )  # fmt: skip


def arabic() -> Corpus:
    """A tracker in Arabic with names of the Latin script among its own."""
    articles = (
        article("a1", "2021-03-09", title="الوفدان يلتقيان في الدوحة لبحث الهدنة", source="صحيفة الميناء", byline="ليلى حداد", place="الدوحة", url="https://example.org/ar?a=1"),
        article("a2", "2021-03-11", title="UN envoy in Doha: talks go on", source="Port Gazette"),
    )  # fmt: skip
    entries = (
        entry("e-1", "a1", "التقى الوفدان في الدوحة يوم الثلاثاء لبحث الهدنة.", "التقى", "الوفدان يلتقيان في الدوحة", "2021-03-09", when_words="يوم الثلاثاء", participants=who(("delegation", "agent"), ("un", "counterpart")), events=("talks",), place="الدوحة", voice=Voice(words="متحدث", stance="claims")),
        entry("e-2", "a2", "The delegation met the UN envoy on Tuesday.", "met", "The delegation meets the UN envoy", "2021-03-09", happening="e-1", participants=who(("delegation", "agent"),), events=("talks",)),
        entry("e-3", "a2", "A truce (UN Resolution 2254) is to be signed in April.", "signed", "A truce (UN Resolution 2254) is signed", "2021-04", course="planned", participants=who(("un", "agent"), ("delegation", "counterpart")), events=("talks",)),
    )  # fmt: skip
    return Corpus(
        settings=Settings(
            title="محادثات الدوحة",
            description="من التقى بمن، وعلى ماذا اتفقوا.",
            language="ar",
            address=ADDRESS,
            report="errors@tracker.example",
        ),
        articles=articles,
        entries=entries,
        actors=(
            Actor(
                id="delegation",
                name="وفد الحكومة (2021)",
                kind="group",
                aliases=(Alias(name="Government delegation", articles=1),),
            ),
            Actor(id="un", name="UN envoy", kind="person", roles=(RoleHeld(words="مبعوث", articles=("a1",)),)),
        ),
        events=(
            Event(
                id="talks",
                label="محادثات الدوحة",
                kind="process",
                event_class="talks",
                aliases=(Alias(name="Doha talks"),),
                place="الدوحة",
            ),
        ),
        touched=frozenset({"e-3"}),
    )


EVIL = (
    '<script>window.pwned = 1</script>"\'><img src=x onerror="window.pwned = 1"> ]]> --> {{ 7 * 7 }} '
    "\u202edesrever \u2067fence\u200b\u200d \u200f😀👩‍👩‍👧‍👦 \x00\x0b\ud800 javascript:window.pwned=1 "
)
LONG = "wordwithoutanyend" * 600


def evil(name: str) -> str:
    """Hostile words that still differ from each other."""
    return f"{name} {EVIL}{LONG[:200]}"


EVERYTHING = Whole((False, evil("Whole")), (True, LONG), (False, evil("C") + LONG + evil("L1")))


def hostile() -> Corpus:
    """Every text that comes from outside is markup, steering characters, or a word of ten thousand letters."""
    day = when.parse
    articles = tuple(
        article(f"a{n}", f"2021-0{n}", digest=f"d{n}", rights="full", title=evil(f"T{n}") + LONG * (n == 2), title_basis="text", source=evil(f"S{n}") + LONG * (n == 2), byline=evil("by"), place=evil("at"), url=url, published_basis="estimate", published_reasons=(evil("why"),))
        for n, url in enumerate(("javascript:window.pwned=1", 'https://example.org/"><script>window.pwned=1</script>', "data:text/html,<script>window.pwned=1</script>", "https://example.org/" + LONG), 1)
    )  # fmt: skip
    told = {
        "participants": who(("c", "agent"), ("d", "affected")),
        "events": ("v",),
        "place": evil("in"),
        "when_words": evil("when"),
        "when_reckoned": evil("so"),
        "when_basis": "stated",
        "note": evil("note"),
        "source": "javascript:window.pwned=1",
        "event_class": "disaster",
    }
    entries = (
        entry("e-1", "a1", evil("met"), "met", evil("L1"), "2021-01-02", voice=Voice(words=evil("voice")), **told),
        entry("e-2", "a2", evil("10 people were killed"), LONG, LONG, "2021-01-05", happening="e-1", negated=True, **told),
        entry('"><script>window.pwned = 1</script>', "a3", LONG, "x", LONG, **told),
        *(entry(f"e-{n}", "a4", evil(f"q{n}"), "q", evil(f"L{n}"), f"2021-02-{n:02}", course="planned" if n % 2 else "occurred", **told) for n in range(3, 25)),
    )  # fmt: skip
    alias = (Alias(name=evil("alias"), articles=1, reason=evil("why")), Alias(name=LONG))
    history = (Appointment(course="postponed", article="a1", words=evil("later"), by=evil("by")),)
    return Corpus(
        settings=Settings(
            title=evil("Title") + LONG,
            description=evil("Text") + " [x](javascript:window.pwned=1) ![i](http://evil.example/i.png) [y](//evil.example)",
            address='https://tracker.example/"><script>/',
            report="https://tracker.example/?{id}",
        ),
        articles=articles,
        entries=tuple(sorted(entries, key=lambda of: of.id)),
        actors=(
            Actor(id="c", name=evil("C") + LONG, kind="person", aliases=alias, note=evil("note"), wikidata=evil("Q1"), roles=(RoleHeld(words=evil("role"), articles=("a1",)),)),
            Actor(id="d", name=evil("D"), kind="group"),
        ),
        events=(
            Event(id="v", label=evil("V") + LONG, kind="occasion", event_class="disaster", aliases=alias, when=day("2021"), when_reason=evil("so"), place=evil("in"), part_of="w", part_reason=evil("part"), history=history, reason=evil("phrase"), note=evil("note")),
            Event(id="w", label=evil("W"), kind="process", event_class="talks"),
        ),
        touched=frozenset({"e-1"}),
        corrections=(
            Correction(id="c1", on=day("2021-05-04"), words=evil("Was"), why=evil("why"), records=(("actors", "c"), ("happenings", "e-1"))),
            Correction(id="c2", on=when.UNKNOWN, words=evil("The date"), was=evil("before") + LONG, now=evil("after"), why=evil("why"), records=(("happenings", "e-1"), ("articles", "a1"))),
        ),
        apart=(Apart(kind="actors", ids=("c", "d"), why=evil("why")),),
    )  # fmt: skip
