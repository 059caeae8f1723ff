"""Within one article: whom role phrases ("the army chief", "the group") and pronouns mean, where that is safe.

A wrong reading puts words into somebody's mouth, a missing one only leaves a gap: whatever may mean two, or somebody
who is not named, means nobody. In the manner of the precision-first sieves of Raghunathan et al. (2010).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ..model import Anaphor, Document, Figure, Mention, Sentence
from .descriptions import (
    Noun,
    Post,
    all_heads,
    as_post,
    body_nouns,
    country_of,
    listed,
    may_be_in_role,
    means,
    name_heads,
    office_heads,
    read_posts,
    telling_nouns,
)
from .discourse import Passage, Person, asides, is_oblique, is_verb, plural_nouns, read_passages, unnamed, verb_after
from .genders import fits, gender_of_given, gender_of_name, gender_of_titles
from .kinds import head_kind
from .pronouns import Meant, person_meant
from .titles import bare, titles_after
from .world import body_kinds

ROLE_REACH = 8
"""Paragraphs after which a role no longer tells who is meant."""
BODY_REACH = 2
RIVAL_REACH = 2
LONGEST_ROLE = 6
PRONOUNS: dict[str, tuple[str, Literal["pronoun", "possessor"]]] = {
    "he": ("m", "pronoun"),
    "she": ("f", "pronoun"),
    "his": ("m", "possessor"),
    "her": ("f", "possessor"),
}


def find_anaphors(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], figures: Sequence[Figure]
) -> tuple[Anaphor, ...]:
    """Role phrases and pronouns of the article's text that mean one of its figures, in order."""
    kinds = {figure.name: figure.kind for figure in figures}
    passages = read_passages(document, sentences, mentions)
    reader = _Reader(document.text, passages, dict(kinds), _genders(mentions))
    return tuple(anaphor for here in range(len(passages)) for anaphor in reader.read(here))


def _genders(mentions: Sequence[Mention]) -> dict[str, str]:
    """What names and titles tell of each person."""
    told: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "PER":
            name = mention.name or mention.text
            told[name] = told.get(name) or gender_of_titles(mention.titles) or gender_of_name(name)
    return told


