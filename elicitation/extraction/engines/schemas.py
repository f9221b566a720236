"""The shape a model's reply must have. Unknown fields, missing fields and unstorable text are refused."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from elicitation.extraction.engines.base import (
    Beneath,
    MarkProposal,
    NormProposal,
    PolicyProposal,
    ValueProposal,
)
from elicitation.interview.texts import fault

NotValue = Literal["value", "goal", "rule", "party", "mood", "vague", "approval", "instrumental"]


def _storable(text: str) -> str:
    if text and fault(text) in {"nul", "half_surrogate", "too_long"}:
        raise ValueError("holds characters that cannot be stored")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Filled = Annotated[Text, Field(min_length=1)]


class Shape(BaseModel):
    """A part of a reply; fields it does not name are refused."""

    model_config = ConfigDict(extra="forbid")

    def worded(self) -> str:
        """What the machine wrote of its own, which has to be in the language it was asked in; "" where it wrote nothing."""
        return ""


class PolicyReply(Shape):
    """One thing the person pays attention to, and the words it rests on."""

    text: Filled = Field(description="A plural noun phrase, then what makes it precise")
    kind: NotValue = Field(description='"value", or what it is instead')
    quotes: list[Filled] = Field(description="Copied letter by letter from the answer")


class ValueReply(Shape):
    """One proposed card."""

    title: Filled = Field(description="At most six words, no slogan")
    context: Text = Field(description='Follows "when"; empty where the answer names none')
    policies: list[PolicyReply] = Field(min_length=1, max_length=7)

    def proposal(self) -> ValueProposal:
        """The same as the engines' common shape."""
        policies = tuple(PolicyProposal(p.text, tuple(p.quotes), p.kind) for p in self.policies)
        return ValueProposal(self.title, policies, self.context)


class NormReply(Shape):
    """One rule, in the parts of institutional grammar."""

    attribute: Text = Field(description="Who, in the person's words; empty where not said")
    deontic: Literal["must", "must not", "may", "should"]
    aim: Filled = Field(description="What they are to do or leave")
    acted_on: Text = Field(
        description="What it is done to, in the person's words, where nobody is named"
    )
    conditions: Text = Field(description="When, in the person's words; empty where not said")
    or_else: Text = Field(description="Or else what, in the person's words; empty where not said")
    serves: list[int] = Field(description="Places, from 0, of the values it is for")
    quotes: list[Filled] = Field(description="Copied letter by letter from the answer")

    def proposal(self) -> NormProposal:
        """The same as the engines' common shape."""
        return NormProposal(
            self.deontic,
            self.aim,
            tuple(self.quotes),
            self.attribute,
            self.acted_on,
            self.conditions,
            self.or_else,
            tuple(self.serves),
        )


class MarkReply(Shape):
    """A stretch of the answer that is something else."""

    kind: Literal["experience", "claim", "proposal"]
    quote: Filled = Field(description="Copied letter by letter from the answer")


class BeneathReply(Shape):
    """Words beneath which one may ask."""

    kind: Literal["goal", "feeling", "rule", "slogan"]
    quote: Filled = Field(description="Copied letter by letter from the answer")


class CardsReply(Shape):
    """All of a reply: no values is a normal answer."""

    values: list[ValueReply] = Field(max_length=5)
    norms: list[NormReply] = Field(max_length=8)
    marks: list[MarkReply] = Field(max_length=20)
    not_yet: list[BeneathReply] = Field(
        max_length=1, description="Only where there is no value: what the answer shows instead"
    )

    def worded(self) -> str:
        """Titles, then policies."""
        titles = [value.title for value in self.values]
        return ". ".join([*titles, *(p.text for v in self.values for p in v.policies)])

    def beneath(self) -> Beneath | None:
        """What one may ask beneath, in the engines' common shape."""
        return next((Beneath(b.kind, b.quote) for b in self.not_yet), None)

    def marked(self) -> tuple[MarkProposal, ...]:
        """The marks, in the engines' common shape."""
        return tuple(MarkProposal(mark.kind, mark.quote) for mark in self.marks)


class Verdict(Shape):
    """What a second look says of one policy: that it stays, or what it is instead."""

    card: int
    policy: int
    kind: NotValue


class VerdictsReply(Shape):
    """All verdicts of a second look. It can strike; it has no words to add any."""

    verdicts: list[Verdict] = Field(max_length=35)

    def over(self, values: Sequence[ValueProposal]) -> tuple[ValueProposal, ...]:
        """`values` with the kinds changed that the second look struck; a verdict on nothing is passed over."""
        struck = {(v.card, v.policy): v.kind for v in self.verdicts if v.kind != "value"}
        return tuple(
            ValueProposal(
                value.title,
                tuple(
                    PolicyProposal(p.text, p.quotes, struck.get((n, m), p.kind))
                    for m, p in enumerate(value.policies)
                ),
                value.context,
            )
            for n, value in enumerate(values)
        )


class StoryReply(Shape):
    """From which of the numbered values to which somebody may come, and a story of it."""

    start: int = Field(description="Number of the value somebody goes by first")
    end: int = Field(description="Number of the value the same person comes to go by")
    story: Filled = Field(description="Three to five sentences; no names, no quotation marks")


class StoriesReply(Shape):
    """All stories of a reply: none is a normal answer."""

    stories: list[StoryReply] = Field(max_length=3)

    def worded(self) -> str:
        """The stories."""
        return "\n".join(story.story for story in self.stories)


class ClauseReply(Shape):
    """One clause of a document."""

    clause: Filled = Field(description="One or two plain sentences; no quotation marks")

    def worded(self) -> str:
        """The clause."""
        return self.clause


class OutlineReply(Shape):
    """How an assembly may begin."""

    template: Filled = Field(description="The key of the template that comes nearest")
    title: Filled = Field(description="At most eight words, no slogan")
    question: Filled = Field(description="One open question that does not lead")
    contexts: list[Filled] = Field(description='Two to four situations; each follows "when"')
    prompts: list[Filled] = Field(description="Two to four prompts, in the order they are asked")

    def worded(self) -> str:
        """All but the key."""
        return "\n".join([self.title, self.question, *self.contexts, *self.prompts])


def schema_of(shape: type[Shape]) -> dict[str, Any]:
    """The JSON schema sent to an endpoint."""
    return {"name": shape.__name__, "strict": True, "schema": shape.model_json_schema()}
