"""The short ways of the sandbox come to what Jinja's own sandbox makes, and let nothing through that it does not."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment, SecurityError

from corpora import CORPUS, large_corpus
from dateline import render as rendering
from dateline.folders import template_dirs
from dateline.pages import plan
from dateline.render import render
from dateline.sandbox import Sandbox
from dateline.views import Link


@pytest.mark.parametrize("corpus", [CORPUS, large_corpus(450)], ids=["small", "large"])
def test_pages_are_those_of_the_plain_sandbox(corpus, tmp_path, monkeypatch):
    site, dirs = plan(corpus)[0], template_dirs(tmp_path)
    ours = render(site, dirs)
    monkeypatch.setattr(rendering, "Sandbox", SandboxedEnvironment)
    assert render(site, dirs) == ours


def shown(source: str, **given: object) -> str:
    environment = Sandbox(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(source).render(link=Link(text="<a> & b", path="x"), **given)


def test_what_is_escaped():
    assert shown("{{ link.text }}|{{ link.text|safe }}|{{ 3 }}|{{ none }}") == "&lt;a&gt; &amp; b|<a> & b|3|None"


def test_macros_take_arguments_as_they_are_written():
    macro = "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}"
    assert shown(macro + "{{ m('>') }} {{ m(1, 2) }} {{ m(b=1, a=2) }}") == "&gt;&lt; 12 21"
    loop = "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% for i in [1, 2] %}{% call m(i) %}.{% endcall %}{% endfor %}"
    assert shown(loop) == "1.2."
    with pytest.raises(TypeError):
        shown(macro + "{{ m(1, 2, 3) }}")


@pytest.mark.parametrize("attribute", ["__class__", "__init__", "__slots__", "__dataclass_fields__.text.default"])
def test_what_is_inside_a_record_stays_inside(attribute):
    with pytest.raises(SecurityError):
        shown("{{ link." + attribute + ".x }}")


@pytest.mark.parametrize("source", ["{{ m._func }}", "{{ m.__call__.__globals__ }}", "{{ ''.format.__globals__ }}"])
def test_nothing_leads_out_through_a_macro(source):
    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        shown("{% macro m() %}{% endmacro %}" + source.replace("}}", ".x }}"))


def test_a_field_that_another_record_has_is_undefined_here():
    with pytest.raises(jinja2.UndefinedError):
        shown("{{ link.words }}")
    assert shown("{{ other.words }}", other={"words": "w"}) == "w"
