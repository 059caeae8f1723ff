"""Texts in which all words are large, so that capitals tell nothing; which of them are common words."""

from __future__ import annotations

import re

from .cues import is_first, is_surname, is_town
from .world import heads, words, world_forms

_TITLE_CASE = 0.7
COMMON_END = re.compile(
    r"(?:ing|ed|ly|tion|tions|ity|ness|ment|ments|ers|ors|[rskc]men|cemen|women|ists|ies|ous|ive|able|ible|ful|less|ward|wise)$"
)
"""Ends of common English words."""


def is_common(word: str) -> bool:
    """Whether a word, however its letters are written, is a common one rather than a name."""
    low, large = word.casefold(), word.capitalize()
    if any(low in words(f"en/names/{name}") for name in ("common_words", "speech_verbs", "helping_words")):
        return True
    named = is_first(large) or is_surname(large) or is_town(large) or large in world_forms() or large in heads()
    return not named and bool(COMMON_END.search(low))


def with_small_words(text: str) -> str:
    """A text in which every word is large with common words small, but for those that begin a sentence."""

    def written(word: re.Match[str]) -> str:
        opens = not word.start() or text[max(0, word.start() - 2) : word.start()].strip() in (".", "!", "?")
        small = word[0].lower()
        return word[0] if opens or not is_common(word[0]) or len(small) != len(word[0]) else small

    return re.sub(r"[^\W\d_]+", written, text)


def is_heading(text: str) -> bool:
    """Whether most longer words are capitalised, so that capitals tell nothing."""
    if text.rstrip("\"'”’) ")[-1:] in (".", "?", "!"):
        return False
    found = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(found) > 2 and sum(word[0].isupper() for word in found) > _TITLE_CASE * len(found)
