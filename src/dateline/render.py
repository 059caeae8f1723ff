"""From the plan of a site to its files: Jinja templates, relative links, a folder changed only where it must.

Templates see `site`, `page`, `view` and the filters below; no clock, no chance, nothing outside their
folders. A tracker's own `templates/` stand before the shipped ones, file by file; what it overrides it can
still extend as `shipped/NAME`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from .compiled import Compiled
from .files import read_file
from .fragments import Fragments
from .gathered import data_path
from .kept import KeptPages
from .outcome import Written
from .outputs import Writer, steady
from .plan import File, Page, Site
from .problems import Problem, UsageError, Where, first_few, name_fault
from .progress import Tell, silent
from .sandbox import Sandbox
from .staged import Staged, refused
from .views import RedirectView
from .web import direction

MANIFEST = ".dateline-files"
"""Lists the files that we wrote into a site's folder: the only ones that we may remove."""
REDIRECTS = "_redirects"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that HTML does not allow, or UTF-8 cannot write; and isolates, which could end that of a `<bdi>`."""
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""Those of them that UTF-8 writes as one byte."""
_LEADS = (b"\xef\xbf", b"\xe2\x81")
"""What the others begin with there."""

Flaws = tuple[dict[tuple[Where, str, str], Problem], set[str], int]
"""Problems, templates that made pages without a word, and how many pages were made."""


def render(
    site: Site,
    dirs: Sequence[Path],
    kept: KeptPages | None = None,
    tell: Tell = silent,
    into: MutableMapping[str, bytes] | None = None,
) -> tuple[MutableMapping[str, bytes], tuple[Problem, ...]]:
    """Every file of the site by its path, and the problems of templates; a page with one is left out.

    So is one that stands there already, as `kept` tells. Files are put `into` what is given, one by one.
    """
    press = Press(site, dirs, kept, {} if into is None else into)
    for number, page in enumerate(site.pages):
        tell("making pages", number, len(site.pages))
        press.put(page)
    for file in site.files:
        press.put(file)
    moved = [(page.path, page.view.target.path) for page in site.pages if isinstance(page.view, RedirectView)]
    return press.finish(moved, {file.path for file in site.files})


class Here:
    """The page that is being made, as macros see it that are imported without its context."""

    path = ""


class Press:
    """Makes the files of a site, one by one."""

    def __init__(
        self, site: Site, dirs: Sequence[Path], kept: KeptPages | None, into: MutableMapping[str, bytes]
    ) -> None:
        """`kept` tells what stands; what does not is put `into` a mapping."""
        self._site, self._kept, self._dirs, self._files = site, kept, dirs, into
        self._shown = kept.site if kept else site
        self._environment = make_environment(dirs)
        self._here = Here()
        self._environment.globals.update(site=self._shown, page=self._here)  # for macros, made once for all pages
        self._writer = Writer(site)
        assets, faults = read_assets(dirs)
        into.update(assets)
        self._problems = {fault.sort_key: fault for fault in faults}
        self._empty: set[str] = set()
        """Templates that made pages without a word."""
        self.made = 0
        """How many pages templates made."""

    def put(self, one: Page | File) -> None:
        """Make a page or a file, unless it stands."""
        if self._kept and self._kept.stands(one):
            return
        data = self._page(one) if isinstance(one, Page) else self._writer.bytes_of(one)
        if data is None:
            return
        self._files[one.path] = data
        if isinstance(one, Page) and (not data or data.isspace()):
            self._empty.add(one.template)
        elif self._kept:
            if self._kept.site.asked:  # perhaps by the body of what all pages import: the next one is to ask, too
                forget_macros(self._environment)
            self._kept.note(one, data)

    def _page(self, page: Page) -> bytes | None:
        """The bytes of a page; None where its template has a fault."""
        self.made += 1
        self._here.path = page.path
        try:
            template = self._environment.get_template(page.template)
            text = template.render(site=self._shown, page=page, view=page.view)
        except Exception as error:
            problem = _template_problem(error, page, self._dirs)
            if problem is None:
                raise
            self._problems.setdefault(problem.sort_key, problem)
            return None
        return _encoded(text)

    def take(self) -> Flaws:
        """What was found since this was last asked: it is forgotten here."""
        taken, self._problems, self._empty, self.made = (self._problems, self._empty, self.made), {}, set(), 0
        return taken

    def add(self, taken: Flaws) -> None:
        """Take over what another process found, or this one before; of the same problem the first one is told."""
        problems, empty, made = taken
        self._problems = problems | self._problems
        self._empty |= empty
        self.made += made

    def finish(
        self, moved: Iterable[tuple[str, str]], paths: Collection[str]
    ) -> tuple[MutableMapping[str, bytes], tuple[Problem, ...]]:
        """All that was made, with the rules for pages that `moved`, from where to where; `paths` are all files."""
        if rules := redirect_rules(self._site.base, moved, paths):
            self._files[REDIRECTS] = rules
        told = [_empty_pages(self._empty)] if self._empty else []
        return self._files, (*(problem for _, problem in sorted(self._problems.items())), *told)


