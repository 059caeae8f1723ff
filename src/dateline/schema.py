"""What stands in the files of `content/`: records → fields and fields → records, one pair for each kind of file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from . import when
from .model import (
    ACTOR_KINDS,
    COURSES,
    EVENT_KINDS,
    ROLES,
    STANCES,
    Actor,
    Alias,
    Appointment,
    Article,
    Entry,
    Event,
    Participant,
    RoleHeld,
    Settings,
    Style,
    Voice,
)  # fmt: skip
from .when import UNKNOWN
from .yamlio import Decoder, Node, Plain

SCHEMA = "1"
LONGEST_ID = 200
"""Of an entry, in characters: ids are keys of the seal, which YAML reads up to 1,024."""

ARTICLE_FIELDS = (
    "schema", "seed", "digest", "title", "title_basis", "source", "byline", "place", "url", "published",
    "published_basis", "published_reasons", "style", "rights", "read_by", "sketch", "note", "entries", "orphans",
    "seal",
)  # fmt: skip
ENTRY_FIELDS = (
    "id", "label", "class", "word", "quote", "prefix", "suffix", "when", "when_words", "when_basis", "reckoned",
    "course", "negated", "voice", "actors", "place", "events", "happening", "salience", "note", "source",
)  # fmt: skip
# An entry's seal counts on this order: a new field goes to the end.
ACTOR_FIELDS = ("schema", "name", "kind", "aliases", "roles", "wikidata", "note", "seal")
EVENT_FIELDS = (
    "schema", "label", "kind", "class", "aliases", "when", "when_reason", "place", "part_of", "part_reason", "history",
    "reason", "note", "seal",
)  # fmt: skip
SETTING_FIELDS = (
    "title", "description", "language", "recogniser", "model", "quote_words", "quote_share", "address", "tag", "report",
)  # fmt: skip
MARK = "correction"
"""By this field a person says, above the line, that the fields beside it are edited so that readers shall be told."""
VOICE_FIELDS = ("words", "stance", "actor")
_PARTICIPANT_FIELDS = ("actor", "role", "words", "meaning", "reason")
_ALIAS_FIELDS = ("name", "articles", "reason")
_APPOINTMENT_FIELDS = ("course", "when", "words", "by", "article", "entry")
_ROLE_FIELDS = ("words", "articles")
_TITLE_BASES = ("text", "generated", "front matter", "metadata", "person", "")
_PUBLISHED_BASES = ("person", "front matter", "metadata", "address", "text", "estimate", "")
_WHEN_BASES = ("stated", "relative", "narrative", "reported", "person", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step between versions of the machine's part; it must raise `schema:` itself."""

    apply: Callable[[Node], Node]
    entry_fields: tuple[str, ...]
    """`ENTRY_FIELDS` as it was: the seal of the older version counts on it."""


MIGRATIONS: Mapping[str, Migration] = {}
"""Steps by the version that they start from; what no step leads from is refused."""


def _kept(fields: dict[str, Plain]) -> dict[str, Plain]:
    """Fields that say something: empty ones are left out of files."""
    return {name: value for name, value in fields.items() if value}


# --------------------------------------------------------------------------------------------- articles and entries


def encode_article(article: Article, entries: Sequence[Entry], read_by: str, sketch: str = "") -> dict[str, Plain]:
    """The fields of an article's file, without orphans and seal; `read_by` names the recogniser."""
    return _kept(
        {
            "schema": int(SCHEMA),
            "seed": article.seed,
            "digest": article.digest,
            "title": article.title,
            "title_basis": article.title_basis,
            "source": article.source,
            "byline": article.byline,
            "place": article.place,
            "url": article.url,
            "published": when.format(article.published),
            "published_basis": article.published_basis,
            "published_reasons": list(article.published_reasons),
            "style": "" if article.style == "news" else article.style,
            "rights": article.rights,
            "read_by": read_by,
            "sketch": sketch,
            "entries": [encode_entry(entry) for entry in entries],
        }
    )


