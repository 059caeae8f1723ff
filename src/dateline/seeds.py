"""Article texts as they come → `Document`s: read, cleaned, with all that their frame tells of them.

Clues are taken first and cleaning comes after, because the line that is no part of the article ("Follow Doha News on
Twitter") is often the only one to name its publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from . import when
from .files import read_file
from .model import Article, Document, Paragraph, Sentence
from .problems import Problem, Severity, Where
from .rules import read_table
from .seedfiles import seed_files
from .text import clean, digest, fold, is_heading, slug, split_paragraphs, unwrap
from .when import UNKNOWN, When
from .yamlio import Decoder, parse_yaml

MAX_BYTES = 4_000_000
"""No article is this long; what is longer is another sort of file."""

READ = (".txt", ".md", ".markdown", ".html", ".htm")
_FRONT_FIELDS = ("title", "source", "byline", "author", "place", "published", "date", "url", "style", "rights")


@dataclass(frozen=True, slots=True)
class Seeds:
    """What lay in `seeds/`: documents in order of their file names, and what was wrong."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


class Kept(Protocol):
    """Documents of an earlier run, of files that hold the same bytes."""

    def document(self, name: str) -> Document | None:
        """The document of a file; None where it has to be read."""

    def keep(self, name: str, data: bytes, document: Document) -> None:
        """Keep what was read of a file's bytes, without a problem."""


def read_seeds(folder: Path, kept: Kept | None = None) -> Seeds:
    """Every article text below `folder`. A file that cannot be read as one is left out with a warning.

    What is `kept` is not read again.
    """
    documents: list[Document] = []
    names, told = seed_files(folder)
    problems = list(told)
    first: dict[str, dict[str, str]] = {}
    for name in names:
        if (shown := _shown(name)) != name:
            problems.append(_warning("encoding", "the file's name is not UTF-8; left out", shown, hint="rename it"))
            continue
        document, found = read_seed(folder / name, name, kept)
        problems += found
        if document is None:
            continue
        printed = first.setdefault(document.article.digest, {})
        source = document.article.source.casefold()
        if printed and (not source or "" in printed or source in printed):
            twin = printed.get(source) or next(iter(printed.values()))
            problems.append(_warning("duplicate-seed", f"the same text as seeds/{twin}; left out", name))
            continue
        printed[source] = name  # a copy that another publisher printed is a report of its own
        documents.append(document)
    return Seeds(tuple(documents), tuple(problems))


def _shown(name: str) -> str:
    """A file's name with a mark for each byte that is no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_seed(path: Path, name: str, kept: Kept | None = None) -> tuple[Document | None, tuple[Problem, ...]]:
    """One article text; None where the file holds none, with the reason."""
    if kept and (known := kept.document(name)):
        return known, ()
    suffix = path.suffix.lower()
    if suffix not in READ:
        return None, (_warning("unknown-seed", f"{suffix or 'a file without a suffix'} is not read; left out", name),)
    try:
        data = read_file(path, MAX_BYTES + 1)  # it may grow while it is read
        if len(data) > MAX_BYTES:
            size = max(path.stat().st_size, len(data)) / 1e6
            message = f"{size:.0f} MB is too long for an article (at most {MAX_BYTES / 1e6:.0f} MB); left out"
            return None, (_warning("large-seed", message, name, hint="split it, an article a file"),)
    except OSError as error:
        return None, (_warning("unreadable-seed", f"cannot be read ({error.strerror}); left out", name),)
    raw, problems = decode_bytes(data, name)
    if raw is None:
        return None, problems
    document, more = read_text(raw, name, html=suffix in (".html", ".htm"))
    if kept and document and not (problems or more):
        kept.keep(name, data, document)
    return document, (*problems, *more)


def read_text(raw: str, name: str, html: bool = False) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document that a seed's characters hold; `name` is the seed's file, for messages and for its date."""
    body, front, problems = _read_html(raw, name) if html else _split_front_matter(raw, name)
    basis = "metadata" if html else "front matter"
    text = unwrap(clean(body))
    if not text and any(problem.slug == "html-seed" for problem in problems):
        return None, problems
    if not text and html and _holds_words(raw):
        message = "no article is found in its marks, though it holds words; left out"
        return None, (*problems, _warning("unread-html", message, name, hint="save the article's text as .txt"))
    if not text:
        return None, (*problems, _warning("empty-seed", "holds no text; left out", name))
    return _Frame(name, text, front, basis).document(), problems


