"""Acts to seal, and the head of them held to what they say."""

from django.db import transaction

from elicitation.record.actions import append_many
from elicitation.record.checkpoint import opened, verifier_of
from elicitation.record.merkle import fold, root
from elicitation.record.models import Entry


def acts(number, kind="thing.done"):
    with transaction.atomic():
        return append_many(kind, ({"n": n} for n in range(number)))


def sealed_leaves():
    placed = Entry.objects.exclude(index=None).order_by("index")
    assert [e.index for e in placed] == list(range(len(placed)))
    return [bytes(e.leaf) for e in placed]


def ensure_true(head):
    """The head says what the entries say, and is signed."""
    leaves = sealed_leaves()[: head.size]
    said = opened(head.note, verifier_of(head.key))
    assert said.size == head.size == len(leaves)
    whole = root(len(leaves), lambda h, n: fold(leaves[n << h : (n + 1) << h]))
    assert said.root == bytes(head.root) == whole
