"""What a prompt makes of an answer whose cards are known, and how two such readings differ. Free of Django."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from elicitation.extraction.engines.base import PolicyProposal, Reply, ValueProposal
from elicitation.extraction.quotes import Span, locate, pieces
from elicitation.extraction.refusals import card_refused, policy_refused
from elicitation.interview.texts import fault

SAME, CHANGED, LOST, NEW = "same", "changed", "lost", "new"
SHARED = (
    0.5  # of the shorter card's quoted code points: from there two cards speak of the same words
)
LONGEST_REFUSED = 200  # code points kept of what was proposed in vain
Cards = Sequence[ValueProposal]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cards that would be kept, each quote as it stands in the answer; and what would not, with the reason.

    `failure`: why there was no reply to keep anything of, "" where there was one.
    """

    cards: tuple[ValueProposal, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A card of the reading before beside the card after that rests on the same words, and how they differ."""

    word: str
    before: ValueProposal | None
    after: ValueProposal | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How cards of a machine agree with those a person made: of `by_hand`, `found`; and `beyond` that no person made."""

    by_hand: int
    found: int
    beyond: int


def sift(reply: Reply, text: str) -> Outcome:
    """What of `reply` would be kept as cards of an answer that reads `text`, by the rules a reading is kept by."""
    cards: list[ValueProposal] = []
    refused: list[tuple[str, str]] = []
    for value in reply.values:
        if reason := card_refused(value):
            refused.append((_storable(value.title), reason))
            continue
        policies, struck = _sift_policies(value.policies, text)
        refused += struck
        if policies:
            context = "" if fault(value.context) else value.context
            cards.append(ValueProposal(value.title, policies, context))
        elif not struck:
            refused.append((_storable(value.title), "no_policy_with_a_quote"))
    return Outcome(tuple(cards), tuple(refused))


def places(quotes: Sequence[str], text: str) -> list[Span]:
    """Where all of `quotes` stand in `text`, from first to last; empty where one of them, or a piece of one, does not."""
    found = [span for quote in quotes for span in _whole_or_pieces(quote, text)]
    spans = {span for span in found if span}
    return [] if None in found else sorted(spans, key=lambda span: span.start)


def _whole_or_pieces(quote: str, text: str) -> list[Span | None]:
    whole = locate(quote, text)
    return [whole] if whole else [locate(piece, text) for piece in pieces(quote)]


def compare(before: Cards, after: Cards, text: str) -> list[Pair]:
    """Each card of either reading once, beside the one of the other that rests on the same words of `text`.

    Pairs stand in the order of `before`; a pair is "same" where not a letter differs, else "changed".
    """
    matched = _matched(before, after, text)
    pairs = [
        Pair(SAME if before[n] == after[m] else CHANGED, before[n], after[m]) for n, m in matched
    ]
    lost, new = _left(before, {n for n, _ in matched}), _left(after, {m for _, m in matched})
    return [*pairs, *(Pair(LOST, c, None) for c in lost), *(Pair(NEW, None, c) for c in new)]


def agreement(cards: Cards, by_hand: Cards, text: str) -> Agreement:
    """How many cards made by hand were found in `text`, and how many cards rest on other words."""
    found = len(_matched(by_hand, cards, text))
    return Agreement(len(by_hand), found, len(cards) - found)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """`outcome` as it is stored."""
    return {
        "cards": cards_as_json(outcome.cards),
        "refused": [list(row) for row in outcome.refused],
        "failure": outcome.failure,
    }


def from_json(stored: Mapping[str, Any]) -> Outcome:
    """The outcome that was stored."""
    refused = tuple((what, why) for what, why in stored.get("refused", ()))
    return Outcome(
        cards_from_json(stored.get("cards", ())), refused, str(stored.get("failure", ""))
    )


def cards_as_json(cards: Cards) -> list[dict[str, Any]]:
    """Cards as they are stored: title, context, and policies with text and quotes."""
    told = (asdict(card) for card in cards)
    return [
        {
            "title": card["title"],
            "context": card["context"],
            "policies": [
                {"text": p["text"], "quotes": list(p["quotes"])} for p in card["policies"]
            ],
        }
        for card in told
    ]


def cards_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[ValueProposal, ...]:
    """The cards that were stored."""
    return tuple(
        ValueProposal(
            card["title"],
            tuple(PolicyProposal(p["text"], tuple(p["quotes"])) for p in card["policies"]),
            card["context"],
        )
        for card in stored
    )


def _sift_policies(
    policies: Sequence[PolicyProposal], text: str
) -> tuple[tuple[PolicyProposal, ...], list[tuple[str, str]]]:
    kept, refused = [], []
    for policy in policies:
        spans = places(policy.quotes, text)
        reason = policy_refused(policy) or ("" if spans else "quote_not_found")
        if reason:
            refused.append((_storable(policy.text), reason))
        else:
            quotes = tuple(text[span.start : span.end] for span in spans)
            kept.append(PolicyProposal(policy.text, quotes))
    return tuple(kept), refused


def _matched(ones: Cards, others: Cards, text: str) -> list[tuple[int, int]]:
    """Places of cards that rest on the same words, each used once, those that share most first."""
    mine, theirs = [_covered(c, text) for c in ones], [_covered(c, text) for c in others]
    shares = [
        (_share(a, b), ones[n] == others[m], -n, -m)
        for n, a in enumerate(mine)
        for m, b in enumerate(theirs)
    ]
    matched: list[tuple[int, int]] = []
    for share, _equal, n, m in sorted(shares, reverse=True):
        taken = any(-n == a or -m == b for a, b in matched)
        if share >= SHARED and not taken:
            matched.append((-n, -m))
    return sorted(matched)


def _covered(card: ValueProposal, text: str) -> set[int]:
    """The code points of `text` a card rests on."""
    spans = (span for policy in card.policies for span in places(policy.quotes, text))
    return {at for span in spans for at in range(span.start, span.end)}


def _share(a: set[int], b: set[int]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _left(cards: Cards, taken: set[int]) -> list[ValueProposal]:
    return [card for n, card in enumerate(cards) if n not in taken]


def _storable(words: str) -> str:
    """The beginning of what was proposed, without what a database cannot hold."""
    return words[:LONGEST_REFUSED].encode("utf-8", "ignore").decode().replace("\x00", "")
