"""Keep proposed cards: every quote is located in the source by code, or it is not kept."""

from collections import Counter
from collections.abc import Sequence

from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.models import Candidate, Policy, Quote, Reading
from elicitation.extraction.quotes import Span, locate, pieces
from elicitation.interview.models import Revision
from elicitation.interview.texts import fault

Refusals = Counter[str]
LONGEST_TITLE, LONGEST_CONTEXT, LONGEST_POLICY = 200, 400, 600


def keep(reading: Reading, proposals: Sequence[ValueProposal]) -> tuple[list[Candidate], Refusals]:
    """Store what holds of `proposals`, inside the caller's transaction.

    Returns the candidates kept and, for what was not, the reasons with their counts.
    """
    refusals: Refusals = Counter()
    kept = [_keep_one(reading, proposal, refusals) for proposal in proposals]
    return [candidate for candidate in kept if candidate], refusals


def _keep_one(reading: Reading, proposal: ValueProposal, refusals: Refusals) -> Candidate | None:
    if _unfit(proposal.title, LONGEST_TITLE) or len(proposal.context) > LONGEST_CONTEXT:
        refusals["title_or_context_unfit"] += 1
        return None
    located = [
        (policy.text, spans)
        for policy in proposal.policies
        if (spans := _spans(policy, reading.revision.text, refusals))
    ]
    if not located:
        refusals["no_policy_with_a_quote"] += 1
        return None
    candidate = Candidate.objects.create(
        reading=reading,
        title=proposal.title,
        context=proposal.context if not fault(proposal.context) else "",
        language=reading.revision.language,
    )
    for position, (text, spans) in enumerate(located):
        policy = Policy.objects.create(candidate=candidate, position=position, text=text)
        Quote.objects.bulk_create(located_quote(policy, reading.revision, s) for s in spans)
    return candidate


def located_quote(policy: Policy, revision: Revision, span: Span) -> Quote:
    """The quote at `span`: its text is the revision's own slice, so it cannot differ.

    It may be shown from the start only where its author agreed to that beforehand, as people of an import may have.
    """
    text = revision.text[span.start : span.end]
    return Quote(
        policy=policy,
        revision=revision,
        start=span.start,
        end=span.end,
        text=text,
        public=revision.response.quotes_public,
    )


def _spans(policy: PolicyProposal, text: str, refusals: Refusals) -> list[Span]:
    """Where the policy's quotes stand; empty where one of them, or a piece of one, does not."""
    if _unfit(policy.text, LONGEST_POLICY):
        refusals["policy_unfit"] += 1
        return []
    found = [locate(piece, within=text) for quote in policy.quotes for piece in pieces(quote)]
    if not found or None in found:
        refusals["quote_not_found"] += 1
        return []
    return sorted({span for span in found if span}, key=lambda span: span.start)


def _unfit(text: str, longest: int) -> bool:
    return bool(fault(text)) or len(text) > longest
