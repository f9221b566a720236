"""What waits for a moderator: one small select a kind, all with the same columns, of which waiting.py makes one list.

`what` is a Thing and `thing` its key; `since` when it waits; `sure` how sure the machine is, from 0 to 1, and -1 where it suggests nothing; `cards` how
many stand behind it; `seen` its version; `says` and `beside` texts to know it by, `beside_id` what the second is of; `hint` a code: what is suggested,
or why it waits; `standing` how far its author has come; `of_inquiry` the question it belongs to.
"""

from collections.abc import Callable, Mapping

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Aggregate,
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Left

from deliberation.moderation import queries
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import standing
from deliberation.moderation.models import (
    Appeal,
    Decision,
    MachineProposal,
    Meaning,
    Opening,
    Thing,
)
from deliberation.moderation.queue_rows import NOTHING, Rows, counted, line, looked_up, text
from elicitation.extraction.models import ReadingRequest, Ruling
from elicitation.graph import models as graph

COLUMNS = (
    "what",
    "thing",
    "since",
    "sure",
    "cards",
    "seen",
    "says",
    "beside",
    "beside_id",
    "hint",
    "standing",
)
UNSURE = (0.5, 0.7)  # of a context a machine found: below it was not kept, above nobody has to look
SHOWN = 240  # code points of an answer
BETWEEN = "\x1f"  # titles that share a column


def cards(bench: Bench) -> Rows:
    """Cards to decide on, with what is suggested of them as they stand."""
    waiting = queries.queue(bench.assembly).annotate(
        told=FilteredRelation("suggestions", condition=Q(suggestions__replaced_at=None))
    )
    living = Q(told__card_version=F("version")) & (
        Q(told__value=None)
        | Q(told__value__version=F("told__value_version"), told__value__retired_at=None)
    )
    new = Q(told__kind=graph.Suggestion.Kind.NEW)
    nearness = Coalesce("told__score", 0.0)
    behind = looked_up(_behind_each(bench), "told__value")
    return line(
        waiting,
        Thing.CARD,
        of_inquiry=F("reading__revision__response__prompt__inquiry"),
        since=Coalesce("answered_at", "proposed_at"),
        sure=Case(
            When(living & new, then=1.0 - nearness), When(living, then=nearness), default=-1.0
        ),
        cards=1 + Case(When(living, then=behind), default=0),
        seen=F("version"),
        says=text("title"),
        beside=Case(When(living, then=text("told__value__title")), default=NOTHING["beside"]),
        beside_id=Case(When(living, then=F("told__value")), output_field=UUIDField()),
        hint=Case(When(living, then=text("told__kind")), default=NOTHING["beside"]),
        standing=text("state"),
    )


def rules(bench: Bench) -> Rows:
    """People's rules to decide on."""
    return line(
        queries.rules_waiting(bench.assembly),
        Thing.RULE,
        of_inquiry=F("reading__revision__response__prompt__inquiry"),
        since=Coalesce("answered_at", "proposed_at"),
        cards=Value(1, IntegerField()),
        seen=F("version"),
        says=_rule_said(),
        standing=text("state"),
    )


def proposals(bench: Bench) -> Rows:
    """What AI systems propose; `hint`: the name of the one that does."""
    return line(
        MachineProposal.objects.filter(assembly=bench.assembly, state="waiting"),
        Thing.PROPOSAL,
        since=F("made_at"),
        says=Case(When(kind="norm", then=_rule_said()), default=text("title")),
        hint=text("agent__name"),
    )


def _rule_said() -> Concat:
    return Concat(
        text("attribute"),
        Value(" "),
        _must(),
        Value(" "),
        text("aim"),
        output_field=TextField(),
    )


def _must() -> Case:
    """What a rule's mood is called in the language of who looks."""
    said = [When(deontic=code, then=Value(str(label))) for code, label in Ruling.Deontic.choices]
    return Case(*said, output_field=TextField())


def merges(bench: Bench) -> Rows:
    """Values that seem to be one."""
    return _regroupings(bench, Thing.MERGE)


def splits(bench: Bench) -> Rows:
    """Values that seem to be two."""
    return _regroupings(bench, Thing.SPLIT)


def _regroupings(bench: Bench, kind: Thing) -> Rows:
    members = graph.Regrouped.objects.filter(regrouping=OuterRef("pk"), apart=None).order_by()
    titles = members.values("regrouping").annotate(
        told=StringAgg("value__title", BETWEEN, order_by="position")
    )
    behind = graph.Evidence.objects.filter(value__root__regrouped__regrouping=OuterRef("pk"))
    here = graph.Regrouping.objects.open().filter(inquiry__assemblies=bench.assembly, kind=kind)
    return line(
        here,
        kind,
        since=F("made_at"),
        sure=F("score"),
        cards=counted(behind),
        says=text(Subquery(titles.values("told"))),
        hint=Value(str(kind), TextField()),
    )