@dataclass(slots=True)
class _Reader:
    """Goes through an article once, and keeps what it has told so far of each figure."""

    text: str
    passages: Sequence[Passage]
    kinds: dict[str, str]
    genders: dict[str, str]
    posts: dict[str, list[Post]] = field(default_factory=dict)
    last: dict[str, tuple[int, str, Mention]] = field(default_factory=dict)
    """Of each name: the last paragraph that tells of it, the last form, and its first mention."""
    rivals: list[tuple[int, Post]] = field(default_factory=list)
    """Holders of roles who are not named, with their paragraph."""
    called: dict[str, frozenset[str]] = field(default_factory=dict)
    """Of each name: the body nouns by which the text told what it is ("the operator, Roe")."""
    other_bodies: dict[str, int] = field(default_factory=dict)
    """Body nouns used of somebody else ("another bank"), with the paragraph."""

    def read(self, here: int) -> Iterator[Anaphor]:
        """The anaphors of one passage."""
        passage = self.passages[here]
        titles = {place for mention in passage.mentions for place in self._title_places(mention)}
        passage.people = [p for p in unnamed(passage, titles) if not self._is_same_again(passage, p)]
        passage.people += _overlooked(passage)
        passage.people += [person for mention in passage.mentions for person in self._named(passage, mention)]
        passage.people.sort(key=lambda person: person.start)
        for start, end in asides(passage):
            for person in passage.people:
                person.inner = person.inner or start <= person.start < end
        skip = -1
        for at, (word, mention) in enumerate(zip(passage.words, passage.cover, strict=True)):
            if mention is not None:
                if word.start <= mention.start:
                    self._note(passage, mention)
                continue
            if at <= skip or passage.too_long or word.low not in _openers():
                continue
            found, skip = self._at(here, at, word.start in titles)
            if found is not None and not passage.heading and not word.quoted:
                yield found

    # ---------------------------------------------------------------------------------------- what is told

    def _title_places(self, mention: Mention) -> range:
        """Where the titles of a mention stand."""
        if not mention.titles:
            return range(0)
        size = len(mention.titles)
        start = self.text.rfind(mention.titles, max(0, mention.start - size - 3), mention.start)
        if start < 0:
            start = self.text.find(mention.titles, mention.end, mention.end + size + 8)
        return range(start, start + size) if start >= 0 else range(0)

    def _named(self, passage: Passage, mention: Mention) -> Iterator[Person]:
        """A person's mention as one who is told of."""
        if mention.kind != "PER":
            return
        places = self._title_places(mention)
        first = min(places.start, mention.start) if places else mention.start
        at = next((k for k, word in enumerate(passage.words) if word.end > first), len(passage.words))
        owner = _is_owner(self.text, mention)
        quoted = at < len(passage.words) and passage.words[at].quoted
        name = mention.name or mention.text
        yield Person(mention.start, mention.end, name, "", quoted, owner, is_oblique(passage, at))

    def _is_same_again(self, passage: Passage, person: Person) -> bool:
        """Whether a noun only says what somebody named is: an apposition ("Roe, a judge,"), or after "was"."""
        at = next(k for k, word in enumerate(passage.words) if word.start == person.start)
        if _introduces_name(passage, at):
            return True
        start = at
        while start and at - start < 4 and passage.low(start) not in listed("determiner"):
            if start < at and (not passage.low(start)[0].isalpha() or passage.low(start) in listed("oblique")):
                return True
            if start < at and passage.low(start).endswith(("’s", "'s")):
                return False
            start -= 1
        if passage.low(start) not in listed("determiner"):
            return True
        before = passage.low(start - 1)
        if before == "," and passage.words[start - 2].text[0].isdigit():
            before, start = passage.low(start - 3), start - 2
        behind = passage.mention_at(start - 2) if before == "," else None
        return before in listed("tells_of_post") or (behind is not None and behind.kind == "PER")

    def _note(self, passage: Passage, mention: Mention) -> None:
        """Keep what a mention tells."""
        name = mention.name or mention.text
        if mention.kind == "PER":
            told = dict.fromkeys([mention.titles, titles_after(self.text, mention.end)])
            self.posts.setdefault(name, []).extend(post for titles in told for post in read_posts(titles))
        first = self.last[name][2] if name in self.last else mention
        self.last[name] = (passage.sentence.paragraph, mention.text, first)

    # --------------------------------------------------------------------------------------------- phrases

    def _at(self, here: int, at: int, in_title: bool) -> tuple[Anaphor | None, int]:
        """What the word at `at` begins, and the last word that belongs to it."""
        passage = self.passages[here]
        low = passage.low(at)
        if low in PRONOUNS:
            return self._pronoun(here, at), at
        if low in ("it", "they"):
            return self._body_pronoun(here, at), at
        if in_title or low not in listed("determiner"):
            return None, at
        end = _role_end(passage, at)
        if end > at:
            return self._role(passage, at, end), end
        noun = at + 1
        while passage.low(noun) in listed("body_modifier") and bare(passage.low(noun + 1)) in body_nouns():
            noun += 1
        if bare(passage.low(noun)) in telling_nouns():
            return self._body(passage, at, noun), noun
        return None, at

    def _role(self, passage: Passage, at: int, end: int) -> Anaphor | None:
        """Whom a determiner at `at` and a role up to `end` mean."""
        words = [bare(word.text) for word in passage.words[at + 1 : end + 1]]
        post, closes = as_post(" ".join(words)), end
        if self._defines_next(passage, end, post) or _names_next(passage, end) or _is_apposition(passage, at, end):
            return None
        if passage.low(at - 1) in listed("tells_of_post"):
            return None
        if passage.low(end + 1) == "of" and (longer := _of_post(passage, words, end)) is not None:
            post, closes = longer
        paragraph = passage.sentence.paragraph
        ends = _ends_phrase(passage, at, closes)
        holders = [name for name, told in self.posts.items() if any(means(post, one) for one in told)]
        if passage.low(at) != "the" or not holders or not ends:
            if ends or passage.low(closes + 1) in listed("defines"):
                self.rivals.append((paragraph, post))
            return None
        name = holders[0]
        if len(holders) > 1 or self._is_rivalled(paragraph, post) or paragraph - self.last[name][0] > ROLE_REACH:
            return None
        gender = gender_of_titles(post.head)
        if name not in self.kinds or self.kinds[name] != "person" or not fits(gender, self.genders.get(name, "")):
            return None
        words_ = self.text[passage.words[at].end : passage.words[closes].end].strip()
        reason = f"the only {bare(words_)} named before"
        start, stop = passage.words[at].start, passage.words[closes].start + len(bare(passage.words[closes].text))
        passage.people = [p for p in passage.people if not start <= p.start < stop]
        owner = len(bare(passage.words[closes].text)) < len(passage.words[closes].text)
        self._tell(passage, Person(start, stop, name, "", passage.words[at].quoted, owner, is_oblique(passage, at)))
        return self._anaphor(passage, start, stop, Meant(name, reason), "role")

    def _is_rivalled(self, paragraph: int, post: Post) -> bool:
        """Whether somebody without a name held such a role shortly before."""
        return any(
            paragraph - place <= RIVAL_REACH
            and (means(post, other) or means(Post(head=other.head, words=other.words), post))
            for place, other in self.rivals[-20:]
        )

    def _defines_next(self, passage: Passage, end: int, post: Post) -> bool:
        """Whether a name in apposition tells who holds it ("the army chief, General Roe,"), which is kept then."""
        if passage.low(end + 1) != ",":
            return False
        at = end + 2
        while at < end + 6 and passage.mention_at(at) is None and at < len(passage.words):
            if not passage.words[at].text[0].isupper():
                return False
            at += 1
        mention = passage.mention_at(at)
        if mention is None or mention.kind != "PER":
            return False
        self.posts.setdefault(mention.name or mention.text, []).append(post)
        return True

    def _body(self, passage: Passage, at: int, end: int) -> Anaphor | None:
        """Which body "the" and a noun at `end` mean."""
        word, paragraph = bare(passage.low(end)), passage.sentence.paragraph
        told = _told_of(passage, at, end)
        if told is not None:
            name = told.name or told.text
            self.called[name] = self.called.get(name, frozenset()) | {word}
            return None
        if word not in body_nouns():
            return None
        if _names_next(passage, end) or _is_apposition(passage, at, end) or not _ends_phrase(passage, at, end):
            if passage.low(end + 1) in listed("defines"):
                self.other_bodies[word] = paragraph
            return None
        if passage.low(at) != "the":
            if not _is_in_apposition(passage, at):
                self.other_bodies[word] = paragraph
            return None
        if passage.low(at - 1) in listed("tells_of_post") - {"was"}:
            return None
        if paragraph - self.other_bodies.get(word, -RIVAL_REACH - 1) <= RIVAL_REACH:
            return None
        meant = self._body_meant(word, paragraph)
        if meant is None:
            return None
        stop = passage.words[end].start + len(word)
        return self._anaphor(passage, passage.words[at].start, stop, meant, "role")

    def _body_meant(self, word: str, paragraph: int) -> Meant | None:
        noun = body_nouns()[word]
        near = [name for name, (place, _, first) in self.last.items()
                if first.kind == "ORG" and name in self.kinds and paragraph - place <= BODY_REACH]  # fmt: skip
        sure = [name for name in near if self._fits(noun, name)]
        open_ = [name for name in near if name not in sure and self._may_be_any(name)]
        if len(sure) == 1 and (not open_ or self.kinds[sure[0]] == "group" or sure[0] in noun.names):
            return Meant(sure[0], f"the only {word} named shortly before")
        if not noun.lone or sure or len(open_) != 1:
            return None
        bodies = [name for name, (_, _, first) in self.last.items() if first.kind == "ORG" and name in self.kinds]
        fitting = [name for name in bodies if self._may_be_any(name) or self._fits(noun, name)]
        return Meant(open_[0], f"the only body named before that may be a {word}") if fitting == open_ else None

    def _fits(self, noun: Noun, name: str) -> bool:
        return noun.fits(name, self.kinds[name], self.called.get(name, frozenset()))

    def _may_be_any(self, name: str) -> bool:
        """Whether nothing tells what a body is: neither a list nor a word of its name."""
        told = name in body_kinds() or name_heads(name) & all_heads() or head_kind(name)
        return self.kinds[name] == "organisation" and not told and name not in self.called

    # -------------------------------------------------------------------------------------------- pronouns

    def _pronoun(self, here: int, at: int) -> Anaphor | None:
        """Whom "he", "she", "his" or "her" means."""
        passage, word = self.passages[here], self.passages[here].words[at]
        gender, form = PRONOUNS[word.low]
        if word.quoted or (form == "possessor" and not _owns(passage, at)):
            return None
        meant = person_meant(self.passages, here, at, gender, self.genders)
        if form == "pronoun":
            self._tell(passage, Person(word.start, word.end, meant.name if meant else "", gender))
        if meant is None or self.kinds.get(meant.name) != "person":
            return None
        if form == "pronoun" and not self.genders.get(meant.name):
            self.genders[meant.name] = gender
        return self._anaphor(passage, word.start, word.end, meant, form)

    def _body_pronoun(self, here: int, at: int) -> Anaphor | None:
        """Which body an "it" or "they" means that opens a sentence and says or does something only bodies do."""
        passage, word = self.passages[here], self.passages[here].words[at]
        if word.quoted or at != passage.starts() or verb_after(passage, at + 1) not in listed("speaks"):
            return None
        before = self.passages[here - 1] if here else None
        if before is None or before.heading or passage.sentence.paragraph - before.sentence.paragraph > 1:
            return None
        first = before.starts()
        first += before.low(first) == "the"
        bodies = {m.name or m.text: m for m in before.mentions if m.kind != "PER" and (m.name or m.text) in self.kinds}
        lead = next((m for k in range(first, first + 3) if (m := before.mention_at(k)) and m.kind == "ORG"), None)
        if lead is None or any(not _is_owner(self.text, m) for n, m in bodies.items() if n != (lead.name or lead.text)):
            return None
        name = lead.name or lead.text
        plural = self.kinds.get(name) == "group"
        told_of = {w.low for at, w in enumerate(before.words) if before.mention_at(at) is None}
        if name not in self.kinds or _is_owner(self.text, lead) or (word.low == "they") != plural:
            return None
        if told_of & (plural_nouns() if plural else frozenset(body_nouns()) | {"report", "statement", "letter"}):
            return None
        return self._anaphor(passage, word.start, word.end, Meant(name, "what the sentence before is about"), "pronoun")

    # --------------------------------------------------------------------------------------------- results

    def _tell(self, passage: Passage, person: Person) -> None:
        passage.people.append(person)
        passage.people.sort(key=lambda one: one.start)

    def _anaphor(
        self, passage: Passage, start: int, end: int, meant: Meant, form: Literal["role", "pronoun", "possessor"]
    ) -> Anaphor:
        if meant.name not in self.last:  # the name only comes later in the sentence
            self._note(passage, next(m for m in passage.mentions if (m.name or m.text) == meant.name))
        _, words, first = self.last[meant.name]
        self.last[meant.name] = (passage.sentence.paragraph, words, first)
        return Anaphor(
            start=start,
            end=end,
            text=self.text[start:end],
            kind=first.kind,
            name=meant.name,
            titles=first.titles,
            form=form,
            meaning=words,
            reason=meant.reason,
        )


