"""The index of what readers search."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from corpora import CORPUS, story_corpus
from dateline.search import LONGEST, SHARD, Index, words_of
from dateline.timelines import stack_rows

WORDS = [
    ("Zalmay Khalilzad’s visit", ["zalmay", "khalilzad", "s", "visit"]),
    ("Łódź, ÉCOLE", ["łodz", "ecole"]),
    ("e-4k7q __proto__", ["e", "4k7q", "proto"]),
    ("習近平 met", ["習", "近", "平", "met"]),
    ("x" * 100, ["x" * LONGEST]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_are_small_letters_without_marks(text, words):
    assert words_of(text) == words


def read(files):
    """The index as a browser has it."""
    found = {}
    for file in files:
        name, told = re.fullmatch(r'datelineFound\("(\w+)",(.*)\);\n', file.content.text).groups()
        assert file.path == f"search/{name}.js"
        found[name] = json.loads(told)
    return found


def look_up(index, word):
    """The addresses of the documents that hold a word, by rank."""
    shard = max(at for at, first in enumerate(index["head"]["first"]) if first <= word)
    number, found = 0, []
    for step in index[f"w{shard}"].get(word, []):
        number += step
        found.append(index[f"d{number // index['head']['each']}"][number % index["head"]["each"]][2])
    return found


def test_every_document_is_found_by_each_of_its_words():
    stack = stack_rows(story_corpus(200))
    index = read(Index(stack).files())
    assert index["head"]["documents"] == sum(len(index[name]) for name in index if name.startswith("d"))
    for document in list(Index(stack).documents.values())[::17]:
        for word in document.words:
            assert document.address in look_up(index, word), (document, word)


def test_names_stand_before_what_mentions_them():
    index = read(Index(stack_rows(CORPUS)).files())
    assert look_up(index, "taliban")[0] == "actors/taliban.html"
    assert any(address.startswith("articles/") or "#" in address for address in look_up(index, "taliban")[1:])


def test_no_file_of_the_index_is_large():
    files = Index(stack_rows(story_corpus(1000))).files()
    assert max(len(file.content.text) for file in files) < 2 * SHARD
    assert len(next(file for file in files if file.path == "search/head.js").content.text) < 2_000


def test_what_stands_in_a_script_cannot_end_it():
    evil = "</script><script>alert(1)</script>\u2028\ud800"
    corpus = replace(CORPUS, actors=tuple(replace(actor, name=evil) for actor in CORPUS.actors))
    for file in Index(stack_rows(corpus)).files():
        assert "<" not in file.content.text
        file.content.text.encode()
