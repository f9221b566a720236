"""Results in the API: turnout alone while people still weigh, everything afterwards, no small group described."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from deliberation.opinion import analysing
from deliberation.opinion.models import Analysis, Conversation, Statement, StatementVote
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Respondent
from tests.conftest import newcomer

Says = Endorsement.Says
HERE = "/api/v1/assemblies/water/results/"


def weighing(assembly, start, end):
    """Weighing open from `start` to `end`, in hours from now."""
    now = timezone.now()
    setting_up.set_phase(
        assembly, Phase.Kind.WEIGHING, now + timedelta(hours=start), now + timedelta(hours=end)
    )


@pytest.fixture
def computed(assembly, invitation):
    """Eleven members weighed three values, seven one way and four another, and the result is there."""
    inquiry = assembly.inquiries.get()
    values = [Value.objects.create(inquiry=inquiry, title=t, language="en") for t in "ABC"]
    for n in range(11):
        member = newcomer(invitation)
        for m, value in enumerate(values):
            agrees = (n < 7) == (m == 0)
            endorse(member.respondent, value, Says.AGREE if agrees else Says.DISAGREE)
    analysing.analyse(inquiry)
    return inquiry


@pytest.mark.parametrize("who", ["client", "member_client", "facilitator"])
def test_while_weighing_is_open_everybody_sees_turnout_alone(request, who, assembly, computed):
    weighing(assembly, -1, 1)
    told = request.getfixturevalue(who).get(HERE).json()
    assert told["hidden"] is True
    assert told["turnout"] == {"people": 11, "votes": 33, "values": 3}
    assert [one["results"] for one in told["inquiries"]] == [[]]


@pytest.mark.parametrize("hours", [None, (1, 2)])
def test_before_weighing_nothing_is_shown_either(client, facilitator, assembly, computed, hours):
    if hours:
        weighing(assembly, *hours)
    for who in (client, facilitator):
        told = who.get(HERE).json()
        assert (told["hidden"], told["inquiries"][0]["results"]) == (True, [])


def test_once_weighing_is_over_everybody_sees_the_result_and_how_it_was_made(
    client, assembly, computed
):
    weighing(assembly, -2, -1)
    told = client.get(HERE).json()
    assert told["hidden"] is False
    (shown,) = told["inquiries"][0]["results"]
    kept = Analysis.objects.get()
    assert (shown["kind"], shown["rule"]) == ("groups", "stable")
    assert (shown["seed"], shown["wanted"], shown["input_hash"]) == (0, None, kept.input_hash)
    assert shown["stale"] is False
    assert shown["result"]["counts"]["people"] == 11


def test_a_member_sees_no_more_than_everybody_and_a_facilitator_sees_all(
    client, facilitator, member_client, assembly, computed
):
    weighing(assembly, -2, -1)
    assert member_client.get(HERE).json() == client.get(HERE).json()
    (shown,) = facilitator.get(HERE).json()["inquiries"][0]["results"]
    assert shown["result"] == Analysis.objects.get().result


def test_a_group_of_four_is_described_to_facilitators_alone(
    client, facilitator, assembly, computed
):
    weighing(assembly, -2, -1)
    (shown,) = client.get(HERE).json()["inquiries"][0]["results"]
    (whole,) = facilitator.get(HERE).json()["inquiries"][0]["results"]
    sizes = sorted(group["size"] for group in whole["result"]["groups"])
    assert sizes == [4, 7]
    assert [g for g in shown["result"]["groups"] if g.get("small")]
    assert "4" not in {str(g.get("size")) for g in shown["result"]["groups"]}


def test_a_vote_makes_the_result_stale(facilitator, assembly, computed):
    weighing(assembly, -2, -1)
    endorse(Respondent.objects.create(), Value.objects.first(), Says.PASS)
    (shown,) = facilitator.get(HERE).json()["inquiries"][0]["results"]
    assert shown["stale"] is True


def test_no_result_names_anybody(client, assembly, computed):
    weighing(assembly, -2, -1)
    told = client.get(HERE).text
    assert not any(str(pk) in told for pk in Respondent.objects.values_list("pk", flat=True))


def test_an_assembly_that_is_not_public_shows_its_results_to_facilitators_alone(
    client, facilitator, assembly, computed
):
    weighing(assembly, -2, -1)
    assembly.is_public = False
    assembly.save()
    assert client.get(HERE).status_code == 404
    assert facilitator.get(HERE).status_code == 200
    assert client.get("/api/v1/assemblies/nope/results/").json() == client.get(HERE).json()


def test_a_conversation_held_elsewhere_is_shown_with_whom_it_is_owed_to(client, assembly):
    held = Conversation.objects.create(
        assembly=assembly, name="Trees", attribution="The wood", content_hash="c"
    )
    for number in range(3):
        statement = Statement.objects.create(conversation=held, number=number, text="x")
        for voter in range(12):
            says = 1 if (voter < 6) == (number == 0) else -1
            StatementVote.objects.create(statement=statement, voter=voter, says=says)
    analysing.analyse(held)
    (told,) = client.get(HERE).json()["conversations"]
    assert (told["name"], told["attribution"]) == ("Trees", "The wood")
    assert told["results"][0]["result"]["counts"]["votes"] == 36


def test_nothing_computed_yet_is_an_empty_list(client, assembly):
    weighing(assembly, -2, -1)
    assert client.get(HERE).json()["inquiries"][0]["results"] == []
