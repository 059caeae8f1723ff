"""Words that tell a happening, and the class and kind that each gives; the lists are data (`data/en/events`).

A verb and a noun of one matter are one class: withdraw, pull out, withdrawal, drawdown. Words that may be either
are told apart by their neighbours, cheaply: "they attack" is a verb, "the attack" a noun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from ..model import EventKind
from ..rules import read_table
from .inflect import plurals, verb_forms
from .keys import is_country
from .senses import sense_beside
from .tokens import Line, Token, grammar, is_possessive

Forms = dict[str, list["Form"]]
GRAVE = 0.9
"""Weight of a class from which on its happenings are told even where nobody is named."""
GUARD_REACH = 6
MODAL_REACH = 14
MONEY = ("$", "€", "£", "¥")
DEED_LETTERS = 4
"""Letters that a word in -ed needs to be read as a verb: "need" and "speed" are none, and stand in a list if longer."""
NOUN_REACH = 5
"""How many words back a determiner may stand: "the long-awaited second bilateral meeting"."""


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of happenings: the kind of event it makes, its weight, the classes it may also be told as."""

    name: str
    kind: EventKind
    weight: float
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a lexicon word: its words, lower case, and what the lists say of it."""

    words: tuple[str, ...]
    lemma: str
    event_class: str
    form: str
    """base, s, past, participle, ing; noun, plural"""
    guard: str = ""
    names: bool = False

    @property
    def is_noun(self) -> bool:
        """Whether it is a form of a noun."""
        return self.form in ("noun", "plural")


@dataclass(frozen=True, slots=True)
class EventWord:
    """A happening's word in a sentence: tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    lemma: str
    event_class: str
    form: str
    names: bool = False

    @property
    def is_noun(self) -> bool:
        """Whether it was read as a noun."""
        return self.form in ("noun", "plural")


@cache
def event_classes() -> dict[str, EventClass]:
    """Every class by name."""
    return {
        row["class"]: EventClass(
            row["class"], cast(EventKind, row["kind"]), float(row["weight"]), frozenset(_split(row["near"]))
        )
        for row in read_table("en/events/classes.tsv")
    }


def kind_of(event_class: str) -> EventKind:
    """The kind of event that a class makes; an unknown class makes occasions."""
    known = event_classes().get(event_class)
    return known.kind if known else "occasion"


def is_grave(event_class: str) -> bool:
    """Whether a happening of the class is news whoever it befell: a death, a disaster, a verdict."""
    known = event_classes().get(event_class)
    return known is not None and known.weight >= GRAVE and known.kind != "instrument"


def related(one: str, other: str) -> bool:
    """Whether two classes are the same or may tell one matter (a meeting told as talks)."""
    if one == other:
        return True
    classes = event_classes()
    return one in classes and other in classes and (other in classes[one].near or one in classes[other].near)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


@cache
def _verbs() -> Forms:
    index: Forms = {}
    for row in read_table("en/events/verbs.tsv"):
        for lemma in _split(row["verbs"]):
            for words, form in verb_forms(lemma):
                add_form(index, Form(tuple(words.split()), lemma, row["class"], form, row["guard"]))
    return index


@cache
def _nouns() -> Forms:
    index: Forms = {}
    for row in read_table("en/events/nouns.tsv"):
        names = row["names"] == "name"
        for noun in _split(row["nouns"]):
            lower = noun.lower()
            add_form(index, Form(tuple(lower.split()), lower, row["class"], "noun", row["guard"], names))
            for words in plurals(lower):
                add_form(index, Form(tuple(words.split()), lower, row["class"], "plural", row["guard"], names))
    return index


def plain_noun_class(word: str) -> str:
    """The class of a single noun in lower case that names happenings; "" for one that no list holds."""
    forms = _nouns().get(word, ())
    return next((form.event_class for form in forms if form.words == (word,)), "")


def add_form(index: Forms, form: Form) -> None:
    """Keep a form under its first word, longest first, in the order of the list otherwise."""
    known = index.setdefault(form.words[0], [])
    if form not in known:
        known.append(form)
        known.sort(key=lambda f: -len(f.words))


def find_words(line: Line, senses: Mapping[str, str] | None = None) -> tuple[EventWord, ...]:
    """The event words of a sentence, in order, none inside another.

    `senses`: the classes that nouns of its text have where nothing in their sentence tells (`text_senses`).
    """
    found: list[EventWord] = []
    known = _forms()
    for at, token in enumerate(line.tokens):
        forms = known.get(token.low, ())
        if (forms or _is_past(token.low)) and not (found and at <= found[-1].last):
            found += filter(None, [_read_at(line, at, forms, senses or {})])
    return tuple(found)


