"""An edit that a person marked with `correction:`, as it is kept until readers are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .when import UNKNOWN, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A field that a person edited so that readers shall be told: what the machine says of it, what is in force."""

    kind: Literal["articles", "actors", "events"]
    of: str
    """The id of the record whose file it is."""
    entry: str = ""
    """The id of the entry that was edited; "" for the record itself."""
    field: str = ""
    """As files call it; "" where the whole record or entry is the person's own."""
    was: tuple[str, ...] = ()
    """The value as files write it, each item of a list apart; none for no value."""
    now: tuple[str, ...] = ()
    on: When = UNKNOWN
    why: str = ""
