"""Keep what was proposed: every quote is located in the source by code, or it is not kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from elicitation.extraction.engines.base import (
    Beneath,
    NormProposal,
    PolicyProposal,
    Reply,
    ValueProposal,
)
from elicitation.extraction.models import (
    Candidate,
    Mark,
    NormCandidate,
    NormQuote,
    Policy,
    Quote,
    Reading,
)
from elicitation.extraction.quotes import Span, locate, pieces, says
from elicitation.extraction.refusals import NOT_VALUES, card_refused, policy_refused
from elicitation.interview.models import Revision
from elicitation.interview.texts import fault

LONGEST_TITLE, LONGEST_CONTEXT, LONGEST_PART = 200, 400, 600
Place = tuple[Revision, Span]


@dataclass(slots=True)
class Kept:
    """What of a reply was stored, why the rest was not (reason -> count), and what one may ask beneath."""

    cards: list[Candidate] = field(default_factory=list)
    norms: list[NormCandidate] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    beneath: tuple[str, Place] | None = None


def keep(reading: Reading, reply: Reply, sources: Sequence[Revision]) -> Kept:
    """Store what holds of `reply`, inside the caller's transaction.

    `sources` are the author's own words that may be quoted: the revision that was read, and those before it in its thread.
    """
    keeper = _Keeper(reading, sources)
    places = [keeper.card(value) for value in reply.values]
    for norm in reply.norms:
        keeper.norm(norm, [places[n] for n in norm.serves if 0 <= n < len(places)])
    for mark in reply.marks:
        keeper.mark(mark.kind, mark.quote)
    keeper.ask_beneath(reply.beneath)
    return keeper.kept


class _Keeper:
    """Stores one reply, and remembers what it did not."""

    def __init__(self, reading: Reading, sources: Sequence[Revision]) -> None:
        self.reading, self.sources, self.kept = reading, sources, Kept()
        self.struck: list[tuple[str, Place]] = []  # words of policies that are no value

    def card(self, value: ValueProposal) -> Candidate | None:
        """A card with those of its policies that hold; None where none does."""
        if reason := self._card_unfit(value):
            self.kept.refusals[reason] += 1
            return None
        located = [(p.text, spans) for p in value.policies if (spans := self._policy(p))]
        if not located:
            self.kept.refusals["no_policy_with_a_quote"] += 1
            return None
        candidate = Candidate.objects.create(
            reading=self.reading,
            title=value.title,
            context=value.context if not fault(value.context) else "",
            language=self.reading.revision.language,
        )
        for position, (text, places) in enumerate(located):
            policy = Policy.objects.create(candidate=candidate, position=position, text=text)
            Quote.objects.bulk_create(Quote(policy=policy, **words_at(place)) for place in places)
        self.kept.cards.append(candidate)
        return candidate

    def norm(self, proposal: NormProposal, serves: Sequence[Candidate | None]) -> None:
        """A rule, with the parts its author said; what was not said stays open."""
        places = self._places(proposal.quotes)
        if (
            not places
            or _unfit(proposal.aim)
            or proposal.deontic not in NormCandidate.Deontic.values
        ):
            self.kept.refusals["norm_without_a_quote" if not places else "norm_unfit"] += 1
            return
        norm = NormCandidate.objects.create(
            reading=self.reading,
            language=self.reading.revision.language,
            deontic=proposal.deontic,
            aim=proposal.aim,
            attribute=self._said(proposal.attribute),
            acted_on=self._said(proposal.acted_on),
            conditions=self._said(proposal.conditions),
            or_else=self._said(proposal.or_else),
        )
        norm.serves.set([candidate for candidate in serves if candidate])
        NormQuote.objects.bulk_create(NormQuote(norm=norm, **words_at(p)) for p in places)
        self.kept.norms.append(norm)

    def mark(self, kind: str, quote: str) -> None:
        """A stretch that is something else, where it stands in one place."""
        places = self._places([quote])
        if not places or kind not in Mark.Kind.values:
            self.kept.refusals["mark_not_found"] += 1
            return
        self.kept.marks += Mark.objects.bulk_create(
            Mark(reading=self.reading, kind=kind, **words_at(place)) for place in places
        )

    def ask_beneath(self, beneath: Beneath | None) -> None:
        """Words one may ask about: those the engine names, or where no card was kept those of a policy that is no value."""
        named = self._places([beneath.quote]) if beneath else []
        if beneath and named:
            self.kept.beneath = (beneath.kind, named[0])
        elif self.struck and not self.kept.cards:
            self.kept.beneath = self.struck[0]

    def _policy(self, policy: PolicyProposal) -> list[Place]:
        """Where the quotes of a policy stand; empty, with the reason counted, where it is not kept."""
        reason = "policy_unfit" if _unfit(policy.text) else policy_refused(policy)
        places = self._places(policy.quotes)
        if not reason and not places:
            reason = "quote_not_found"
        if not reason:
            return places
        self.kept.refusals[reason] += 1
        if places and (kind := NOT_VALUES.get(reason)):
            self.struck.append((kind, places[0]))
        return []

    def _places(self, quotes: Sequence[str]) -> list[Place]:
        """Where all of `quotes` stand, each in one place only; empty where one of them, or a piece of one, does not."""
        found = [place for quote in quotes for place in self._whole_or_pieces(quote)]
        if None in found:
            return []
        once = {
            (words.pk, span.start, span.end): (words, span) for words, span in filter(None, found)
        }
        return [once[key] for key in sorted(once, key=lambda key: key[1:])]

    def _whole_or_pieces(self, quote: str) -> list[Place | None]:
        """Where a quote stands; or its pieces, where the dots in it are not the author's own."""
        whole = self._place(quote)
        return [whole] if whole else [self._place(piece) for piece in pieces(quote)]

    def _place(self, piece: str) -> Place | None:
        found = [(words, span) for words in self.sources if (span := locate(piece, words.text))]
        return found[0] if len(found) == 1 else None

    def _said(self, part: str) -> str:
        """A part of a norm as its author wrote it, or "" where these words were never written."""
        if not part.strip():
            return ""
        if not _unfit(part):
            for words in self.sources:
                if span := says(part, within=words.text):
                    return words.text[span.start : span.end][:LONGEST_PART]
        self.kept.refusals["part_not_said"] += 1
        return ""

    def _card_unfit(self, value: ValueProposal) -> str:
        if _unfit(value.title, LONGEST_TITLE) or len(value.context) > LONGEST_CONTEXT:
            return "title_or_context_unfit"
        return card_refused(value)


def words_at(place: Place) -> dict[str, object]:
    """The fields of a located span: its text is the revision's own slice, so it cannot differ.

    It may be shown from the start only where its author agreed to that beforehand, as people of an import may have.
    """
    words, span = place
    return {
        "revision": words,
        "start": span.start,
        "end": span.end,
        "text": words.text[span.start : span.end],
        "public": words.response.quotes_public,
    }


def _unfit(text: str, longest: int = LONGEST_PART) -> bool:
    return bool(fault(text)) or len(text) > longest
