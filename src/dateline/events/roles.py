"""Who takes which part in a happening, and where it is: by order and by prepositions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from ..actors.genders import fits, gender_of
from ..model import Anaphor, Mention, Participant, Role
from .arguments import PASSIVE_MARKS, find_subject, governed, is_modifier, mention_of, objects
from .clauses import (
    ASIDE_REACH,
    Standing,
    gap_at,
    group_words,
    hangs_on_other,
    has_subject,
    host_of,
    sharing_clause,
)
from .governing import end_of, is_owner_at, preposition_before, spans_of
from .lexicon import EventWord
from .lines import Told
from .tokens import Line, grammar, is_possessive
from .voice import Attribution, coordinated

AGENT_OF = frozenset(
    ["withdrawal", "visit", "travel", "announcement", "decision", "statement", "demand", "refusal", "departure"]
)
"""Classes whose "of X" names the doer; of others it names whom it befell."""
TOGETHER = frozenset(["meeting", "talks", "conference", "agreement"])
MOVES = frozenset(["visit", "travel", "deployment", "withdrawal", "departure", "arrest", "rescue"])
OPPOSED = TOGETHER | {"contest", "violence", "victory", "defeat"}
GOES_TO = frozenset(["visit", "travel"])
OWNER_REACH = 4
TITLE_REACH = 20
"""Tokens of titles and offices that may lead up to a name."""


@dataclass(slots=True)
class Cast:
    """The parts found so far; each name keeps the first part it was given, and "mentioned" gives way."""

    figures: Collection[str]
    parts: dict[str, Participant] = field(default_factory=dict)
    place: str = ""
    place_ground: str = ""

    def add(self, mention: Mention, role: Role, ground: str = "named in the sentence") -> None:
        """Give the mention a part, if it may act; `ground` says what makes it so."""
        name = mention.name or mention.text
        if self.figures and name not in self.figures:
            return
        if not self.figures and mention.kind == "LOC":
            return
        known = self.parts.get(name)
        if known is None or (known.role == "mentioned" and role != "mentioned"):
            meaning = {"meaning": mention.meaning, "reason": mention.reason} if isinstance(mention, Anaphor) else {}
            self.parts[name] = Participant(name=name, role=role, words=mention.text, ground=ground, **meaning)

    def put(self, mention: Mention, ground: str) -> None:
        """Let the mention be the place, if it is one and none is known."""
        if mention.kind == "LOC" and not self.place:
            self.place, self.place_ground = mention.name or mention.text, ground

    def put_speakers(self, line: Line, saying: Attribution) -> None:
        """Let those who say it be the doers, those to whom or of whom they say it be affected, all others mentioned."""
        doers = {(mention.name or mention.text): mention for mention in speakers(line, saying)}
        self.parts = {name: replace(part, role="mentioned") for name, part in self.parts.items() if name not in doers}
        shown = f"“{line.tokens[saying.cue].text}”"
        for mention in doers.values():
            self.add(mention, "agent", f"says so, with {shown}")
        for mention in _addressed(line, saying.cue):
            self.add(mention, "affected", f"stands right after {shown}")

    def sorted(self) -> tuple[Participant, ...]:
        """The parts, doers first, then in the order of the text."""
        order = {"agent": 0, "speaker": 1, "counterpart": 2, "affected": 3, "mentioned": 4}
        return tuple(sorted(self.parts.values(), key=lambda part: order[part.role]))


def speakers(line: Line, saying: Attribution) -> list[Mention]:
    """All who say it together: "said Qatar, Turkey and the UN"."""
    named = [m for _, end, m in spans_of(line, *saying.said_by) if not is_owner_at(line, end)]
    after = named[named.index(saying.mention) :] if saying.mention in named else []
    return coordinated(line, after) or ([saying.mention] if saying.mention else [])


def _addressed(line: Line, at: int) -> list[Mention]:
    """Those who stand right after a verb that wants a hearer or a target: "told Roe that", "accused Roe and Noor of".

    An organisation that is only told something is as a rule the one that reports it: "told Reuters".
    """
    if line.low(at) not in grammar("addressing") or at + 1 >= len(line.tokens):
        return []
    heard = phrase_heads(line, at + 1)
    if line.low(at + 1) in grammar("object_pronoun"):
        # "told Roe that …, and assured him": whom the verb before it has.
        before = (heads for k in range(at - 1, -1, -1) if (heads := _addressed(line, k)))
        heard = [mention for mention in next(before, []) if mention.kind == "PER"]
    return [m for m in heard if m.kind != "ORG" or line.low(at) not in grammar("telling")]


def phrase_heads(line: Line, at: int) -> list[Mention]:
    """Whom the phrase that begins at token `at` means: the person to whose name titles lead up, else its first name.

    "The former US ambassador to Pakistan Jane Roe" is Roe alone, "Iran and its minister Jane Roe" both.
    """
    at += line.low(at) in grammar("determiner")
    first = line.mention[at] if at < len(line.tokens) else None
    barred = grammar("finite_aux", "pronoun", "phrase_end")
    end = at
    while end < min(at + TITLE_REACH, len(line.tokens)):
        mention, token = line.mention[end], line.tokens[end]
        if mention is not None and mention.kind == "PER":
            spans = spans_of(line, at, len(line.tokens))
            people = coordinated(line, [m for start, _, m in spans if start >= end and m.kind == "PER"])
            last = end_of(line, next(start for start, _, m in spans if m is people[-1]))
            if line.low(last) == "and" and last + 1 < len(line.tokens) and line.clause[last] == line.clause[at]:
                people += [m for m in phrase_heads(line, last + 1) if m.kind == "PER"]
            beside = first is not None and first is not mention and _is_joined(line, at)
            return [first, *people] if beside and first is not None else people
        if mention is None and (line.timex[end] or not (token.is_word or is_possessive(token)) or token.low in barred):
            break
        if mention is None and token.low.endswith(("ed", "ing")):
            break
        end += 1
    return [first] if first is not None and not is_owner_at(line, end_of(line, at)) else []


def _is_joined(line: Line, at: int) -> bool:
    """Whether an "and" or a comma follows the mention at `at`."""
    return line.low(end_of(line, at)) in ("and", ",")


def find_cast(
    told: Told, word: EventWord, verb: EventWord | None, standing: Standing, figures: Collection[str]
) -> Cast:
    """The participants and the place of a happening; `verb` is the verb that carries an event noun, if any."""
    cast = Cast(figures)
    carrier = verb or (None if word.is_noun else word)
    if word.is_noun:
        _around_noun(told, word, cast)
        if verb is None and word.event_class in GOES_TO and not cast.parts:
            _who_goes(told, word, cast)
    if carrier:
        _around_verb(told, carrier, word, standing, cast)
    return cast


def _around_verb(told: Told, verb: EventWord, word: EventWord, standing: Standing, cast: Cast) -> None:
    line = told.line
    start, end = line.clause_bounds(verb.first)
    shown = f"“{line.tokens[verb.first].text}”"
    subject = _subject_told(told, verb, standing)
    befallen = subject.passive or word.event_class == "price"
    for mention in subject.mentions:
        cast.add(mention, "affected" if befallen else "agent", subject.ground)
    for first, last, mention in spans_of(line, start, verb.first):
        if mention not in subject.mentions and not (isinstance(mention, Anaphor) and mention.form == "pronoun"):
            _by_preposition(line, first, last, mention, word, cast, "mentioned", done=not subject.passive)
    for at in range(start, verb.first):
        if line.low(at) == "by" and line.low(at - 1) in grammar("leading"):
            for mention in phrase_heads(line, at + 1):
                cast.add(mention, "agent", f"{line.low(at - 1)} those who act")
    direct: Role = "counterpart" if word.event_class in TOGETHER else "affected"
    at = verb.last + (line.low(verb.last) not in ("to", "with"))
    if word.event_class in ("talks", "meeting") and line.low(at) in ("to", "with"):
        for mention in phrase_heads(line, at + 1):
            cast.add(mention, "counterpart", f"after “{line.low(at)}”")
    _by_parse(line, verb, word, cast, direct, befallen=befallen)
    said = told.attribution(verb.first)
    if said is not None and verb.first < said.end <= said.cue:
        end = min(end, said.end)
    end = gap_at(line, verb.last + 1, end)
    for first, last, mention in spans_of(line, verb.last + 1, end):
        free = direct if first < word.first or not word.is_noun else "mentioned"
        if cast.place and mention.kind == "LOC" and word.event_class in GOES_TO:
            free = "mentioned"  # "visited China and Afghanistan"
        goes = word.event_class in GOES_TO and mention.kind == "LOC" and free == direct and not cast.place
        bound = line.low(first - 1) == "for" and (first - 2 == verb.last or line.timex[first - 2] is not None)
        before = preposition_before(line, first) if goes else "-"
        if before in ("", "to", "in", "at") or (before == "for" and bound):
            cast.put(mention, f"after “{before}”" if before else f"stands after {shown}")
            continue
        done = standing.passive or word.is_noun
        _by_preposition(line, first, last, mention, word, cast, free, f"stands after {shown}", done=done)


@dataclass(frozen=True, slots=True)
class _SubjectTold:
    """The names that are a verb's subject, whether it befalls them, and how they were found."""

    mentions: list[Mention]
    passive: bool
    ground: str


