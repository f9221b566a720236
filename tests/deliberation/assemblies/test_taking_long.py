"""The time that is promised is the time it took: the median of those who answered all in one sitting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Membership
from deliberation.assemblies.taking_long import usual_minutes
from deliberation.web.citizen import joining
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from tests.conftest import newcomer


@pytest.fixture
def answers(assembly, invitation):
    def after(minutes, prompts=2):
        """Somebody takes a seat and answers so many prompts, the last of them so many minutes later."""
        member = newcomer(invitation)
        began = timezone.now() - timedelta(days=1)
        Membership.objects.filter(pk=member.pk).update(joined_at=began)
        for n, prompt in enumerate(assembly.inquiries.get().prompts.all()[:prompts]):
            given = taking_part.answer(member, prompt, Words("a bench", "en", f"{member.pk} {n}"))
            at = began + timedelta(minutes=minutes * (n + 1) / prompts)
            Response.objects.filter(pk=given.pk).update(received_at=at)
        return member

    return after


def test_it_is_the_median_of_the_minutes_people_needed(assembly, answers):
    for minutes in (3, 40, 6, 8.2, 7):
        answers(minutes)
    assert usual_minutes(assembly) == 7
    answers(9)  # between 7 and 8.2, begun minutes count whole
    assert usual_minutes(assembly) == 8


def test_of_fewer_than_five_nothing_is_told(assembly, answers):
    for _ in range(4):
        answers(5)
    assert usual_minutes(assembly) is None


def test_who_answered_in_part_came_back_later_or_was_written_down_is_not_counted(assembly, answers):
    for minutes in (4, 4, 5, 5):
        answers(minutes)
    answers(1, prompts=1)
    answers(60 * 5)
    aloud = answers(1)
    aloud.consents.update(aloud=True)
    assert usual_minutes(assembly) is None
    answers(5)
    assert usual_minutes(assembly) == 5


def test_the_welcome_says_it(client, assembly, invitation, answers):
    joining._measured.cache_clear()
    for _ in range(5):
        answers(12)
    page = client.get(f"/join/{gates.invitation_code(invitation)}/")
    assert "needed 12 minutes or less" in page.text
