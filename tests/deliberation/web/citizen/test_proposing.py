"""A citizen proposes a comparison and its story, and takes the story back."""

import pytest

from deliberation.assemblies.actions import judging
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.actions.transitions import close
from elicitation.graph.models import Story, Transition
from tests.conftest import newcomer
from tests.deliberation.web.citizen._comparing import PAGE


def test_one_proposes_a_comparison_and_its_story_is_not_shown_yet(
    weighing, transition, member_client
):
    fields = {
        "context": "",
        "wiser": str(transition.from_value_id),
        "less": str(transition.to_value_id),
        "story": "I saw it once.",
    }
    page = member_client.get(f"{PAGE}propose/").content.decode()
    assert "Dry cellars" in page
    done = member_client.post(f"{PAGE}propose/", fields)
    assert (done.status_code, done.url) == (303, PAGE)
    found = Transition.objects.get(source="person")
    assert (found.to_value, found.context) == (transition.from_value, None)
    assert not Story.objects.released().exists()
    assert "I saw it once" not in member_client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "change", [{"wiser": ""}, {"less": "x"}, {"context": "99"}, {"story": "x" * 1201}]
)
def test_a_proposal_that_does_not_fit_comes_back(weighing, transition, member_client, change):
    fields = {
        "context": "",
        "wiser": str(transition.from_value_id),
        "less": str(transition.to_value_id),
    }
    assert member_client.post(f"{PAGE}propose/", {**fields, **change}).status_code == 422
    assert Transition.objects.count() == 1


def test_a_value_cannot_be_wiser_than_itself(weighing, transition, member_client):
    same = str(transition.from_value_id)
    page = member_client.post(f"{PAGE}propose/", {"context": "", "wiser": same, "less": same})
    assert page.status_code == 422
    assert "Choose two different values" in page.content.decode()


def test_one_takes_a_single_story_back_and_nobody_elses(
    weighing, transition, member, member_client, invitation
):
    ends = (transition.from_value, transition.to_value, transition.context)
    for somebody in (member, newcomer(invitation)):
        judging.propose(somebody, Proposal(*ends, "A story.", "en"))
    for story in Story.objects.all():
        done = member_client.post(f"{PAGE}said/story/{story.pk}/erase/")
        assert (done.status_code, done.url) == (303, f"{PAGE}said/")
    assert Story.objects.get().written_by != member.respondent
    assert member_client.post(f"{PAGE}said/story/{10**30}/erase/").status_code == 303


def test_a_proposal_of_what_was_ended_says_so(weighing, transition, member_client):
    transition.context = None
    transition.save()
    close(transition)
    fields = {"wiser": str(transition.from_value_id), "less": str(transition.to_value_id)}
    page = member_client.post(f"{PAGE}propose/", {**fields, "context": "", "story": "A story."})
    assert page.status_code == 409
    assert "have ended this comparison" in page.content.decode()