def _subject_told(told: Told, verb: EventWord, standing: Standing) -> _SubjectTold:
    """The subject by the sentence's parse, where there is one that names somebody or rules out names; else by order.

    The parse finds heads across asides, lists and infinitives; whom a "he" means, order and speech tell better.
    """
    line, at = told.line, verb.first
    start, _ = line.clause_bounds(at)
    shown = f"“{line.tokens[at].text}”" + (", a passive" if standing.passive else "")
    by_order = _SubjectTold(_subject(told, at, start), standing.passive, f"stands before {shown}")
    parsed = find_subject(line, line.tree, at) if line.tree and not hangs_on_other(line, at) else None
    if parsed is None or line.tree is None:
        return by_order
    if parsed.passive and not standing.passive and by_order.mentions and not line.tree.children(at, *PASSIVE_MARKS):
        return by_order  # "…, NATO announced on Monday" may pass for a participle
    named = [
        mention
        for head in parsed.heads
        if (mention := mention_of(line, line.tree, head)) is not None
        and (mention in by_order.mentions or not is_modifier(line, head, mention))
    ]
    if not named and (not parsed.own or any(line.low(head) in grammar("pronoun") for head in parsed.heads)):
        return by_order
    passive = standing.passive or parsed.passive
    kind = "passive subject" if passive else "subject"
    return _SubjectTold(named, passive, f"the {kind} of “{line.tokens[at].text}” in the sentence’s parse")


