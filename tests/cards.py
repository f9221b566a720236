"""Cards owned by their authors, made quickly, for tests of the graph."""

from uuid import uuid4

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from tests.conftest import Told, newcomer


def own(invitation, prompt, *policies, title="Mine", context=""):
    """The card of somebody who wrote these policies, one a sentence, and said yes to the card."""
    member = newcomer(invitation)
    answer = taking_part.answer(member, prompt, Words(". ".join(policies), "en", uuid4().hex))
    proposed = tuple(PolicyProposal(text, (text,)) for text in policies)
    (card,) = read(answer.latest.pk, Told(ValueProposal(title, proposed, context)))
    return taking_part.own_card(card, public=False)


def accepted(assembly, account, card):
    """The value a moderator made of a card."""
    return moderation.accept(Bench(assembly, account), card, card.version).value


def joined(assembly, account, card, value):
    """`value`, with a card a moderator let stand in it."""
    return moderation.merge(Bench(assembly, account), card, card.version, value).value