# ----------------------------------------------------------------------------------------- words around phrases


@cache
def _openers() -> frozenset[str]:
    """Small words with which what takes somebody up begins."""
    return listed("determiner") | PRONOUNS.keys() | {"it", "they"}


def _overlooked(passage: Passage) -> Iterator[Person]:
    """Somebody whose name was not recognised, who acts right there: "Ankita Varma said"."""
    at = 0
    while at < len(passage.words):
        end = at
        while end < len(passage.words) and passage.mention_at(end) is None and passage.words[end].text.istitle():
            end += 1
        if end - at > 1 and is_verb(passage.low(end)) and not may_be_in_role(passage.low(end - 1)):
            first, last = passage.words[end - 2], passage.words[end - 1]
            yield Person(first.start, last.end, "", gender_of_given(first.text), first.quoted)
        at = max(end, at + 1)


def _role_end(passage: Passage, at: int) -> int:
    """The last word of a role that begins after the determiner at `at`; `at` where none does."""
    end = at
    for here in range(at + 1, min(at + 1 + LONGEST_ROLE, len(passage.words))):
        word = bare(passage.words[here].text)
        mention = passage.mention_at(here)
        if (mention is not None and not country_of(word)) or not may_be_in_role(word):
            break
        if word.casefold() in office_heads():
            end = here
        if word != passage.words[here].text and not country_of(word):
            break
    return end


