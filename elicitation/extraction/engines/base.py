"""What an engine is: one answer in, proposed cards out. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

TEMPORARY = frozenset({"rate_limited", "timeout", "endpoint_down"})
FAILURES = TEMPORARY | {
    "truncated",
    "refused",
    "invalid_schema",
    "wrong_language",
    "over_budget",
    "unreadable_language",
    "too_long",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One answer and what was asked; nothing of anyone else. `contexts`: situations the inquiry names."""

    text: str
    language: str
    question: str
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyProposal:
    """What the person pays attention to, with the words it rests on, verbatim."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueProposal:
    """A card: a short title, one or more policies, and the situation it holds in ("" for none)."""

    title: str
    policies: tuple[PolicyProposal, ...]
    context: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens a reply cost."""

    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What an engine proposes. No values is a normal result: nothing was found."""

    values: tuple[ValueProposal, ...]
    usage: Usage = Usage()
    raw: str = ""


class EngineFailure(Exception):
    """The engine could not read the answer. `code` is one of FAILURES; `retry_after` in seconds."""

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None) -> None:
        if code not in FAILURES:
            raise ValueError(f"unknown failure: {code}")
        self.code, self.detail, self.retry_after = code, detail, retry_after
        super().__init__(f"{code}: {detail}" if detail else code)

    @property
    def temporary(self) -> bool:
        """Whether another try may help."""
        return self.code in TEMPORARY


class Engine(Protocol):
    """Reads one answer. `parameters` is whatever else a reader of the reading needs to repeat it."""

    name: str
    model: str
    prompt_version: str
    parameters: Mapping[str, object]

    def propose(self, ask: Ask) -> Reply:
        """The cards of one answer. Raises EngineFailure."""
        ...