def _encoded(text: str) -> bytes:
    """A page's bytes, without what HTML does not allow."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return _FORBIDDEN.sub("", text).encode()
    clean = data.translate(None, _CONTROLS)
    return _FORBIDDEN.sub("", text).encode() if any(lead in clean for lead in _LEADS) else clean


def redirect_rules(base: str, moved: Iterable[tuple[str, str]], paths: Collection[str]) -> bytes:
    """A line for each page that has moved, as hosts read them that redirect by themselves."""
    base, moved = base.rstrip("/"), list(moved)
    moved += [(data_path(old), data_path(new)) for old, new in moved if data_path(new) in paths]
    return "".join(f"{base}/{quote(old)} {base}/{quote(new)} 301\n" for old, new in moved).encode()


def make_environment(dirs: Sequence[Path]) -> jinja2.Environment:
    """Jinja as templates find it: everything escaped, nothing undefined, the same from run to run."""
    shipped = jinja2.FileSystemLoader(dirs[-1])
    environment = Sandbox(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(dirs), jinja2.PrefixLoader({"shipped": shipped})]),
        bytecode_cache=Compiled(dirs[-1]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    del environment.globals["lipsum"], environment.filters["random"]
    fragments = Fragments()
    environment.filters.update(once=fragments.once, href=fragments.href, link=fragments.link)
    environment.filters.update(markdown=safe_markdown, csp_hash=csp_hash, host=host, steady=steady)
    environment.filters.update(absolute=absolute, direction=direction, data_block=data_block, report_to=report_to)
    return environment


def forget_macros(environment: jinja2.Environment) -> None:
    """Have templates that are imported without a context make their macros anew."""
    for template in environment.cache.values() if environment.cache else ():
        template._module = None


def read_assets(dirs: Sequence[Path]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files beside the templates that the site needs as they are; the first folder that has one wins.

    One whose name can be no address is left out, with an error.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder in reversed(dirs):
        for path in sorted((folder / "assets").rglob("*")):
            if not path.is_file() or path.name.startswith("."):
                continue
            name = path.relative_to(folder).as_posix()
            if fault := name_fault(name):
                where = Where(f"templates/{name}")
                problems.append(Problem(slug="file-name", message=fault, where=where, hint="rename it"))
            else:
                found[name] = read_file(path)
    return found, tuple(problems)


# ---------------------------------------------------------------------------------------- template problems


def _template_problem(error: Exception, page: Page, dirs: Sequence[Path]) -> Problem | None:
    """The error as a problem of the template where it arose; None where no template was at work."""
    if isinstance(error, jinja2.TemplateNotFound):
        name = error.name or page.template
        hint = f'shipped templates stand under "shipped/": shipped/{page.template}'
        return Problem(
            slug="template-missing",
            message=f'no template "{name}"',
            where=Where(f"templates/{name}"),
            hint=hint,
        )
    if isinstance(error, jinja2.TemplateSyntaxError):
        where = Where(_shown(error.filename or error.name or page.template, dirs), error.lineno)
    elif place := _last_template_line(error.__traceback__, dirs):
        where = place
    else:
        return None
    message = f"{type(error).__name__}: {error}" if not isinstance(error, jinja2.TemplateError) else f"{error}"
    return Problem(slug="template-error", message=message, where=where, hint=f"while making {page.path}")


def _empty_pages(templates: Collection[str]) -> Problem:
    message = f"pages without anything on them, made by {first_few(sorted(templates))}"
    hint = "delete your own template that is empty, this one or what it extends, and the shipped one is used"
    return Problem(slug="empty-page", message=message, where=Where("templates"), severity="warning", hint=hint)


def _last_template_line(trace: TracebackType | None, dirs: Sequence[Path]) -> Where | None:
    place = None
    while trace:
        filename = trace.tb_frame.f_code.co_filename
        if any(Path(filename).is_relative_to(folder) for folder in dirs):
            place = Where(_shown(filename, dirs), trace.tb_lineno)
        trace = trace.tb_next
    return place


def _shown(filename: str, dirs: Sequence[Path]) -> str:
    for folder in dirs:
        if Path(filename).is_relative_to(folder):
            return f"templates/{Path(filename).relative_to(folder).as_posix()}"
    return f"templates/{filename}"


# --------------------------------------------------------------------------------------------- filters


@jinja2.pass_context
def absolute(context: Context, path: str) -> str:
    """The address of a page on the web; "" where the site has none. The first page is the site's own address."""
    address: str = context["site"].address
    return address + quote("" if path == "index.html" else path) if address else ""


def report_to(address: str, id: str) -> str:
    """Where an error in a record is reported: a mail that names it, or a page with the id for `{id}` in its address."""
    told = quote(id, safe="", errors="replace")
    return f"mailto:{address}?subject=Error%20in%20{told}" if "://" not in address else address.replace("{id}", told)