def decode_article(node: Node, id_: str, decoder: Decoder) -> Article:
    """The article that a file's fields tell of."""
    fields = decoder.fields(node, ARTICLE_FIELDS, "an article", MARK)
    return Article(
        id=id_,
        seed=decoder.text(fields.get("seed")),
        digest=decoder.text(fields.get("digest")),
        title=decoder.text(fields.get("title")),
        title_basis=decoder.choice(fields.get("title_basis"), _TITLE_BASES, ""),  # type: ignore[arg-type]
        source=decoder.text(fields.get("source")),
        byline=decoder.text(fields.get("byline")),
        place=decoder.text(fields.get("place")),
        url=decoder.text(fields.get("url")),
        published=decoder.parsed(fields.get("published"), when.parse, UNKNOWN, "bad-date"),
        published_basis=decoder.choice(fields.get("published_basis"), _PUBLISHED_BASES, ""),  # type: ignore[arg-type]
        published_reasons=decoder.items(fields.get("published_reasons"), lambda item: decoder.text(item) or None),
        style=decoder.choice(fields.get("style"), get_args(Style), "news"),
        rights=decoder.choice(fields.get("rights"), ("full", ""), ""),
        sketch=decoder.text(fields.get("sketch")),
    )


def decode_entries(node: Node, article: str, decoder: Decoder) -> tuple[Entry, ...]:
    """The entries of an article's file."""
    listed = node.value.get("entries") if isinstance(node.value, dict) else None
    return decoder.items(listed, lambda item: decode_entry(item, article, decoder))


def _encode_participant(part: Participant) -> dict[str, Plain]:
    told: dict[str, Plain] = {"actor": part.actor, "role": part.role, "words": part.words}
    return told | ({"meaning": part.meaning, "reason": part.reason} if part.meaning else {})


def encode_entry(entry: Entry) -> dict[str, Plain]:
    """An entry as it stands in its article's file."""
    actors: list[Plain] = [_encode_participant(part) for part in entry.participants if part.actor]
    voice: dict[str, Plain] = {}
    if entry.voice:
        voice = _kept({"words": entry.voice.words, "stance": entry.voice.stance, "actor": entry.voice.actor})
    return _kept(
        {
            "id": entry.id,
            "label": entry.label,
            "class": entry.event_class,
            "word": entry.word,
            "quote": entry.quote,
            "prefix": entry.prefix,
            "suffix": entry.suffix,
            "when": when.format(entry.when),
            "when_words": entry.when_words,
            "when_basis": entry.when_basis,
            "reckoned": entry.when_reckoned,
            "course": "" if entry.course == "occurred" else entry.course,
            "negated": entry.negated,
            "voice": voice,
            "actors": actors,
            "place": entry.place,
            "events": list(entry.events),
            "happening": "" if entry.happening == entry.id else entry.happening,
            "salience": round(entry.salience, 2),
            "note": entry.note,
            "source": entry.source,
        }
    )


def decode_entry(node: Node, article: str, decoder: Decoder) -> Entry | None:
    """An entry from its article's file; None, with a problem, where it has no id that will do."""
    fields = decoder.fields(node, ENTRY_FIELDS, "an entry", MARK)
    id_ = decoder.text(fields.get("id"))
    if not id_:
        decoder.problem("missing-field", "an entry needs an id", node.where, "for one of your own: id: e-something")
        return None
    if len(id_) > LONGEST_ID:
        decoder.problem("long-id", f"an id has at most {LONGEST_ID} characters", fields["id"].where)
        return None
    voice = fields.get("voice")
    return Entry(
        id=id_,
        article=article,
        quote=decoder.text(fields.get("quote")),
        prefix=decoder.text(fields.get("prefix")),
        suffix=decoder.text(fields.get("suffix")),
        word=decoder.text(fields.get("word")),
        event_class=decoder.text(fields.get("class")),
        label=decoder.text(fields.get("label")) or decoder.text(fields.get("quote")),
        when=decoder.parsed(fields.get("when"), when.parse, UNKNOWN, "bad-date"),
        when_words=decoder.text(fields.get("when_words")),
        when_basis=decoder.choice(fields.get("when_basis"), _WHEN_BASES, ""),  # type: ignore[arg-type]
        when_reckoned=decoder.text(fields.get("reckoned")),
        course=decoder.choice(fields.get("course"), COURSES, "occurred"),
        negated=decoder.flag(fields.get("negated")),
        voice=_decode_voice(voice, decoder) if voice is not None else None,
        participants=decoder.items(fields.get("actors"), lambda item: _decode_participant(item, decoder)),
        place=decoder.text(fields.get("place")),
        events=decoder.items(fields.get("events"), lambda item: decoder.text(item) or None),
        happening=decoder.text(fields.get("happening")) or id_,
        salience=decoder.number(fields.get("salience"), 0.0, 0, 1),
        note=decoder.text(fields.get("note")),
        source=decoder.text(fields.get("source")),
    )


