"""What a reading proposed beside values: rules people state, and marks on what else an answer holds."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from elicitation.extraction.models.cards import Candidate, Located, Proposed
from elicitation.extraction.models.readings import Reading

PARTS = ("attribute", "deontic", "aim", "acted_on", "conditions", "or_else")


class Ruling(models.Model):
    """The parts of a rule, by institutional grammar (Crawford and Ostrom 1995, ADICO).

    Attribute (who), deontic, aim (does what), acted on (what a passive speaks of), conditions (when), or else (what otherwise). A part that was not said is empty:
    nobody fills it in.
    """

    class Deontic(models.TextChoices):
        MUST = "must", _("must")
        MUST_NOT = "must not", _("must not")
        MAY = "may", _("may")
        SHOULD = "should", _("should")

    attribute = models.CharField(max_length=400, blank=True)
    deontic = models.CharField(max_length=12, choices=Deontic)
    aim = models.CharField(max_length=600)
    acted_on = models.CharField(max_length=400, blank=True)
    conditions = models.CharField(max_length=600, blank=True)
    or_else = models.CharField(max_length=600, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.attribute or self.acted_on or '?'} {self.deontic} {self.aim}"


class NormCandidateQuerySet(models.QuerySet["NormCandidate"]):
    def released(self) -> "NormCandidateQuerySet":
        """Rules that stand and that everybody may read: every word they rest on was released by its author, and hidden by nobody."""
        kept_back = NormQuote.objects.filter(
            Q(public=False) | Q(hidden_at__isnull=False), norm=OuterRef("pk")
        )
        shown = NormQuote.objects.filter(public=True, norm=OuterRef("pk"))
        standing = self.exclude(state__in=["rejected", "superseded"])
        return standing.filter(Exists(shown), ~Exists(kept_back))


class NormCandidate(Ruling, Proposed):
    """A rule a person states. `serves` are the values it is for."""

    by_author = models.BooleanField(default=False, help_text="In the author's own later wording")
    serves = models.ManyToManyField(Candidate, related_name="served_by", blank=True)

    objects = NormCandidateQuerySet.as_manager()

    class Meta(Proposed.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(aim=""), name="norm_candidate_has_aim"),
            models.CheckConstraint(
                condition=Q(deontic__in=["must", "must not", "may", "should"]),
                name="norm_candidate_deontic_known",
            ),
            *Proposed.Meta.constraints,
        ]


class NormQuote(Located):
    """Words a norm rests on."""

    norm = models.ForeignKey(NormCandidate, models.CASCADE, related_name="quotes")
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="By a moderator")


class Mark(Located):
    """A stretch of an answer that is something else than a value or a norm."""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", _("an experience")
        CLAIM = "claim", _("a claim of fact")
        PROPOSAL = "proposal", _("a proposal")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta(Located.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["experience", "claim", "proposal"]), name="mark_kind_known"
            ),
            *Located.Meta.constraints,
        ]
