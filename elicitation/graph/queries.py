"""The values of an inquiry, what is suggested of them, and what one respondent may be asked about or has said."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, UUIDField
from django.db.models import Value as Value_
from django.utils import timezone

from elicitation.extraction.models import Candidate
from elicitation.graph.models import (
    Compared,
    Endorsement,
    Evidence,
    Likeness,
    Regrouped,
    Regrouping,
    Suggestion,
    Value,
    ValueVector,
)
from elicitation.graph.models.vectors import OneOf
from elicitation.interview.models import Inquiry, Respondent

BELL = timedelta(minutes=1)  # in which the bell that rang first is given its time
INQUIRY_OF_CARD = "reading__revision__response__prompt__inquiry"
OF_RESPONDENT = "candidate__reading__revision__response__respondent"  # of evidence


def values_of(inquiry: Inquiry) -> QuerySet[Value]:
    """Standing values with `cards`, the number of cards behind each; most first."""
    return (
        Value.objects.standing()
        .filter(inquiry=inquiry)
        .annotate(cards=Count("tree__evidence"))
        .order_by("-cards", "admitted_at")
    )


def may_leave(host: str) -> Q:
    """Of a value: whether its words may be sent to a model at `host`: they are a person's who agreed, or nobody's own."""
    author = "worded_from__reading__revision__response__respondent"
    agreed = Q(**{f"{author}__asks_first": False}) | Q(**{f"{author}__read_at": host})
    return Q(worded_from=None) | agreed


def inquiry_of(candidate: Candidate) -> UUID:
    """The inquiry a card answers."""
    inquiry: UUID = candidate.reading.revision.response.prompt.inquiry_id
    return inquiry


def to_compare(candidate: Candidate) -> QuerySet[Value]:
    """Standing values of the card's inquiry whose author has not said yet whether they are the same."""
    answered = Likeness.objects.filter(candidate=candidate).exclude(wish="")
    standing = Value.objects.filter(inquiry=inquiry_of(candidate), retired_at=None)
    return standing.exclude(pk__in=answered.values("value"))


def cards_to_compare(most: int) -> list[UUID]:
    """Cards owned a while ago that stand in no value and were never compared as they stand: their message was lost, or its task failed.

    In no order, so that one that fails each time keeps no other waiting.
    """
    done = Compared.objects.filter(candidate=OuterRef("pk"), version=OuterRef("version"))
    owned = Candidate.objects.owned().filter(
        ~Exists(done), evidence=None, answered_at__lt=timezone.now() - BELL
    )
    return list(owned.order_by("?").values_list("pk", flat=True)[:most])


def open_likenesses(candidate: Candidate | OuterRef) -> QuerySet[Likeness]:
    """Values offered to the author of an owned card that still stand and were not answered."""
    offered = Likeness.objects.filter(candidate=candidate, wish="", value__retired_at=None)
    return offered.select_related("value")


def to_weigh(respondent: Respondent, inquiries: Iterable[Inquiry | UUID]) -> QuerySet[Value]:
    """Standing values of others this respondent has said nothing to: not now, and not before it took that back."""
    here = Value.objects.standing().filter(inquiry__in=inquiries)
    said = Endorsement.objects.filter(respondent=respondent).values("value__root")
    own = Evidence.objects.filter(**{OF_RESPONDENT: respondent}).values("value__root")
    return here.exclude(pk__in=own).exclude(pk__in=said)


def standing_says(
    respondent: Respondent, inquiries: Iterable[Inquiry | UUID]
) -> QuerySet[Endorsement]:
    """What this respondent says now to standing values, or to what was folded into them."""
    mine = Endorsement.objects.standing().filter(respondent=respondent)
    return mine.filter(value__root__retired_at=None, value__inquiry__in=inquiries)


def weighed(respondent: Respondent, inquiries: Iterable[Inquiry | UUID]) -> QuerySet[Any]:
    """Standing values this respondent has said something to, the newest first, each with `says`: what stands, None once taken back."""
    here = Endorsement.objects.filter(respondent=respondent, value__root=OuterRef("pk"))
    mine = here.order_by("-id")
    standing = mine.filter(replaced_at=None, covered=False)
    said = Endorsement.objects.filter(respondent=respondent).values("value__root")
    values = Value.objects.standing().filter(inquiry__in=inquiries, pk__in=said)
    told = values.annotate(
        says=Subquery(standing.values("says")[:1]), newest=Subquery(mine.values("id")[:1])
    )
    return told.exclude(newest=None).select_related("tally").order_by("-newest")


def to_encode(inquiry_id: UUID, encoder: str) -> QuerySet[Value]:
    """Standing values of an inquiry whose words as they stand have no vectors by `encoder` yet."""
    kept = ValueVector.objects.filter(
        value=OuterRef("pk"), version=OuterRef("version"), encoder=encoder
    )
    standing = Value.objects.standing().filter(inquiry=inquiry_id)
    return standing.filter(~Exists(kept)).order_by("pk")


def vectors_as_said(inquiry_id: UUID, encoder: str) -> QuerySet[ValueVector]:
    """Vectors by `encoder` of an inquiry's standing values whose words they still are."""
    return _as_said(encoder).filter(inquiry=inquiry_id)


def vectors_of(values: Iterable[UUID], encoder: str) -> QuerySet[ValueVector]:
    """The same of these values, by keys given as one array: the database and Django take longer over a list of many."""
    keys = Value_(list(values), output_field=ArrayField(UUIDField()))
    return _as_said(encoder).filter(OneOf(F("pk"), keys))


