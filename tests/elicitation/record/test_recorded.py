from datetime import timedelta

import pytest
from django.utils import timezone

from elicitation.interview.models import Respondent
from elicitation.record.actions import Unrecorded, append, recorded
from elicitation.record.leaves import leaf, new_salt
from elicitation.record.models import Entry


@pytest.mark.django_db
def test_what_an_action_did_without_recording_it_is_rolled_back():
    @recorded
    def silent_act():
        Respondent.objects.create()

    with pytest.raises(Unrecorded):
        silent_act()
    assert not Respondent.objects.exists()


@pytest.mark.django_db
def test_an_action_made_of_recorded_actions_needs_no_entry_of_its_own():
    @recorded
    def part():
        append("part")

    recorded(lambda: part())()
    assert [entry.kind for entry in Entry.objects.all()] == ["part"]


@pytest.mark.django_db
def test_a_leaf_can_be_recomputed_from_its_entry():
    entry = append("thing.done", thing="é")
    entry.refresh_from_db()
    assert bytes(entry.leaf) == leaf(entry.kind, entry.at, entry.body, bytes(entry.salt))


def test_the_same_body_has_another_leaf_under_another_salt():
    now = timezone.now()
    assert leaf("a", now, {}, new_salt()) != leaf("a", now, {}, new_salt())


def test_a_leaf_binds_kind_time_and_body():
    now, salt = timezone.now(), new_salt()
    told = leaf("a", now, {"n": 1}, salt)
    assert told != leaf("b", now, {"n": 1}, salt)
    assert told != leaf("a", now + timedelta(microseconds=1), {"n": 1}, salt)
    assert told != leaf("a", now, {"n": 2}, salt)
