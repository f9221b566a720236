"""What was found of values and cards, on its way from the flows to the actions that keep it. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of a value's words at `version`, as float16 bytes, and the inquiry's context its own is the same as, if any."""

    value: UUID
    version: int
    whole: bytes
    policies: bytes
    context: int | None = None
    context_score: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a card, as it stood at `card_version`, is to the values of its inquiry. See models.Suggestion."""

    candidate: UUID
    card_version: int
    kind: str
    value: UUID | None = None
    value_version: int | None = None
    score: float | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    context: int | None = None
    context_score: float | None = None


@dataclass(frozen=True, slots=True)
class Regroup:
    """Values, each with the version looked at, that seem one, or the one that seems two. See models.Regrouping."""

    kind: str
    values: tuple[tuple[UUID, int], ...]
    score: float
    told: Mapping[str, object]

    @property
    def key(self) -> tuple[str, frozenset[tuple[UUID, int]]]:
        """The same for a finding on the same words, whatever its score."""
        return self.kind, frozenset(self.values)
