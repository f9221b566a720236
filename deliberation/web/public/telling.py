"""How results are worded and laid out for a page: shares with their intervals, groups with their signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.opinion.models import Conversation, Statement
from deliberation.opinion.snapshots import Subject
from deliberation.web.charts.opinion_map import SHAPES, sign
from elicitation.graph.models import Value


@dataclass(frozen=True, slots=True)
class Text:
    """What people voted on: a value's title, or a statement's own words."""

    id: str
    words: str
    language: str
    is_value: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group agree: `here`, `low`, `high` and `wide` in percent; None where nobody of it answered. `few`: too few to tell."""

    name: str
    place: int
    sign: str
    agree: int
    n: int
    here: int | None
    low: float
    high: float
    few: bool = False

    @property
    def wide(self) -> float:
        return round(self.high - self.low, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """An opinion group as it is named and drawn. `size` is None where it is too small to tell."""

    name: str
    place: int
    sign: str
    size: int | None
    unsure: int


def groups(result: Mapping[str, Any]) -> list[Group]:
    """The groups of a result, in the order of their names."""
    return [
        Group(told["name"], *drawn(place), told.get("size"), told.get("unsure", 0))
        for place, told in enumerate(result.get("groups", []))
    ]


def shares(told: Mapping[str, Mapping[str, Any]], among: Sequence[Group]) -> list[Share]:
    """What each group says, as `profiles` counts it: by name, with agree, n, low and high. Nothing of a group that is itself too small."""
    return [_share(group, told.get(group.name)) for group in among if group.size is not None]


def texts(subject: Subject, ids: Iterable[str]) -> dict[str, Text]:
    """The words behind ids of a result. What was taken back or rejected since has none."""
    wanted = set(ids)
    if isinstance(subject, Conversation):
        said = subject.statements.exclude(moderated=-1).exclude(text="")
        found: Iterable[Statement] = said.filter(number__in=[int(one) for one in wanted])
        return {str(s.number): Text(str(s.number), s.text, "", False) for s in found}
    values = Value.objects.standing().filter(inquiry=subject, pk__in=wanted)
    return {str(v.pk): Text(str(v.pk), v.title, v.language, True) for v in values}


def _share(group: Group, said: Mapping[str, Any] | None) -> Share:
    look = drawn(group.place)
    if said is None:
        return Share(group.name, *look, 0, 0, None, 0.0, 100.0, few=True)
    low, high = round(100 * said["low"], 1), round(100 * said["high"], 1)
    return Share(group.name, *look, said["agree"], said["n"], percent(said["support"]), low, high)


def percent(share: float | None) -> int | None:
    """A share in whole percent; None stays None."""
    return None if share is None else round(100 * share)


def drawn(place: int) -> tuple[int, str]:
    """The colour and the sign of what stands at a place."""
    shape = place % len(SHAPES)
    return shape, sign(shape)