def _warning(slug_: str, message: str, name: str, line: int = 0, hint: str = "") -> Problem:
    severity: Severity = "warning"
    return Problem(slug=slug_, message=message, where=Where(f"seeds/{name}", line), severity=severity, hint=hint)


# --------------------------------------------------------------------------------------------- bytes


def decode_bytes(data: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The characters of a file: UTF-8, UTF-16, else Windows-1252, saying so; None for what is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decode_as(data, encoding, name)
    if b"\0" in data:
        wide = _wide_encoding(data)
        if wide is None:
            return None, (_warning("binary-seed", "is not a text (it holds zero bytes); left out", name),)
        return _decode_as(data, wide, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in data) > len(data) / 100:
            return None, (_warning("binary-seed", "is not a text; left out", name),)
        text = data.decode("cp1252", errors="replace")
        return text, (_warning("encoding", "is not UTF-8; read as Windows-1252", name, line),)


def _decode_as(data: bytes, encoding: str, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None, (_warning("encoding", f"begins like {encoding.upper()} but is not; left out", name),)
    if encoding == "utf-8-sig":
        return text, ()
    return text, (_warning("encoding", f"read as {encoding.upper()}", name, hint="save it as UTF-8"),)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows zeros in nearly every second byte of a Latin text."""
    if len(data) % 2:
        return None
    half = len(data) / 2
    if data[1::2].count(0) > 0.7 * half and data[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if data[0::2].count(0) > 0.7 * half and data[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


# --------------------------------------------------------------------------------------------- front matter, HTML


def _split_front_matter(raw: str, name: str) -> tuple[str, dict[str, str], tuple[Problem, ...]]:
    match = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n|(?<=\n))---[ \t]*(?:\r?\n|\Z)", raw, re.DOTALL)
    if not match or not re.match(r"\s*[\w-]+\s*:", match[1]):
        return raw, {}, ()
    node, syntax = parse_yaml(match[1], f"seeds/{name}", first_line=2)
    decoder = Decoder(list(syntax))
    fields = decoder.fields(node, _FRONT_FIELDS, "an article's front matter")
    front = {key: decoder.text(value).strip() for key, value in fields.items()}
    for key in ("published", "date"):
        if front.get(key) and not _stated_date(front[key]).known:
            message = f'"{front[key]}" is no date; the article stands as undated'
            decoder.problem("bad-date", message, fields[key].where, "write 2024-03-08")
    problems = tuple(replace(problem, severity="warning") for problem in decoder.problems)
    return raw[match.end() :], front, problems


def _read_html(raw: str, name: str) -> tuple[str, dict[str, str], tuple[Problem, ...]]:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        hint = "pip install 'dateline[html]'"
        return "", {}, (_warning("html-seed", "reading HTML needs the extra `html`", name, hint=hint),)
    found = bare_extraction(raw, include_comments=False, include_tables=False, with_metadata=True)
    if found is None:
        return "", {}, ()
    page: Mapping[str, str | None] = found if isinstance(found, dict) else found.as_dict()
    names = {"title": "title", "sitename": "source", "author": "byline", "date": "published", "url": "url"}
    front = {ours: str(page[theirs]).strip() for theirs, ours in names.items() if page.get(theirs)}
    return page.get("text") or "", front, ()


_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z!][\w-]*)[^<>]*>")
_NO_WORDS = ("head", "script", "style", "template", "title")


def _holds_words(page: str) -> bool:
    """Whether a reader of the page would see words. Asked where none were found: parsers give up on deep nesting."""
    unread, at = "", 0
    for tag in _TAG.finditer(page):
        if not unread and page[at : tag.start()].strip():
            return True
        name = tag["name"].lower()
        if tag["end"]:
            unread = "" if name == unread else unread
        elif not unread and name in _NO_WORDS:
            unread = name
        at = tag.end()
    return not unread and bool(page[at:].strip())


# --------------------------------------------------------------------------------------------- clues


@dataclass(frozen=True, slots=True)
class Clue:
    """A pattern for a line of an article's frame; see `data/en/clues.tsv`."""

    where: str
    pattern: re.Pattern[str]


@cache
def clues() -> tuple[Clue, ...]:
    """All clues of the list, in its order."""
    return tuple(Clue(row["where"], re.compile(row["pattern"])) for row in read_table("en/clues.tsv"))


_LONGEST_CLUE = 400
_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?:/|$)")
_TITLE_END = re.compile(r"\s+[|–—-]\s+")
_TITLE_WORDS = 24
_LEAD_LETTERS = 80


@dataclass(slots=True)
class _Frame:
    """An article's text while its frame is taken off."""

    name: str
    text: str
    front: dict[str, str]
    front_basis: str
    told: dict[str, str] = field(default_factory=dict)
    title: str = ""
    title_basis: str = ""

    def document(self) -> Document:
        lines = self._without_frame(self.text.split("\n"))
        lines = self._take_title(lines)
        lines = self._take_lead(self._take_writer(lines))
        text = "\n\n".join(line for line in lines if line)
        paragraphs = split_paragraphs(text)
        self._hear_inside(text, paragraphs)
        if not self.title:
            self.title, self.title_basis = _title_from(text), "generated"
        return Document(article=self._article(text), text=text, paragraphs=paragraphs)

    def tell(self, clue: re.Match[str]) -> None:
        """Remember what a clue says; the first to speak is believed."""
        for slot, value in clue.groupdict().items():
            if value and value.strip():
                self.told.setdefault(slot, value.strip())

    def _without_frame(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        for number, line in enumerate(lines):
            where, match = _framing(line)
            if match:
                self.tell(match)
            if where == "end" and number > len(lines) / 2:
                break
            if where != "line":
                kept.append(line)
        return kept

    def _take_title(self, lines: list[str]) -> list[str]:
        """A first line that ends like no sentence is the title; "Title | Publisher" names both."""
        if self.front.get("title"):
            self.title, self.title_basis = self.front["title"], self.front_basis
        words = [(i, line) for i, line in enumerate(lines) if line]
        if not words or not _reads_as_title(words):
            return lines
        first, line = words[0]
        title = line.removeprefix("# ").strip()
        head, source = _split_title(title, [other for _, other in words[1:4]])
        if source:
            self.told.setdefault("source", source)
        if not self.title:
            self.title, self.title_basis = head, "text"
        again = {fold(title), fold(head)}
        return [line for line in lines[first + 1 :] if fold(line) not in again]

    def _take_writer(self, lines: list[str]) -> list[str]:
        """A name alone on one of the last lines, under a text that ended, is the writer's."""
        words = [i for i, line in enumerate(lines) if line]
        if len(words) > 3 and re.fullmatch(r"(?:[A-Z][\w'’.-]+ ){1,2}[A-Z][\w'’.-]+", lines[words[-1]]):
            self.told.setdefault("byline", lines[words[-1]])
            return lines[: words[-1]]
        return lines

    def _take_lead(self, lines: list[str]) -> list[str]:
        """The dateline ("ISLAMABAD: …") comes off the first paragraph of running text."""
        for i, line in enumerate(lines):
            if line and not is_heading(line):
                for clue in clues():
                    match = clue.pattern.match(line[:_LONGEST_CLUE]) if clue.where == "lead" else None
                    if match:
                        self.tell(match)
                        return [*lines[:i], line[match.end() :], *lines[i + 1 :]]
                break
        return lines

    def _hear_inside(self, text: str, paragraphs: tuple[Paragraph, ...]) -> None:
        for paragraph in paragraphs:
            body = text[paragraph.start : paragraph.end]
            for clue in clues():
                match = clue.pattern.search(body) if clue.where == "inside" else None
                if match:
                    self.tell(match)

    def _article(self, text: str) -> Article:
        published, basis = self._published()
        return Article(
            id="",
            seed=self.name,
            digest=digest(text),
            title=self.title,
            title_basis=self.title_basis,  # type: ignore[arg-type]
            source=self.front.get("source") or self.told.get("source", ""),
            byline=self.front.get("byline") or self.front.get("author") or self.told.get("byline", ""),
            place=self.front.get("place") or _place_name(self.told.get("place", "")),
            url=self.front.get("url", ""),
            published=published,
            published_basis=basis,  # type: ignore[arg-type]
            style="narrative" if self.front.get("style") == "narrative" else "news",
            rights="full" if self.front.get("rights") == "full" else "",
        )

    def _published(self) -> tuple[When, str]:
        """The publication date by the first of: front matter or metadata, address, file name, a line that says it."""
        candidates = (
            (_stated_date(self.front.get("published") or self.front.get("date") or ""), self.front_basis),
            (_date_in(_URL_DATE, self.front.get("url", "")), "address"),
            (_date_in(_FILE_DATE, self.name), "address"),
            (_stated_date(self.told.get("date", "")), "text"),
        )
        return next(((day, basis) for day, basis in candidates if day.known), (UNKNOWN, ""))


def _framing(line: str) -> tuple[str, re.Match[str] | None]:
    if 0 < len(line) <= _LONGEST_CLUE:
        for clue in clues():
            match = clue.pattern.match(line) if clue.where in ("line", "end") else None
            if match:
                return clue.where, match
    return "", None


def _reads_as_title(words: list[tuple[int, str]]) -> bool:
    line = words[0][1]
    return (
        len(words) > 1
        and len(line.split()) <= _TITLE_WORDS
        and line[-1] not in ".;,:"
        and not any(clue.pattern.match(line) for clue in clues() if clue.where == "lead")
        and len(words[1][1]) + len(line) > 40
    )


def _split_title(title: str, next_lines: list[str]) -> tuple[str, str]:
    """A title and its publisher: what stands after the last bar, or after a dash where the title is repeated."""
    marks = list(_TITLE_END.finditer(title))
    if not marks:
        return title, ""
    last = marks[-1]
    head, tail = title[: last.start()].strip(), title[last.end() :].strip()
    repeated = any(fold(line) == fold(head) for line in next_lines)
    if head and 0 < len(tail.split()) <= 5 and ("|" in last.group() or repeated):
        return head, tail
    return title, ""


def _title_from(text: str) -> str:
    """A title cut from the first words of a text, at a clause or a word, with "…" where it was cut."""
    line = next((line for line in text.split("\n") if line and not is_heading(line)), text.split("\n")[0])
    if len(line) <= _LEAD_LETTERS:
        return line.rstrip(".")
    cut = line[: _LEAD_LETTERS + 1]
    for mark in re.finditer(r"(?:[,;:] | (?:as|after|since|because|while|which|who|when) )", cut):
        if mark.start() >= _LEAD_LETTERS / 2:
            return cut[: mark.start()] + " …"
    return cut.rpartition(" ")[0] + " …" if " " in cut else cut[:-1] + "…"


def _place_name(place: str) -> str:
    return place.title() if place.isupper() and len(place) > 3 else place


def _when(text: str) -> When:
    try:
        return when.parse(text)
    except ValueError:
        return UNKNOWN


def _date_in(pattern: re.Pattern[str], address: str) -> When:
    found = pattern.search(address)
    return _when("-".join(found.groups())) if found else UNKNOWN


def _stated_date(text: str) -> When:
    """The date that a line states in full, as EDTF or in words; unknown for less than a year, a month and a day."""
    exact = _when(text) if re.match(r"[\d\[.]", text) else UNKNOWN
    if exact.known or not text:
        return exact
    if stamp := re.match(r"\d{4}-\d\d-\d\d(?=[T ])", text):
        return _when(stamp.group())
    from .dates import find_timexes  # large, and few lines need it

    whole = Document(article=Article(id="", seed=""), text=text, paragraphs=split_paragraphs(text))
    sentences = tuple(Sentence(start=p.start, end=p.end, paragraph=i) for i, p in enumerate(whole.paragraphs))
    found = [timex.when for timex in find_timexes(whole, sentences) if when.is_day(timex.when)]
    return found[0] if len(found) == 1 else UNKNOWN


def mint_article_id(article: Article, taken: Iterable[str]) -> str:
    """An id for a new article: the slug of its title or file name, numbered where it is taken."""
    base = slug(article.title) or slug(Path(article.seed).stem) or f"a-{article.digest[:8]}"
    used, number = set(taken), 1
    while (name := base if number == 1 else f"{base}-{number}") in used:
        number += 1
    return name
