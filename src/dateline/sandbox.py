"""The sandbox in which templates run, with short ways for what is known to be harmless.

A page asks records for a thousand fields and calls two hundred macros. What comes out is what Jinja's own sandbox
makes; its way there takes five times as long.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from . import plan, views

_FIELDS = {
    cls: {field.name for field in fields(cls)}
    for cls in (vars(views) | vars(plan)).values()
    if isinstance(cls, type) and is_dataclass(cls)
}
_OWNERS = {
    name: frozenset(cls for cls, names in _FIELDS.items() if name in names)
    for name in {name for names in _FIELDS.values() for name in names}
}
"""The classes of view records that have a field, by its name."""

MOST_TEXTS = 16384
"""So many are held."""
_OF_LOOPS = frozenset(("first", "last", "index", "index0", "length", "previtem", "nextitem"))


class _Writer(CodeGenerator):
    """Writes `record.field` as just that where the record is of a class that has the field; looks up texts."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Any other attribute goes through the sandbox."""
        known = node.attr in _OWNERS
        self.write(f"(_of.{node.attr} if (_of := " if known else "environment.getattr(")
        self.visit(node.node, frame)
        if known:
            self.write(f").__class__ in environment.with_{node.attr} else environment.getattr(_of, {node.attr!r}))")
        else:
            self.write(f", {node.attr!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_escaped(frame, finalize):
            self.write("(environment.texts[_text] if (_text := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_escaped(frame, finalize):
            self.write(").__class__ is str else environment.spell(_text))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame, finalize: Any) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


class _Texts(dict[str, str]):
    """Texts as they stand in a page: names, dates and labels stand on many pages, and several times on each."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_TEXTS:
            self.clear()
        told = self[text] = str(escape(text))
        return told


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox."""

    code_generator_class = _Writer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = _Texts()
        for name, owners in _OWNERS.items():
            setattr(self, f"with_{name}", owners)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A macro needs no leave."""
        if obj.__class__ is not Macro:
            return super().call(context, obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        if kwargs or obj.caller or obj.catch_varargs or obj.catch_kwargs or len(args) != len(obj.arguments):
            return obj(context.eval_ctx, *args, **kwargs)
        text = obj._func(*args)
        return _marked(Markup, text) if context.eval_ctx.autoescape else text

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a loop or the site tells of itself, and a macro of another template, need no leave."""
        cls = type(obj)
        if cls is LoopContext and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        if issubclass(cls, plan.Site) and attribute in _FIELDS[plan.Site]:
            return getattr(obj, attribute)
        if cls is TemplateModule and (macro := vars(obj).get(attribute)).__class__ is Macro:
            return macro
        return super().getattr(obj, attribute)

    def spell(self, value: Any) -> str:
        """A value as it stands in a page."""
        if value.__class__ is Markup:
            return value
        if value.__class__ is str:
            return self.texts[value]
        if value.__class__ is int:
            return str(value)
        return "" if value.__class__ is Undefined else escape(value)


_marked = str.__new__
