"""All a moderator may see of a card before deciding: its answer and quotes, the values near it, and what groups of people say to these."""

from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.reading import Reader
from deliberation.web.facilitator.suggested import shown
from deliberation.web.public.telling import Share, groups, shares
from elicitation.extraction.models import Candidate, Quote
from elicitation.graph.models import Likeness, Value
from elicitation.graph.queries import cards_of

FEW = 3  # cards shown of the value that is suggested
NEAR = 5


def evidence(assembly: Assembly, card: Candidate) -> dict[str, Any]:
    """The card and its answer, what is suggested, the value that is suggested with its cards and votes, and others that seem close."""
    revision, suggested = card.revision, shown(card)
    nearest = suggested.suggestion.value if suggested else None
    return {
        "card": card,
        "revision": revision,
        "asked": revision.response.prompt,
        "quotes": list(Quote.objects.filter(policy__candidate=card)),
        "suggested": suggested,
        "nearest": nearest,
        "nearest_cards": cards_of(nearest, FEW) if nearest else [],
        "votes": votes(assembly, nearest) if nearest else [],
        "close": close(card, nearest),
        "wished": Value.objects.standing()
        .filter(tree__likenesses__candidate=card, tree__likenesses__wish="join")
        .first(),
        "decided": card.decisions.settling().filter(card_version=card.version).first(),
        "author_present": hasattr(revision.response.respondent, "membership"),
    }


def close(card: Candidate, besides: Value | None) -> list[Likeness]:
    """Values that seemed close enough to be put before its author, with what they said."""
    offered = Likeness.objects.filter(candidate=card, value__retired_at=None)
    return list(
        offered.exclude(value=besides).select_related("value").order_by("-score", "pk")[:NEAR]
    )


def votes(assembly: Assembly, value: Value) -> list[Share]:
    """What each opinion group says to a value: nothing before weighing is over, not to moderators either."""
    seen = reading.seen(Reader(assembly, whole=True), value.inquiry, Analysis.Kind.GROUPS)
    told = seen.result.get("profiles", {}).get(str(value.pk)) if seen else None
    return shares(told["groups"], groups(seen.result)) if seen and told else []