def _by_parse(line: Line, verb: EventWord, word: EventWord, cast: Cast, direct: Role, *, befallen: bool) -> None:
    """The parts that objects and prepositions have in the sentence's parse, of the verb and of the noun it carries."""
    tree = line.tree
    if tree is None:
        return
    for head in objects(tree, verb.first) if not befallen else ():
        mention = mention_of(line, tree, head)
        if mention is None or (mention.kind == "LOC" and word.event_class in GOES_TO):
            continue
        if not is_modifier(line, head, mention):
            cast.add(mention, direct, f"the object of “{line.tokens[verb.first].text}” in the sentence’s parse")
    for at in dict.fromkeys((verb.first, word.first)):
        for preposition, head in governed(line, tree, at):
            mention = mention_of(line, tree, head)
            if mention is None or is_modifier(line, head, mention):
                continue
            ground = f"after “{preposition}” of “{line.tokens[at].text}” in the sentence’s parse"
            if preposition == "by" and (befallen or word.is_noun or tree.children(at, *PASSIVE_MARKS)):
                cast.add(mention, "agent", ground)
            elif preposition in ("with", "against", "alongside") and word.event_class in OPPOSED:
                cast.add(mention, "counterpart", ground)


def _by_preposition(
    line: Line,
    first: int,
    last: int,
    mention: Mention,
    word: EventWord,
    cast: Cast,
    free: Role,
    ground: str = "named in the sentence",
    *,
    done: bool = True,
) -> None:
    """The part that the preposition before a name gives; `free`, for its `ground`, without one.

    "By" names the doer but of an active verb (not `done`): in "stole a painting by Roe" Roe did not steal.
    """
    governed_by = preposition_before(line, first)
    after = f"after “{governed_by}”"
    owned = last < len(line.tokens) and is_possessive(line.tokens[last])
    if owned:
        cast.add(mention, "mentioned")
    elif mention.kind == "LOC" and _leads_to_place(word, governed_by):
        cast.put(mention, after)
    elif governed_by == "by":
        cast.add(mention, "agent" if done else "mentioned", after)
    elif governed_by in ("with", "alongside", "between", "against") and word.event_class in OPPOSED:
        cast.add(mention, "counterpart", after)
    elif governed_by:
        cast.add(mention, "mentioned")
    else:
        cast.add(mention, free, ground)


