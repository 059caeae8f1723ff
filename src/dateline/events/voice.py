"""Who says what a sentence tells: "X said that …", "…, said X", "according to X"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..actors.discourse import plural_nouns
from ..actors.genders import fits, gender_of
from ..actors.titles import bare
from ..actors.world import words as listed
from ..model import Anaphor, Mention, Stance, Voice
from .befallen import PLURALS
from .contents import QUOTES, SPEAKER_WORDS, content_after, needs_marks, opens_speech, said_before, that_follows
from .lexicon import EventWord
from .presupposed import presupposed
from .speech import find_stance, is_said_of, speech_nouns, speech_verbs
from .tokens import Line, grammar, is_possessive


@dataclass(frozen=True, slots=True)
class Attribution:
    """A saying in a sentence: the saying word at token `cue`, what is said from `start` up to `end`."""

    voice: Voice
    cue: int
    start: int
    end: int
    mention: Mention | None = None
    said_by: tuple[int, int] = (0, 0)
    """The tokens that name the speaker."""
    opinion: bool = False
    """Said by one who comments for a living: an analyst, a professor."""
    granted: frozenset[int] = frozenset()
    """Tokens of what is denied that the denial takes for granted."""
    attitude: int = -1
    """The token that tells whose view it is, where no verb says it."""

    def covers(self, at: int) -> bool:
        """Whether token `at` belongs to what is said."""
        return self.start <= at < self.end and at != self.cue and at not in self.granted


UNNAMED = "a speaker who is not named"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words for who says something, and the name among them."""

    words: str
    mention: Mention | None = None
    at: tuple[int, int] = (0, 0)


def find_attributions(line: Line, text: str, words: Sequence[EventWord], last: Speaker | None) -> list[Attribution]:
    """The attributions of one sentence; `last` is the last speaker told, whom "he added" means."""
    found: list[Attribution] = []
    sayings = speech_verbs()
    for at, token in enumerate(line.tokens):
        if token.low == "according" and line.low(at + 1) == "to":
            found += _according(line, text, at)
        elif token.low in sayings and (stance := find_stance(line, at)) is not None and not _is_noun(words, at):
            found += [_closed(line, words, said) for said in _saying(line, text, at, stance, last, found)]
    kept = _without_denied(line, _without_rejections(line, _without_sayings(found))) if found else found
    return [_with_granted(line, words, said) if said.voice.stance == "denies" else said for said in kept]


def _without_denied(line: Line, found: Sequence[Attribution]) -> list[Attribution]:
    """Without what somebody denies to have said himself: "Roe denied ordering the arrest"."""
    denials = [said for said in found if said.voice.stance == "denies"]
    return [
        said
        for said in found
        if not any(
            other.covers(said.cue)
            and other.voice.words == said.voice.words
            and not any(line.low(at) == "," for at in range(other.cue, said.cue))
            for other in denials
        )
    ]


def _with_granted(line: Line, words: Sequence[EventWord], said: Attribution) -> Attribution:
    return replace(said, granted=presupposed(line, words, said.cue, said.start, said.end))


def _is_noun(words: Sequence[EventWord], at: int) -> bool:
    return any(word.first == at and word.is_noun for word in words)


def _without_rejections(line: Line, found: Sequence[Attribution]) -> list[Attribution]:
    """What somebody claims ends where another's rejection of it begins: ", a claim her office rejected"."""
    starts = [said.end for said in found if said.end < said.cue and line.low(said.end + 2) in grammar("rejected_claim")]
    kept = []
    for said in found:
        ends = [at for at in starts if said.start < at < said.end]
        claimed = any(other.start > other.cue and other.start < said.end for other in found if other is not said)
        if said.end in starts and claimed:
            kept.append(replace(said, start=said.end))
        else:
            kept.append(replace(said, end=ends[0]) if ends else said)
    return kept


def _without_sayings(found: Sequence[Attribution]) -> list[Attribution]:
    """What is said ends where another's word for it all stands: "He denied that they had met, Roe said"."""
    ends = [(said.end, said.cue) for said in found if said.end <= said.cue]
    kept = []
    for said in found:
        after = [end for end, cue in ends if said.start < end < said.end and cue != said.cue]
        kept.append(replace(said, end=min(after)) if after else said)
    return kept


