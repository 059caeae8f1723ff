"""What a stage of joining found, kept whole from one run to the next under one key; never needed for correctness."""

from __future__ import annotations

import marshal
from collections.abc import MutableMapping
from hashlib import blake2b
from typing import Any

from ..folders import PLAINEST

Results = MutableMapping[bytes, bytes]
"""What was found, by a key, as `marshal` writes it after a checksum: kept from one run to the next, never needed."""

SUM_LENGTH = 8


def recall(results: Results, key: bytes) -> Any:
    """What was kept under a key; None where there is nothing, or not what `keep` wrote."""
    held = results.get(key)
    if not isinstance(held, bytes) or held[:SUM_LENGTH] != _sum(key, held[SUM_LENGTH:]):
        return None
    results[key] = held
    return marshal.loads(memoryview(held)[SUM_LENGTH:])


def keep(results: Results, key: bytes, value: Any) -> None:
    """Keep plain values for the next run."""
    told = marshal.dumps(value, PLAINEST)
    results[key] = _sum(key, told) + told


def _sum(key: bytes, told: bytes) -> bytes:
    return blake2b(told, key=key, digest_size=SUM_LENGTH).digest()
