"""Rules in a person's words, taken apart by the institutional grammar. Free of Django.

The institutional grammar (Crawford and Ostrom 1995, "A Grammar of Institutions", American Political Science Review 89; ADICO)
says what a rule is made of: attribute (to whom it applies), deontic (must, must not, may, should), aim (the act or outcome),
conditions (when, where and how far) and or else (what follows a breach). Every part kept here is a stretch of the text; what
is not said is left open. A passive ("the park must be closed") names no attribute but what is acted on, which the coders of
the grammar call its object. Decision: docs/decisions/0010-norms.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from elicitation.extraction.binding import binds, leads_up
from elicitation.extraction.clauses import (
    before_turn,
    is_no_mood,
    language_of,
    sentences,
    some,
    trimmed,
)
from elicitation.extraction.deontics import Deontic
from elicitation.extraction.moods import COMMON, LANGUAGES, Words
from elicitation.extraction.quotes import Span

REACH = 1_000  # code points to either side of a mood that are looked at; keeps any text linear
LONGEST = 160  # code points of a subject; a longer one is the sentence's story


@dataclass(frozen=True, slots=True)
class Statement:
    """One rule in a text. All spans are in code points of that text, none is empty.

    `acted_on` is what a passive speaks of where it stands before the mood; beside it the attribute is open, or the one named by "by".
    `attribute` and `acted_on` may lie before `span`, where a second rule leaves its subject to the first. `aim` is open only in a rulebook, at the
    head of a list that is not there.
    """

    span: Span
    attribute: Span | None
    deontic: Deontic
    deontic_at: Span
    aim: Span | None
    acted_on: Span | None
    conditions: Span | None
    or_else: Span | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A mood found and what stands before it: the `joint` after which its clause starts, its subject (may be empty), a condition."""

    joint: int
    start: int
    subject: Span
    mood: re.Match[str]
    deontic: Deontic
    condition: Span | None = None

    @property
    def banned(self) -> bool:
        """Whether the mood has its aim before it: "... is forbidden"."""
        return self.mood.lastgroup == "banned"


def statements(text: str, language: str = "", *, rulebook: bool = False) -> list[Statement]:
    """The rules that `text` states, in the order of their moods; a wish, a guess, a question or a plan of one's own is none.

    `rulebook` is for statutes and by-laws, where "will", "can" and "may" bind and a fragment is a rule too. "Should not" counts as
    "must not", as "may not" does: the four moods know no weaker no, and `deontic_at` keeps the person's own word.
    Never raises; an unknown `language` is guessed.
    """
    found: list[Statement] = []
    follows = False  # the sentence before states a rule
    for span, asks in sentences(text):
        words = LANGUAGES[language_of(text[span.start : span.end], language, COMMON)]
        rules = [] if asks else _in_sentence(text, span, words, rulebook)
        if follows and not rules and words.or_else.match(text, span.start, span.end):
            found[-1] = _with_or_else(found[-1], span)
        found += rules
        follows = bool(rules)
    return found


def _with_or_else(rule: Statement, sentence: Span) -> Statement:
    """`rule` with the sentence after it as its or else, unless it has one: "Otherwise they are towed."."""
    if rule.or_else:
        return rule
    return replace(rule, span=Span(rule.span.start, sentence.end), or_else=sentence)


def _in_sentence(text: str, span: Span, words: Words, rulebook: bool) -> list[Statement]:
    clauses = list(_clauses(text, span, words, rulebook))
    found: list[Statement] = []
    for clause, after in zip_longest(clauses, clauses[1:]):
        end = after.joint if after else span.end
        statement = _parts(text, clause, end, words)
        if statement.aim or rulebook:
            elided = clause.subject.start == clause.subject.end and clause.start > span.start
            found.append(
                _inherits(text, statement, found[-1], words) if elided and found else statement
            )
    return found


def _inherits(text: str, rule: Statement, before: Statement, words: Words) -> Statement:
    """`rule`, which says no subject, with that of the rule `before` it in the same sentence."""
    subject = before.acted_on or before.attribute
    if words.impersonal.fullmatch(text[rule.deontic_at.start : rule.deontic_at.end]):
        return rule
    if rule.aim and words.passive.match(text, rule.aim.start, rule.aim.end):
        return replace(rule, acted_on=rule.acted_on or subject)
    return replace(rule, attribute=rule.attribute or subject)


