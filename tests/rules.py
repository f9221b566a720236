"""Rules people state, for tests: read from an answer, owned by their authors, shared by a moderator."""

from uuid import uuid4

from deliberation.assemblies.actions import ruling, taking_part
from deliberation.moderation.actions import rules
from elicitation.extraction.engines.base import NormProposal
from elicitation.extraction.models import NormCandidate
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from tests.conftest import Says, card

SAID = "The warden must open the door when somebody knocks."
TEXT = f"{SAID} I look at who is left without a door to knock on."


def proposed(member, prompt, aim="open the door", text=TEXT):
    """A rule of this member's, with the card it serves beside it, as a reading proposed it."""
    answer = taking_part.answer(member, prompt, Words(text, "en", uuid4().hex))
    rule = NormProposal(
        "must", aim, (SAID,), "The warden", conditions="when somebody knocks", serves=(0,)
    )
    read(answer.latest.pk, Says(values=(card("Open doors"),), norms=(rule,)))
    return NormCandidate.objects.get(reading__revision__response=answer)


def owned(member, prompt, aim="open the door", text=TEXT, public=True):
    """The same, which its author said yes to."""
    return ruling.own_rule(proposed(member, prompt, aim, text), public)


def shared(bench, member, prompt, aim="open the door"):
    """A norm made of a rule of this member's."""
    rule = owned(member, prompt, aim)
    return rules.accept_rule(bench, rule, rule.version).norm
