"""What one article tells, entry by entry: each happening with its words, date, doers, course and voice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..model import Course, Entry, Naming, Participant, Reading, Span, Timex, Voice
from ..when import When
from .candidates import Candidate, find_candidates
from .clauses import standing
from .complements import is_set_for
from .contents import QUOTES
from .dating import Dated, NewsDay, by_sequence, find_date, is_edition, names_time, phrase_timex
from .grounds import grounds_of
from .labels import label_of, tells_nothing, with_speaker
from .lexicon import EventWord, event_classes, is_grave
from .lines import Told, read_lines
from .namings import find_namings
from .roles import Cast, find_cast, speakers
from .salience import salience
from .tokens import Line, grammar, is_possessive
from .voice import UNNAMED, Attribution

__all__ = ["find_entries", "find_namings"]

SET_OFF_WORDS = 4
"""So many words between quotation marks are only set off."""
CONTEXT = 32
"""Characters of prefix and suffix that find a quotation again."""
MOST_IN_SENTENCE, WORDS_OF_ONE = 5, 14
"""Entries that a sentence may have; a long one may have one more for so many tokens."""
LEAD = 3
"""Paragraphs that open a report: what they tell without a date is its news."""
MOVED: dict[str, Course] = {"postponement": "postponed", "cancellation": "cancelled"}
"""Classes that tell what became of another thing."""


def find_entries(reading: Reading) -> tuple[Entry, ...]:
    """The entries of an article, in order of their words; ids are given when they are stored."""
    told = read_lines(
        reading.document, reading.sentences, reading.mentions, reading.timexes, reading.anaphors, reading.syntax
    )
    figures = {figure.name for figure in reading.figures}
    namings = sorted(reading.namings, key=lambda naming: naming.start)
    found: list[Entry] = []
    background = False
    news = NewsDay(told, reading.document.article.published)
    for one in told:
        if one.heading or one.repeated or one.asks:
            continue
        background = is_background(one, reading.document.article.published, before=background)
        news.read(one)
        made = [
            _entry(reading, one, candidate, figures, namings, news, background=background)
            for candidate in find_candidates(one)
        ]
        kept = _once_each(entry for entry in made if entry is not None)
        most = max(MOST_IN_SENTENCE, len(one.line.tokens) // WORDS_OF_ONE)
        found += sorted(kept[:most], key=_place_in_text)
    return tuple(found)


def _once_each(entries: Iterable[Entry]) -> list[Entry]:
    """The weightiest first, and of those with one label only the weightiest: they are one to a reader.

    "Failed to sell" is the sale that did not happen, so deeds of no class of their own come last.
    """
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.event_class == "act", -entry.salience)):
        found.setdefault(entry.label, entry)
    return list(found.values())


def _place_in_text(entry: Entry) -> int:
    return entry.word_at.start if entry.word_at else 0


def is_background(told: Told, published: When, *, before: bool) -> bool:
    """Whether a sentence goes on telling of a past that an earlier one of the paragraph dated."""
    dates = [t.when for t in told.line.timexes if names_time(t) and t.when.known and not _is_aside_date(told.line, t)]
    if not dates:
        perfect = {token.low for token in told.line.tokens} & {"has", "have", "hasn’t", "haven’t", "now"}
        return before and not told.opens and not perfect
    return published.known and all((published.first_day - when.last_day).days > 45 for when in dates)


def _is_aside_date(line: Line, timex: Timex) -> bool:
    """Whether a date only measures ("up 9 % from a year ago") or stands in a relative clause ("which left in 2009")."""
    at = next((k for k, other in enumerate(line.timex) if other is timex), 0)
    start, _ = line.clause_bounds(at) if line.tokens else (0, 0)
    measures = at > 1 and line.low(at - 1) == "from" and line.low(at - 2) in ("%", "percent", "cent", "up", "down")
    return measures or is_edition(line, at) or (start > 0 and line.low(start) in ("who", "which", "where"))


# ------------------------------------------------------------------------------------------- one entry


def _entry(
    reading: Reading,
    told: Told,
    candidate: Candidate,
    figures: Collection[str],
    namings: Sequence[Naming],
    news: NewsDay,
    *,
    background: bool,
) -> Entry | None:
    text, article = reading.document.text, reading.document.article
    line, word = told.line, candidate.word
    cast = find_cast(told, word, candidate.verb, candidate.standing, figures)
    saying = next((a for a in told.attributions if a.cue == word.first), None)
    if saying is not None:
        cast.put_speakers(line, saying)
    attribution = told.attribution(word.first)
    if saying is not None and attribution is not None and saying.voice.name == attribution.voice.name:
        # Who hints and says does not say that he says; but he may deny that he warned.
        attribution = attribution if attribution.voice.stance == "denies" else None
    dated = date_candidate(told, candidate, news, article.published, recalls=background and saying is None)
    about = _about(told, word, namings)
    if not cast.parts:
        for mention in line.mentions:
            cast.add(mention, "mentioned")
    if not (cast.parts or about or dated.words or is_grave(word.event_class) or _is_news(dated, candidate)):
        return None
    agent = _subject_words(line, candidate, cast)
    label = label_of(told, text, word, candidate.verb, agent, side=_is_side_deed(candidate))
    if (word.is_noun and " " not in label and not dated.words) or tells_nothing(label, word, cast):
        return None
    if attribution and not _names_view(line, attribution, label) and _is_contested(attribution):
        label = with_speaker(label, attribution)
    entry = Entry(
        article=article.id,
        quote=text[line.sentence.start : line.sentence.end],
        prefix=text[max(0, line.sentence.start - CONTEXT) : line.sentence.start],
        suffix=text[line.sentence.end : line.sentence.end + CONTEXT],
        word=text[line.tokens[word.first].start : line.tokens[word.last].end],
        event_class=word.event_class,
        label=label,
        when=dated.when,
        when_words=dated.words,
        when_basis=dated.basis,
        when_reckoned=dated.reckoned,
        course=_course(candidate),
        negated=candidate.standing.negated,
        voice=attribution.voice if attribution else _unnamed_voice(line, word),
        participants=_with_speaker_part(line, cast, attribution),
        place=cast.place,
        about=about,
        quote_at=Span(start=line.sentence.start, end=line.sentence.end),
        word_at=Span(start=line.tokens[word.first].start, end=line.tokens[word.last].end),
    )
    grounds = grounds_of(told, text, candidate, entry, cast, dated, attribution)
    return replace(entry, grounds=grounds, salience=salience(entry, article, told.line.sentence.paragraph))


def _is_contested(attribution: Attribution) -> bool:
    """Whether it is denied, or somebody with a name says it, and not as plain fact."""
    stance = attribution.voice.stance
    return stance == "denies" or (stance != "states" and attribution.mention is not None)


def _names_view(line: Line, attribution: Attribution, label: str) -> bool:
    """Whether a label tells itself whose word or view it is: "The miners are sure that Acme will pay"."""
    cue = attribution.attitude if attribution.attitude >= 0 else attribution.cue
    return cue >= 0 and label.startswith(attribution.voice.words) and line.tokens[cue].text in label.split()


def date_candidate(told: Told, candidate: Candidate, news: NewsDay, published: When, *, recalls: bool) -> Dated:
    """The date of a happening: that of its phrase, clause or sentence; for the news itself, else that of the report."""
    dated = find_date(told, candidate.word, candidate.verb, _taken(told, candidate.word))
    if dated.when.known and candidate.standing.course == "occurred" and _lies_ahead(dated.when, published):
        # "threatened a strike on Friday": what occurred has no day to come.
        dated = Dated()
    if not dated.words and candidate.word.is_noun and candidate.verb is None:
        candidate = _setting_of(told, candidate)
    elif not dated.words and candidate.standing.course == "occurred":
        dated = by_sequence(told, candidate.word, (candidate.verb or candidate.word).first, published)
    if not dated.words and not recalls and _is_own_news(told, candidate) and not _was_set(told, candidate, published):
        said = any(a.cue == candidate.word.first for a in told.attributions)
        return news.date(candidate.standing, said=said)
    return dated


def _was_set(told: Told, candidate: Candidate, published: When) -> bool:
    """Whether the article's own words tell of a day in the past for which it was set, so that it need be no news.

    What is put off afterwards is.
    """
    line, verb = told.line, candidate.verb or candidate.word
    return (
        candidate.word.event_class != "postponement"
        and told.attribution(verb.first) is None
        and any(
            names_time(timex)
            and timex.when.known
            and timex.when.last_day < published.first_day
            and is_set_for(line, verb, verb.first, at)
            for at, timex in enumerate(line.timex)
            if timex is not None and published.known
        )
    )


UNTOLD = frozenset(["merger", "victory", "launch", "agreement"])
"""Weighty classes that still need somebody named or a date of their own: "a boy bought coins"."""
WEIGHTY = 0.8


def _is_news(dated: Dated, candidate: Candidate) -> bool:
    """Whether the article tells it as its own news, so that it counts although nobody is named."""
    known = event_classes().get(candidate.word.event_class)
    weighty = known is not None and known.weight >= WEIGHTY and known.name not in UNTOLD
    return weighty and dated.when.known and candidate.standing.finite


def _lies_ahead(when: When, published: When) -> bool:
    """Whether a time begins after the day of the report, or is a limit that lies there ("by October")."""
    ahead = when.last_day if when.start is None else when.first_day
    return published.known and ahead > published.last_day


def _unnamed_voice(line: Line, word: EventWord) -> Voice | None:
    """The voice of words in a quotation whose speaker is not told there: they are never the article's own."""
    start = end = word.first
    while start > 0 and line.tokens[start - 1].text not in QUOTES:
        start -= 1
    while end < len(line.tokens) and line.tokens[end].text not in QUOTES:
        end += 1
    long = sum(token.is_word for token in line.tokens[start:end]) > SET_OFF_WORDS
    return Voice(words=UNNAMED) if line.quoted[word.first] and long else None