def _as_said(encoder: str) -> QuerySet[ValueVector]:
    unmoved = ValueVector.objects.filter(value__retired_at=None, value__version=F("version"))
    return unmoved.filter(encoder=encoder).order_by("pk")


def cards_waiting(pks: list[UUID] | None = None) -> QuerySet[Candidate]:
    """Cards that stand in no value; only those of `pks` where given."""
    waiting = Candidate.objects.standing().filter(evidence=None)
    chosen = waiting if pks is None else waiting.filter(pk__in=pks)
    return chosen.select_related("reading__revision__response__prompt").prefetch_related("policies")


def cards_to_suggest(rule: str, most: int, decided: QuerySet[Any] | None = None) -> list[UUID]:
    """Cards nothing is suggested of as they stand, where there are values to compare them with; then those looked at before a value was worded last, in the order moderators see them.

    Without those whose keys `decided` gives: nobody decides on them any more.
    """
    waiting = Candidate.objects.standing().filter(evidence=None)
    if decided is not None:
        waiting = waiting.exclude(pk__in=decided)
    living = Suggestion.objects.living().filter(candidate=OuterRef("pk"), rule=rule)
    beside = Value.objects.standing().filter(inquiry=OuterRef(INQUIRY_OF_CARD))
    unseen = waiting.filter(Exists(beside), ~Exists(living))
    found = list(unseen.order_by("proposed_at").values_list("pk", flat=True)[:most])
    return found + list(_overtaken(waiting)[: most - len(found)])


def suggestion_for(candidate: Candidate) -> Suggestion | None:
    """What is suggested of a card as it stands."""
    living = Suggestion.objects.living().filter(candidate=candidate)
    return living.select_related("value", "context").first()


def is_overtaken(suggestion: Suggestion) -> bool:
    """Whether a value of its inquiry was worded after it was made."""
    inquiry = inquiry_of(suggestion.candidate)
    return ValueVector.objects.filter(inquiry=inquiry, at__gt=suggestion.at).exists()


def _overtaken(waiting: QuerySet[Candidate]) -> QuerySet[Suggestion, UUID]:
    newer = ValueVector.objects.filter(
        inquiry=OuterRef("candidate__reading__revision__response__prompt__inquiry"),
        at__gt=OuterRef("at"),
    )
    older = Suggestion.objects.living().filter(Exists(newer), candidate__in=waiting)
    soonest_answered = F("candidate__answered_at").asc(nulls_last=True)
    return older.order_by(soonest_answered, "candidate__proposed_at").values_list(
        "candidate", flat=True
    )


def inquiries_with_values() -> QuerySet[Inquiry]:
    """Inquiries with two standing values or more, or one that several stand in."""
    standing = Evidence.objects.filter(value__root__retired_at=None)
    return Inquiry.objects.filter(pk__in=standing.values("value__inquiry")).order_by("pk")


def open_regroupings(inquiries: QuerySet[Inquiry]) -> QuerySet[Regrouping]:
    """Merges and splits suggested in these inquiries that nobody answered, with their values as members."""
    members = Regrouped.objects.filter(apart=None).select_related("value")
    here = Regrouping.objects.open().filter(inquiry__in=inquiries)
    return here.prefetch_related(Prefetch("members", members))


def called_not_the_same(inquiries: QuerySet[Inquiry], most: int) -> QuerySet[Regrouping]:
    """The last suggestions somebody called wrong, in whole or in part, whose values still say what they said."""
    moved = Regrouped.objects.filter(~Q(value__version=F("version")) | ~Q(value__retired_at=None))
    said = Regrouped.objects.exclude(apart=None).values("regrouping")
    here = Regrouping.objects.filter(inquiry__in=inquiries, pk__in=said)
    standing = here.filter(state__in=["open", "declined"]).exclude(
        pk__in=moved.values("regrouping")
    )
    newest = F("answered_at").desc(nulls_first=True)
    return standing.prefetch_related("members__value").order_by(newest, "pk")[:most]


def called_apart(inquiry_id: UUID) -> Iterator[tuple[tuple[UUID, int], tuple[UUID, int]]]:
    """Pairs of values, each with its version, that somebody called not the same."""
    answered = Regrouping.objects.filter(
        inquiry=inquiry_id, kind="merge", members__apart__isnull=False
    )
    for regrouping in answered.distinct().prefetch_related("members"):
        members = list(regrouping.members.all())
        for one in (member for member in members if member.apart):
            for other in members:
                if other != one:
                    yield (one.value_id, one.version), (other.value_id, other.version)


def kept_whole(inquiry_id: UUID) -> set[tuple[UUID, int]]:
    """Values, each with its version, that somebody said are one and not two."""
    declined = Regrouped.objects.filter(
        regrouping__inquiry=inquiry_id, regrouping__kind="split", regrouping__state="declined"
    )
    return set(declined.values_list("value_id", "version"))


def many_carded(inquiry_id: UUID, least: int) -> QuerySet[Value]:
    """Standing values that at least `least` cards stand in."""
    standing = Value.objects.standing().filter(inquiry=inquiry_id)
    counted = standing.annotate(n=Count("tree__evidence"))
    return counted.filter(n__gte=least).order_by("pk")


def cards_of(value: Value, most: int) -> list[Candidate]:
    """The first `most` cards that stand in a value or what was folded into it, in the order they came to it."""
    here = Candidate.objects.filter(evidence__value__root=value).prefetch_related(
        "policies__quotes"
    )
    return list(here.select_related("reading").order_by("evidence__at", "pk")[:most])