def _clauses(text: str, span: Span, words: Words, rulebook: bool) -> Iterator[Clause]:
    """The moods of one sentence that govern a clause of their own; in a rulebook, where none does, one that leans on another clause."""
    found = list(_governing(text, span, words, rulebook, lenient=False))
    yield from found or (_governing(text, span, words, rulebook, lenient=True) if rulebook else ())


def _governing(
    text: str, span: Span, words: Words, rulebook: bool, *, lenient: bool
) -> Iterator[Clause]:
    """The moods of one sentence that state a rule; the first may lean on another clause where `lenient`."""
    if order := words.imperative.match(text, span.start, span.end):
        yield Clause(span.start, span.start, Span(span.start, span.start), order, "must not")
    at, first = order.end() if order else span.start, not order
    for mood in words.moods.finditer(text, at, span.end):
        near = min(span.end, mood.end() + REACH)
        if is_no_mood(mood, span) or not (rulebook or binds(text, mood, near, words)):
            continue
        before = Span(max(at, mood.start() - REACH), mood.start())
        clause = _clause(text, before, mood, words, first)
        if rulebook and first and not lenient and leads_up(text, span, mood, words):
            continue
        if clause and not _subordinate(text, clause, words, rulebook and first):
            yield clause
            at, first = mood.end(), False


def _clause(
    text: str, before: Span, mood: re.Match[str], words: Words, first: bool
) -> Clause | None:
    """The clause `mood` governs, given the text `before` it; None where that says it is no rule."""
    joint = start = before.start
    doubted = False
    for match in (words.breaks if first else words.joints).finditer(text, before.start, before.end):
        joint, start = match.span()
    if not first and start == before.start:
        return None  # inside the rule before it
    for match in words.doubt.finditer(text, before.start, before.end):
        doubted, start = True, max(start, match.end())
    if words.wish.search(text, min(start, before.end), before.end):
        return None
    deontic = words.deontic(mood)
    if doubted:
        if deontic not in {"should", "may"}:
            return None
        deontic = "must not"
    return _with_subject(text, Clause(joint, start, Span(start, before.end), mood, deontic), words)


def _with_subject(text: str, clause: Clause, words: Words) -> Clause:
    """`clause` with its subject free of openings and of a leading condition."""
    start, end = _opened(text, clause.start, clause.subject.end, words), clause.subject.end
    condition = None
    commas = [m.start() for m in words.commas.finditer(text, start, end)]
    if commas and words.condition_start.match(text, start, end):
        condition = trimmed(text, start, commas[-1])
        start = _opened(text, commas[-1] + 1, end, words)
    elif commas and not text[commas[-1] + 1 : end].strip():  # "the agent, on request, must"
        named = len(commas) > 1 or words.grammar.comma_before
        start, end = (start, commas[0]) if named else (end, end)
    elif commas and not words.listing.search(text, start, end):
        start = _opened(text, commas[-1] + 1, end, words)
    subject = _subject(text, trimmed(text, start, end), words)
    return replace(clause, start=trimmed(text, clause.start, clause.mood.end()).start,
                   subject=subject, condition=condition)  # fmt: skip


def _opened(text: str, start: int, end: int, words: Words) -> int:
    """Where the statement proper starts: after "I think that" and the like, as often as they stand there."""
    while (opening := words.opening.match(text, start, end)) and opening.end() > start:
        start = opening.end()
    return start


def _subject(text: str, whole: Span, words: Words) -> Span:
    """The part of `whole` that has no verb of its own: "AI is a machine and it" has the subject "it"."""
    if words.first_person.fullmatch(text, whole.start, whole.end):
        return whole
    for verb in words.finite.finditer(text, whole.start, whole.end):
        if not words.relative.search(text, whole.start, verb.start()):
            joints = [m.end() for m in words.joints.finditer(text, verb.end(), whole.end)]
            return trimmed(text, joints[-1] if joints else whole.end, whole.end)
    return whole