def _is_side_deed(candidate: Candidate) -> bool:
    """Whether a verb without tense tells what was done beside or by another deed: "by unveiling", "came to reveal"."""
    how = candidate.standing
    plain = how.course == "occurred" and not (how.negated or how.passive or how.finite)
    return plain and not candidate.word.is_noun


def _subject_words(line: Line, candidate: Candidate, cast: Cast) -> str:
    """The name for a label without a subject: the doer's; in the passive of a "he" that of the one it befell."""
    verb = candidate.verb or candidate.word
    start, _ = line.clause_bounds(verb.first)
    if candidate.standing.passive and not any(line.low(k) in grammar("personal") for k in range(start, verb.first)):
        return ""
    role = "affected" if candidate.standing.passive else "agent"
    return next((_shown(part) for part in cast.sorted() if part.role == role), "")


def _shown(part: Participant) -> str:
    """The words for a label, in which a bare "he" would tell nothing."""
    return part.meaning if part.meaning and part.words.lower() in grammar("pronoun", "possessive") else part.words


def _course(candidate: Candidate) -> Course:
    how = candidate.standing
    if how.course == "occurred" and not how.negated:
        return MOVED.get(candidate.word.event_class, how.course)
    return how.course


def _taken(told: Told, word: EventWord) -> set[int]:
    """Where the dates begin that other nouns of the sentence keep to themselves."""
    return {
        timex.start
        for other in told.words
        if other.is_noun and other.first != word.first and not _is_setting(told.line, other)
        and (timex := phrase_timex(told.line, other, told.words)) is not None
    }  # fmt: skip


