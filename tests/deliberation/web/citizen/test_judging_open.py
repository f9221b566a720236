"""Values are compared while weighing is open, by those with a seat and consent, each their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import judging, setting_up
from deliberation.assemblies.errors import ConsentMissing, NotHere, PhaseClosed
from deliberation.assemblies.models import Phase
from elicitation.graph.actions.proposals import Proposal
from elicitation.graph.actions.transitions import Saying, close
from elicitation.graph.models import Judgement, Showing, Value
from tests.conftest import newcomer
from tests.deliberation.web.citizen._comparing import PAGE, say, shown


def test_before_and_after_its_time_there_is_a_calm_page(assembly, transition, member_client):
    assert "not settled yet" in member_client.get(PAGE).content.decode()
    later = timezone.now() + timedelta(days=1)
    setting_up.set_phase(assembly, Phase.Kind.WEIGHING, later, later + timedelta(days=1))
    assert (
        "you can say here which of two values is wiser" in member_client.get(PAGE).content.decode()
    )
    assert not Showing.objects.exists()


def test_nothing_is_taken_in_after_the_end_and_what_was_said_is_kept(
    weighing, transition, member_client, over
):
    _, showing = shown(member_client)
    over()
    assert say(member_client, showing).status_code == 409
    assert not Judgement.objects.exists()
    assert "This was open until" in member_client.get(PAGE).content.decode()
    assert "Change it" not in member_client.get(f"{PAGE}said/").content.decode()


def test_phase_consent_and_seat_are_checked_in_the_transaction_of_the_write(
    weighing, transition, member, invitation, over, other_assembly
):
    showing = judging.put(member, "en")
    somebody = newcomer(invitation)
    with pytest.raises(NotHere):
        judging.judge(somebody, showing, Saying("to"))
    far = other_assembly.inquiries.get()
    values = [Value.objects.create(inquiry=far, title=t, language="en") for t in "AB"]
    with pytest.raises(NotHere):
        judging.propose(member, Proposal(*values))
    member.consents.all().delete()
    with pytest.raises(ConsentMissing):
        judging.judge(member, showing, Saying("to"))
    over()
    for refused in (
        lambda: judging.put(somebody, "en"),
        lambda: judging.judge(somebody, showing, Saying("to")),
        lambda: judging.propose(somebody, Proposal(transition.from_value, transition.to_value)),
    ):
        with pytest.raises(PhaseClosed):
            refused()


def test_anothers_comparison_is_not_here(weighing, transition, member_client, invitation):
    theirs = judging.put(newcomer(invitation), "en")
    assert member_client.get(f"{PAGE}{theirs.pk}/").status_code == 404
    assert say(member_client, theirs).status_code == 404
    assert member_client.get(f"{PAGE}{10**30}/").status_code == 404


def test_without_a_seat_there_is_nothing_here(weighing, transition, client):
    for path in ("", "said/", "propose/", "1/"):
        assert client.get(PAGE + path).status_code == 404


def test_what_was_closed_meanwhile_says_so(weighing, transition, member_client):
    _, showing = shown(member_client)
    close(transition)
    page = say(member_client, showing)
    assert page.status_code == 409
    assert "no longer compared" in page.content.decode()
