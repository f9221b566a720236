"""A model words a clause from values. It speaks through the endpoint, at most two calls a time."""

from hashlib import sha256

from elicitation.extraction import budget
from elicitation.extraction.engines.asking import Messages, fenced
from elicitation.extraction.engines.base import Ask, ClauseAsk, ClauseProposal, Usage
from elicitation.extraction.engines.endpoint import (
    FIRST_CAP,
    SECOND_CAP,
    Conversation,
    Endpoint,
    shape_tokens,
)
from elicitation.extraction.engines.schemas import ClauseReply
from elicitation.extraction.instructions import prompt


class ByModel:
    """The writer of clauses behind an OpenAI-compatible endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.name, self.model, self.lane = endpoint.name, endpoint.model, endpoint.lane
        self.prompt_version = sha256(prompt("word_clause").encode()).hexdigest()[:12]

    def at_most(self, ask: ClauseAsk) -> int:
        """Both calls at their cap, every byte a token."""
        sent = budget.most_tokens(message["content"] for message in messages(ask))
        bound = Usage(2 * (sent + shape_tokens(ClauseReply)), FIRST_CAP + SECOND_CAP)
        return self.endpoint.price(bound)

    def cost(self, ask: ClauseAsk, usage: Usage) -> int:
        """What the endpoint counted, and for calls that never came back all at their most."""
        most = self.at_most(ask)
        return most if usage.unanswered else min(self.endpoint.price(usage), most)

    def word(self, ask: ClauseAsk) -> ClauseProposal:
        """One clause. Raises EngineFailure."""

        def talk(conversation: Conversation) -> ClauseProposal:
            told = conversation.asked(messages(ask), ClauseReply)
            return ClauseProposal(told.clause, conversation.usage)

        about = Ask("\n".join([*ask.values, *ask.rules]), ask.language, ask.title)
        return self.endpoint.converse(about, talk)


def messages(ask: ClauseAsk) -> Messages:
    """What the model is told: values, rules and what they are for; nothing of anyone."""
    told = [
        f"Language of the clause: {ask.language}",
        f"Kind of document: {ask.kind}",
        f"Its title: {fenced(ask.title)}",
        *(f"Value:\n{fenced(value)}" for value in ask.values),
        *(f"Rule:\n{fenced(rule)}" for rule in ask.rules),
    ]
    return [
        {"role": "system", "content": prompt("word_clause")},
        {"role": "user", "content": "\n\n".join(told)},
    ]
