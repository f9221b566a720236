"""What all that speaks through the endpoint beside reading shares: whose prompt it is, what it can cost, and what it did cost."""

from collections.abc import Callable
from hashlib import sha256
from typing import ClassVar, Generic, TypeVar

from elicitation.extraction import budget
from elicitation.extraction.engines.asking import Messages
from elicitation.extraction.engines.base import Usage
from elicitation.extraction.engines.endpoint import FIRST_CAP, SECOND_CAP, Endpoint, shape_tokens
from elicitation.extraction.engines.schemas import Shape
from elicitation.extraction.instructions import prompt

A = TypeVar("A")  # what is asked


class ByModel(Generic[A]):
    """Asks an OpenAI-compatible endpoint with one prompt for replies of one shape, at most two calls a time."""

    instructions: ClassVar[str]
    shape: ClassVar[type[Shape]]
    messages: Callable[[A], Messages]

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.name, self.model, self.lane = endpoint.name, endpoint.model, endpoint.lane
        self.prompt_version = sha256(prompt(self.instructions).encode()).hexdigest()[:12]

    def at_most(self, ask: A) -> int:
        """Both calls at their cap, every byte a token."""
        sent = budget.most_tokens(message["content"] for message in self.messages(ask))
        bound = Usage(2 * (sent + shape_tokens(self.shape)), FIRST_CAP + SECOND_CAP)
        return self.endpoint.price(bound)

    def cost(self, ask: A, usage: Usage) -> int:
        """What the endpoint counted, and for calls that never came back all at their most."""
        most = self.at_most(ask)
        return most if usage.unanswered else min(self.endpoint.price(usage), most)
