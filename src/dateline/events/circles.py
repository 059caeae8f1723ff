"""Events that are part of others, without circles."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def untangled(larger: Mapping[str, str], fixed: Collection[str] = frozenset()) -> dict[str, str]:
    """Part → larger event without circles; those that a person gave (`fixed`) stay before all others."""
    found: dict[str, str] = {}
    for part in sorted(larger, key=lambda part: (part not in fixed, part)):
        if larger[part] and not leads_to(found, larger[part], part):
            found[part] = larger[part]
    return found


def leads_to(larger: Mapping[str, str], event: str, goal: str) -> bool:
    """Whether an event is `goal`, or part of it through others. `larger` holds no circle."""
    while event and event != goal:
        event = larger.get(event, "")
    return event == goal
