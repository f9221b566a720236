"""A model tells how somebody comes from one value to another. It speaks through the endpoint, at most two calls a time."""

from hashlib import sha256

from elicitation.extraction import budget
from elicitation.extraction.engines.asking import Messages, fenced
from elicitation.extraction.engines.base import Ask, Stories, StoryAsk, StoryProposal, Usage
from elicitation.extraction.engines.endpoint import (
    FIRST_CAP,
    SECOND_CAP,
    Conversation,
    Endpoint,
    shape_tokens,
)
from elicitation.extraction.engines.schemas import StoriesReply
from elicitation.extraction.instructions import prompt


class ByModel:
    """The storyteller behind an OpenAI-compatible endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.name, self.model, self.lane = endpoint.name, endpoint.model, endpoint.lane
        self.prompt_version = sha256(prompt("tell_story").encode()).hexdigest()[:12]

    def at_most(self, ask: StoryAsk) -> int:
        """Both calls at their cap, every byte a token."""
        sent = budget.most_tokens(message["content"] for message in messages(ask))
        bound = Usage(2 * (sent + shape_tokens(StoriesReply)), FIRST_CAP + SECOND_CAP)
        return self.endpoint.price(bound)

    def cost(self, ask: StoryAsk, usage: Usage) -> int:
        """What the endpoint counted, and for calls that never came back all at their most."""
        most = self.at_most(ask)
        return most if usage.unanswered else min(self.endpoint.price(usage), most)

    def tell(self, ask: StoryAsk) -> Stories:
        """Stories of moves between the values. Raises EngineFailure."""

        def talk(conversation: Conversation) -> Stories:
            told = conversation.asked(messages(ask), StoriesReply)
            stories = tuple(StoryProposal(s.start, s.end, s.story) for s in told.stories)
            return Stories(stories, conversation.usage)

        about = Ask("\n".join(ask.values), ask.language, ask.question)
        return self.endpoint.converse(about, talk)


def messages(ask: StoryAsk) -> Messages:
    """What the model is told: values and a situation, nothing of anyone."""
    situation = f"when {ask.context}" if ask.context else "in general"
    told = [
        f"Language of the stories: {ask.language}",
        f"The question: {fenced(ask.question)}",
        f"The situation: {fenced(situation)}",
        *(f"Value {n}:\n{fenced(value)}" for n, value in enumerate(ask.values)),
    ]
    return [
        {"role": "system", "content": prompt("tell_story")},
        {"role": "user", "content": "\n\n".join(told)},
    ]