def _of_post(passage: Passage, words: Sequence[str], end: int) -> tuple[Post, int] | None:
    """A role with what follows its "of" ("secretary of state", "president of Peru"), and its last word."""
    last = end + 2
    if passage.low(last) == "the":
        last += 1
    while last + 1 < len(passage.words) and passage.low(last + 1) in listed("role_part"):
        last += 1
    if last >= len(passage.words):
        return None
    word = bare(passage.words[last].text)
    country = country_of(word)
    if not country and passage.low(last) not in listed("role_part"):
        return None
    after = " ".join(bare(w.text) for w in passage.words[end + 2 : last + 1])
    return as_post(f"{' '.join(words)} of {after}") if not country else Post(
        head=as_post(" ".join(words)).head, words=as_post(" ".join(words)).words, country=country
    ), last  # fmt: skip


def _introduces_name(passage: Passage, at: int) -> bool:
    """Whether a name in two commas tells who the noun at `at` is: "The head of the bank, Jane Roe, resigned"."""
    comma = at + 1
    while comma <= at + LONGEST_ROLE and passage.low(comma)[:1].isalpha() and not is_verb(passage.low(comma)):
        comma += 1
    mention = passage.mention_at(comma + 1) if passage.low(comma) == "," else None
    if mention is None or mention.kind != "PER" or bare(passage.words[at].text) != passage.words[at].text:
        return False
    end = comma + 1
    while passage.mention_at(end) is mention:
        end += 1
    governed = passage.low(at - 1) in listed("oblique") or passage.low(at - 2) in listed("oblique")
    return not governed and passage.low(end) == "," and passage.low(end + 1) not in ("and", "or", "")


