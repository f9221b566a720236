"""What waits for a moderator: who holds it, who opened it, and what a second one would have done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.models import Assembly
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Norm, Regrouping, Value


class Thing(models.TextChoices):
    """The kinds of things that wait in the queue."""

    CARD = "card", _("new card")
    RULE = "rule", _("new rule")
    PROPOSAL = "proposal", _("proposed by an AI")
    MERGE = "merge", _("values that seem one")
    SPLIT = "split", _("a value that seems two")
    CONTEXT = "context", _("a context to be sure of")
    FLAGGED = "flagged", _("an answer that seems to speak to a machine")
    UNREAD = "unread", _("an answer the reader could not read")
    MEANING = "meaning", _("an author who says: not what I meant")
    APPEAL = "appeal", _("an appeal")


class Claim(models.Model):
    """That a moderator works on a thing, so that two see who holds what. It lapses by itself."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=8, choices=Thing)
    thing = models.UUIDField()
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "kind", "thing"], name="one_claim_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} held by {self.moderator_id}"


class Opening(models.Model):
    """That a moderator opened a thing as it stood at `version`: only what was opened can be accepted together with others."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="openings")
    kind = models.CharField(max_length=8, choices=Thing)
    thing = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "kind", "thing", "version", "moderator"],
                name="one_opening_a_moderator_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} opened by {self.moderator_id}"


class Doubling(models.Model):
    """Of a hundred cases, how many an assembly asks of a second moderator; the usual share where there is no row."""

    assembly = models.OneToOneField(
        Assembly, models.CASCADE, primary_key=True, related_name="doubling"
    )
    per_cent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(per_cent__lte=100), name="doubling_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.per_cent} % of {self.assembly_id}"


class SecondLook(models.Model):
    """A case given to a second moderator, who says without seeing the first judgement what they would do. It changes nothing.

    The case is a card, a person's rule, or two values that seem to be one (`regrouping`); of that one, `first` and `first_by` tell what was judged first, and of the
    others the decision does. `value`: what the second would join the card to; `norm`: the rule.
    """

    class Case(models.TextChoices):
        CARD = "card", _("a card")
        RULE = "rule", _("a person's rule")
        PAIR = "pair", _("two values that seem to be one")

    FOLD, APART = "fold", "apart"

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="second_looks")
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, null=True, blank=True, related_name="second_looks"
    )
    rule = models.ForeignKey(
        NormCandidate, models.CASCADE, null=True, blank=True, related_name="second_looks"
    )
    card_version = models.PositiveIntegerField(null=True, blank=True)
    regrouping = models.OneToOneField(
        Regrouping, models.CASCADE, null=True, blank=True, related_name="second_look"
    )
    first = models.CharField(max_length=12, blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(
        max_length=12, blank=True, help_text="A Decision.Kind, or apart; empty while asked"
    )
    value = models.ForeignKey(Value, models.SET_NULL, null=True, blank=True, related_name="+")
    norm = models.ForeignKey(Norm, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "card_version"], name="one_second_look_a_card_as_it_stands"
            ),
            models.UniqueConstraint(
                fields=["rule", "card_version"], name="one_second_look_a_rule_as_it_stands"
            ),
            models.CheckConstraint(
                condition=Q(candidate__isnull=False, rule=None, regrouping=None, first="")
                | Q(candidate=None, rule__isnull=False, regrouping=None, first="")
                | Q(
                    candidate=None, rule=None, regrouping__isnull=False, first__in=["fold", "apart"]
                ),
                name="a_second_look_is_at_one_case",
            ),
            models.CheckConstraint(
                condition=Q(kind="")
                | Q(candidate__isnull=False, kind__in=["accept", "merge", "send_back", "reject"])
                | Q(rule__isnull=False, kind__in=["accept_rule", "join_rule", "drop_rule"])
                | Q(regrouping__isnull=False, kind__in=["fold", "apart"]),
                name="second_look_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"second look at {self.candidate_id or self.rule_id or self.regrouping_id}"

    @property
    def case(self) -> "SecondLook.Case":
        if self.candidate_id:
            return self.Case.CARD
        return self.Case.RULE if self.rule_id else self.Case.PAIR
