"""Let AI systems propose in an assembly, or not; and give each that does a voice of its own kind."""

from deliberation.assemblies.models import Agent, Assembly, Token
from elicitation.interview.actions import welcome
from elicitation.interview.models import Respondent
from elicitation.record.actions import append, recorded


@recorded
def permit_proposals(assembly: Assembly, permitted: bool) -> None:
    """Let programs propose values and rules here from now on, or take that leave back; what was proposed stays as it is."""
    Assembly.objects.filter(pk=assembly.pk).update(machines_propose=permitted)
    append("assembly.proposals_permitted", assembly=assembly.slug, permitted=permitted)


@recorded
def admit_agent(token: Token) -> Agent:
    """Give the AI system that comes in with a token a voice, which counts nowhere. The caller holds the assembly, so that two do not make two."""
    voice = welcome(Respondent.Kind.AI_AGENT)
    made = Agent.objects.create(
        assembly=token.assembly, token=token, respondent=voice, name=token.name
    )
    append("agent.admitted", agent=made.pk, respondent=str(voice.pk), name=made.name)
    return made