def _decode_voice(node: Node, decoder: Decoder) -> Voice | None:
    if node.value == "":
        return None
    if isinstance(node.value, str):
        return Voice(words=node.value)
    fields = decoder.fields(node, VOICE_FIELDS, "a voice")
    return Voice(
        words=decoder.text(fields.get("words")),
        stance=decoder.choice(fields.get("stance"), STANCES, "states"),
        actor=decoder.text(fields.get("actor")),
    )


def _decode_participant(node: Node, decoder: Decoder) -> Participant | None:
    """An actor's part: fields, or only the actor's id."""
    if isinstance(node.value, str):
        return Participant(name="", role="agent", words="", actor=node.value)
    fields = decoder.fields(node, _PARTICIPANT_FIELDS, "an actor of an entry")
    return Participant(
        name="",
        role=decoder.choice(fields.get("role"), ROLES, "agent"),
        words=decoder.text(fields.get("words")),
        actor=decoder.text(fields.get("actor")),
        meaning=decoder.text(fields.get("meaning")),
        reason=decoder.text(fields.get("reason")),
    )


# --------------------------------------------------------------------------------------------- actors and events


def encode_actor(actor: Actor) -> dict[str, Plain]:
    """The fields of an actor's file, without the seal."""
    return _kept(
        {
            "schema": int(SCHEMA),
            "name": actor.name,
            "kind": actor.kind,
            "aliases": _encode_aliases(actor.aliases),
            "roles": [{"words": role.words, "articles": list(role.articles)} for role in actor.roles],
            "wikidata": actor.wikidata,
        }
    )


def decode_actor(node: Node, id_: str, decoder: Decoder) -> Actor:
    """The actor that a file's fields tell of; a file without a name is named by its id."""
    fields = decoder.fields(node, ACTOR_FIELDS, "an actor", MARK)
    return Actor(
        id=id_,
        name=decoder.text(fields.get("name")) or id_,
        kind=decoder.choice(fields.get("kind"), ACTOR_KINDS, "person"),
        aliases=decoder.items(fields.get("aliases"), lambda item: _decode_alias(item, decoder)),
        roles=decoder.items(fields.get("roles"), lambda item: _decode_role(item, decoder)),
        wikidata=decoder.text(fields.get("wikidata")),
        note=decoder.text(fields.get("note")),
    )


def encode_event(event: Event) -> dict[str, Plain]:
    """The fields of an event's file, without the seal."""
    return _kept(
        {
            "schema": int(SCHEMA),
            "label": event.label,
            "kind": event.kind,
            "class": event.event_class,
            "aliases": _encode_aliases(event.aliases),
            "when": when.format(event.when),
            "when_reason": event.when_reason,
            "place": event.place,
            "part_of": event.part_of,
            "part_reason": event.part_reason,
            "history": [_encode_appointment(one) for one in event.history],
            "reason": event.reason,
        }
    )


def decode_event(node: Node, id_: str, decoder: Decoder) -> Event:
    """The event that a file's fields tell of; a file without a label is named by its id."""
    fields = decoder.fields(node, EVENT_FIELDS, "an event", MARK)
    return Event(
        id=id_,
        label=decoder.text(fields.get("label")) or id_,
        kind=decoder.choice(fields.get("kind"), EVENT_KINDS, "occasion"),
        event_class=decoder.text(fields.get("class")),
        aliases=decoder.items(fields.get("aliases"), lambda item: _decode_alias(item, decoder)),
        when=decoder.parsed(fields.get("when"), when.parse, UNKNOWN, "bad-date"),
        when_reason=decoder.text(fields.get("when_reason")),
        place=decoder.text(fields.get("place")),
        part_of=decoder.text(fields.get("part_of")),
        part_reason=decoder.text(fields.get("part_reason")),
        history=decoder.items(fields.get("history"), lambda item: _decode_appointment(item, decoder)),
        reason=decoder.text(fields.get("reason")),
        note=decoder.text(fields.get("note")),
    )


