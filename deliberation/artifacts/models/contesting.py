"""How a draft is contested: objections with amendments, those who stand behind them, and what moderators answer in public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.artifacts.models.documents import Clause
from elicitation.interview.models import Respondent

LONGEST = 2000  # code points of a reason, a rewording or an answer


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def standing(self) -> "ObjectionQuerySet":
        """Those their authors have not taken back."""
        return self.filter(withdrawn_at=None)


class Objection(models.Model):
    """What a participant has against a clause, with a reason and, if they like, other words for it.

    `as_it_read`: the clause's text they spoke of. Moderators answer in public: the clause is changed or reopened (sustained), or they say
    why not (answered); then the objector says whether that satisfies them.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        SUSTAINED = "sustained", _("sustained: the clause is open again")
        ANSWERED = "answered", _("answered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="objections")
    respondent = models.ForeignKey(
        Respondent, models.SET_NULL, null=True, blank=True, related_name="objections"
    )
    reason = models.CharField(max_length=LONGEST, blank=True)
    rewording = models.CharField(max_length=LONGEST, blank=True)
    language = models.CharField(max_length=12)
    as_it_read = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    satisfied = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "respondent"],
                condition=Q(withdrawn_at=None),
                name="one_standing_objection_a_clause_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(withdrawn_at__isnull=False),
                name="objection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""), name="answered_objection_has_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "sustained", "answered"]),
                name="objection_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"objection to {self.clause_id}"

    @property
    def stands(self) -> bool:
        """Whether it still speaks against the clause.

        One nobody answered does; one answered, only if its author says that this does not satisfy; one sustained, until the clause reads
        other than when it was made, and after that as one answered.
        """
        if self.withdrawn_at:
            return False
        reopened = self.state == self.State.SUSTAINED and self.clause.text == self.as_it_read
        return self.state == self.State.OPEN or reopened or self.satisfied is False


class Seconding(models.Model):
    """That somebody else has the same against a clause."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="secondings")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="secondings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "respondent"], name="one_seconding_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respondent_id} seconds {self.objection_id}"


class MinorityStatement(models.Model):
    """What some hold against a document as a whole or in part: printed in it, with the number of those who signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    artifact = models.ForeignKey("artifacts.Artifact", models.CASCADE, related_name="minority")
    clause = models.ForeignKey(
        Clause, models.SET_NULL, null=True, blank=True, related_name="minority"
    )
    respondent = models.ForeignKey(
        Respondent, models.SET_NULL, null=True, blank=True, related_name="minority"
    )
    text = models.CharField(max_length=LONGEST, blank=True)
    language = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(withdrawn_at__isnull=False),
                name="minority_statement_has_text",
            ),
            models.UniqueConstraint(
                fields=["artifact", "clause", "respondent"],
                condition=Q(withdrawn_at=None, respondent__isnull=False),
                nulls_distinct=False,
                name="one_minority_statement_a_person_and_clause",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Signature(models.Model):
    """That somebody signs a minority statement."""

    statement = models.ForeignKey(MinorityStatement, models.CASCADE, related_name="signatures")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="signatures")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "respondent"], name="one_signature_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respondent_id} signs {self.statement_id}"
