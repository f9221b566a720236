"""What a document can be drafted from: the values that stand, and the rules that serve them, those that hold across groups first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deliberation.artifacts import plain
from deliberation.assemblies.models import Assembly
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import Support, support
from deliberation.opinion.reading import Reader
from deliberation.opinion.sentences import lowest, sentence
from deliberation.opinion.withholding import FEWEST
from elicitation.graph.models import Norm, Value
from elicitation.graph.norms import Behind, behind, serving

Profile = Mapping[str, Any]
NOBODY = Behind(0, 0)


@dataclass(frozen=True, slots=True)
class Profiled:
    """How widely something holds. `profile`: None while nothing is known of it, or may not be told yet."""

    profile: Profile | None

    @property
    def sentence(self) -> str:
        """How widely it holds, in words; "" where that is not known."""
        return sentence(self.profile) if self.profile else ""

    @property
    def lowest(self) -> str:
        """The group that holds it least, in words; "" where no group is told."""
        return lowest(self.profile) if self.profile else ""

    @property
    def converges(self) -> bool:
        """Whether every group that is told holds it, and there is one."""
        held, of = self.profile["held"]["groups"] if self.profile else (0, 0)
        return bool(of) and held == of

    @property
    def at_least(self) -> float:
        """The lower end of the interval of the group that holds it least; 0 where none is told."""
        least = self.profile and self.profile["lowest"]
        return (
            float(self.profile["groups"][least].get("low", 0.0)) if self.profile and least else 0.0
        )


@dataclass(frozen=True, slots=True)
class Rule(Profiled):
    """A norm somebody may draft a clause from."""

    norm: Norm
    behind: Behind

    @property
    def agreement(self) -> Behind | None:
        """How many of its authors find theirs in its words; None where one of them could be known."""
        return self.behind if self.behind.authors >= FEWEST else None

    @property
    def words(self) -> str:
        """The rule as a sentence in its own language."""
        return plain.of_norm(self.norm, self.norm.language)


@dataclass(frozen=True, slots=True)
class Pick(Profiled):
    """A value somebody may draft a clause from, with the rules that serve it."""

    value: Value
    support: Support
    norms: list[Rule]


def picks(assembly: Assembly) -> list[Pick]:
    """Every value that stands: those all groups hold, then by the support of the group that holds it least, then by voices; its rules likewise."""
    values = Value.objects.standing().filter(inquiry__assemblies=assembly).select_related("inquiry")
    known = profiles(assembly, whole=True)
    rules = _rules(values, known)
    found = [Pick(known.get(str(v.pk)), v, support([v.pk]), rules.get(v.pk, [])) for v in values]
    return sorted(found, key=lambda one: (*_surest(one), -one.support.voices, one.value.title))


def profiles(assembly: Assembly, whole: bool) -> dict[str, Profile]:
    """How widely each value and norm holds by the newest results, `whole` as who runs the assembly sees it; nothing until weighing is over."""
    who = Reader(assembly, whole=whole)
    told: dict[str, Profile] = {}
    for inquiry in assembly.inquiries.all():
        seen = reading.seen(who, inquiry, Analysis.Kind.GROUPS)
        told |= seen.result.get("profiles", {}) if seen else {}
        norms = seen.result.get("norms", {}) if seen else {}
        told |= {norm: said["profile"] for norm, said in norms.items() if said["profile"]}
    return told


def _rules(values: Iterable[Value], known: Mapping[str, Profile]) -> Mapping[UUID, list[Rule]]:
    found = serving(values)
    people = behind({norm.pk for norms in found.values() for norm in norms})
    return {
        root: sorted(
            (Rule(known.get(str(n.pk)), n, people.get(n.pk, NOBODY)) for n in norms),
            key=lambda one: (*_surest(one), -one.behind.authors, str(one.norm)),
        )
        for root, norms in found.items()
    }


def _surest(one: Profiled) -> tuple[bool, float]:
    return not one.converges, -one.at_least
