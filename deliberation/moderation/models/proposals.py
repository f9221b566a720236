"""Values and rules an AI system proposes. They stand apart: in no table of values or norms, so that nothing counts them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Agent, Assembly
from elicitation.extraction.models import Ruling
from elicitation.interview.models import Inquiry


class MachineProposalQuerySet(models.QuerySet["MachineProposal"]):
    def shown(self) -> "MachineProposalQuerySet":
        """Those a moderator put before people, and nobody took back."""
        return self.filter(state=MachineProposal.State.SHOWN)


class MachineProposal(Ruling):
    """A value (title, policies, context) or a rule (the parts of institutional grammar) in a machine's words, which are nobody's.

    Taken back, its words are erased and the row stays.
    """

    class Kind(models.TextChoices):
        VALUE = "value", _("a value")
        NORM = "norm", _("a rule")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("put before people")
        LEFT_OUT = "left_out", _("left out")
        WITHDRAWN = "withdrawn", _("taken back, its words erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="machine_proposals")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="machine_proposals")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=5, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    policies = ArrayField(models.CharField(max_length=400), default=list, blank=True)
    context = models.CharField(max_length=300, blank=True, help_text='To follow "when"')
    deontic = models.CharField(max_length=12, choices=Ruling.Deontic, blank=True)
    aim = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MachineProposalQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["value", "norm"]), name="machine_proposal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", title="", aim="", policies=[])
                | Q(kind="value", aim="", state__in=["waiting", "shown", "left_out"]) & ~Q(title="")
                | Q(kind="norm", title="", state__in=["waiting", "shown", "left_out"]) & ~Q(aim=""),
                name="machine_proposal_says_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["assembly", "state", "made_at"], name="machine_proposals_by_state")
        ]

    def __str__(self) -> str:
        return super().__str__() if self.is_norm else self.title

    @property
    def is_norm(self) -> bool:
        """Whether it is a rule."""
        return self.kind == self.Kind.NORM
