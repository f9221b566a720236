"""What became of a citizen's cards and rules: asked of all of them together, with one query for each kind of thing."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from deliberation.artifacts.models import ClauseValue
from deliberation.moderation.meanings import decided_about, named, standing
from deliberation.moderation.models import Appeal, Decision, Meaning
from deliberation.web.citizen import rating
from elicitation.extraction.models import Candidate, NormCandidate, NormQuote, Policy, Quote
from elicitation.extraction.queries import reworded
from elicitation.graph.models import Value
from elicitation.graph.queries import open_likenesses

Step = tuple[Decision, Appeal | None]
PASSING = ("reject", "send_back", "drop_rule")


def with_cards(cards: QuerySet[Candidate]) -> list[Any]:
    """These cards with all that is shown of them at hand, in one query.

    Beside its row each has `knots` (each policy with its quotes), `reworded`, `offered` (likenesses), `meant` and `clauses`.
    """
    mine = {"candidate": OuterRef("pk")}
    quotes = Quote.objects.filter(policy=OuterRef("pk")).values(told=_quote())
    policies = Policy.objects.filter(**mine).order_by("position")
    policy = JSONObject(pk="pk", position="position", text="text", quotes=ArraySubquery(quotes))
    value = {name: f"value__{name}" for name in ("pk", "title", "language", "policies")}
    offered = open_likenesses(OuterRef("pk"))
    found = cards.select_related("reading__revision", "evidence__value__root", "rating").annotate(
        reworded=reworded(),
        told_policies=ArraySubquery(policies.values(told=policy)),
        told_values=ArraySubquery(offered.values(told=JSONObject(**value))),
        told_meant=ArraySubquery(
            standing().filter(**mine).values(told=JSONObject(pk="pk", answer="answer"))
        ),
        told_clauses=ArraySubquery(_clauses()),
    )
    told: list[Any] = list(found.defer("reading__revision__text"))
    for card in told:
        card.knots = [_knot(card, dict(one)) for one in card.told_policies]
        card.offered = [Value(**one) for one in card.told_values]
        card.meant = next((Meaning(**one) for one in card.told_meant), None)
        card.clauses = {one["id"]: one for one in card.told_clauses}.values()
    return told


def with_rules(rules: QuerySet[NormCandidate]) -> list[Any]:
    """These rules with all that is shown of them at hand, in one query: beside its row each has `words` (its quotes) and `for_values`."""
    quotes = NormQuote.objects.filter(norm=OuterRef("pk")).values(told=_quote())
    serves = Candidate.objects.filter(served_by=OuterRef("pk"))
    found = rules.select_related("reading__revision", "evidence__norm").annotate(
        told_quotes=ArraySubquery(quotes),
        for_values=ArraySubquery(serves.values(told=JSONObject(title="title"))),
    )
    told: list[Any] = list(found.defer("reading__revision__text"))
    for rule in told:
        rule.words = [NormQuote(norm=rule, **one) for one in rule.told_quotes]
    return told


def _quote() -> JSONObject:
    fields = ("pk", "revision_id", "start", "end", "text", "public", "by_helper")
    return JSONObject(**{name: name for name in fields})


def _knot(card: Candidate, told: dict[str, Any]) -> tuple[Policy, list[Quote]]:
    quotes = told.pop("quotes")
    policy = Policy(candidate=card, **told)
    return policy, [Quote(policy=policy, **one) for one in quotes]


def _clauses() -> QuerySet[Any, Any]:
    """The published clauses that stand on the value of a card, or on what was folded into it."""
    published = ClauseValue.objects.filter(
        clause__version__published_at__isnull=False, value__root=OuterRef("evidence__value__root")
    )
    where = {"document": "clause__version__artifact", "number": "clause__version__number"}
    told = JSONObject(id="clause", text="clause__text", **where)
    return published.order_by("clause__position", "clause_id").values(told=told)


def fates(
    cards: Collection[Candidate], rules: Collection[NormCandidate] = ()
) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, dict[str, Any]]]:
    """Of each card and of each rule, by its key, where it went. Give them as with_cards and with_rules have them."""
    decided = steps([*cards, *rules])
    of_cards = {card.pk: _fate(card, decided[card.pk]) for card in cards}
    return of_cards, {rule.pk: _rule_fate(rule, decided[rule.pk]) for rule in rules}


def fate(card: Candidate) -> dict[str, Any]:
    """The same of one card."""
    of_cards, _ = fates(with_cards(Candidate.objects.filter(pk=card.pk)))
    return of_cards[card.pk]


def _fate(card: Any, decided: list[Step]) -> dict[str, Any]:
    """A card and where it went: the moderator's question or decision, its value, the clauses it stands behind."""
    own = [one for one, _ in decided if one.candidate_id == card.pk and one.undone_at is None]
    evidence = getattr(card, "evidence", None)
    value = evidence.value.root if evidence else None
    return {
        "card": card,
        "value": value,
        "question": _question(card, own),
        "decision": _standing(card, value, own),
        "likenesses": [] if value else card.offered,
        "meant": card.meant,
        "steps": decided,
        "clauses": card.clauses,
        **rating.around(card),
    }


def _rule_fate(rule: Any, decided: list[Step]) -> dict[str, Any]:
    """A rule and where it went: the shared rule it stands in, whether its author is to say if that is what they meant, and what was decided."""
    evidence = getattr(rule, "evidence", None)
    shared = evidence.norm if evidence else None
    worded_by_other = shared is not None and shared.worded_from_id != rule.pk
    owned = rule.state in (NormCandidate.State.CONFIRMED, NormCandidate.State.EDITED)
    return {
        "norm": rule,
        "shared": shared,
        "meant": evidence if worded_by_other else None,
        "kept_back": owned and any(not quote.public for quote in rule.words),
        "steps": decided,
    }


def steps(things: Collection[Candidate | NormCandidate]) -> dict[UUID, list[Step]]:
    """What was decided about each card and rule, the oldest first, each with the appeal of its author against it.

    What was said of words the author has changed since is no longer the answer to them.
    """
    decided = decided_about(things)
    return {
        thing.pk: [
            (one, _appeal(one, thing)) for one in decided[thing.pk] if not _is_past(one, thing)
        ]
        for thing in things
    }


def _appeal(decision: Any, thing: Candidate | NormCandidate) -> Appeal | None:
    own = {f"{named(thing)}_id": str(thing.pk)}
    return next(
        (Appeal(**one) for one in decision.told_appeals if own.items() <= one.items()), None
    )


def _is_past(decision: Decision, thing: Candidate | NormCandidate) -> bool:
    own = thing.pk in (decision.candidate_id, decision.rule_id)
    return own and decision.kind in PASSING and decision.card_version != thing.version


def _question(card: Candidate, own: Iterable[Decision]) -> Decision | None:
    """The question a moderator sent this card back with, while it waits for its author."""
    sent = (d for d in own if d.kind == Decision.Kind.SEND_BACK and d.card_version == card.version)
    return next(sent, None)


def _standing(card: Candidate, value: Value | None, own: Iterable[Decision]) -> Decision | None:
    """What was decided on the card as it stands now, or what put it into its value.

    A rejection of words the author has changed since is no longer the answer to them.
    """
    fitting = [
        d for d in own if d.card_version == card.version or (value and d.value_id == value.pk)
    ]
    return fitting[-1] if fitting else None
