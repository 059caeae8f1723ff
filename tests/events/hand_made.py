"""Readings made by hand: names and dates are given, so that these tests depend on no recogniser and no date rules."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.actors.anaphora import find_anaphors
from dateline.events.entries import find_entries, find_namings
from dateline.events.larger import find_ties
from dateline.events.schedule import find_told
from dateline.model import Article, Document, Figure, Mention, Paragraph, Reading, Sentence, Timex
from dateline.when import parse

NAMES = {
    "PER": ("Ada Moreno", "Moreno", "Tom Brandt", "Brandt", "Lena Oduya", "Oduya", "Noor"),
    "ORG": ("Acme", "Borealis", "the UN", "Taliban", "Rovers"),
    "LOC": ("Oslo", "Lima", "Kabul", "Peru", "Norway", "Istanbul", "Turkey", "Doha", "US"),
}
COUNTRIES = ("Peru", "Norway", "Turkey", "US")
DATES = {
    "on Monday": "2021-04-26",
    "last month": "2021-03",
    "in May": "2021-05",
    "in 2018": "2018",
    "February 29, 2020": "2020-02-29",
    "this week": "2021-04-26/2021-05-02",
    "yesterday": "2021-04-28",
    "2018": "2018",
}
FULL = {"Moreno": "Ada Moreno", "Brandt": "Tom Brandt", "Oduya": "Lena Oduya"}


def read(text: str, published: str = "2021-04-29", article: str = "a") -> Reading:
    """The reading of a text whose paragraphs are its lines; "# " begins a heading."""
    document = _document(text, published, article)
    reading = Reading(
        document=document,
        sentences=tuple(_sentences(document)),
        mentions=tuple(_mentions(document.text)),
        timexes=tuple(_timexes(document.text)),
        figures=_figures(),
    )
    anaphors = find_anaphors(document, reading.sentences, reading.mentions, reading.figures)
    reading = replace(reading, anaphors=anaphors)
    namings = find_namings(reading)
    reading = replace(reading, namings=namings)
    reading = replace(reading, told_dates=tuple(find_told(reading)), ties=tuple(find_ties(reading)))
    entries = find_entries(reading)
    named = (replace(e, id=f"{article}-{i:02}") for i, e in enumerate(entries))
    acting = (replace(e, participants=tuple(replace(p, actor=p.name) for p in e.participants)) for e in named)
    return replace(reading, entries=tuple(acting))


def _document(text: str, published: str, article: str) -> Document:
    paragraphs, at, plain = [], 0, []
    for line in text.split("\n"):
        words = line.removeprefix("# ")
        if words:
            kind = "heading" if line.startswith("# ") else "text"
            paragraphs.append(Paragraph(start=at, end=at + len(words), kind=kind))  # type: ignore[arg-type]
        plain.append(words)
        at += len(words) + 1
    return Document(
        article=Article(id=article, seed=f"{article}.txt", published=parse(published)),
        text="\n".join(plain),
        paragraphs=tuple(paragraphs),
    )


def _sentences(document: Document) -> list[Sentence]:
    found = []
    for number, part in enumerate(document.paragraphs):
        for match in re.finditer(r"\S.*?(?:[.!?][”\"]?(?=\s)|$)", document.text[part.start : part.end]):
            start, end = part.start + match.start(), part.start + match.end()
            found.append(Sentence(start=start, end=end, paragraph=number))
    return found


def _mentions(text: str) -> list[Mention]:
    kinds = {name: kind for kind, names in NAMES.items() for name in names}
    pattern = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    return [
        Mention(
            start=m.start(),
            end=m.end(),
            text=m.group(),
            kind=kinds[m.group()],  # type: ignore[arg-type]
            name=FULL.get(m.group(), m.group()),
        )
        for m in re.finditer(rf"\b(?:{pattern})\b", text)
    ]


def _timexes(text: str) -> list[Timex]:
    pattern = "|".join(re.escape(words) for words in DATES)
    found = []
    for match in re.finditer(rf"\b(?:{pattern})\b", text):
        words = match.group()
        start = match.start() + (3 if words.startswith(("on ", "in ")) else 0)
        edtf = DATES[words]
        basis = "stated" if words[-1].isdigit() else "relative"
        found.append(
            Timex(
                start=start,
                end=match.end(),
                text=text[start : match.end()],
                type="DATE",
                value=edtf,
                when=parse(edtf),
                basis=basis,  # type: ignore[arg-type]
            )
        )
    return found


def _figures() -> tuple[Figure, ...]:
    people = {FULL.get(name, name) for name in NAMES["PER"]}
    found = [Figure(name=name, kind="person", forms=(name,)) for name in sorted(people)]
    found += [Figure(name=name, kind="organisation", forms=(name,)) for name in NAMES["ORG"]]
    found += [Figure(name=name, kind="country", forms=(name,)) for name in COUNTRIES]
    return tuple(found)
