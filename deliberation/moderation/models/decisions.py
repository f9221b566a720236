"""What moderators decided, each with its reason and its own inverse."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from deliberation.moderation.models.proposals import MachineProposal
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Fold, Norm, Regrouping, Value
from elicitation.interview.models import Response, wording


class Reason(models.Model):
    """A reason moderators may give, agreed and published before the assembly opens."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="reasons")
    code = models.SlugField(max_length=40)
    wording = models.JSONField(help_text="Language tag -> wording")
    kinds = ArrayField(models.CharField(max_length=12), help_text="Kinds of decision it is for")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "code"], name="one_reason_a_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def said_in(self, language: str) -> str:
        return wording(self.wording, language)


SETTLING = ("accept", "merge", "send_back", "reject")
SETTLING_RULES = ("accept_rule", "join_rule", "drop_rule")
SETTLING_PROPOSALS = ("show_ai", "drop_ai")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def living(self) -> "DecisionQuerySet":
        """Decisions nobody has undone."""
        return self.filter(undone_at=None)

    def settling(self) -> "DecisionQuerySet":
        """Those that settle a card as it stands, until its author changes it."""
        return self.living().filter(kind__in=SETTLING)

    def settling_rules(self) -> "DecisionQuerySet":
        """Those that settle a person's rule as it stands, until its author changes it."""
        return self.living().filter(kind__in=SETTLING_RULES)


class Decision(models.Model):
    """A moderator's act. Undoing marks it; it is never deleted.

    `candidate` and `card_version`: the card decided on, as it stood. `value`: the value made (accept), joined (merge), folded (fold),
    split, reworded or hidden. `rule`, which `card_version` is of too, and `norm`: the rule decided on, and the norm made or joined. `other`: the value folded into, or the one a split made. `proposal`: an AI system's. `answer`: the answer whose quotes are hidden.
    `inverse`: what undo needs beside these; never words that are a citizen's. `suggested`: what the machine suggested at that time
    ({"kind", "value"}), `followed`: whether the decision is the same. `waited`: seconds the thing had waited.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("accepted as a new value")
        MERGE = "merge", _("joined to a value")
        FOLD = "fold", _("folded into another value")
        SPLIT = "split", _("split in two")
        RENAME = "rename", _("renamed")
        EDIT = "edit", _("worded anew")
        MOVE = "move", _("moved to another context")
        SEND_BACK = "send_back", _("sent back with a question")
        HIDE = "hide", _("hidden")
        REJECT = "reject", _("left out")
        RESTORE = "restore", _("put back")
        ACCEPT_RULE = "accept_rule", _("accepted as a shared rule")
        JOIN_RULE = "join_rule", _("joined to a shared rule")
        DROP_RULE = "drop_rule", _("a rule left out")
        REMOVE_RULE = "remove_rule", _("a rule taken out of the shared ones")
        SHOW_AI = "show_ai", _("an AI's proposal put before people")
        DROP_AI = "drop_ai", _("an AI's proposal left out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    card_version = models.PositiveIntegerField(null=True, blank=True)
    value = models.ForeignKey(
        Value, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    other = models.ForeignKey(Value, models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey(
        NormCandidate, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    norm = models.ForeignKey(Norm, models.SET_NULL, null=True, blank=True, related_name="decisions")
    proposal = models.ForeignKey(
        MachineProposal, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    answer = models.ForeignKey(
        Response, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    fold = models.ForeignKey(Fold, models.SET_NULL, null=True, blank=True, related_name="+")
    regrouping = models.ForeignKey(
        Regrouping, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    grounds = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    reason = models.CharField(max_length=600, blank=True)
    question = models.CharField(max_length=600, blank=True)
    inverse = models.JSONField(default=dict, blank=True)
    suggested = models.JSONField(default=dict, blank=True)
    followed = models.BooleanField(null=True, blank=True)
    waited = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_grounds = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_reason = models.CharField(max_length=600, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "card_version"],
                condition=Q(undone_at=None, kind__in=SETTLING),
                name="one_living_decision_a_card_as_it_stands",
            ),
            models.UniqueConstraint(
                fields=["rule", "card_version"],
                condition=Q(undone_at=None, kind__in=SETTLING_RULES),
                name="one_living_decision_a_rule_as_it_stands",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(undone_at=None, kind__in=SETTLING_PROPOSALS),
                name="one_living_decision_a_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(kind="drop_ai") | ~Q(reason="") | Q(grounds__isnull=False),
                name="a_proposal_left_out_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="drop_rule") | ~Q(reason="") | Q(grounds__isnull=False),
                name="a_rule_left_out_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reject") | ~Q(reason="") | Q(grounds__isnull=False),
                name="a_rejection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="send_back") | ~Q(question=""), name="sent_back_with_a_question"
            ),
        ]
        indexes = [models.Index(fields=["assembly", "-at"], name="decisions_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} {self.candidate_id or self.rule_id or self.value_id or self.answer_id or self.proposal_id}"


class Touch(models.Model):
    """One aspect of one thing that a decision changed (`wrote`) or took as given.

    A later decision depends on an earlier one where it took as given what the earlier one wrote: that is all undo has to ask.
    """

    class Aspect(models.TextChoices):
        PLACE = "place", _("where a card or rule stands")
        BEING = "being", _("that a value or norm is there")
        ROOT = "root", _("what a value is folded into")
        MEMBERS = "members", _("what is folded into a value")
        WORDS = "words", _("its words")
        CONTEXT = "context", _("its contexts")
        SHOWN = "shown", _("whether it is shown")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="touches")
    thing = models.UUIDField(help_text="A card, a rule, a value, a norm, an answer or a proposal")
    aspect = models.CharField(max_length=8, choices=Aspect)
    wrote = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "thing", "aspect", "wrote"], name="a_touch_once_a_decision"
            ),
        ]
        indexes = [models.Index(fields=["thing", "aspect"], name="touches_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.aspect} of {self.thing}"