def _closed(line: Line, words: Sequence[EventWord], said: Attribution) -> Attribution:
    """What is said ends where its speaker acts again: "told him that peace is vital, and assured him of help"."""
    past = {word.first for word in words if word.form in ("past", "participle")}
    if said.voice.stance == "denies" and _sets_off(line, said):
        said = replace(said, start=said.cue + 1)
    if (
        said.start == said.cue + 1
        and said.voice.stance != "states"
        and line.low(said.cue) not in grammar("plain_saying")
    ):
        return replace(said, end=min(said.end, _object_end(line, said.start, past)))
    for at in range(max(said.start, said.cue + 1), said.end - 1):
        if line.low(at) in ("and", "but") and at + 1 in past and line.low(said.start - 1) == "that":
            inside = {token.low for token in line.tokens[said.start : at]}
            if line.low(at - 1) == "," or inside & grammar("present_aux"):
                return replace(said, end=at)
    return said


def _sets_off(line: Line, said: Attribution) -> bool:
    """Whether quotation marks only set off a word of what is denied: "denied the existence of a “deal”"."""
    between = line.tokens[said.cue + 1 : said.start]
    marked = len(between) > 1 and between[-1].text in QUOTES
    return marked and all(token.is_word and token.low != "that" for token in between[:-1])


def _object_end(line: Line, start: int, past: Collection[int]) -> int:
    """Where the object of a verb of saying ends: before a clause beside it, or what its subject did besides.

    "denied responsibility | , which …", "ordered an audit | , but …", "dismissed the report | , saying that …",
    "called for calm | and called off a rally".
    What follows a clause of its own belongs to that: "denied he had met him and signed".
    """
    clause = False
    for at in range(start, len(line.tokens)):
        low = line.low(at)
        opener = line.low(at + 1 + (line.low(at + 1) in QUOTES)) if low == "," else low
        goes_on = low == "," and (opener in ("and", "but") or opener in grammar("saying_so"))
        beside = opener in grammar("beside") or goes_on
        if beside and not clause and at > start:
            return at
        if low in ("and", "but") and at + 1 in past and not clause:
            return at
        acting = at in past and line.low(at - 1) not in grammar("be")
        clause = clause or acting or low in grammar("finite_aux") or low in grammar("subject_pronoun")
    return len(line.tokens)


def _according(line: Line, text: str, at: int) -> list[Attribution]:
    end = at + 2
    last = min(len(line.tokens), at + SPEAKER_WORDS)
    while end < last and line.tokens[end].text not in QUOTES | {",", ";"}:
        end += 1
    if end < len(line.tokens) and line.tokens[end].text == "," and _is_apposition(line, end):
        end = min(_next_comma(line, end + 1), len(line.tokens))
    if end == at + 2:
        return []
    speaker = _speaker(line, text, at + 2, end)
    voice = _voice(speaker, "states")
    aside = line.low(at - 1) in (",", "that") and line.low(end) == "," and line.low(at - 2) in {*grammar("clause"), ","}
    aside = aside or (line.low(at - 1) == "that" and line.low(end) == ",")
    content = (end, len(line.tokens)) if at <= 2 or aside else (0, at)
    return [Attribution(voice, at, *content, speaker.mention, speaker.at, _is_opinion(speaker))]


def _is_apposition(line: Line, at: int) -> bool:
    comma = _next_comma(line, at + 1)
    verb = any(line.low(k) in grammar("finite_aux") for k in range(at + 1, comma))
    return line.low(at + 1) in ("a", "an", "the") and comma < len(line.tokens) and not verb


def _next_comma(line: Line, at: int) -> int:
    while at < len(line.tokens) and line.tokens[at].text != ",":
        at += 1
    return at


def _saying(
    line: Line, text: str, at: int, stance: Stance, last: Speaker | None, before: Sequence[Attribution]
) -> list[Attribution]:
    """The attribution that a verb of saying makes, if it has something said and somebody who says it.

    `before` are those of the sentence that stand before it: "X said … and added that" goes on with X.
    """
    determined = line.low(at - 1) in grammar("determiner") and line.low(at - 1) not in ("that", "this")
    if line.quoted[at] or determined or is_said_of(line, at, stance):
        return []
    back = None if opens_speech(line, at + 1) or that_follows(line, at) else said_before(line, at)
    if back is not None and line.tokens[back].text == "," and (stance == "demands" or needs_marks(line, at)):
        # "He denied it, and said he would appeal": only in quotation marks does a demand follow its words.
        back = None
    claim = _rejected_claim(line, at) if stance == "denies" else None
    if claim is not None:
        speaker = _speaker(line, text, claim + 3, group_start(line, at))
        content = (0, claim)
    elif back is not None:
        speaker = _speaker_around(line, text, back, at)
        content = (0, back)
    else:
        around, apposed = _before_relative(line, at), _apposed(line, at)
        start = content_after(line, at, stance, named=around is not None or apposed is not None)
        if start is None:
            return []
        named = _speaker(line, text, *(around or (_subject_start(line, at), group_start(line, at))))
        speaker = _told_by(line, text, at) or apposed or named
        content = (start, len(line.tokens))
    if not speaker.words and (line.low(at).endswith("ing") or line.low(at - 1) in ("and", "but", ",")):
        speaker = _speaker_before(line, at, before) or _sentence_subject(line, text, at)
    if speaker.words.lower() == "who":
        speaker, content = _antecedent(line, speaker), (content[0], min(content[1], _next_comma(line, at)))
    if speaker.words.lower() in ("there", "there are", "there were"):
        speaker = Speaker(line.tokens[at].text)  # "there are reports that"
    speaker = _same_person(speaker, last)
    if not speaker.words:
        return []
    voice = _voice(speaker, stance)
    return [Attribution(voice, at, *content, speaker.mention, speaker.at, _is_opinion(speaker))]


