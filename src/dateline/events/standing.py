"""What a stage of joining found, kept whole from one run to the next under one key; never needed for correctness."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from hashlib import blake2b
from typing import Any

Results = MutableMapping[bytes, str]
"""What was found, by a key, as JSON after a checksum: kept from one run to the next, never needed."""

SUM_LENGTH = 16


def recall(results: Results, key: bytes) -> Any:
    """What was kept under a key; None where there is nothing, or not what `keep` wrote."""
    held = results.get(key)
    if not isinstance(held, str) or held[:SUM_LENGTH] != _sum(key, held[SUM_LENGTH:]):
        return None
    results[key] = held
    return json.loads(held[SUM_LENGTH:])


def keep(results: Results, key: bytes, value: Any) -> None:
    """Keep plain values for the next run."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    results[key] = _sum(key, told) + told


def _sum(key: bytes, told: str) -> str:
    return blake2b(key + told.encode("utf-8", "surrogatepass"), digest_size=SUM_LENGTH // 2).hexdigest()