def _read_at(line: Line, at: int, forms: Sequence[Form], senses: Mapping[str, str]) -> EventWord | None:
    """The event word that begins at a token as one of the forms, or as a past verb where there is none."""
    if line.timex[at] is not None or not line.tokens[at].is_word:
        return None
    for form in forms:
        if len(form.words) > 1 and any(line.low(at + k) != word for k, word in enumerate(form.words)):
            continue
        reads = noun_fits if form.is_noun else verb_fits
        if reads(line, at, form):
            last = at + len(form.words) - 1
            told = sense_beside(line, form.lemma, at, last) or (form.is_noun and senses.get(form.lemma))
            return EventWord(at, last, form.lemma, told or form.event_class, form.form, form.names)
    return None if forms else _read_deed(line, at)


def _is_past(low: str) -> bool:
    """Whether a word that no list holds looks like a past form."""
    return (low[-2:] == "ed" and len(low) > DEED_LETTERS) or low in grammar("deed_past")


def _read_deed(line: Line, at: int) -> EventWord | None:
    """A past verb that no list holds, right behind the name of its doer: "Gizmodo obtained a prototype".

    Only where an object, a particle or a time follows, and never a verb that tells a state ("Roe believed").
    """
    low = line.low(at)
    known = low in grammar("stative_past") or low in light_verbs()
    if known or line.mention[at] is not None or is_name_like(line.tokens[at]):
        return None
    before = word_before(line, at)
    while before > 0 and line.low(before) in grammar("have"):
        before = word_before(line, before)
    doer = line.mention[before] if before >= 0 else None
    if doer is None:
        return EventWord(at, at, low, "act", "past") if before == 0 and line.low(0) in grammar("personal") else None
    start = before
    while start > 0 and line.mention[start - 1] is doer:
        start -= 1
    governed = line.low(start - 1) in grammar("preposition") and doer.kind != "PER"
    follows = at + 1 < len(line.tokens) and line.tokens[at + 1].is_word and line.low(at + 1) not in ("by", "and", "or")
    return EventWord(at, at, low, "act", "past") if follows and not governed else None


@cache
def _forms() -> Forms:
    """All forms by their first words, longer ones first; verbs before nouns, "found" of find before that of found."""
    return {
        first: sorted(
            [*_verbs().get(first, ()), *_nouns().get(first, ())], key=lambda f: (-len(f.words), f.form == "base")
        )
        for first in _verbs() | _nouns()
    }


# ------------------------------------------------------------------------------------------ verb or noun


def verb_fits(line: Line, at: int, form: Form) -> bool:
    """Whether a form can be a verb where it stands."""
    token = line.tokens[at]
    if line.mention[at] is not None or (is_name_like(token) and at > 0 and line.tokens[at - 1].is_word):
        return False
    if _is_modifier(line, at) or not _guard_holds(line, at, form):
        return False
    reader = {"base": _base_fits, "s": _s_fits, "ing": _ing_fits}.get(form.form, _past_fits)
    return reader(line, at, form)


def is_name_like(token: Token) -> bool:
    """Whether a word is written as a name; a text in capitals only says nothing."""
    return token.is_capital and not (token.text.isupper() and len(token.text) > 1)


def word_before(line: Line, at: int) -> int:
    """The token before `at`, passing over adverbs and "not"."""
    at -= 1
    while at > 0 and (line.low(at) in grammar("adverb") or line.low(at).endswith("ly")):
        at -= 1
    return at


def _guard_holds(line: Line, at: int, form: Form) -> bool:
    """Whether the row's guard holds.

    `not WORDS` forbids them soon after, `with WORDS` wants one of them in the sentence, `object` an object (or a
    passive), `passive` a passive.
    """
    end = at + len(form.words)
    if form.guard.startswith("not "):
        barred = _split(form.guard[4:])
        return not any(line.low(k) in barred for k in range(end, end + GUARD_REACH))
    if form.guard.startswith("with "):
        wanted = _split(form.guard[5:])
        return any(token.low in wanted for token in line.tokens)
    if form.guard == "passive":
        return form.form in ("past", "participle") and line.low(word_before(line, at)) in grammar("be")
    if form.guard == "object" and line.low(word_before(line, at)) not in grammar("be"):
        after = line.low(end)
        return (after[:1].isalnum() or after[:1] in MONEY) and (
            after == "that" or after not in grammar("preposition", "clause")
        )
    return True


def _is_modifier(line: Line, at: int) -> bool:
    """Whether a determiner or possessive stands before: "the disputed vote", "its stalled talks"."""
    before = word_before(line, at)
    if before < 0:
        return False
    if line.low(before) in grammar("determiner") and line.low(before) not in ("that", "this", "both", "all"):
        return True
    return before == at - 1 and is_possessive(line.tokens[before]) and line.mention[before] is None


