"""The marker of a result moves with everything that is said or taken back."""

import pytest

from deliberation.opinion.snapshots import marker
from elicitation.graph.actions.transitions import Saying, forget, judge
from elicitation.graph.models import Showing, Transition
from elicitation.interview.models import Respondent


@pytest.fixture
def comparison(inquiry, values):
    return Transition.objects.create(
        inquiry=inquiry, from_value=values[0], to_value=values[1], source="pairing"
    )


def judged_by(person, comparison):
    drawn = {"forward": True, "to_left": False, "with_story": False, "route": "few"}
    judge(Showing.objects.create(respondent=person, transition=comparison, **drawn), Saying("to"))


def test_one_judgement_erased_and_another_given_is_not_the_state_before(inquiry, comparison):
    first, second = Respondent.objects.bulk_create([Respondent(), Respondent()])
    judged_by(first, comparison)
    before = marker(inquiry)
    forget(first)
    judged_by(second, comparison)
    comparison.refresh_from_db()
    assert comparison.judged == 1
    assert marker(inquiry) not in ("", before)


def test_when_all_said_is_erased_a_result_is_still_asked_for(inquiry, comparison):
    person = Respondent.objects.create()
    judged_by(person, comparison)
    before = marker(inquiry)
    forget(person)
    assert marker(inquiry) not in ("", before)