def contexts(bench: Bench) -> Rows:
    """Values a machine placed in a context without being sure, until somebody looked. One of each value."""
    near = graph.ValueContext.objects.filter(value=OuterRef("pk"), score__range=UNSURE).order_by(
        "score", "pk"
    )
    here = graph.Value.objects.standing().filter(
        ~Exists(_looked(Thing.CONTEXT, "pk", "version")),
        Exists(near),
        inquiry__assemblies=bench.assembly,
    )
    return line(
        here,
        Thing.CONTEXT,
        since=Subquery(near.order_by("at").values("at")[:1]),
        sure=Subquery(near.values("score")[:1]),
        cards=counted(graph.Evidence.objects.filter(value__root=OuterRef("pk"))),
        seen=F("version"),
        says=text("title"),
        beside=text(Subquery(near.values("context__phrase")[:1])),
    )


def flagged(bench: Bench) -> Rows:
    """Answers that seem to speak to a machine: nobody decided on them, and nobody said they looked."""
    marked = ReadingRequest.objects.exclude(state="set_aside").exclude(flag="")
    decided = Decision.objects.filter(answer=OuterRef("revision__response"))
    looked = _looked(Thing.FLAGGED, "revision__response", "revision__number")
    return _answers(bench, Thing.FLAGGED, marked.filter(~Exists(looked), ~Exists(decided)), "flag")


def unread(bench: Bench) -> Rows:
    """Answers no engine could read."""
    return _answers(bench, Thing.UNREAD, ReadingRequest.objects.filter(state="needs_person"), "why")


def _answers(bench: Bench, kind: Thing, asked: QuerySet[ReadingRequest], why: str) -> Rows:
    here = asked.filter(
        revision__response__withdrawn_at=None,
        revision__response__prompt__inquiry__assemblies=bench.assembly,
    )
    return line(
        here,
        kind,
        thing=F("revision__response"),
        of_inquiry=F("revision__response__prompt__inquiry"),
        since=F("asked_at"),
        seen=F("revision__number"),
        says=text(Left("revision__text", SHOWN)),
        beside_id=F("revision__response__follows__root"),
        hint=text(why),
    )


def meanings(bench: Bench) -> Rows:
    """Authors who say of the words their card ended in: that is not what I meant."""
    unlike = [Meaning.Answer.NO, Meaning.Answer.NOT_QUITE]
    here = standing().filter(decision__assembly=bench.assembly, answer__in=unlike, seen_to_at=None)
    return line(
        here,
        Thing.MEANING,
        of_inquiry=F("value__inquiry"),
        since=F("answered_at"),
        cards=counted(graph.Evidence.objects.filter(value__root=OuterRef("value__root"))),
        says=text("candidate__title"),
        beside=text("value__title"),
        beside_id=F("value"),
        hint=text("answer"),
    )


def appeals(bench: Bench) -> Rows:
    """Open appeals, but those against a decision of this moderator's own."""
    here = Appeal.objects.filter(state=Appeal.State.OPEN, decision__assembly=bench.assembly)
    return line(
        here.exclude(decision__moderator=bench.moderator.pk),
        Thing.APPEAL,
        of_inquiry=Coalesce(
            "candidate__reading__revision__response__prompt__inquiry",
            "rule__reading__revision__response__prompt__inquiry",
        ),
        since=F("at"),
        says=text("words"),
        hint=text("decision__kind"),
    )


LINES: Mapping[Thing, Callable[[Bench], Rows]] = {
    Thing.CARD: cards,
    Thing.RULE: rules,
    Thing.PROPOSAL: proposals,
    Thing.MERGE: merges,
    Thing.SPLIT: splits,
    Thing.CONTEXT: contexts,
    Thing.FLAGGED: flagged,
    Thing.UNREAD: unread,
    Thing.MEANING: meanings,
    Thing.APPEAL: appeals,
}


def _looked(kind: Thing, thing: str, version: str) -> QuerySet[Opening]:
    """Whether somebody said that they looked at it as it stands."""
    return Opening.objects.filter(kind=kind, thing=OuterRef(thing), version=OuterRef(version))


def _behind_each(bench: Bench) -> Subquery:
    """How many cards stand behind each value of the assembly, counted once for the whole list: JSON of root to number."""
    roots = graph.Value.objects.filter(inquiry__assemblies=bench.assembly, root=F("pk"))
    behind = counted(graph.Evidence.objects.filter(value__root=OuterRef("pk")))
    each = Aggregate(F("pk"), behind, function="jsonb_object_agg", output_field=JSONField())
    return Subquery(roots.order_by().values(one=Value(1)).annotate(each=each).values("each"))
