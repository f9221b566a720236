"""Words a member has begun to write and not sent."""

from django.db import models

from deliberation.assemblies.models.members import Membership


class Unsent(models.Model):
    """A text field as its author left it, for its author alone; no reader and no one else ever sees it.

    `about`: what it would answer: a prompt, a question beneath an answer, or the answer it would change.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="unsent")
    about = models.UUIDField()
    text = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "about"], name="one_unsent_text_a_member_and_question"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="unsent_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} about {self.about}"
