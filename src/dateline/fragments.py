"""Parts of pages that stand on many of them: made once in a run, and given to each page with the links it needs.

A row of a timeline stands on the pages of its actors, of its event, and on those of their years. All that differs there
is where its links lead from. So what a macro made is kept with gaps for its links, as long as the macro looks at
nothing but its arguments and the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from sys import intern
from types import CellType, CodeType
from typing import Any
from weakref import WeakKeyDictionary

import jinja2
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from .views import Link
from .web import anchor, folder_of, way

Gap = tuple[str, str, str]
"""A link: the path it leads to, its fragment with its sign, its words as HTML ("" where only the address is wanted)."""
Fragment = tuple[list[str], list[Gap]]
"""Texts, and the gaps between them."""
Kept = tuple[Fragment | None, object]

_SIGN = "\0"
"""Stands around a gap's number while a fragment is made. HTML allows it nowhere; what holds it itself is not kept."""
_HARMLESS = frozenset(("concat", "cond_expr_undefined", "context", "environment", "missing", "resolve", "undefined"))
"""What stands around a macro in its compiled form, beside filters, tests and the names of the template."""
_NAME = re.compile(r"l_\d+_")
"""How the names of a template are spelt there."""
_MOST = 8_000_000
"""So many characters are kept; beyond, what was made first goes."""

_NOTHING: Kept = (None, None)
_marked = str.__new__
"""`Markup(text)` would first ask what a text is."""


class Fragments:
    """What macros made in one run."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Kept] = {}
        """By macro and the identity of its record, which is held, so that no other takes its place."""
        self._length = 0
        self._open: list[Gap] | None = None
        """The gaps of the fragment that is being made."""
        self._codes = WeakKeyDictionary[Macro, int]()
        """The number of the code of each macro that was met."""
        self._numbers: dict[tuple[CodeType, ...], int] = {}

    @jinja2.pass_context
    def once(self, context: Context, record: Any, macro: Any, /) -> Any:
        """What a macro makes of a record, made once for all pages of this run.

        A macro that looks at the page or its view, itself or through another one, is called as if nobody had said so.
        """
        code = self._code(context, macro)
        key = (code, id(record))
        kept = self._kept.get(key) if code else _NOTHING
        fragment, _ = kept or self._keep(key, record, self._make(context, macro, record))
        if fragment is None:
            return context.environment.call(context, macro, record)  # type: ignore[attr-defined]
        texts, gaps = fragment
        pieces = [""] * (2 * len(gaps) + 1)
        pieces[::2] = texts
        if self._open is None:
            here = context.resolve_or_missing("page").path
            pieces[1::2] = [_filled(gap, here) for gap in gaps]
        else:
            pieces[1::2] = [self._sign(gap) for gap in gaps]
        return _marked(Markup, "".join(pieces))

    @jinja2.pass_context
    def href(self, context: Context, target: Link | str) -> str:
        """The way from this page to a link or a path: the same bytes work below any address and from disk."""
        path, fragment = (target, "") if isinstance(target, str) else (target.path, target.fragment)
        return self._written(context, (path, anchor(fragment), ""))

    @jinja2.pass_context
    def link(self, context: Context, to: Link) -> Markup:
        """Words that may lead somewhere: a link, or plain words on the page that they would lead to."""
        return _marked(Markup, self._written(context, (to.path, anchor(to.fragment), _named(to.text))))

    def _written(self, context: Context, gap: Gap) -> str:
        """A link as the page needs it; its sign while a fragment is made."""
        return _filled(gap, context.resolve_or_missing("page").path) if self._open is None else self._sign(gap)

    def _sign(self, gap: Gap) -> str:
        assert self._open is not None
        self._open.append(gap)
        return f"{_SIGN}{len(self._open) - 1}{_SIGN}"

    def _make(self, context: Context, macro: Macro, record: object) -> Fragment | None:
        """A fragment; None where what came out cannot be kept."""
        outer, self._open = self._open, []
        try:
            text = str(context.environment.call(context, macro, record))  # type: ignore[attr-defined]
        finally:
            gaps, self._open = self._open, outer
        pieces = text.split(_SIGN)
        whole = pieces[1::2] == [str(number) for number in range(len(gaps))]
        return (
            ([intern(piece) for piece in pieces[::2]], gaps)
            if whole and not getattr(context["site"], "asked", False)
            else None
        )

    def _keep(self, key: tuple[int, int], record: object, fragment: Fragment | None) -> Kept:
        kept = self._kept[key] = (fragment, record)
        self._length += _length(fragment)
        while self._length > _MOST:
            oldest = next(iter(self._kept))
            self._length -= _length(self._kept.pop(oldest)[0])
        return kept

    def _code(self, context: Context, macro: Any) -> int:
        """The number of a macro's code; 0 where it may make something else of the same record on another page."""
        if macro.__class__ is not Macro:
            return 0
        known = self._codes.get(macro)
        if known is None:
            codes: dict[CodeType, None] = {}
            pure = context.eval_ctx.autoescape and _is_pure(macro, context, codes)
            known = self._numbers.setdefault(tuple(codes), len(self._numbers) + 1) if pure else 0
            self._codes[macro] = known
        return known


def _is_pure(macro: Macro, context: Context, seen: dict[CodeType, None]) -> bool:
    """Whether a macro looks at nothing but its arguments and the site; all code that it may run comes into `seen`."""
    code = macro._func.__code__
    if code in seen:
        return True
    seen[code] = None
    if macro.caller or not all(_asks_only_for(macro.arguments, part, context) for part in _parts(code)):
        return False
    cells = zip(code.co_freevars, macro._func.__closure__ or (), strict=True)
    return all(_is_harmless(name, cell, context, seen) for name, cell in cells)


def _parts(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions in it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _parts(part)


def _asks_only_for(arguments: Collection[str], code: CodeType, context: Context) -> bool:
    """Whether of all names that are looked up while the code runs none has another value on another page."""
    if "get_template" in code.co_names:
        return False
    names = {name.split("_", 2)[2] for name in code.co_varnames + code.co_cellvars if _NAME.match(name)}
    asked = names.intersection(text for text in code.co_consts if isinstance(text, str)).difference(arguments)
    return all(_is_common(name, context.resolve_or_missing(name), context) for name in asked)


def _is_harmless(name: str, cell: CellType, context: Context, seen: dict[CodeType, None]) -> bool:
    """Whether a variable around a macro has the same value on every page, or is a macro of that kind."""
    if name in _HARMLESS or not name.startswith("l_"):
        return name in _HARMLESS or name.startswith("t_")
    try:
        value = cell.cell_contents
    except ValueError:
        return False  # not yet given any
    if value.__class__ is Macro:
        return _is_pure(value, context, seen)
    return _is_common(name.split("_", 2)[2], value, context)


def _is_common(name: str, value: object, context: Context) -> bool:
    there = context.environment.globals
    return name == "site" or (name != "page" and name in there and there[name] is value)


@lru_cache(maxsize=16384)
def _named(words: str) -> str:
    """Words of a link as they stand on a page; many links have the same."""
    return f"<bdi>{escape(words)!s}</bdi>"


def _filled(gap: Gap, here: str) -> str:
    """A link as it stands on a page."""
    path, part, words = gap
    own = path in ("", here)
    if own and words and not part:
        return words
    address = part if own and part else way(folder_of(here), path or here) + part
    return f'<a href="{address}">{words}</a>' if words else address


def _length(fragment: Fragment | None) -> int:
    return sum(map(len, fragment[0])) if fragment else 0