def _told_by(line: Line, text: str, at: int) -> Speaker | None:
    """Who tells what the subject of a passive is told: "was told by Roe that"; without "by" one who is not named."""
    before = at - 1
    while before > 0 and line.low(before) in grammar("adverb"):
        before -= 1
    if line.low(at) not in grammar("telling") or line.low(before) not in grammar("be") or line.mention[before]:
        return None
    if line.low(at + 1) != "by":
        return Speaker(UNNAMED)
    end = next((k for k in range(at + 2, len(line.tokens)) if line.low(k) in (",", "that", "to")), len(line.tokens))
    return _speaker(line, text, at + 2, end)


def subject_of(line: Line, text: str, at: int) -> Speaker:
    """Who is the subject of the verb or adjective at `at`; one without a subject of its own shares another's."""
    while line.low(at - 1) in grammar("be", "adverb"):
        at -= 1
    around = _before_relative(line, at) or (_subject_start(line, at), group_start(line, at))
    speaker = _speaker(line, text, *around)
    if not speaker.words and line.low(group_start(line, at) - 1) in ("and", "but", ","):
        speaker = _sentence_subject(line, text, at)
    return _antecedent(line, speaker) if speaker.words.lower() == "who" else speaker


def _rejected_claim(line: Line, at: int) -> int | None:
    """The comma before ", a claim her office rejected", where a verb of denying closes such an apposition."""
    for comma in range(at - 3, max(0, at - SPEAKER_WORDS), -1):
        if line.low(comma) == "," and line.low(comma + 2) in grammar("rejected_claim"):
            return comma if line.low(comma + 1) in ("a", "an") else None
    return None


def _speaker_before(line: Line, at: int, before: Sequence[Attribution]) -> Speaker | None:
    """Who spoke last in the sentence, with whom an "and added" or ", adding" goes on."""
    said = next((said for said in reversed(before) if said.cue < at and line.quoted[said.cue] == line.quoted[at]), None)
    return Speaker(said.voice.words, said.mention, said.said_by) if said else None


def _sentence_subject(line: Line, text: str, at: int) -> Speaker:
    """Who acts in the sentence, for "…, saying that": people without a name, or else the first name."""
    head = group_start(line, min((k for k in line.verbs if k < at), default=0)) - 1
    if head >= 0 and line.mention[head] is None and bare(line.low(head)) in plural_nouns() | PLURALS:
        start = max((k + 1 for k in range(head) if line.timex[k] is not None), default=0)  # "On Monday two soldiers"
        return _speaker(line, text, max(start, line.clause_bounds(head)[0]), head + 1)
    for here in range(at):
        mention = line.mention[here]
        outside = line.quoted[at] or not line.quoted[here]
        if mention is not None and mention.kind != "LOC" and outside and not _owns(line, mention):
            return Speaker(mention.text, mention)
    return Speaker("")


def _apposed(line: Line, at: int) -> Speaker | None:
    """The person whom two commas close right before a verb of saying: ", and his lawyer, Jane Roe, said"."""
    mention = line.mention[at - 2] if at > 1 and line.low(at - 1) == "," else None
    if mention is None or mention.kind == "LOC" or line.clause_bounds(at)[0] != at:
        return None
    first, end = _bounds(line, [mention])
    if mention.kind == "ORG":
        comma = next((k for k in range(first - 1, max(0, first - SPEAKER_WORDS), -1) if line.low(k) == ","), 0)
        body = _apposed_body(line, comma + 1, end) if comma else None
        return Speaker(shown(mention), mention, (first, end)) if body is mention else None
    return Speaker(shown(mention), mention, (first, end)) if line.low(first - 1) == "," else None


