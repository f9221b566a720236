"""How moderating goes: whether suggestions are followed, whether two agree, how long things wait, what becomes of appeals."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Q

from deliberation.assemblies.models import Assembly
from deliberation.moderation import agreement
from deliberation.moderation.models import Appeal, Decision, SecondLook
from deliberation.moderation.second_looks import both
from elicitation.graph.models import Suggestion

Kind = Decision.Kind


@dataclass(frozen=True, slots=True)
class Followed:
    """Of `n` cards of which the machine suggested this, so many were decided as it suggested."""

    suggested: Suggestion.Kind
    followed: int
    n: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `n` cards two moderators looked at: how many were seen the same way, with kappa and alpha (None where chance leaves nothing to say).

    `joined`: cards both would join to a value; `same_value`: to the same one.
    """

    n: int
    agreed: int
    kappa: float | None
    alpha: float | None
    joined: int
    same_value: int


@dataclass(frozen=True, slots=True)
class Waited:
    """How long the half of the cards decided this way waited at most."""

    kind: Kind
    n: int
    middle: timedelta


def followed(assembly: Assembly) -> Sequence[Followed]:
    """By what was suggested. Leaving out and sending back are no answer to a suggestion and are not counted."""
    told = Decision.objects.filter(assembly=assembly, followed__isnull=False)
    counted = told.values("suggested__kind").annotate(
        n=Count("pk"), so=Count("pk", filter=Q(followed=True))
    )
    found = {row["suggested__kind"]: row for row in counted.order_by()}
    kinds = [kind for kind in Suggestion.Kind if kind in found]
    return [Followed(kind, found[kind]["so"], found[kind]["n"]) for kind in kinds]


def agreed(assembly: Assembly) -> Agreement:
    """Of the cards a second moderator looked at without seeing the first decision."""
    seen = both(assembly, SecondLook.Case.CARD)
    pairs = [(one.first[0], one.second[0]) for one in seen]
    joined = [one for one in seen if one.first[0] == one.second[0] == Kind.MERGE]
    return Agreement(
        n=len(pairs),
        agreed=sum(a == b for a, b in pairs),
        kappa=agreement.kappa(pairs),
        alpha=agreement.alpha(pairs),
        joined=len(joined),
        same_value=sum(one.first == one.second for one in joined),
    )


def waited(assembly: Assembly) -> Sequence[Waited]:
    """By what was decided, undone decisions too: they were waited for as well."""
    times: defaultdict[str, list[int]] = defaultdict(list)
    known = Decision.objects.filter(assembly=assembly, waited__isnull=False)
    for kind, seconds in known.values_list("kind", "waited"):
        times[kind].append(seconds or 0)
    return [
        Waited(kind, len(times[kind]), timedelta(seconds=median(times[kind])))
        for kind in Kind
        if kind in times
    ]


def appeals(assembly: Assembly) -> Mapping[Appeal.State, int]:
    """By what became of them."""
    states = Appeal.objects.filter(decision__assembly=assembly).values_list("state", flat=True)
    counted = Counter(states)
    return {state: counted[state] for state in Appeal.State}
