"""A model drafts how an assembly begins, from one sentence of what it is about."""

from elicitation.extraction.engines.asking import Messages, fenced
from elicitation.extraction.engines.base import Ask
from elicitation.extraction.engines.by_model import ByModel
from elicitation.extraction.engines.endpoint import Conversation
from elicitation.extraction.engines.outlines import OutlineAsk, OutlineProposal
from elicitation.extraction.engines.schemas import OutlineReply
from elicitation.extraction.instructions import prompt


def messages(ask: OutlineAsk) -> Messages:
    """What the model is told: the sentence and the templates; nothing of anyone."""
    told = [
        f"Language of the draft: {ask.language}",
        "Templates:\n" + "\n".join(f"- {key}: {about}" for key, about in ask.templates),
        f"What it is about:\n{fenced(ask.sentence)}",
    ]
    return [
        {"role": "system", "content": prompt("outline_assembly")},
        {"role": "user", "content": "\n\n".join(told)},
    ]


class OutlinerByModel(ByModel[OutlineAsk]):
    """The drafter behind an OpenAI-compatible endpoint."""

    instructions, shape, messages = "outline_assembly", OutlineReply, staticmethod(messages)

    def outline(self, ask: OutlineAsk) -> OutlineProposal:
        """One draft. Raises EngineFailure."""

        def talk(conversation: Conversation) -> OutlineProposal:
            told = conversation.asked(messages(ask), OutlineReply)
            return OutlineProposal(
                template=told.template.strip(),
                title=one_line(told.title),
                question=one_line(told.question),
                contexts=tuple(map(one_line, told.contexts)),
                prompts=tuple(map(one_line, told.prompts)),
                usage=conversation.usage,
            )

        return self.endpoint.converse(Ask(ask.sentence, ask.language, ""), talk)


def one_line(text: str) -> str:
    """A text without line breaks and doubled spaces."""
    return " ".join(text.split())
