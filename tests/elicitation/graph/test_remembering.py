"""Vectors are made once, follow the words, go with them, and are held in memory without asking for all of them again."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from elicitation.extraction.encoder import ENCODER, encode
from elicitation.graph import remembering
from elicitation.graph.actions.placing import release
from elicitation.graph.actions.vectors import keep_vectors
from elicitation.graph.findings import Encoded
from elicitation.graph.models import Value, ValueContext, ValueVector
from elicitation.graph.remembering import catch_up, index, restored, said, stored
from tests.cards import accepted, joined, own

HONEST = "telling the truth even when it is hard"
QUIET = "nights quiet enough for children to sleep"


@pytest.fixture
def card(transactional_db, invitation, prompt):
    return own(invitation, prompt, HONEST, QUIET, title="Honest nights", context="the river floods")


@pytest.fixture
def value(card, assembly, account):
    return accepted(assembly, account, card)


@pytest.fixture
def inquiry(prompt):
    return prompt.inquiry_id


def test_a_values_words_are_encoded_once(value, inquiry):
    assert catch_up(inquiry) == 1
    assert catch_up(inquiry) == 0
    kept = ValueVector.objects.get()
    assert (kept.value, kept.version, kept.encoder) == (value, value.version, ENCODER)
    whole = restored(bytes(kept.whole))
    np.testing.assert_allclose(whole, encode([said(value.title, value.policies)]), atol=1e-3)
    np.testing.assert_allclose(restored(bytes(kept.policies)), encode([HONEST, QUIET]), atol=1e-3)


def test_stored_vectors_are_unit_vectors_again():
    vectors = encode([HONEST, QUIET])
    assert len(stored(vectors)) == 2 * 2 * 512
    np.testing.assert_allclose(np.linalg.norm(restored(stored(vectors)), axis=1), 1, atol=1e-6)
    assert restored(b"").shape == (0, 512)


def test_the_context_a_value_holds_in_is_found(value, inquiry):
    catch_up(inquiry)
    held = ValueContext.objects.get()
    assert (held.value, held.context.said_in("en")) == (value, "the river floods")
    assert held.score == pytest.approx(1)


def test_a_context_a_person_named_stays_as_it_was_said(value, inquiry, assembly):
    context = assembly.inquiries.get().contexts.get()
    ValueContext.objects.create(value=value, context=context)
    catch_up(inquiry)
    assert ValueContext.objects.get().score is None


def test_when_its_last_author_withdraws_nothing_made_of_the_words_is_left(card, value, inquiry):
    catch_up(inquiry)
    held = index(inquiry)
    assert value.pk in held
    taking_part.withdraw(card.revision.response)
    kept = ValueVector.objects.get()
    assert bytes(kept.whole) == bytes(kept.policies) == b""
    assert not ValueVector.objects.spoken().exists()
    assert not ValueContext.objects.exists()
    assert catch_up(inquiry) == 0
    assert value.pk not in index(inquiry)


def test_a_value_worded_anew_is_encoded_anew(card, value, inquiry, assembly, account, invitation):
    other = own(invitation, card.revision.response.prompt, "promises that are kept", title="Kept")
    joined(assembly, account, other, value)
    catch_up(inquiry)
    release(card)
    assert bytes(ValueVector.objects.get().whole) == b""
    assert catch_up(inquiry) == 1
    (found,) = index(inquiry).nearest(encode(["Kept. promises that are kept"])[0], 5)
    assert found == value.pk
    now = Value.objects.get()
    assert (now.title, ValueVector.objects.get().version) == ("Kept", now.version)
    assert not ValueContext.objects.exists()


def test_vectors_of_words_that_changed_meanwhile_are_not_kept(value):
    late = Encoded(value.pk, value.version + 1, b"x", b"x")
    assert keep_vectors([late], ENCODER) == 0
    assert not ValueVector.objects.exists()


def test_vectors_of_another_encoder_are_made_again(value, inquiry):
    keep_vectors([Encoded(value.pk, value.version, b"", b"")], "an older one")
    assert catch_up(inquiry) == 1
    assert ValueVector.objects.get().encoder == ENCODER


def test_what_did_not_change_is_not_read_from_the_database_again(
    value, inquiry, invitation, prompt, assembly, account
):
    catch_up(inquiry)
    index(inquiry)
    with CaptureQueriesContext(connection) as asked:
        index(inquiry)
    assert len(asked) == 1
    accepted(assembly, account, own(invitation, prompt, "shade under old trees"))
    catch_up(inquiry)
    seen = []
    watched = remembering._held[inquiry].index
    put = type(watched).put
    watched.put = lambda ids, vectors: (seen.extend(ids), put(watched, ids, vectors))
    assert len(index(inquiry)) == 2
    assert value.pk not in seen
    assert len(seen) == 1


def test_a_worker_holds_only_the_inquiries_it_looked_at_last(value, inquiry):
    catch_up(inquiry)
    index(inquiry)
    for n in range(remembering.HELD):
        index(type(inquiry)(int=n))
    assert inquiry not in remembering._held
    assert len(remembering._held) == remembering.HELD
    assert value.pk in index(inquiry)


def test_what_a_slow_transaction_commits_late_is_not_missed(
    value, inquiry, invitation, prompt, assembly, account
):
    catch_up(inquiry)
    index(inquiry)
    slow = connection.copy()
    slow.set_autocommit(False)
    with slow.cursor() as cursor:
        cursor.execute("UPDATE graph_valuevector SET whole = '', written_in = txid_current()")
    accepted(assembly, account, own(invitation, prompt, "shade under old trees"))
    catch_up(inquiry)
    assert value.pk in index(inquiry)
    slow.commit()
    slow.close()
    assert value.pk not in index(inquiry)


def test_a_value_that_is_undone_leaves_nothing_in_a_workers_memory(
    card, value, inquiry, assembly, account
):
    catch_up(inquiry)
    assert value.pk in index(inquiry)
    undoing.undo_last(Bench(assembly, account))
    assert not Value.objects.exists()
    assert value.pk not in index(inquiry)
    assert not ValueVector.objects.spoken().exists()
    again = accepted(assembly, account, card)
    assert catch_up(inquiry) == 1
    assert set(index(inquiry).nearest(encode([HONEST])[0], 5)) == {again.pk}
