"""What the record says of words: a digest an entry, erased with the words and with nothing else."""

from uuid import uuid4

import pytest

from deliberation.assemblies.actions import taking_in, taking_part
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from elicitation.record.leaves import digest
from elicitation.record.models import Entry
from elicitation.record.queries import binding
from tests.conftest import TEXT, newcomer


def bound(response):
    return [entry.body["words"] for entry in binding([response.pk])]


def test_each_state_of_an_answers_words_is_bound(member, answered):
    assert bound(answered) == [digest(TEXT)]
    taking_part.change(member, answered, "The library should stay.", "en")
    assert bound(answered) == [digest(TEXT), digest("The library should stay.")]


def test_each_answer_of_a_file_is_bound_by_itself(prompt):
    rows = [(uuid4(), Words(f"Words {n}.", "en", f"k{n}", "imported")) for n in range(3)]
    taking_in.take_in_sample(prompt, rows)
    for n in range(3):
        assert bound(Response.objects.get(key=f"k{n}")) == [digest(f"Words {n}.")]


def test_withdrawing_erases_what_binds_these_words_and_no_others(invitation, prompt, answered):
    other = taking_part.answer(newcomer(invitation), prompt, Words("Mine.", "en", "other"))
    before = Entry.objects.filter(erased_at=None).count()
    taking_part.withdraw(answered)
    assert bound(answered) == []
    assert bound(other) == [digest("Mine.")]
    assert Entry.objects.exclude(erased_at=None).count() == 1
    assert Entry.objects.filter(erased_at=None).count() > before - 1


@pytest.mark.django_db
def test_no_entry_holds_a_persons_words(answered):
    for entry in Entry.objects.all():
        assert "door" not in str(entry.body)