def data_block(text: str) -> Markup:
    """JSON as the content of a `<script>` that is data: no words in it can end the element or begin a comment."""
    return Markup(re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", text))


def csp_hash(text: str) -> str:
    """The source by which a content security policy allows an inline style of exactly these words."""
    digest = hashlib.sha256(str(text).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def host(url: str) -> str:
    """The host of an address, as a reader names a site: "example.org"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def safe_markdown(text: str) -> Markup:
    """Markdown as HTML of a few harmless elements; HTML in it is shown as it is written."""
    import markdown  # large, and few pages have any

    reader = markdown.Markdown()
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    writer = _HarmlessWriter()
    writer.feed(reader.convert(text))
    writer.close()
    return Markup("".join(writer.out))


_KEPT = frozenset(["p", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "h2"])
_HEADINGS = dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "h2")
_FOLLOWED = re.compile(r"(?:https?://|mailto:)\S+|[^:\s\\/][^:\s\\]*|#[^\s]*", re.IGNORECASE)


class _HarmlessWriter(HTMLParser):
    """Writes again what Markdown made, keeping only elements and addresses known to be harmless."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _HEADINGS.get(tag, tag)
        given = dict(attrs)
        if tag == "img":
            self.handle_data(given.get("alt") or "")
        elif tag in _KEPT:
            address = (given.get("href") or "") if tag == "a" else ""
            kept = f' href="{escape(address)}"' if _FOLLOWED.fullmatch(address) else ""
            self.out.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        tag = _HEADINGS.get(tag, tag)
        if tag in _KEPT and tag not in ("br", "hr"):
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data))


# --------------------------------------------------------------------------------------------- writing


def write(
    out: Path, files: Mapping[str, bytes], known: Mapping[str, str] | None = None, standing: Collection[str] = ()
) -> Written:
    """Make the folder hold these files; it keeps foreign files, and what of ours is not among them goes.

    Everything is first written beside and then renamed. `known` are digests of files that stand there: these are not
    read. `standing` are further files that the folder should hold, and does.

    UsageError where the folder cannot take it, or where a file stands in the way that we did not write.
    """
    if not isinstance(files, Staged):
        with Staged(out, known) as staged:
            staged.update(files)
            return write(out, staged, known, standing)
    try:
        out.mkdir(parents=True, exist_ok=True)
        files.sweep()
        ours = _read_manifest(out)
        changed = [path for path in files if not files.stands(path)]
        _refuse_foreign(out, changed, ours)
        wanted = {*files, *standing}
        _refuse_links(out, {*changed, *(ours - wanted)})
        if changed or ours != wanted:
            files.make_room(changed)
            if ours != wanted:
                _write_manifest(out, ours | wanted)
            for path in changed:
                files.move(path)
            removed = sum(_remove(out, path) for path in sorted(ours - wanted))
            if ours != wanted:
                _write_manifest(out, wanted)
        else:
            removed = 0
    except OSError as error:
        raise refused(error, out) from error
    return Written(written=len(changed), same=len(wanted) - len(changed), removed=removed)


def _bytes_at(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _read_manifest(out: Path) -> set[str]:
    try:
        told = read_file(out / MANIFEST).decode("utf-8", "replace")
    except FileNotFoundError:
        return set()
    lines = set(told.splitlines()) - {""}
    odd = told.startswith("/") or any(sign in told for sign in ("\n/", "..", "\\", ":"))
    return {line for line in lines if _stays_inside(line)} if odd else lines


def _stays_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and ":" not in path


def _refuse_foreign(out: Path, changed: Iterable[str], ours: set[str]) -> None:
    foreign = sorted(path for path in changed if path not in ours and os.path.exists(os.path.join(out, path)))
    if foreign:
        names = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
        raise UsageError(
            f"{out.name}/ holds files that dateline did not write: {names}",
            "move them or choose another folder",
        )


def _refuse_links(out: Path, paths: Collection[str]) -> None:
    """A linked folder inside the site may lead to files that are not ours to replace or remove."""
    top = out.resolve()
    for folder in sorted({os.path.dirname(path) for path in paths}):
        if not (out / folder).resolve().is_relative_to(top):
            message = f"{out.name}/{folder} is a link that leads out of {out.name}/"
            raise UsageError(message, "move it away; site/ as a whole may be a link")


def _write_manifest(out: Path, paths: set[str]) -> None:
    data = "".join(f"{path}\n" for path in sorted(paths)).encode()
    if _bytes_at(out / MANIFEST) != data:
        with Staged(out) as staged:
            staged[MANIFEST] = data
            staged.move(MANIFEST)


def _remove(out: Path, path: str) -> bool:
    """Remove a file of ours, and the folders that it leaves empty."""
    target = out / path
    if not target.is_file():
        return False
    target.unlink()
    for folder in target.parents:
        if folder == out or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
