"""From the plan of a site to its files: Jinja templates, relative links, a folder changed only where it must.

Templates see `site`, `page`, `view` and the filters below; no clock, no chance, nothing outside their
folders. A tracker's own `templates/` stand before the shipped ones, file by file; what it overrides it can
still extend as `shipped/NAME`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from html import escape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from types import TracebackType
from urllib.parse import quote, urlsplit

import jinja2
import markdown
from jinja2.runtime import Context
from markupsafe import Markup

from .fragments import Fragments
from .gathered import data_path
from .kept import KeptPages
from .outcome import Written
from .outputs import Writer
from .plan import Page, Site
from .problems import Problem, UsageError, Where
from .progress import Tell, silent
from .sandbox import Sandbox
from .staged import Staged, refused
from .views import RedirectView

MANIFEST = ".dateline-files"
"""Lists the files that we wrote into a site's folder: the only ones that we may remove."""
REDIRECTS = "_redirects"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that HTML does not allow, or UTF-8 cannot write."""
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""Those of them that UTF-8 writes as one byte."""


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
    environment = make_environment(dirs)
    files: MutableMapping[str, bytes] = {} if into is None else into
    files.update(read_assets(dirs))
    problems: dict[tuple[Where, str, str], Problem] = {}
    shown = kept.site if kept else site
    for number, page in enumerate(site.pages):
        tell("making pages", number, len(site.pages))
        if kept and kept.stands(page):
            continue
        try:
            template = environment.get_template(page.template)
            text = template.render(site=shown, page=page, view=page.view)
        except Exception as error:
            problem = _template_problem(error, page, dirs)
            if problem is None:
                raise
            problems.setdefault(problem.sort_key, problem)
        else:
            data = files[page.path] = _encoded(text)
            if kept:
                kept.note(page, data)
    writer = Writer(site)
    for file in site.files:
        if not (kept and kept.stands(file)):
            data = files[file.path] = writer.bytes_of(file)
            if kept:
                kept.note(file, data)
    if moved := redirect_rules(site):
        files[REDIRECTS] = moved
    return files, tuple(problem for _, problem in sorted(problems.items()))


def _encoded(text: str) -> bytes:
    """A page's bytes, without what HTML does not allow."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return _FORBIDDEN.sub("", text).encode()
    clean = data.translate(None, _CONTROLS)
    return clean if b"\xef\xbf" not in clean else _FORBIDDEN.sub("", text).encode()


def redirect_rules(site: Site) -> bytes:
    """A line for each page that has moved, as hosts read them that redirect by themselves."""
    base = site.base.rstrip("/")
    views = ((page.path, page.view) for page in site.pages)
    moved = [(path, view.target.path) for path, view in views if isinstance(view, RedirectView)]
    data = {file.path for file in site.files if file.path.endswith(".json")}
    moved += [(data_path(old), data_path(new)) for old, new in moved if data_path(new) in data]
    return "".join(f"{base}/{quote(old)} {base}/{quote(new)} 301\n" for old, new in moved).encode()


def make_environment(dirs: Sequence[Path]) -> jinja2.Environment:
    """Jinja as templates find it: everything escaped, nothing undefined, the same from run to run."""
    shipped = jinja2.FileSystemLoader(dirs[-1])
    environment = Sandbox(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(dirs), jinja2.PrefixLoader({"shipped": shipped})]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    del environment.globals["lipsum"], environment.filters["random"]
    fragments = Fragments()
    environment.filters.update(once=fragments.once, href=fragments.href, link=fragments.link)
    environment.filters.update(markdown=safe_markdown, csp_hash=csp_hash, host=host)
    environment.filters.update(absolute=absolute, data_block=data_block, report_to=report_to)
    return environment


def read_assets(dirs: Sequence[Path]) -> dict[str, bytes]:
    """The files beside the templates that the site needs as they are; the first folder that has one wins."""
    found: dict[str, bytes] = {}
    for folder in reversed(dirs):
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


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
        if changed or ours != wanted:
            _write_manifest(out, ours | wanted)
            for path in changed:
                files.move(path)
            removed = sum(_remove(out, path) for path in sorted(ours - wanted))
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
        lines = (out / MANIFEST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {line for line in lines if line and _stays_inside(line)}


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and ":" not in path


def _refuse_foreign(out: Path, changed: Iterable[str], ours: set[str]) -> None:
    foreign = sorted(path for path in changed if path not in ours and (out / path).exists())
    if foreign:
        names = ", ".join(foreign[:3]) + (", …" if len(foreign) > 3 else "")
        raise UsageError(
            f"{out.name}/ holds files that dateline did not write: {names}",
            "move them or choose another folder",
        )


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