def _before_relative(line: Line, at: int) -> tuple[int, int] | None:
    """The tokens of a subject that a relative clause parts from its verb: "Roe, whose term ends in May, said"."""
    if line.low(at - 1) != ",":
        return None
    for comma in range(at - 2, 0, -1):
        if line.low(comma) == "," and line.low(comma + 1) in grammar("relative_pronoun"):
            start = _subject_start(line, comma)
            return (start, comma) if start < comma and not line.quoted[comma] else None
        if line.tokens[comma].text in QUOTES | {";", ":"}:
            return None
    return None


def group_start(line: Line, at: int) -> int:
    """Where the verb group of a saying begins, so that the subject ends there."""
    while at > 0 and not is_possessive(line.tokens[at - 1]):
        low = line.low(at - 1)
        if line.timex[at - 1] is not None and low in grammar("may"):
            break  # the month
        if low not in _helping() and not (low.endswith("ly") and line.mention[at - 1] is None):
            break
        at -= 1
    return at


@cache
def _helping() -> frozenset[str]:
    """Words of a verb group before its verb."""
    return grammar("be", "have", "do", "will", "would", "may", "adverb") | {"to", ","}


def _clause_start(line: Line, at: int) -> int:
    """The first token of the subject before `at`: clauses split by commas in an apposition belong to it."""
    start, _ = line.clause_bounds(at)
    while start < at and _passes(line.low(start)):
        start += 1
    return start


def _passes(low: str) -> bool:
    """Whether a word or mark may stand before the subject of a saying."""
    return low == "," or low in QUOTES or low in grammar("speech_opener")


def _subject_start(line: Line, at: int) -> int:
    """Where the speaker's words begin: after an opening "After months of review,"."""
    start = _clause_start(line, at)
    before_that, _ = line.clause_bounds(at)
    opening = line.low(start) in grammar("preposition") or (
        before_that and line.low(before_that) in grammar("preposition") & grammar("subordinator")
    )
    comma = _next_comma(line, start)
    if comma >= at and line.low(start) in ("after", "before", "since") and start == before_that:
        return start + 1  # "after Roe said that"
    return comma + 1 if opening and comma < at - 1 else start


def _speaker_around(line: Line, text: str, back: int, at: int) -> Speaker:
    """The speaker of "…, X said" or "…, said X"."""
    start = back + 1
    while start < at and line.tokens[start].text in {",", *QUOTES}:
        start += 1
    if start < at:
        return _speaker(line, text, start, group_start(line, at))
    end = at + 1
    while end < len(line.tokens) and line.tokens[end].text not in {".", ";", ":", *QUOTES}:
        if line.tokens[end].text == "," and not _goes_on(line, end + 1):
            break
        if end - at > SPEAKER_WORDS or line.low(end) in grammar("speaker_end"):
            break
        end += 1
    return _speaker(line, text, at + 1, end)


def _goes_on(line: Line, at: int) -> bool:
    """Whether after a comma a list of speakers or an apposition goes on."""
    named = at < len(line.tokens) and line.mention[at] is not None
    return named or line.low(at) in ("a", "an", "the") or line.low(at).endswith(("man", "woman", "person", "ister"))


def _speaker(line: Line, text: str, start: int, end: int) -> Speaker:
    """Who the words from `start` to `end` mean: a person named among them, or the name that heads them."""
    dated = end > start and line.timex[end - 1] is not None
    while end > start and (not line.tokens[end - 1].is_word or line.timex[end - 1] is not None):
        end -= 1
    if dated and end > start and line.low(end - 1) in ("on", "in", "at", "late", "early"):
        end -= 1
    start = _after_opening(line, start, end)
    start += line.low(start) in ("which", "whom") and end - start > 1  # "the bank, which it accuses of fraud"
    if end <= start:
        return Speaker("")
    at = (start, end)
    words = line.words(start, min(end, start + SPEAKER_WORDS), text)
    people = [m for m in _mentions(line, start, end) if m.kind == "PER" and not _owns(line, m)]
    # "he promoted it by saying": a pronoun speaks only right at its verb.
    people = [m for m in people if line.mention[end - 1] is m or not (isinstance(m, Anaphor) and m.form == "pronoun")]
    if people:
        together = coordinated(line, people)
        several = line.words(*_bounds(line, together), text) if len(together) > 1 else shown(people[0])
        return Speaker(several, people[0], at)
    if line.low(end - 1) in grammar("personal"):
        return Speaker(line.tokens[end - 1].text, None, (end - 1, end))
    body = _apposed_body(line, start, end)
    if body is not None:
        return Speaker(words, body, at)
    # "the Afghan government": the state's name before it heads.
    last = line.mention[end - 1 - (line.low(end - 1) in grammar("state_body"))]
    first = line.mention[start + 1] if line.low(start) == "the" and start + 1 < end else line.mention[start]
    if first is not None and _owns(line, first):
        first = next((m for m in _mentions(line, start, end) if not _owns(line, m)), first)
    if first is None and line.low(end - 1) in grammar("state_body"):
        first = last
    # "the Taliban", "Qatar, Turkey and the UN": the first name heads; "a Pakistani official": none does.
    if last is not None and first is not None and last.kind != "PER":
        return Speaker(shown(first) if isinstance(first, Anaphor) else words, first, at)
    return Speaker(words, None, at)


