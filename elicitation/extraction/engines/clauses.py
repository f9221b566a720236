"""A model words a clause from values."""

from elicitation.extraction.engines.asking import Messages, fenced
from elicitation.extraction.engines.base import Ask, ClauseAsk, ClauseProposal
from elicitation.extraction.engines.by_model import ByModel
from elicitation.extraction.engines.endpoint import Conversation
from elicitation.extraction.engines.schemas import ClauseReply
from elicitation.extraction.instructions import prompt


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


class ClauseWriterByModel(ByModel[ClauseAsk]):
    """The writer of clauses behind an OpenAI-compatible endpoint."""

    instructions, shape, messages = "word_clause", ClauseReply, staticmethod(messages)

    def word(self, ask: ClauseAsk) -> ClauseProposal:
        """One clause. Raises EngineFailure."""

        def talk(conversation: Conversation) -> ClauseProposal:
            told = conversation.asked(messages(ask), ClauseReply)
            return ClauseProposal(told.clause, conversation.usage)

        about = Ask("\n".join([*ask.values, *ask.rules]), ask.language, ask.title)
        return self.endpoint.converse(about, talk)