def _subject(told: Told, at: int, start: int) -> list[Mention]:
    """The names that are the subject of the verb at `at`: in its clause, or before a "who", or in the last clause."""
    line = told.line
    found = [
        mention
        for first, last, mention in spans_of(line, start, at)
        if not preposition_before(line, first) and not (last < len(line.tokens) and is_possessive(line.tokens[last]))
        and not (isinstance(mention, Anaphor) and _is_left(line, last, at))
    ]  # fmt: skip
    if found:
        return _heads(line, found)
    if (host := host_of(line, at)) is not None:
        verb = min(k for k in line.verbs if k >= host)
        return [] if hangs_on_other(line, at) else _subject(told, verb, host)
    opener = line.low(start)
    if opener in ("who", "which", "that") and start:
        last = start - 1 - (line.low(start - 1) == ",")
        last -= opener != "that" and line.low(last) in grammar("state_body")
        if (mention := line.mention[last]) is not None:
            return [mention]
    pronoun = any(line.low(k) in grammar("personal") for k in range(start, at))
    himself = said_of_himself(told, at)
    if himself is not None and himself.mention is not None:
        return speakers(line, himself)
    if pronoun:
        # Two may be meant, or somebody who is not named.
        return []
    if line.quoted[at] and any(line.low(k) == "i" for k in range(start, at)):
        said = told.attribution(at)
        return [said.mention] if said is not None and said.mention is not None and said.mention.kind == "PER" else []
    bare = opener in ("and", "but", "or") and not has_subject(line, start, at)
    closing = next((said for said in told.attributions if said.end == start), None) if bare else None
    if closing is not None:
        return [closing.mention] if closing.mention else []
    if bare and start:
        previous = sharing_clause(line, start)
        verb = next((w.first for w in told.words if not w.is_noun and previous <= w.first < start), start - 1)
        return _subject(told, verb, previous) if previous < start - 1 else []
    aside = at == start or line.low(start) in grammar("finite_aux")
    return (_before_aside(line, start) if aside else []) or _after_opening(line, at)


def said_of_himself(told: Told, at: int) -> Attribution | None:
    """The saying whose speaker the pronoun means that opens what is said: "Roe said he would appeal".

    "It" means a speaker who is no person, "they" such a one or several, "he" and "she" one whose name does not speak
    against it.
    """
    said = told.attribution(at)
    if said is None or not (said.start == said.cue + 1 or (said.cue < said.start and _is_that(told.line, said.start))):
        return None
    start, _ = told.line.clause_bounds(at)
    low = told.line.low(said.start)
    opens = start in (said.start, said.start - 1) or not has_subject(told.line, start, at)
    if said.start > at or not opens or any(told.line.mention[k] for k in range(said.start + 1, at)):
        return None
    person = said.mention is not None and said.mention.kind == "PER"
    if low == "they":
        several = len(speakers(told.line, said)) > 1
        return said if several or (said.mention is not None and not person) else None
    if low == "it":
        return None if person or said.voice.words.lower() in grammar("pronoun") else said
    if low in grammar("personal") and person and said.mention is not None:
        return said if fits(gender_of(said.mention), "m" if low == "he" else "f") else None
    return None


def _is_that(line: Line, start: int) -> bool:
    """Whether "that" opens what is said from `start` on: "denied on Monday that it had"."""
    return line.low(start - 1) == "that"


def _is_left(line: Line, last: int, at: int) -> bool:
    """Whether an "and" with a subject of its own comes between: "he left, and in 1984 the first ship sailed"."""
    joint = next((k for k in range(last + 1, at) if line.low(k) == "and"), at)
    return any(line.low(k) in grammar("determiner") for k in range(joint + 1, at))


