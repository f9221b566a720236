"""What of an engine's reply holds: every quote located in the author's words, every policy a value. Free of Django.

Both engines' replies go through here before anything is kept; nothing an engine says is taken on its word.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from elicitation.extraction.engines.base import (
    Beneath,
    MarkProposal,
    NormProposal,
    PolicyProposal,
    Reply,
    ValueProposal,
)
from elicitation.extraction.quotes import Span, locate, pieces, says
from elicitation.extraction.refusals import (
    LONGEST_PART,
    NOT_VALUES,
    card_refused,
    policy_refused,
    unfit,
)
from elicitation.interview.texts import fault

LONGEST_SUBJECT = 400  # code points
DEONTICS = frozenset({"must", "must not", "may", "should"})
MARKS = frozenset({"experience", "claim", "proposal"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: in which of the author's texts (0 is the one that was read), and its span there."""

    text: int
    span: Span


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that holds, with the places it rests on; never none."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A value that holds."""

    title: str
    context: str
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """A rule that holds: parts nobody said are "". `serves`: places in Sifted.cards."""

    deontic: str
    aim: str
    attribute: str
    acted_on: str
    conditions: str
    or_else: str
    places: tuple[Place, ...]
    serves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that is something else."""

    kind: str
    place: Place


@dataclass(slots=True)
class Sifted:
    """What holds of a reply, why the rest does not (reason -> count), and what one may ask beneath (kind, where)."""

    cards: list[Card] = field(default_factory=list)
    norms: list[Norm] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    beneath: tuple[str, Place] | None = None

    def outcome(self, asked: bool) -> str:
        """How the answer ends: not_yet, read, quotes_not_found or nothing_found; `asked`: its author is asked beneath."""
        if asked:
            return "not_yet"
        if self.cards or self.norms:
            return "read"
        if self.beneath:
            return "not_yet"
        return "quotes_not_found" if set(self.refusals) - {"mark_not_found"} else "nothing_found"


def sift(reply: Reply, texts: Sequence[str]) -> Sifted:
    """What of `reply` holds in `texts`, the author's own words that may be quoted: the text that was read comes first."""
    sieve = _Sieve(texts)
    kept = [sieve.card(value) for value in reply.values]
    for norm in reply.norms:
        sieve.norm(norm, [kept[n] for n in norm.serves if 0 <= n < len(kept)])
    for mark in reply.marks:
        sieve.mark(mark)
    sieve.ask_beneath(reply.beneath)
    return sieve.sifted


class _Sieve:
    """Takes one reply apart, and remembers what did not hold."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.sifted = texts, Sifted()
        self.struck: list[tuple[str, Place]] = []  # words of policies that are no value

    def card(self, value: ValueProposal) -> int | None:
        """Where a card with those of its policies that hold is kept; None where none holds."""
        if reason := card_refused(value):
            self.sifted.refusals[reason] += 1
            return None
        held = [Policy(p.text, places) for p in value.policies if (places := self._policy(p))]
        if not held:
            self.sifted.refusals["no_policy_with_a_quote"] += 1
            return None
        context = "" if fault(value.context) else value.context
        self.sifted.cards.append(Card(value.title, context, tuple(held)))
        return len(self.sifted.cards) - 1

    def norm(self, norm: NormProposal, serves: Sequence[int | None]) -> None:
        """A rule, with the parts its author said; what was not said stays open."""
        places = self._places(norm.quotes)
        if not places or unfit(norm.aim) or norm.deontic not in DEONTICS:
            self.sifted.refusals["norm_unfit" if places else "norm_without_a_quote"] += 1
            return
        self.sifted.norms.append(
            Norm(
                deontic=norm.deontic,
                aim=norm.aim,
                attribute=self._said(norm.attribute, LONGEST_SUBJECT),
                acted_on=self._said(norm.acted_on, LONGEST_SUBJECT),
                conditions=self._said(norm.conditions),
                or_else=self._said(norm.or_else),
                places=places,
                serves=tuple(dict.fromkeys(n for n in serves if n is not None)),
            )
        )

    def mark(self, mark: MarkProposal) -> None:
        """A stretch that is something else, where it stands in one place."""
        places = self._places([mark.quote]) if mark.kind in MARKS else ()
        if not places:
            self.sifted.refusals["mark_not_found"] += 1
        self.sifted.marks += [Mark(mark.kind, place) for place in places]

    def ask_beneath(self, beneath: Beneath | None) -> None:
        """Words one may ask about: those the engine names, or where no card held those of a policy that is no value."""
        named = self._places([beneath.quote]) if beneath else ()
        if beneath and named:
            self.sifted.beneath = (beneath.kind, named[0])
        elif self.struck and not self.sifted.cards:
            self.sifted.beneath = self.struck[0]

    def _policy(self, policy: PolicyProposal) -> tuple[Place, ...]:
        """Where the quotes of a policy stand; empty, with the reason counted, where it does not hold."""
        reason = policy_refused(policy)
        places = self._places(policy.quotes)
        if not reason and not places:
            reason = "quote_not_found"
        if not reason:
            return places
        self.sifted.refusals[reason] += 1
        if places and (kind := NOT_VALUES.get(reason)):
            self.struck.append((kind, places[0]))
        return ()

    def _places(self, quotes: Sequence[str]) -> tuple[Place, ...]:
        """Where all of `quotes` stand, each in one place only; empty where one of them, or a piece of one, does not."""
        found = [place for quote in quotes for place in self._whole_or_pieces(quote)]
        if None in found:
            return ()
        once = {place for place in found if place}
        return tuple(sorted(once, key=lambda place: (place.text, place.span.start, place.span.end)))

    def _whole_or_pieces(self, quote: str) -> list[Place | None]:
        """Where a quote stands; or its pieces, where the dots in it are not the author's own."""
        whole = self._place(quote)
        return [whole] if whole else [self._place(piece) for piece in pieces(quote)]

    def _place(self, piece: str) -> Place | None:
        found = [Place(n, s) for n, text in enumerate(self.texts) if (s := locate(piece, text))]
        return found[0] if len(found) == 1 else None

    def _said(self, part: str, longest: int = LONGEST_PART) -> str:
        """A part of a norm as its author wrote it, or "" where these words were never written."""
        if not part.strip():
            return ""
        if not unfit(part, longest):
            for text in self.texts:
                if span := says(part, within=text):
                    return text[span.start : span.end][:longest]
        self.sifted.refusals["part_not_said"] += 1
        return ""
