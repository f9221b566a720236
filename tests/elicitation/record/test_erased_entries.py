"""What is erased says nothing, is sealed all the same, and still verifies."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from elicitation.record import queries
from elicitation.record.actions import erase
from elicitation.record.merkle import includes
from elicitation.record.models import Entry, TreeHead
from elicitation.record.sealing import seal
from tests.elicitation.record.conftest import acts, ensure_true

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_erased_entry_says_nothing_and_still_verifies():
    kept, gone = acts(2)
    seal()
    assert erase([gone.pk]) == 1
    seal()
    gone.refresh_from_db()
    assert (gone.body, gone.salt) == (None, None)
    head = queries.latest_head()
    ensure_true(head)
    (proof,) = queries.proofs([gone], head)
    assert "said" not in proof
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert includes(bytes.fromhex(proof["leaf"]), gone.index, head.size, path, bytes(head.root))
    kept.refresh_from_db()
    assert kept.body == {"n": 0}


def test_an_entry_erased_before_it_is_sealed_is_sealed_all_the_same():
    (gone,) = acts(1)
    erase([gone.pk])
    assert seal() == 2
    ensure_true(TreeHead.objects.get())


def test_erasing_twice_erases_once_and_what_was_erased_cannot_be_hidden():
    (gone,) = acts(1)
    assert erase([gone.pk]) == 1
    assert erase([gone.pk]) == 0
    told = Entry.objects.filter(kind="record.erased").first()
    assert told.body == {"entries": [gone.pk]}
    assert erase([told.pk]) == 0


def test_an_entry_is_whole_or_erased_and_no_place_is_given_twice():
    one, two = acts(2)
    with pytest.raises(IntegrityError, match="entry_is_whole_or_erased"):
        Entry.objects.filter(pk=one.pk).update(salt=None, erased_at=timezone.now())
    Entry.objects.filter(pk=one.pk).update(index=0)
    with pytest.raises(IntegrityError):
        Entry.objects.filter(pk=two.pk).update(index=0)
