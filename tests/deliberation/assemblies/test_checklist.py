"""The list says what an assembly lacks before it can open, and each thing on it goes once it is mended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import setting_up, strata, wording
from deliberation.assemblies.actions.wording import Asked, Front
from deliberation.assemblies.checklist import NEEDED, Point, look_over
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.queries import prompts_of
from deliberation.web.facilitator.checklist import SAID
from elicitation.interview.drafts import InquiryDraft, PromptDraft
from tests.furnished import an_account
from tests.houses import house

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(account):
    """Founded in two languages and worded in one, its time over, with nothing else."""
    over = timezone.now() - timedelta(days=1)
    inquiry = InquiryDraft({"en": "What?"}, ("en", "ar"), (PromptDraft({"en": "Say."}),))
    draft = AssemblyDraft(
        slug="bare", title={"en": "Bare"}, welcome={}, consent={}, languages=("en", "ar"), zone="UTC",
        inquiries=(inquiry,), phases={"answering": (over - timedelta(days=1), over)},
    )  # fmt: skip
    return setting_up.found(draft, account, house())


def missing(assembly):
    return {item.point for item in look_over(assembly) if not item.done}


def lacking(assembly, point):
    return next(item.lacking for item in look_over(assembly) if item.point == point)


def test_every_point_stands_on_the_list_once_in_order_and_has_its_words():
    assert list(SAID) == list(Point)


def test_of_a_bare_assembly_everything_is_missing(bare):
    assert missing(bare) == set(Point)
    assert [item.point for item in look_over(bare)] == list(Point)
    assert {item.point for item in look_over(bare) if item.needed} == NEEDED
    assert lacking(bare, Point.PROMPTS) == ("ar",)
    assert lacking(bare, Point.CONSENT) == ("en", "ar")


def test_what_is_mended_goes_from_the_list(bare):
    for tag in ("en", "ar"):
        wording.reword_front(bare, tag, Front(f"T {tag}", f"W {tag}", f"C {tag}", f"Q {tag}"))
    bare.refresh_from_db()
    worded = {Point.TITLE, Point.WELCOME, Point.CONSENT, Point.QUESTION}
    assert missing(bare) == set(Point) - worded
    wording.reword_asked(bare, prompts_of(bare)[0], "ar", Asked("قل."))
    now = timezone.now()
    for kind in ("answering", "weighing"):
        setting_up.set_phase(bare, kind, now, now + timedelta(days=1))
    invitation = setting_up.invite(bare)
    strata.add_stratum(bare, {"en": "Age"}, [{"en": "young"}, {"en": "old"}])
    setting_up.give_role(bare, an_account("bo"), "facilitator")
    assert missing(bare) == {Point.SITUATIONS}
    setting_up.close_invitation(invitation)
    wording.add_prompt(bare, bare.inquiries.get(), "en", Asked("One more?"))
    assert missing(bare) == {Point.SITUATIONS, Point.INVITATION, Point.PROMPTS}


def test_the_overview_shows_what_is_missing_with_the_way_to_mend_it(client, account, bare):
    client.force_login(account)
    page = client.get("/run/bare/").text
    assert "5 things are still missing" in page
    for link in ("asked/?language=ar", "phases/", "invite/", "people/", "colleagues/"):
        assert f'href="/run/bare/{link}"' in page


def test_an_assembly_that_has_what_it_needs_says_so(facilitator, assembly):
    for tag in assembly.languages:
        wording.reword_front(assembly, tag, Front("Water", "Come in.", "We keep it.", "What?"))
        for prompt in prompts_of(assembly):
            wording.reword_asked(assembly, prompt, tag, Asked("What did you see?"))
    setting_up.invite(assembly)
    assert "All that is needed is in place: " in facilitator.get("/run/water/").text


def test_once_answering_is_over_and_people_were_there_nothing_is_asked_for_any_more(
    facilitator, assembly, member
):
    assert "still missing" in facilitator.get("/run/water/").text
    past = timezone.now() - timedelta(hours=1)
    setting_up.set_phase(assembly, "answering", past - timedelta(hours=1), past)
    assert 'id="checklist"' not in facilitator.get("/run/water/").text