def _is_setting(line: Line, noun: EventWord) -> bool:
    """Whether a noun is where the rest of its clause happens: "in a July 16 press conference"."""
    for at in range(noun.first - 1, max(-1, noun.first - 8), -1):
        if line.low(at) in grammar("preposition"):
            return line.low(at) in ("in", "at", "during")
        if line.low(at).endswith("ing"):
            return False
        if line.timex[at] is None and not line.tokens[at].is_word and not is_possessive(line.tokens[at]):
            return False
    return False


def _setting_of(told: Told, candidate: Candidate) -> Candidate:
    """What happened during it, whose time it shares: "this was decided during the meetings"; else itself."""
    line, word = told.line, candidate.word
    at = next((k for k in range(word.first - 1, max(-1, word.first - 4), -1) if line.low(k) == "during"), 0)
    start, _ = line.clause_bounds(max(0, at - 1))
    deeds = [w for w in told.words if start <= w.first < at and w.form in ("past", "participle") and not w.is_noun]
    return Candidate(deeds[-1], None, standing(line, deeds[-1])) if deeds else candidate


def _is_own_news(told: Told, candidate: Candidate) -> bool:
    """Whether the article tells it as its news: a plain past or a saying, outside what it recalls."""
    how, line = candidate.standing, told.line
    if how.perfect_past or how.course != "occurred":
        return False
    if candidate.word.is_noun and candidate.verb is None:
        return False
    start, _ = line.clause_bounds((candidate.verb or candidate.word).first)
    if line.low(0) == "when" or (start and line.low(start) in grammar("subordinator") - {"as", "while", "when"}):
        return False
    said = told.attribution(candidate.word.first)
    if said is not None and (said.voice.stance == "denies" or not _is_quoted_news(told)):
        return False
    start, end = line.clause_bounds((candidate.verb or candidate.word).first)
    if candidate.standing.perfect and any(line.low(k) in grammar("counted_times") for k in range(start, end)):
        return False  # "has been put off twice": not both times on the day of the report
    if how.negated and any(line.low(k) == "never" for k in range(start, end)):
        return False  # what never was has no day
    if line.low(start) == "but" and _was_to_be(line, start):
        return False
    if (
        line.low(end) in ("after", "since", "before")
        and line.low(end + 1) == "that"
        and (line.low(end + 2) in ("and", "but") or not line.low(end + 2).isalpha())
    ):
        return False  # "left after that": at a time told before
    return not any(line.low(k) in grammar("past_marks") and not _is_term(line, k) for k in range(start, end))


