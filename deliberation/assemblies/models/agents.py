"""AI systems that propose: each a voice of its own kind, known by the name of its token."""

from django.db import models

from deliberation.assemblies.models.assemblies import Assembly
from deliberation.assemblies.models.tokens import Token
from elicitation.interview.models import Respondent


class Agent(models.Model):
    """An AI system in an assembly. `name`: of the token it came with, as everybody reads it; `respondent`: an ai_agent, which counts nowhere."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="agents")
    token = models.OneToOneField(Token, models.SET_NULL, null=True, related_name="agent")
    respondent = models.OneToOneField(Respondent, models.CASCADE, related_name="agent")
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
