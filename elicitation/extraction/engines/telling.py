"""A model tells how somebody comes from one value to another."""

from elicitation.extraction.engines.asking import Messages, fenced
from elicitation.extraction.engines.base import Ask, Stories, StoryAsk, StoryProposal
from elicitation.extraction.engines.by_model import ByModel
from elicitation.extraction.engines.endpoint import Conversation
from elicitation.extraction.engines.schemas import StoriesReply
from elicitation.extraction.instructions import prompt


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


class StorytellerByModel(ByModel[StoryAsk]):
    """The storyteller behind an OpenAI-compatible endpoint."""

    instructions, shape, messages = "tell_story", StoriesReply, staticmethod(messages)

    def tell(self, ask: StoryAsk) -> Stories:
        """Stories of moves between the values. Raises EngineFailure."""

        def talk(conversation: Conversation) -> Stories:
            told = conversation.asked(messages(ask), StoriesReply)
            stories = tuple(StoryProposal(s.start, s.end, s.story) for s in told.stories)
            return Stories(stories, conversation.usage)

        about = Ask("\n".join(ask.values), ask.language, ask.question)
        return self.endpoint.converse(about, talk)
