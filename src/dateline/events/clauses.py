"""Where the clauses of a sentence begin, what its verb groups say of tense, course and negation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..model import Course
from ..rules import read_table
from .lexicon import MODAL_REACH, EventWord, shared_modal
from .tokens import Line, grammar, is_possessive

GROUP_REACH = 7
"""How many words before a verb its auxiliaries may stand."""
SUBJECT_REACH = 7
"""How many words a subject may have; a name counts as one."""
BETWEEN = 3
"""How many more it may have where it tells of what is between two."""
ASIDE_REACH = 22
"""Tokens that an aside between two commas may have."""
PARTICIPLES = ("ed", "en", "wn", "un", "rn", "ught", "ade", "eld", "old", "aid", "ent", "ost", "uck", "ung")
"""Ends of participles."""
BREAKS = frozenset(';:—–“”"')


@dataclass(frozen=True, slots=True)
class Standing:
    """What a verb group says of its happening."""

    course: Course = "occurred"
    negated: bool = False
    passive: bool = False
    finite: bool = True
    """False for infinitives and -ing forms."""
    perfect_past: bool = False
    """"had announced": before the time that is told."""
    perfect: bool = False
    """"has announced": at some time up to the report."""
    present: bool = False
    """Simple present: a habit or a state, unless a headline."""
    vague: bool = False
    """Governed by a wish, an attempt, a condition, a "may"."""


def mark_clauses(line: Line, words: Sequence[EventWord]) -> None:
    """Number the clauses of a sentence in `line.clause`."""
    line.verbs = verbs = finite_positions(line, words)
    line.clause = []
    openers, behind = _openers()
    number, seen_verb, before = 0, False, ""
    for at, token in enumerate(line.tokens):
        opens = token.low in openers or before in behind or (line.mention[at] is not None and at - 1 in verbs)
        opens = opens and at > 0 and _begins_clause(line, at, verbs, seen_verb)
        if opens or (seen_verb and at in verbs and _ends_relative(line, at, verbs)):
            number, seen_verb = number + 1, False
        before = token.low
        seen_verb = seen_verb or at in verbs
        line.clause.append(number)


@cache
def _openers() -> tuple[frozenset[str], frozenset[str]]:
    """Words and marks one of which opens a clause or stands right before it, unless a name follows a verb."""
    return grammar("subordinator") | BREAKS | {"and", "but", "or", "that"}, grammar("plain_saying", "reporting") | {","}


def _ends_relative(line: Line, at: int, verbs: set[int]) -> bool:
    """Whether the main verb of a sentence that opens with "A bishop who was abducted in May" begins at `at`."""
    if line.low(at) not in grammar("finite_aux") or line.clause[at - 1] != 1:
        return False
    opener = line.clause.index(1)
    waits = line.low(opener) == "who" and line.low(opener - 1) != "," and not any(k < opener for k in verbs)
    between = [k for k in range(opener + 1, at) if k in verbs]
    return waits and between[-1] < at - 2


def finite_positions(line: Line, words: Sequence[EventWord]) -> set[int]:
    """Tokens that carry a predicate: event verbs but -ing forms, and auxiliaries."""
    aux, past = grammar("be", "have", "do", "will", "would", "may"), grammar("deed_past")
    found = {word.first for word in words if not word.is_noun and word.form != "ing"}
    for at, token in enumerate(line.tokens):
        low = token.low
        if low in aux and not (at and token.text.istitle()) and not is_possessive(token):
            found.add(at)
        # Verbs outside the lexicon still make clauses.
        told = low in past or (low.endswith("ed") and len(low) > 4)
        if told and at and line.mention[at] is None and line.low(at - 1) not in grammar("determiner"):
            found.add(at)
    return found


def _begins_clause(line: Line, at: int, verbs: set[int], seen_verb: bool) -> bool:
    token, before = line.tokens[at], line.low(at - 1)
    if line.mention[at] is not None and line.mention[at] is line.mention[at - 1]:
        return False
    if token.text in BREAKS:
        return True
    if token.low in ("and", "but", "or"):
        follows = _predicate_follows(line, at, verbs) or _predicate_after_aside(line, at, verbs)
        return seen_verb and follows and not _is_between(line, at) and not _ends_list(line, at)
    if before in grammar("plain_saying", "reporting") and _says_on(line, at, verbs):
        return True
    if token.low == "that":
        last = at + 1 >= len(line.tokens)
        return not last and seen_verb and (at - 1 in verbs or _predicate_follows(line, at, verbs))
    if token.low in grammar("subordinator"):
        phrasal = token.low in grammar("phrasal_subordinator")
        # "has been hosted by Qatar since 2019", not "rose to its highest level since 2019"
        lasts = token.low != "since" or any(line.low(k) in grammar("have") for k in range(max(0, at - GROUP_REACH), at))
        # "left before dawn and said", not "left before dawn broke"
        dated = (lasts and _opens_date(line, at)) or (
            line.low(at + 1) in grammar("hour_of_day") and at + 2 not in verbs
        )
        return line.timex[at] is None and not dated and (not phrasal or _predicate_follows(line, at, verbs))
    if line.mention[at] is not None and at - 1 in verbs and line.low(0) in ("after", "when", "before"):
        # "After the case closed Jane Roe left"
        clause = [k for k in range(at) if line.clause[k] == line.clause[at - 1]]
        bare = clause[0] <= 1 and not any(line.mention[k] for k in clause)
        return bare and _predicate_follows(line, at - 1, verbs)
    if before == "," and token.low in grammar("aside") and line.low(at + 1) != ",":
        return _predicate_follows(line, at, verbs)
    if before == ",":
        return seen_verb and (token.low.endswith("ing") or _predicate_follows(line, at - 1, verbs))
    return False


def _opens_date(line: Line, at: int) -> bool:
    """Whether nothing but a date follows "since", "until", "before" or "after": "killed since Thursday, when …"."""
    end = at + 1
    while end < len(line.tokens) and line.timex[end] is not None:
        end += 1
    dated = end > at + 1 and line.low(at) in ("since", "until", "before", "after")
    return (
        dated
        and (end >= len(line.tokens) or not line.tokens[end].text[0].isalnum())
        and not is_possessive(line.tokens[min(end, len(line.tokens) - 1)])
    )


def after_aside(line: Line, at: int) -> int:
    """The token behind ", which …," or ", led by …," where such an aside begins at `at`; else `at`."""
    opener = line.low(at + 1)
    if line.low(at) != "," or not (opener in grammar("relative_pronoun", "leading", "slated") or opener == "worth"):
        return at
    closing = next((k for k in range(at + 2, len(line.tokens)) if line.low(k) == ","), None)
    return at if closing is None else closing + 1


def _says_on(line: Line, at: int, verbs: set[int]) -> bool:
    """Whether what is said begins at `at` without a "that": "Roe said talks had resumed"."""
    closed = line.low(at) in ("that", "to", "so") or line.low(at) in grammar("preposition", "adverb")
    if line.low(at - 1) not in grammar("plain_saying"):  # "Roe confirmed he would resign", not "Roe denied the charges"
        closed = line.low(at) not in grammar("subject_pronoun")
    free = line.tokens[at].is_word and line.timex[at] is None and not closed
    return free and _predicate_follows(line, at, verbs)


def _is_between(line: Line, at: int) -> bool:
    """Whether the "and" at `at` only joins two names behind "between": "the road between Abuja and Kaduna was cut"."""
    start = at - 1
    for here in range(at - 1, max(-1, at - SUBJECT_REACH), -1):
        if line.low(here) == "between":
            return True
        if here in line.verbs or not line.tokens[here].is_word or line.low(here) in grammar("clause"):
            break
    while start > 0 and line.mention[start - 1] is not None and line.mention[start - 1] is line.mention[at - 1]:
        start -= 1
    named = line.mention[at - 1] is not None and at + 1 < len(line.tokens) and line.mention[at + 1] is not None
    return named and line.low(start - 1) == "between"


def _ends_list(line: Line, at: int) -> bool:
    """Whether the "and" at `at` closes a list of names or dates: "Turkey, Qatar and UN", "in March and June"."""
    if at + 1 < len(line.tokens) and line.timex[at - 1] is not None and line.timex[at + 1] is not None:
        return True
    start = at - 1 - (line.low(at - 1) == ",")
    last = line.mention[start]
    while start > 0 and line.mention[start - 1] is last:
        start -= 1
    return last is not None and start > 1 and line.low(start - 1) == "," and line.mention[start - 2] is not None


def _predicate_follows(line: Line, at: int, verbs: set[int]) -> bool:
    """Whether a verb comes soon after the conjunction at `at`, before any mark."""
    left = SUBJECT_REACH
    for here in range(at + 1, len(line.tokens)):
        if here in verbs:
            return True
        if line.low(here) == "and" and _is_between(line, here):
            left += BETWEEN
            continue
        if left == 0 or line.tokens[here].text in BREAKS or line.low(here) in (",", "and", "or", "but"):
            return False
        # A name counts as one word, unless it may be one of two people: "led by Roe and General Noor also met".
        person = (before := line.mention[at - 1]) is not None and before.kind != "LOC"
        left -= person or line.mention[here] is None or line.mention[here] is not line.mention[here - 1]
    return False


def _predicate_after_aside(line: Line, at: int, verbs: set[int]) -> bool:
    """Whether "another" and an aside between commas stand before the verb: "and another, led by Roe, is expected"."""
    if line.low(at + 1) not in grammar("lone_subject") or line.low(at + 2) != ",":
        return False
    closing = (k for k in range(at + 3, min(at + 3 + ASIDE_REACH, len(line.tokens))) if line.low(k) == ",")
    return any(k + 1 in verbs for k in closing)


@cache
def governors() -> dict[str, str]:
    """Words that govern an infinitive, with what becomes of it (`course.tsv`)."""
    return {
        word.strip(): row["course"] for row in read_table("en/events/course.tsv") for word in row["words"].split(",")
    }


def group_words(line: Line, at: int) -> list[str]:
    """The auxiliaries, adverbs and "to" right before a verb, nearest first."""
    skip = grammar("be", "have", "do", "will", "would", "may", "adverb", "negative", "get")
    found = []
    for here in range(at - 1, max(-1, at - 1 - GROUP_REACH), -1):
        low = line.low(here)
        if (low not in skip and low != "to" and not low.endswith("ly")) or line.mention[here] is not None:
            break
        if line.timex[here] is not None and low in grammar("may"):
            break  # the month
        if is_possessive(line.tokens[here]) and not _is_contraction(line, here):
            break
        found.append(low)
    return found


def _is_contraction(line: Line, at: int) -> bool:
    """Whether "’s" stands for "is" or "has": after a pronoun."""
    return line.low(at - 1) in grammar("pronoun") | {"there"}


def standing(line: Line, word: EventWord) -> Standing:
    """What the verb group of an event verb says of it."""
    group = group_words(line, word.first)
    if word.form == "base" and not group:
        group = [modal] if (modal := shared_modal(line, word.first)) else []
    negated = any(w in grammar("negative") for w in group) or _nobody_did(line, word.first, len(group))
    passive = word.form in ("past", "participle") and any(w in grammar("be", "get") for w in group)
    passive = passive or (not group and shares_passive(line, word))
    if "to" in group:
        return _infinitive(line, word, group, negated=negated, passive=passive)
    # "demanded that the plant be closed": a bare "be" is no tense.
    wished = "be" in group and not any(w in grammar("will", "would", "may") for w in group)
    vague = wished or any(w in grammar("may") for w in group) or _in_condition(line, word.first)
    planned = any(w in grammar("will") for w in group)
    would = any(w in grammar("would") for w in group)
    course: Course = "occurred"
    planned = planned or (passive and group[:1] in (["is"], ["are"]) and _in_time_clause(line, word.first))
    if vague:
        course = "hypothetical"
    elif planned:
        course = "planned"
    elif word.form in ("s", "base") and all(w.endswith("ly") for w in group) and _lies_beyond(line, word.first):
        course, vague = "hypothetical", True
    elif would:
        course = "hypothetical" if any(w in grammar("have") for w in group) else "planned"
    return Standing(
        course=course,
        negated=negated,
        passive=passive,
        finite=(word.form != "ing" or any(w in grammar("be") for w in group)) and "having" not in group,
        perfect_past="had" in group,
        perfect=any(w in ("has", "have") for w in group),
        present=word.form in ("s", "base") and not group,
        vague=vague,
    )


def _nobody_did(line: Line, at: int, group: int) -> bool:
    """Whether the subject right before a verb and its `group` of auxiliaries is nobody: "nobody was injured"."""
    before = at - group - 1
    return line.low(before) in ("nobody", "none") or (line.low(before) == "one" and line.low(before - 1) == "no")


def shares_passive(line: Line, word: EventWord) -> bool:
    """Whether a participle behind "and" shares the "was" of another: "was questioned by police and then arrested"."""
    before = word.first - 1
    while before > 0 and line.low(before) != "both" and line.low(before) in grammar("adverb"):
        before -= 1
    if word.form not in ("past", "participle") or line.low(before) not in ("and", "or", "but"):
        return False
    after = word.last + 1
    free = after >= len(line.tokens) or not line.tokens[after].is_word or line.timex[after] is not None
    if not free and line.low(after) not in ("to", "and") and line.low(after) not in grammar("preposition"):
        return False
    for at in range(before - 1, max(-1, before - MODAL_REACH), -1):
        if line.low(at) in grammar("be"):
            return line.low(at + 1).endswith(PARTICIPLES) and line.mention[at + 1] is None
        if line.low(at) in grammar("finite_aux", "clause") or line.tokens[at].text in BREAKS:
            return False
    return False


def _in_condition(line: Line, at: int) -> bool:
    start, _ = line.clause_bounds(at)
    purpose = line.low(start) == "that" and line.low(start - 1) == "so"
    return purpose or line.low(start) in grammar("condition") or line.low(start + 1) in {"if", "unless"}


def _in_time_clause(line: Line, at: int) -> bool:
    """Whether the clause looks ahead: "when it is released"."""
    start, _ = line.clause_bounds(at)
    return line.low(start) in ("when", "once", "until")


def _lies_beyond(line: Line, at: int) -> bool:
    """Whether a present tense only says until when something else is: "before the US withdraws its forces"."""
    start, _ = line.clause_bounds(at)
    return line.low(start) in ("before", "until", "till", "once")


def _infinitive(line: Line, word: EventWord, group: list[str], *, negated: bool, passive: bool) -> Standing:
    """What governs "to VERB": "expected to", "was to", "refused to", "forced X to"."""
    before = word.first - group.index("to") - 1
    direct = line.low(before - 1)
    after_be = group[group.index("to") + 1 :][:1]
    outcome = governors().get(direct, "") or governors().get(f"{line.low(before - 2)} {direct}", "")
    if outcome == "refused" and direct not in ("failed", "fails", "fail", "failing", "failure"):
        # "refused to attend": the refusal is what happened, and it has an entry of its own.
        return Standing(course="hypothetical", negated=True, finite=False, vague=True)
    if after_be and after_be[0] in grammar("be"):
        outcome = "planned"
    if not outcome:
        outcome = _distant_governor(line, before)
    if not outcome and "have" in group[: group.index("to")]:
        # "is believed to have fled", "claims to have won"
        outcome = "occurred"
    if outcome == "planned" and _in_condition(line, word.first):
        outcome = "hypothetical"
    course: Course = "occurred" if outcome in ("occurred", "refused") else "planned"
    if outcome not in ("occurred", "refused", "planned"):
        course = "hypothetical"
    return Standing(
        course=course,
        negated=negated or outcome == "refused",
        passive=passive,
        finite=False,
        vague=course == "hypothetical",
    )


def _distant_governor(line: Line, at: int) -> str:
    """The outcome that a verb with an object before "to" gives: "forced Apple to lower"."""
    for here in range(at - 1, max(-1, at - 1 - GROUP_REACH), -1):
        low = line.low(here)
        if low in (",", ";", "that") or line.tokens[here].text in BREAKS:
            return ""
        if low in grammar("distant_governor"):
            return governors().get(low, "")
    return ""


def has_subject(line: Line, start: int, at: int) -> bool:
    """Whether some word from `start` up to the verb group at `at` can be its subject; "he" and "she" alone are none."""
    words = (token.low for token in line.tokens[start:at] if token.is_word)
    return any(word not in _no_subject() and not word.endswith("ly") for word in words)


@cache
def _no_subject() -> frozenset[str]:
    """Words before a verb that are not its subject."""
    helping = grammar("finite_aux", "be", "adverb", "personal")
    return helping.union(["to", "and", "but", "or", "more", "soon"], governors())


def gap_at(line: Line, start: int, end: int) -> int:
    """Where an "and" opens a clause whose verb is left out: "Roe got a year | and Poe, who confessed, a fine"; else
    `end`."""
    for at in range(start, min(end, len(line.tokens) - 1)):
        if line.low(at) != "and" or line.mention[at - 1] is not None or not line.tokens[at - 1].is_word:
            continue
        last = at + 1
        while last < len(line.tokens) and last - at < SUBJECT_REACH and line.tokens[last].is_word:
            if (
                last > at + 1
                and line.mention[last - 1] is not None
                and line.mention[last] is not line.mention[last - 1]
            ):
                break  # the name ends
            last += 1
        name = line.mention[last - 1]
        if name is None or name.kind != "PER":
            continue
        if line.low(last) == "," and line.low(last + 1) in grammar("relative_pronoun"):
            comma = next((k for k in range(last + 1, len(line.tokens)) if line.low(k) == ","), len(line.tokens))
            last = comma + 1
        thing = last < len(line.tokens) and (line.low(last) in ("a", "an") or line.tokens[last].text[0].isdigit())
        if thing and not any(k in line.verbs for k in range(last, len(line.tokens))):
            return at
    return end


def host_of(line: Line, at: int) -> int | None:
    """Where the clause begins on which the -ing form at `at` hangs behind a comma: ", killing nine", or an "and" after
    such a one; None where it hangs on none."""
    start, _ = line.clause_bounds(at)
    start = start if line.low(at).endswith("ing") else 0
    while start and line.low(start).endswith("ing") and line.low(start - 1) == ",":
        host, _ = line.clause_bounds(start - 1)
        if not line.low(host).endswith("ing"):
            return host if any(host <= verb < start for verb in line.verbs) else None
        start = host
    return None


def hangs_on_other(line: Line, at: int) -> bool:
    """Whether it is left open whose deed an -ing form tells, since its clause hangs on another one: "Experts warned the
    town before the dam burst, killing nine"."""
    host = host_of(line, at)
    if host is None:
        return False
    start, _ = line.clause_bounds(at)
    if any(line.low(k) in ("as", "because", "when", "while") and line.mention[k] is None for k in range(host, start)):
        return True
    own = line.low(host) == "that" and host + 1 not in line.verbs  # "said that the dam had burst, killing nine"
    return line.low(host) in grammar("subordinator") or (line.low(host) == "that" and not own)


def sharing_clause(line: Line, start: int) -> int:
    """Where the clause begins whose subject one that opens with "and", "but" or "or" at `start` shares.

    Behind a comma that is no clause that hangs on another: "Roe said that Noor had left, but did not say why".
    """
    comma = line.low(start - 1) == ","
    begin, _ = line.clause_bounds(max(0, start - 1 - comma))
    while comma and begin and line.low(begin) in grammar("subordinator") | {"that"}:
        begin, _ = line.clause_bounds(begin - 1)
    return begin
