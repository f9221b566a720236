"""The shape a model's reply must have. Unknown fields, missing fields and unstorable text are refused."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.interview.texts import fault


def _storable(text: str) -> str:
    if text and fault(text) in {"nul", "half_surrogate", "too_long"}:
        raise ValueError("holds characters that cannot be stored")
    return text


Text = Annotated[str, AfterValidator(_storable)]


class PolicyReply(BaseModel):
    """One thing the person pays attention to, and the words it rests on."""

    model_config = ConfigDict(extra="forbid")

    text: Text = Field(min_length=1, description="A plural noun phrase, then what makes it precise")
    quotes: list[Text] = Field(min_length=1, description="Copied letter by letter from the answer")


class ValueReply(BaseModel):
    """One proposed card."""

    model_config = ConfigDict(extra="forbid")

    title: Text = Field(min_length=1, description="At most six words, no slogan")
    context: Text = Field(description='Follows "when"; empty where the answer names none')
    policies: list[PolicyReply] = Field(min_length=1, max_length=7)

    def proposal(self) -> ValueProposal:
        """The same as the engines' common shape."""
        policies = tuple(PolicyProposal(p.text, tuple(p.quotes)) for p in self.policies)
        return ValueProposal(self.title, policies, self.context)


class CardsReply(BaseModel):
    """All of a reply: no values is a normal answer."""

    model_config = ConfigDict(extra="forbid")

    values: list[ValueReply] = Field(max_length=5)
