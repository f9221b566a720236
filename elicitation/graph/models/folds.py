"""Which value was folded into which. Living folds form a forest, which the database itself holds (migration 0012)."""

from django.db import models
from django.db.models import F, Q

from elicitation.graph.models.values import Value


class FoldQuerySet(models.QuerySet["Fold"]):
    def living(self) -> "FoldQuerySet":
        """Folds nobody has undone."""
        return self.filter(undone_at=None)


class Fold(models.Model):
    """That `child` goes on as part of `parent`. Both were roots when it was made, so that folds never form a circle.

    What people said to the child stays its own; undoing the fold gives all of it back.
    """

    child = models.ForeignKey(Value, models.CASCADE, related_name="folds")
    parent = models.ForeignKey(Value, models.RESTRICT, related_name="folded_in")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = FoldQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(undone_at=None), name="one_living_fold_a_value"
            ),
            models.CheckConstraint(
                condition=~Q(child=F("parent")), name="no_value_is_folded_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"