def _names_next(passage: Passage, end: int) -> bool:
    """Whether a name comes right after, to which the words belong ("the envoy Jane Roe", "the group Red Front")."""
    following = passage.words[end + 1].text if end + 1 < len(passage.words) else ""
    return following[:1].isupper() and following[:1].isalpha()


def _told_of(passage: Passage, at: int, end: int) -> Mention | None:
    """The body of which the noun at `end` tells what it is: "the operator, Roe,", "the operator Roe", "Roe, a bank"."""
    if passage.words[end].text != bare(passage.words[end].text):
        return None
    after = end + 1 + (passage.low(end + 1) == ",")
    before = passage.mention_at(at - 2) if passage.low(at - 1) == "," else None
    for mention in (passage.mention_at(after) if after < len(passage.words) else None, before):
        if mention is not None and mention.kind == "ORG":
            closes = mention is not before or passage.low(end + 1) in listed("defines") | set(",.;:)")
            closes = closes and (after == end + 1 or mention is before or _is_closed(passage, after))
            return mention if closes else None
    return None


def _is_closed(passage: Passage, at: int) -> bool:
    """Whether a comma or the end of the sentence, and no list, comes behind the mention at `at`."""
    end, mention = at, passage.mention_at(at)
    while end < len(passage.words) and passage.mention_at(end) is mention:
        end += 1
    low = passage.low(end)
    return low in (".", ";", ":", ")", "") or (
        low == "," and passage.low(end + 1) not in ("and", "or") and passage.mention_at(end + 1) is None
    )


def _is_in_apposition(passage: Passage, at: int) -> bool:
    return passage.low(at - 1) == "," and passage.mention_at(at - 2) is not None


def _is_apposition(passage: Passage, at: int, end: int) -> bool:
    """Whether the phrase only says more of a name before its comma ("Roe, the envoy,")."""
    closes = passage.low(end + 1) in (",", ".", ";", ":", "", ")") or passage.low(end + 1) in listed("defines")
    return closes and _is_in_apposition(passage, at)


def _ends_phrase(passage: Passage, start: int, end: int) -> bool:
    """Whether the noun at `end` is the last of its phrase: a verb, a mark or a small word follows."""
    low = passage.low(end + 1)
    if low in listed("defines"):
        return low in ("for", "to", "of") and passage.low(start - 1) in listed("asks")
    if is_verb(low) and (passage.low(end + 2) == "by" or low in listed("participle_of_noun")):
        return False  # "the group led by Roe", "the firm based in Oslo": only the rest tells which
    owner = passage.words[end].text != bare(passage.words[end].text)
    return owner or not low or low in '.,;:!?)”"—–(' or low in listed("goes_on") or is_verb(low)


def _owns(passage: Passage, at: int) -> bool:
    """Whether "his" or "her" stands before what is owned, rather than for a person ("met her on Monday")."""
    low = passage.low(at + 1)
    return low[:1].isalpha() and low not in listed("goes_on") | listed("oblique") | listed("defines")


def _is_owner(text: str, mention: Mention) -> bool:
    after = text[mention.end : mention.end + 3]
    return after.startswith(("'s", "’s")) or (mention.text.endswith("s") and after.lstrip(" ").startswith(("' ", "’ ")))