def _encode_appointment(one: Appointment) -> Plain:
    return _kept(
        {
            "course": one.course,
            "when": when.format(one.when),
            "words": one.words,
            "by": one.by,
            "article": one.article,
            "entry": one.entry,
        }
    )


def _decode_appointment(node: Node, decoder: Decoder) -> Appointment | None:
    fields = decoder.fields(node, _APPOINTMENT_FIELDS, "a date set for an event")
    return Appointment(
        course=decoder.choice(fields.get("course"), COURSES, "planned"),
        when=decoder.parsed(fields.get("when"), when.parse, UNKNOWN, "bad-date"),
        words=decoder.text(fields.get("words")),
        by=decoder.text(fields.get("by")),
        article=decoder.text(fields.get("article")),
        entry=decoder.text(fields.get("entry")),
    )


def _encode_aliases(aliases: Sequence[Alias]) -> list[Plain]:
    return [_kept({"name": alias.name, "articles": alias.articles, "reason": alias.reason}) for alias in aliases]


def _decode_alias(node: Node, decoder: Decoder) -> Alias | None:
    """Another name: fields, or only the name."""
    if isinstance(node.value, str):
        return Alias(name=node.value)
    fields = decoder.fields(node, _ALIAS_FIELDS, "an alias")
    return Alias(
        name=decoder.text(fields.get("name")),
        articles=int(decoder.number(fields.get("articles"), 0, 0, 10**8)),
        reason=decoder.text(fields.get("reason")),
    )


def _decode_role(node: Node, decoder: Decoder) -> RoleHeld | None:
    if isinstance(node.value, str):
        return RoleHeld(words=node.value)
    fields = decoder.fields(node, _ROLE_FIELDS, "a role")
    articles = decoder.items(fields.get("articles"), lambda item: decoder.text(item) or None)
    return RoleHeld(words=decoder.text(fields.get("words")), articles=articles)


# --------------------------------------------------------------------------------------------- settings


def decode_settings(node: Node, decoder: Decoder) -> Settings:
    """`content/site.yaml`."""
    fields = decoder.fields(node, SETTING_FIELDS, "site.yaml")
    default = Settings()
    return Settings(
        title=decoder.text(fields.get("title"), default.title),
        description=decoder.text(fields.get("description")),
        language=decoder.text(fields.get("language"), default.language),
        recogniser=decoder.text(fields.get("recogniser"), default.recogniser),
        model=decoder.text(fields.get("model")),
        quote_words=int(decoder.number(fields.get("quote_words"), default.quote_words, 5, 1000)),
        quote_share=decoder.number(fields.get("quote_share"), default.quote_share, 0, 1),
        address=decoder.text(fields.get("address")),
        tag=decoder.parsed(fields.get("tag"), parse_tag, "", "bad-tag"),
        report=decoder.parsed(fields.get("report"), parse_report, "", "bad-report"),
    )


_TAG = re.compile(
    r"(?:[\w.+-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
    r",[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?::[A-Za-z0-9._~/-]+)?",
    re.ASCII,
)


def parse_tag(text: str | None) -> str:
    """The authority of a `tag:` address (RFC 4151), with what all ids begin with behind a colon; ValueError for others.

    A domain or e-mail address in small letters, and a day, month or year in which it was yours: "example.org,2026-05".
    """
    clean = (text or "").strip()
    if clean and (len(clean) > 200 or not _TAG.fullmatch(clean)):
        raise ValueError(f'"{clean[:60]}" is no domain with a date at which it was yours: example.org,2026')
    return clean


_MAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


def parse_report(text: str | None) -> str:
    """Where readers report an error: an e-mail address, or that of a page on the web; ValueError for others."""
    clean = (text or "").strip().removeprefix("mailto:")
    if clean and not _MAIL.fullmatch(clean) and not re.fullmatch(r"https?://[^\s<>\"]+", clean):
        raise ValueError(f'"{clean[:60]}" is neither an e-mail address nor one on the web')
    return clean