def _apposed_body(line: Line, start: int, end: int) -> Mention | None:
    """The body whose name closes a phrase that says what it is: "the ferry operator Acme"."""
    name = line.mention[end - 1]
    first = next((k + 1 for k in range(end - 1, start - 1, -1) if line.mention[k] is not name), start)
    if name is None or name.kind != "ORG" or not start < first:
        return None
    kind = line.low(first - 1) in listed("en/names/kind_cues", "body") and line.mention[first - 1] is None
    return name if kind and not any(line.mention[k] for k in range(start, first)) else None


def _after_opening(line: Line, start: int, end: int) -> int:
    """Where a speaker's words begin after a date or "after": "In October 2021 the Senate", "after media reported"."""
    here = start + (line.low(start) in grammar("preposition", "event_preposition"))
    after = here
    while after < end and line.timex[after] is not None:
        after += 1
    return after if after < end and (after > here or line.low(start) in ("after", "before", "since")) else start


def shown(mention: Mention) -> str:
    """The words for who is meant, in which a bare "he" would tell nothing."""
    return mention.shown if isinstance(mention, Anaphor) else mention.text


def coordinated(line: Line, mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention and those that only commas and "and" tie to it: "Qatar, Turkey and the UN"."""
    together = list(mentions[:1])
    for mention in mentions[1:]:
        _, end = _bounds(line, together[-1:])
        start, _ = _bounds(line, [mention])
        if any(line.low(at) not in (",", "and", "&", "the") for at in range(end, start)) or start == end:
            break
        together.append(mention)
    return together


def _bounds(line: Line, mentions: Sequence[Mention]) -> tuple[int, int]:
    """The tokens from the first to the last of the mentions."""
    places = [at for at, mention in enumerate(line.mention) if any(mention is one for one in mentions)]
    return places[0], places[-1] + 1


def _owns(line: Line, mention: Mention) -> bool:
    """Whether a possessive follows the mention: "Ghani’s envoy"."""
    return any(token.start == mention.end and is_possessive(token) for token in line.tokens)


def _mentions(line: Line, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    for mention in line.mention[start:end]:
        if mention is not None and (not found or found[-1] is not mention):
            found.append(mention)
    return found


def _antecedent(line: Line, who: Speaker) -> Speaker:
    """Whom a "who" means: the name that stands right before it; nobody where none does."""
    before = who.at[0] - 1
    before -= line.low(before) == ","
    mention = line.mention[before] if before >= 0 else None
    return Speaker(mention.text, mention, who.at) if mention else Speaker("")


def _same_person(speaker: Speaker, last: Speaker | None) -> Speaker:
    """The person who spoke last for a "he" or "she" that can mean him; else the speaker as found."""
    if speaker.words.lower() in grammar("personal"):
        mention = last.mention if last else None
        if last is None or mention is None or mention.kind != "PER":
            return speaker
        same = fits(gender_of(mention), "m" if speaker.words.lower() == "he" else "f")
        return Speaker(last.words, mention, speaker.at) if same else speaker
    return Speaker("") if speaker.words.lower() in grammar("unsaid_speaker") else speaker


def _voice(speaker: Speaker, stance: Stance) -> Voice:
    who = speaker.mention
    return Voice(words=speaker.words, stance=stance, name=(who.name or who.text) if who else "")


def _is_opinion(speaker: Speaker) -> bool:
    words = f"{speaker.words} {speaker.mention.titles if speaker.mention else ''}".lower().split()
    return not speech_nouns("opinion").isdisjoint(words)
