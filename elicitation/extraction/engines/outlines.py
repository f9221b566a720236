"""What somebody who drafts how an assembly begins is asked, and what is proposed. Free of Django."""

from dataclasses import dataclass
from typing import Protocol

from elicitation.extraction.engines.base import Asked, Usage


@dataclass(frozen=True, slots=True)
class OutlineAsk:
    """What an assembly is to be about, in one sentence, and the templates there are: key -> what each is for. Written in `language`."""

    sentence: str
    language: str
    templates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutlineProposal:
    """What a model proposes to begin an assembly with."""

    template: str
    title: str
    question: str
    contexts: tuple[str, ...]
    prompts: tuple[str, ...]
    usage: Usage

    @property
    def texts(self) -> tuple[str, ...]:
        """All it worded."""
        return (self.title, self.question, *self.contexts, *self.prompts)


class Outliner(Asked[OutlineAsk], Protocol):
    """Drafts how an assembly begins, from one sentence of what it is about."""

    def outline(self, ask: OutlineAsk) -> OutlineProposal:
        """One draft. Raises EngineFailure, which carries what was spent."""
        ...