def _base_fits(line: Line, at: int, form: Form) -> bool:
    before = line.low(word_before(line, at))
    if before == "to" or before in grammar("would", "will", "may", "do"):
        return True
    if before in {"who", "they", "we", "i", "you"} or shared_modal(line, at):
        return True
    before_it = word_before(line, at)
    return form.words[0] not in _nouns() and _plural_name(line, before_it) and not _is_governed_place(line, before_it)


def _is_governed_place(line: Line, at: int) -> bool:
    """Whether a place with its article hangs on a preposition, so that a noun must follow: "under the US pressure"."""
    place = line.mention[at]
    if place is None or place.kind != "LOC":
        return False
    while at > 0 and line.mention[at - 1] is place:
        at -= 1
    return line.low(at - 1) in grammar("determiner") and line.low(at - 2) in grammar("preposition")


def shared_modal(line: Line, at: int) -> str:
    """The "will" or "would" that a bare verb behind "and" shares: "will tour the town on Friday, and play in May"."""
    if line.low(at - 1) not in ("and", "or"):
        return ""
    for here in range(at - 2, max(-1, at - 2 - MODAL_REACH), -1):
        low = line.low(here)
        if low in grammar("will", "would"):
            return low
        if low in grammar("finite_aux", "clause") or low in ";:.“”":
            return ""
    return ""


def _plural_name(line: Line, at: int) -> bool:
    """Whether the token may end a subject of a verb without -s: a name or a plural noun."""
    if at < 0:
        return False
    if line.mention[at] is not None:
        return True
    closed = grammar("finite_aux", "determiner", "be")
    low = line.low(at)
    return low.endswith("s") and low not in closed and not is_possessive(line.tokens[at])


@cache
def _past_words() -> frozenset[str]:
    """Base forms that are their own past ("cut", "hit")."""
    return frozenset(
        word
        for word, forms in _verbs().items()
        for lemma in {form.lemma for form in forms if form.form == "base" and len(form.words) == 1}
        if any(form.form == "past" and form.lemma == lemma for form in forms)
    )


def _s_fits(line: Line, at: int, form: Form) -> bool:
    before = word_before(line, at)
    if before < 0:
        return False
    word = line.low(before)
    closed = word in ("and", "or") or word in grammar("preposition", "be")
    if closed or (word in grammar("determiner") and word not in ("that", "this")) or follows_verb(line, at):
        return False
    if form.words[0] in _nouns() and _is_town_with_article(line, before):
        return False
    if form.words[0] not in _nouns():
        named = line.mention[before] is not None or word in grammar("pronoun") or word in (",", "”", '"')
        return named or object_follows(line, at + len(form.words))
    follows = line.low(at + len(form.words))
    if follows in grammar("be", "have", "will", "would", "may"):
        return False
    named = line.mention[before] is not None and not word.endswith("s")
    return named or word in grammar("pronoun")


def _is_town_with_article(line: Line, at: int) -> bool:
    """Whether a place that bears no article stands behind one, so that a noun must follow: "the Vienna talks"."""
    place = line.mention[at]
    if place is None or place.kind != "LOC" or is_country(place.text):
        return False
    while at > 0 and line.mention[at - 1] is place:
        at -= 1
    return line.low(at - 1) in grammar("determiner") and not place.text.lower().startswith("the ")


def follows_verb(line: Line, at: int) -> bool:
    """Whether a verb stands right before, so that this is its object: "is denying reports that", "rejected claims"."""
    return line.low(at - 1) in grammar("takes_claim") or _has_form(line.low(at - 1), "ing")


def _has_form(word: str, form: str) -> bool:
    """Whether a word is a verb's form of that kind, all of it."""
    return any(known.form == form and len(known.words) == 1 for known in _verbs().get(word, ()))


def object_follows(line: Line, at: int) -> bool:
    """Whether what follows can be a verb's object: "issues a report", "says that"."""
    follows = line.low(at)
    named = at < len(line.tokens) and line.mention[at] is not None
    listed = follows in ("that", "to", ":", "“", '"') or follows in grammar("determiner", "amount")
    return named or listed or follows[:1].isdigit()


def _ing_fits(line: Line, at: int, form: Form) -> bool:
    if form.words[0] in _nouns():
        after_be = at > 0 and line.low(word_before(line, at)) in grammar("be")
        before = line.low(at - 1)
        behind = before == "," or before in grammar("gerund_preposition") or _goes_on_doing(line, at)
        return after_be or (behind and object_follows(line, at + 1))
    return True


