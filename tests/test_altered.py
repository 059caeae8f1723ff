"""Records with other values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.altered import altered
from dateline.model import Entry, Participant

ENTRY = Entry(quote="They met.", word="met", event_class="talks", label="They met", salience=0.5)


def test_it_is_what_replace_makes():
    parts = (Participant(name="Roe", role="agent", words="he"),)
    assert altered(ENTRY, id="e-1", participants=parts) == replace(ENTRY, id="e-1", participants=parts)
    assert altered(ENTRY) == ENTRY
    assert ENTRY.id == ""


def test_a_field_that_is_none_is_refused():
    with pytest.raises(KeyError):
        altered(ENTRY, speaker="Roe")
