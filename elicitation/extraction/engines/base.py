"""What an engine is: one answer in, proposals out. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

A_contra = TypeVar("A_contra", contravariant=True)  # what is asked
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
class Turn:
    """A question that was put before, and what the same person wrote to it."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One answer and what was asked; nothing of anyone else.

    `contexts`: situations the inquiry names. `earlier`: what the same person wrote before in this thread, oldest first; it is read
    together with `text`. `instructions`: the assembly's own prompt, "" for the engine's. `window`: code points sent at a time, 0 for
    what the engine takes; it is fixed before money is set apart. `key`: the same for the same words until a reading of them has failed, so
    that a relay can tell a reading begun anew from one that wants another reply; "" where nobody keeps replies.
    """

    text: str
    language: str
    question: str
    contexts: tuple[str, ...] = ()
    earlier: tuple[Turn, ...] = ()
    instructions: str = ""
    window: int = 0
    key: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All the person's own words that may be quoted, the latest first."""
        return (self.text, *(turn.text for turn in reversed(self.earlier)))


@dataclass(frozen=True, slots=True)
class PolicyProposal:
    """What the person pays attention to, with the words it rests on, verbatim.

    `kind` is "value", or what the proposer or a second look found it to be instead (refusals.NOT_VALUES).
    """

    text: str
    quotes: tuple[str, ...]
    kind: str = "value"


@dataclass(frozen=True, slots=True)
class ValueProposal:
    """A card: a short title, one or more policies, and the situation it holds in ("" for none)."""

    title: str
    policies: tuple[PolicyProposal, ...]
    context: str = ""


@dataclass(frozen=True, slots=True)
class NormProposal:
    """A rule in the parts of institutional grammar (Crawford and Ostrom 1995, ADICO): who, must or may, what, when, or else what.

    A part nobody said is "". `acted_on`: what a passive speaks of ("the park must be closed"), which the grammar's coders call the object.
    `serves`: places in Reply.values of the values it is for.
    """

    deontic: str
    aim: str
    quotes: tuple[str, ...]
    attribute: str = ""
    acted_on: str = ""
    conditions: str = ""
    or_else: str = ""
    serves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkProposal:
    """What else an answer holds: an experience, a claim of fact, a proposal."""

    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Beneath:
    """Not yet a value: words that show a goal, feeling, rule or slogan, beneath which one may ask."""

    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens a reply cost, over all its calls. `unanswered`: calls that were sent and never came back."""

    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0
    unanswered: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.calls + other.calls,
            self.unanswered + other.unanswered,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What an engine proposes. No values is a normal result: nothing was found. `noted`: how it was read."""

    values: tuple[ValueProposal, ...] = ()
    norms: tuple[NormProposal, ...] = ()
    marks: tuple[MarkProposal, ...] = ()
    beneath: Beneath | None = None
    usage: Usage = Usage()
    raw: str = ""
    noted: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryAsk:
    """Values of an inquiry that hold in one context ("" for in general), each as one text; the stories are wanted in `language`."""

    values: tuple[str, ...]
    language: str
    question: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class StoryProposal:
    """How somebody who goes by one value, by its place in StoryAsk.values, comes to go by another."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stories:
    """What a storyteller proposes. None is a normal result."""

    stories: tuple[StoryProposal, ...] = ()
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class ClauseAsk:
    """Values and rules, each as one text, that one clause of a document of this `kind` and `title` is to say in `language`."""

    values: tuple[str, ...]
    language: str
    kind: str
    title: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseProposal:
    """What a writer of clauses proposes."""

    text: str
    usage: Usage = Usage()


class EngineFailure(Exception):
    """The engine could not read the answer. `code` is one of FAILURES; `retry_after` in seconds."""

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None) -> None:
        if code not in FAILURES:
            raise ValueError(f"unknown failure: {code}")
        self.code, self.detail, self.retry_after = code, detail, retry_after
        self.usage, self.raw = Usage(), ""
        self.noted: Mapping[str, object] = {}
        super().__init__(f"{code}: {detail}" if detail else code)

    @property
    def temporary(self) -> bool:
        """Whether another try may help: by its class, or because the engine says when."""
        return self.code in TEMPORARY or self.retry_after is not None


@dataclass(frozen=True, slots=True)
class Options:
    """How an engine is set up. Prices in currency units a million tokens; `deadline` in seconds an answer.

    `window`: code points of an answer sent at a time. `critique`: whether a second call checks the first. `relay`: address of a relay that
    asks the endpoint for us and keeps its replies a while, "" for none.
    """

    base_url: str = ""
    api_key: str = ""
    model: str = ""
    deadline: float = 60.0
    price_in: float = 0.0
    price_out: float = 0.0
    window: int = 12_000
    critique: bool = False
    relay: str = ""


class Engine(Protocol):
    """Reads one answer. `parameters` is whatever else a reader of the reading needs to repeat it.

    `lane` names what all workers share with it and may have to rest together, "" for nothing. `window`: code points it sends at a
    time, 0 where it takes any length.
    """

    name: str
    model: str
    lane: str
    window: int
    parameters: Mapping[str, object]

    def prompt_version(self, ask: Ask) -> str:
        """Names the prompt `ask` is read with: 12 hexadecimal digits of its SHA-256, "" where there is none."""
        ...

    def at_most(self, ask: Ask) -> int:
        """What reading it can cost at the very most, in millionths of the currency unit."""
        ...

    def cost(self, ask: Ask, usage: Usage) -> int:
        """What was spent, in millionths of the currency unit; calls that never came back at their most."""
        ...

    def propose(self, ask: Ask) -> Reply:
        """The proposals for one answer. Raises EngineFailure, which carries what was spent."""
        ...


class Asked(Protocol[A_contra]):
    """A model that is asked something beside reading. Its fields are as an Engine's."""

    name: str
    model: str
    lane: str
    prompt_version: str

    def at_most(self, ask: A_contra) -> int:
        """What asking can cost at the very most, in millionths of the currency unit."""
        ...

    def cost(self, ask: A_contra, usage: Usage) -> int:
        """What was spent, in millionths of the currency unit; calls that never came back at their most."""
        ...


class Storyteller(Asked[StoryAsk], Protocol):
    """Tells how people may come from one value to another."""

    def tell(self, ask: StoryAsk) -> Stories:
        """Stories of moves between the values. Raises EngineFailure, which carries what was spent."""
        ...


class ClauseWriter(Asked[ClauseAsk], Protocol):
    """Words a clause from values."""

    def word(self, ask: ClauseAsk) -> ClauseProposal:
        """One clause. Raises EngineFailure, which carries what was spent."""
        ...
