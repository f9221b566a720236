"""What became of a citizen's cards and rules: asked of all of them together, with one query for each kind of thing."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from deliberation.artifacts.models import ClauseValue
from deliberation.moderation.meanings import decided_about, standing
from deliberation.moderation.models import Appeal, Decision, Meaning
from deliberation.web.citizen import rating
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Value
from elicitation.graph.queries import open_likenesses

Step = tuple[Decision, Appeal | None]
PASSING = ("reject", "send_back", "drop_rule")


def with_cards(cards: QuerySet[Candidate]) -> list[Candidate]:
    """These cards with all that is shown of them at hand."""
    related = ("reading__revision", "evidence__value__root", "rating")
    found = cards.select_related(*related).prefetch_related("policies__quotes", "edits")
    return list(found.defer("reading__revision__text"))


def with_rules(rules: QuerySet[NormCandidate]) -> list[NormCandidate]:
    """These rules with all that is shown of them at hand."""
    found = rules.select_related("reading__revision", "evidence__norm")
    return list(found.prefetch_related("quotes", "serves").defer("reading__revision__text"))


def fates(
    cards: Collection[Candidate], rules: Collection[NormCandidate] = ()
) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, dict[str, Any]]]:
    """Of each card and of each rule, by its key, where it went. Give them as with_cards and with_rules have them."""
    decided = steps([*cards, *rules])
    values = {card.pk: _value_of(card) for card in cards}
    likenesses = _by_card(open_likenesses(*(pk for pk, value in values.items() if not value)))
    placed = [pk for pk, value in values.items() if value]
    meant = _by_card(standing().filter(candidate__in=placed) if placed else Meaning.objects.none())
    clauses = _clauses({value.pk for value in values.values() if value})
    of_cards = {
        card.pk: _fate(card, values[card.pk], decided[card.pk])
        | {
            "likenesses": likenesses.get(card.pk, []),
            "meant": next(iter(meant.get(card.pk, [])), None),
            "clauses": clauses.get(getattr(values[card.pk], "pk", None), []),
        }
        for card in cards
    }
    return of_cards, {rule.pk: _rule_fate(rule, decided[rule.pk]) for rule in rules}


def fate(card: Candidate) -> dict[str, Any]:
    """The same of one card."""
    of_cards, _ = fates(with_cards(Candidate.objects.filter(pk=card.pk)))
    return of_cards[card.pk]


def _fate(card: Candidate, value: Value | None, decided: list[Step]) -> dict[str, Any]:
    """A card and where it went: the moderator's question or decision, its value."""
    own = [one for one, _ in decided if one.candidate_id == card.pk and one.undone_at is None]
    return {
        "card": card,
        "value": value,
        "question": _question(card, own),
        "decision": _standing(card, value, own),
        "steps": decided,
        **rating.around(card),
    }


def _rule_fate(rule: NormCandidate, decided: list[Step]) -> dict[str, Any]:
    """A rule and where it went: the shared rule it stands in, whether its author is to say if that is what they meant, and what was decided."""
    evidence = getattr(rule, "evidence", None)
    shared = evidence.norm if evidence else None
    worded_by_other = shared is not None and shared.worded_from_id != rule.pk
    owned = rule.state in (NormCandidate.State.CONFIRMED, NormCandidate.State.EDITED)
    return {
        "norm": rule,
        "shared": shared,
        "meant": evidence if worded_by_other else None,
        "kept_back": owned and any(not quote.public for quote in rule.quotes.all()),
        "steps": decided,
    }


def steps(things: Collection[Candidate | NormCandidate]) -> dict[UUID, list[Step]]:
    """What was decided about each card and rule, the oldest first, each with the appeal of its author against it.

    What was said of words the author has changed since is no longer the answer to them.
    """
    decided = decided_about(things)
    found = {
        thing.pk: [one for one in decided[thing.pk] if not _is_past(one, thing)] for thing in things
    }
    about = Q(candidate__in=[t.pk for t in things if isinstance(t, Candidate)])
    about |= Q(rule__in=[t.pk for t in things if isinstance(t, NormCandidate)])
    made = Appeal.objects.filter(about).exclude(state=Appeal.State.WITHDRAWN)
    any_decided = any(found.values())
    appeals = {(a.candidate_id or a.rule_id, a.decision_id): a for a in made} if any_decided else {}
    return {pk: [(one, appeals.get((pk, one.pk))) for one in some] for pk, some in found.items()}


def _is_past(decision: Decision, thing: Candidate | NormCandidate) -> bool:
    own = thing.pk in (decision.candidate_id, decision.rule_id)
    return own and decision.kind in PASSING and decision.card_version != thing.version


def _question(card: Candidate, own: Iterable[Decision]) -> Decision | None:
    """The question a moderator sent this card back with, while it waits for its author."""
    sent = (
        d for d in own if d.kind == Decision.Kind.SEND_BACK and d.card_version == card.version
    )
    return next(sent, None)


def _standing(card: Candidate, value: Value | None, own: Iterable[Decision]) -> Decision | None:
    """What was decided on the card as it stands now, or what put it into its value.

    A rejection of words the author has changed since is no longer the answer to them.
    """
    fitting = [
        d for d in own if d.card_version == card.version or (value and d.value_id == value.pk)
    ]
    return fitting[-1] if fitting else None


def _value_of(card: Candidate) -> Value | None:
    evidence = getattr(card, "evidence", None)
    return evidence.value.root if evidence else None


def _by_card(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def _clauses(values: Collection[UUID]) -> dict[UUID | None, list[Any]]:
    """The published clauses that stand on each of these values, or on what was folded into it."""
    if not values:
        return {}
    published = ClauseValue.objects.filter(
        clause__version__published_at__isnull=False, value__root__in=values
    )
    found: dict[UUID | None, dict[UUID, Any]] = {}
    rows: Any = published.annotate(of=F("value__root")).select_related("clause__version")
    for ground in rows.order_by("clause__position", "clause"):
        found.setdefault(ground.of, {})[ground.clause_id] = ground.clause
    return {value: list(clauses.values()) for value, clauses in found.items()}
