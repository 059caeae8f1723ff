"""Scores annotated articles of `blind/*.txt`: the actors of each article, their kinds, and what is joined across them.

python tests/actors/blind_score.py [rules|spacy] [FILE…] [-v]
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from articles import document

from dateline.actors.coreference import resolve
from dateline.actors.join import Joined, join_actors
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.actors.world import table_name
from dateline.model import Reading

BLIND = Path(__file__).parent / "blind"
KINDS = ("person", "organisation", "country", "group", "media")
_TITLES = re.compile(
    r"^(?:(?:the|president|judge|mr|mrs|ms|dr|sir|senator|gen|gov|prince|crown|alhaji|comrade|colonel|justice"
    r"|chief|secretary|of|state|minister|prime|foreign)\.? +)+(?=\S)"
)


@dataclass(frozen=True)
class Expected:
    """Who acts in an article: the name that is theirs in the corpus, and the names that will do here."""

    name: str
    kind: str
    names: frozenset[str]


@dataclass
class Annotated:
    """An article with what an editor expects of it."""

    id: str
    corpus: str
    text: str
    expected: list[Expected] = field(default_factory=list)


@dataclass
class Score:
    """Counts of all articles, and in words what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def share(self, of: str, among: str) -> float:
        return 100 * self.counts[of] / max(self.counts[among], 1)

    def figures(self) -> dict[str, float]:
        return {
            "actors precision": self.share("found", "given"),
            "actors recall": self.share("found", "expected"),
            "persons precision": self.share("found person", "given person"),
            "persons recall": self.share("found person", "expected person"),
            "bodies precision": self.share("found body", "given body"),
            "bodies recall": self.share("found body", "expected body"),
            "kind right": self.share("kind", "found"),
            "joins precision": self.share("joined rightly", "joined"),
            "joins recall": self.share("joined rightly", "one"),
        }


def normal(name: str) -> str:
    """A name without case, accents, titles before it, and spelled-out differences that no reader minds."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ı", "i")) if not unicodedata.combining(c))
    plain = plain.casefold().replace("’", "'").replace("u.s.", "us").replace("united nations", "un")
    return _TITLES.sub("", plain.removeprefix("the ")).strip(" .")


def read_file(path: Path) -> list[Annotated]:
    corpus, found = "", []
    for block in re.split(r"^(?=#)", path.read_text(encoding="utf-8"), flags=re.M):
        head, _, rest = block.partition("\n")
        if head.startswith("# corpus "):
            corpus = head.removeprefix("# corpus ")
        elif head.startswith("## "):
            text, _, notes = rest.partition("\n--\n")
            made = Annotated(id=head.removeprefix("## "), corpus=corpus, text=text.strip())
            for line in notes.strip().splitlines():
                kind, _, names = line.partition(": ")
                made.expected += [_expected(kind, item) for item in names.split("; ")]
            found.append(made)
    return found


def _expected(kind: str, item: str) -> Expected:
    name, _, here = item.partition(" = ")
    told = [form for form in (name.strip(), *here.split(" | ")) if form]
    names = (*told, *filter(None, map(table_name, told)))  # the spelling of a listed body is the tables' choice
    return Expected(name=name.strip(), kind=kind, names=frozenset(map(normal, names)))


def _coarse(kind: str) -> str:
    return {"person": "person", "country": "country"}.get(kind, "body")


def score_article(article: Annotated, reading: Reading, score: Score) -> dict[str, str]:
    """Counts one article; what is found there, by the name in the corpus → the name of the figure."""
    open_ = {expected.name: expected for expected in article.expected}
    found: dict[str, str] = {}
    for figure in reading.figures:
        match = next((e for e in open_.values() if normal(figure.name) in e.names), None)
        if match and match.kind == "may":
            del open_[match.name]
            continue
        score.counts["given"] += 1
        score.counts[f"given {_coarse(figure.kind)}"] += 1
        if match is None:
            score.faults.append(f"{article.id}: nobody expects {figure.name} ({figure.kind}) {figure.forms}")
            continue
        del open_[match.name]
        found[match.name] = figure.name
        score.counts["found"] += 1
        score.counts[f"found {_coarse(match.kind)}"] += 1
        score.counts["kind"] += figure.kind == match.kind
        if figure.kind != match.kind:
            score.faults.append(f"{article.id}: {figure.name} is {figure.kind}, not {match.kind}")
    for expected in article.expected:
        if expected.kind != "may":
            score.counts["expected"] += 1
            score.counts[f"expected {_coarse(expected.kind)}"] += 1
            if expected.name in open_:
                score.faults.append(f"{article.id}: misses {expected.name} ({expected.kind})")
    return found


def score_joins(found: dict[str, dict[str, str]], joined: Joined, score: Score) -> None:
    """Counts pairs of rightly found figures in different articles: which are one, and which are joined."""
    items = [(article, name, figure) for article, names in found.items() for name, figure in names.items()]
    for (a, name, one), (b, other, two) in combinations(items, 2):
        if a != b:
            same, made = name == other, joined.ids[a, one] == joined.ids[b, two]
            score.counts.update({"one": same, "joined": made, "joined rightly": same and made})
            if same != made:
                score.faults.append(f"{'apart' if same else 'JOINED'}: {one} ({a}) | {two} ({b})")


def measure(recogniser: str, paths: list[Path]) -> Score:
    score = Score()
    articles = [article for path in paths for article in read_file(path)]
    loaded = load_recogniser(recogniser)
    for corpus in dict.fromkeys(article.corpus for article in articles):
        members = [article for article in articles if article.corpus == corpus]
        documents = [document(article.text, article.id) for article in members]
        readings = []
        for made, mentions in zip(documents, find_mentions(documents, loaded, ()), strict=True):
            named, figures = resolve(made, mentions)
            readings.append(Reading(document=made, mentions=named, figures=figures))
        found = {a.id: score_article(a, r, score) for a, r in zip(members, readings, strict=True)}
        score_joins(found, join_actors(readings), score)
    return score


def main() -> None:
    words = sys.argv[1:]
    names = [word for word in words if word in ("rules", "spacy")] or ["rules", "spacy"]
    paths = [Path(word) for word in words if word.endswith(".txt")] or sorted(BLIND.glob("*.txt"))
    for name in names:
        score = measure(name, paths)
        if "-v" in words:
            print("\n".join(score.faults))
        print(name, *(f"{what} {value:.1f}" for what, value in score.figures().items()), sep="\n  ")


if __name__ == "__main__":
    main()