def _subordinate(text: str, clause: Clause, words: Words, lenient: bool) -> bool:
    """Whether the mood speaks in a clause that leans on another, or of the speaker alone."""
    said = text[clause.subject.start : clause.subject.end]
    alone = words.first_end.search(text, clause.start, clause.mood.start())
    if alone or words.first_person.fullmatch(said) or words.after_first(text, clause.mood.end()):
        return True
    if words.of_nothing(text[clause.start : clause.mood.start()].rstrip()):
        return True
    leans = words.relative_end.search(said) or words.condition_start.match(said)
    return not lenient and (bool(leans) or _told(text, clause, words))


def _told(text: str, clause: Clause, words: Words) -> bool:
    """Whether the mood belongs to a question told: "how the council should decide"."""
    told = words.indirect_end.search(text[clause.start : clause.mood.start()].rstrip())
    return told is not None and not words.finite.search(told.group())


def _parts(text: str, clause: Clause, end: int, words: Words) -> Statement:
    """The statement `clause` makes with the text up to `end`; without an aim where none is said."""
    rest = trimmed(text, clause.mood.end(), end)
    aim, conditions, or_else = _aim(text, rest, words)
    if aim and words.no_aim.match(text, aim.start, aim.end):
        aim = None
    subject, deontic = _said_no(text, clause, words)
    if aim and (told := words.addressed.match(text, aim.start, aim.end)):
        subject, aim = Span(*told.span("who")), Span(told.end(), aim.end)
    acted_on = None
    if clause.banned:
        aim, conditions, subject = subject, conditions or aim, None
    elif aim is None and (aim := _aim_before(text, clause, subject, words)):
        subject = None
    elif aim and words.passive.match(text, aim.start, aim.end):
        acted_on, subject = subject, _agent(text, aim, words)
    if aim and deontic == "must not" and not clause.banned:
        aim = before_turn(text, aim)
    ends = [part.end for part in (aim, conditions, or_else) if part]
    return Statement(
        Span(clause.start, max([clause.mood.end(), *ends])), subject, deontic,
        trimmed(text, *clause.mood.span()), aim, acted_on, clause.condition or conditions, or_else,
    )  # fmt: skip


def _aim(text: str, rest: Span, words: Words) -> tuple[Span | None, Span | None, Span | None]:
    """Aim, trailing condition and or else in what follows a mood."""
    end, or_else, conditions = rest.end, None, None
    match = words.or_else.search(text, rest.start, end)
    if match and (" " in match.group() or words.pauses(text, match.start())):
        or_else, end = some(trimmed(text, match.start(), end)), match.start()
    if match := words.reasons.search(text, rest.start + 1, end):
        end = match.start()
    for match in words.condition.finditer(text, rest.start, end):
        aim = some(trimmed(text, rest.start, match.start()))
        if aim and aim.end - aim.start > (1 if words.dense else 2):
            conditions = some(trimmed(text, match.start(), end))
            return aim, conditions, or_else
    return some(trimmed(text, rest.start, end)), conditions, or_else


def _aim_before(text: str, clause: Clause, subject: Span | None, words: Words) -> Span | None:
    """The aim where the mood ends its clause; None where it cannot, or where a "not" stands in it that belongs to the mood."""
    if not subject or not words.verb_last.search(text, 0, clause.start):
        return None
    return None if words.negation.search(text, subject.start, subject.end) else subject


def _said_no(text: str, clause: Clause, words: Words) -> tuple[Span | None, Deontic]:
    """The subject without its "no", and the mood that "no" makes of the clause's own."""
    start, end = clause.subject.start, clause.subject.end
    deontic = clause.deontic
    if match := words.nobody.match(text, start, end):
        start, deontic = match.end(), "must not"
    subject = some(trimmed(text, start, end))
    said = text[subject.start : subject.end] if subject else ""
    if words.no_actor.fullmatch(said) or len(said) > LONGEST or _subjectless(text, clause, words):
        return None, deontic
    return subject, deontic


def _subjectless(text: str, clause: Clause, words: Words) -> bool:
    """Whether what stands before the mood is not its subject: "il faut", "hier sollte man"."""
    after = text[clause.mood.end() : clause.mood.end() + LONGEST].lstrip()
    impersonal = words.impersonal.fullmatch(clause.mood.group())
    return bool(impersonal or words.inverted.match(after))


def _agent(text: str, aim: Span, words: Words) -> Span | None:
    """Who acts in a passive, where it is said: "... by the council"."""
    match = words.agent.search(text, aim.start, aim.end)
    return some(trimmed(text, *match.span("who"))) if match else None