def _after_opening(line: Line, at: int) -> list[Mention]:
    """The name that follows an opening: "While visiting Oslo, Roe said"."""
    if at != 1 or line.low(0) not in grammar("gerund_preposition"):
        return []
    comma = (k for k in range(at + 1, len(line.tokens) - 1) if line.low(k) == ",")
    return next(([m] for k in comma if (m := line.mention[k + 1]) is not None), [])


def _before_aside(line: Line, start: int) -> list[Mention]:
    """The name before an aside that two commas close, where the clause goes on after it: "Roe, aged 55, has left"."""
    if line.low(start - 1) != ",":
        return []
    commas = [k for k in range(start - 2, max(0, start - ASIDE_REACH), -1) if line.low(k) == ","]
    for comma in commas:
        mention = line.mention[comma - 1]
        opens = line.low(comma + 1) in grammar("relative") | {"whose"} or comma == commas[0]
        if mention is not None and opens and not is_owner_at(line, comma):
            return [mention]
        if opens:
            break
    return []


def _heads(line: Line, found: list[Mention]) -> list[Mention]:
    """Without countries and firms that only stand before a person's name ("Afghan President Ghani")."""
    people = [mention for mention in found if mention.kind == "PER"]
    return people if people and found[0].kind != "PER" and len(found) - len(people) < len(found) else found


def _around_noun(told: Told, word: EventWord, cast: Cast) -> None:
    line = told.line
    start, end = line.clause_bounds(word.first)
    shown = line.tokens[word.first].text
    for _, last, mention in spans_of(line, max(start, word.first - OWNER_REACH - 2), word.first):
        if last >= word.first or not is_possessive(line.tokens[last]) or word.first - last > OWNER_REACH:
            continue
        if mention.kind == "LOC" and word.event_class == "conference":
            cast.put(mention, f"the owner of “{shown}”")
        else:
            cast.add(mention, "agent", f"the owner of “{shown}”")
    if any(line.low(k) in ("his", "her") for k in range(word.first - 3, word.first)):
        owner = told.owner(word.first)
        if owner is not None:
            cast.add(owner, "agent", f"the owner of “{shown}”")
    for first, _, mention in spans_of(line, word.last + 1, min(end, word.last + 16)):
        _after_noun(line, first, mention, word, cast)


def _who_goes(told: Told, word: EventWord, cast: Cast) -> None:
    """Those who act during a visit make it: "an assurance was given by Roe during a visit", "Roe said on her visit"."""
    line = told.line
    start = word.first - 1
    while start > 0 and line.tokens[start].is_word and line.low(start) not in grammar("preposition"):
        start -= 1
    if line.low(start) not in ("during", "on") or line.low(start + 1) not in grammar("determiner"):
        return
    first, _ = line.clause_bounds(start - 1)
    passive = any(line.low(at) == "by" and group_words(line, at - 1)[:1] for at in range(first + 1, start))
    if passive:
        found = [m for at in range(first, start) if line.low(at) == "by" for m in phrase_heads(line, at + 1)]
    else:
        found = _subject(told, start, first)
    for mention in sorted(found, key=lambda one: one.kind != "PER"):
        cast.add(mention, "agent", f"acts during “{line.tokens[word.first].text}”")


def _leads_to_place(word: EventWord, governed: str) -> bool:
    """Whether a preposition makes a place of a name: "in" always, "to" and "from" where somebody moves."""
    moves = word.event_class in MOVES and governed in grammar("way_preposition") - {"for"}
    return moves or governed in grammar("place_preposition")


def _after_noun(line: Line, first: int, mention: Mention, word: EventWord, cast: Cast) -> None:
    governed_by = preposition_before(line, first)
    after = f"after “{governed_by}”"
    if mention.kind == "LOC" and _leads_to_place(word, governed_by):
        cast.put(mention, after)
    elif governed_by in ("between", "by", "among"):
        cast.add(mention, "agent", after)
    elif governed_by in ("with", "against"):
        cast.add(mention, "counterpart", after)
    elif governed_by in ("of", "on"):
        cast.add(mention, "agent" if word.event_class in AGENT_OF else "affected", after)
    elif not governed_by:
        return
    else:
        cast.add(mention, "mentioned")
