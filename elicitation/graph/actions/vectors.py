"""Keep what an encoder made of values."""

from collections.abc import Sequence
from uuid import UUID

from elicitation.graph.findings import Encoded
from elicitation.graph.models import Value, ValueContext, ValueVector
from elicitation.graph.models.vectors import CurrentTransaction
from elicitation.record.actions import append, recorded


@recorded
def keep_vectors(encoded: Sequence[Encoded], encoder: str) -> int:
    """Keep vectors of values that still say what was encoded, and the context each holds in. Returns how many.

    A context a person has named for a value stays, and so does one that is retired since; one found by machine before goes.
    """
    held = _hold([one.value for one in encoded])
    kept = [one for one in encoded if one.value in held and held[one.value].version == one.version]
    ValueVector.objects.bulk_create(
        [_row(one, held[one.value].inquiry_id, encoder) for one in kept],
        update_conflicts=True,
        unique_fields=["value"],
        update_fields=["version", "encoder", "whole", "policies", "written_in", "at"],
    )
    ids = [one.value for one in kept]
    ValueContext.objects.found().filter(value__in=ids).delete()
    contexts = ValueContext.objects.bulk_create(
        (
            ValueContext(value_id=one.value, context_id=one.context, score=one.context_score)
            for one in kept
            if one.context is not None
        ),
        ignore_conflicts=True,
    )
    append("values.encoded", values=[str(pk) for pk in ids], contexts=len(contexts))
    return len(kept)


def _hold(ids: Sequence[UUID]) -> dict[UUID, Value]:
    """Lock those that still stand, in one order."""
    standing = Value.objects.standing().select_for_update(no_key=True).filter(pk__in=ids)
    return {value.pk: value for value in standing.order_by("pk")}


def _row(one: Encoded, inquiry_id: UUID, encoder: str) -> ValueVector:
    return ValueVector(
        value_id=one.value,
        inquiry_id=inquiry_id,
        version=one.version,
        encoder=encoder,
        whole=one.whole,
        policies=one.policies,
        written_in=CurrentTransaction(),
    )