def _goes_on_doing(line: Line, at: int) -> bool:
    """Whether an "and" ties it to another -ing form: "destroying houses and killing ten"."""
    tied = line.low(at - 1) == "and"
    return tied and any(line.low(k).endswith("ing") for k in range(max(0, at - 1 - GUARD_REACH), at - 1))


def _past_fits(line: Line, at: int, form: Form) -> bool:
    if at == 0 or _is_of_object(line, at, at + len(form.words)):
        return at == 0 and line.low(1) in grammar("preposition", "determiner") | {"to", "that"}
    if form.words[0] not in _nouns():
        return True
    return form.words[0] not in _past_words() or _plural_name(line, word_before(line, at))


def _is_of_object(line: Line, at: int, end: int) -> bool:
    """Whether a past form stands between a past verb and the noun that it modifies: "found expired vests"."""
    verb, follows = at - 1, line.low(end)
    if verb < 1 or not follows.isalpha() or any(line.mention[k] or line.timex[k] for k in (verb, end)):
        return False
    closed = grammar("preposition", "clause", "determiner", "pronoun", "adverb", "amount", "object_pronoun")
    noun = follows not in closed and not follows.endswith("ly")
    return noun and _has_form(line.low(verb), "past") and line.low(word_before(line, verb)) not in grammar("be", "have")


def noun_fits(line: Line, at: int, form: Form) -> bool:
    """Whether a form can be a noun where it stands, and is guarded as its row wants it."""
    end = at + len(form.words)
    covering = line.mention[at]
    if covering is not None and (covering.kind == "PER" or line.tokens[end - 1].end < covering.end):
        return False
    before = line.low(at - 1)
    if before == "to" or before in grammar("will", "would", "may"):
        return False
    if before in grammar("pronoun") and before not in grammar("determiner"):
        return False
    if form.guard == "named":
        return has_proper_modifier(line, at)
    return form.guard == "any" or form.form == "plural" or _is_noun_phrase(line, at)


def _is_noun_phrase(line: Line, at: int) -> bool:
    """Whether words before make it a noun: a determiner, an adjective, a name, a preposition."""
    if at == 0:
        return True
    for back in range(1, NOUN_REACH + 1):
        token = line.low(at - back)
        if not token or not (line.tokens[at - back].is_word or is_possessive(line.tokens[at - back])):
            return False
        if token in grammar("determiner", "preposition") or is_possessive(line.tokens[at - back]):
            return True
        if line.mention[at - back] is not None or line.timex[at - back] is not None:
            return True
    return False


def has_proper_modifier(line: Line, at: int) -> bool:
    """Whether a name, a capitalised word, an ordinal or a date stands before, at most four words back."""
    for back in range(1, NOUN_REACH):
        here = at - back
        if here < 0 or not (line.tokens[here].is_word or is_possessive(line.tokens[here])):
            return False
        if line.mention[here] is not None or line.timex[here] is not None:
            return True
        token = line.tokens[here]
        if token.is_capital and (here > 0 or token.low not in grammar("determiner", "preposition")):
            return True
        if token.low in grammar("ordinal") or ("-" in token.text and any(c.isupper() for c in token.text)):
            return True
        if token.low in grammar("determiner", "preposition"):
            return False
    return False


def is_event_noun(word: str) -> bool:
    """Whether a word is a form of an event noun."""
    return any(form.words == (word.lower(),) for form in _nouns().get(word.lower(), ()))


def noun_class(word: str) -> str:
    """The class of a noun in the singular, lower case, that may head an event's name; "" for other words."""
    forms = (form for form in _nouns().get(word, ()) if form.words == (word,))
    return next((form.event_class for form in forms if form.form == "noun" and form.names), "")


def light_verbs() -> frozenset[str]:
    """Forms of verbs that only carry a noun: "held talks", "signed an agreement"."""
    return _forms_of("light")


def occurrence_verbs() -> frozenset[str]:
    """Forms of verbs that say of their subject that it occurred: "the talks began"."""
    return _forms_of("occur")


def mere_verbs() -> frozenset[str]:
    """Forms of verbs that say no more of a happening than that it occurred: "the quake struck"."""
    return _forms_of("mere_occurrence")


@cache
def _forms_of(group: str) -> frozenset[str]:
    return frozenset(words.split()[0] for lemma in grammar(group) for words, _ in verb_forms(lemma))


def forms_with(lemmas: Sequence[str]) -> dict[str, str]:
    """Every form of the given verbs, lower case, with its kind (base, s, past, participle, ing)."""
    found: dict[str, str] = {}
    for lemma in lemmas:
        for words, form in verb_forms(lemma):
            found.setdefault(words, form)
    return found