def _is_term(line: Line, at: int) -> bool:
    """Whether years are those of a sentence: "to four years in prison"."""
    return any(line.low(k) in grammar("locked_up") for k in range(at + 1, at + 4))


def _was_to_be(line: Line, end: int) -> bool:
    """Whether the clause before tells what was to be: "was supposed to take place, but" tells no news."""
    return any(line.low(at) in ("supposed", "meant") and line.low(at - 1) in grammar("past_be") for at in range(1, end))


def _is_quoted_news(told: Told) -> bool:
    return told.line.sentence.paragraph < LEAD


def _about(told: Told, word: EventWord, namings: Sequence[Naming]) -> tuple[str, ...]:
    """The names of the events named in the clause of the word, else in its sentence where it is alone."""
    line = told.line
    start, end = line.clause_bounds(word.first)
    if end < len(line.tokens) and line.low(end) == "that" and not word.is_noun:
        _, end = line.clause_bounds(end)
    saying = next((a for a in told.attributions if a.cue == word.first and a.start > a.cue), None)
    if saying is not None and saying.start < len(line.tokens):
        end = max(end, line.clause_bounds(saying.start)[1])
    first, last = line.tokens[start].start, line.tokens[end - 1].end
    return tuple(dict.fromkeys(n.name for n in namings if n.start < last and n.end > first))


def _with_speaker_part(line: Line, cast: Cast, attribution: Attribution | None) -> tuple[Participant, ...]:
    if attribution is not None and attribution.mention is not None:
        cast.add(attribution.mention, "speaker")
        for mention in speakers(line, attribution):
            cast.add(mention, "speaker")
    return cast.sorted()
