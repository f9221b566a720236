"""A moderator sees what the machine suggests, in its own voice and with its reason; nothing is chosen beforehand."""

import pytest

from deliberation.assemblies.actions import taking_part
from elicitation.graph.models import Evidence, Regrouping
from elicitation.graph.regrouping import regroup_inquiry
from elicitation.graph.suggesting import suggest
from tests.cards import accepted, joined, own

HONEST = "telling the truth even when it is hard to hear"
SAME = "being told the truth, even when it is hard to hear"
THIRD = "the truth is told even where it is hard to hear"
QUIET = "nights quiet enough for children to sleep"
CLOSE = "/run/water/values/close/"


@pytest.fixture
def make(transactional_db, invitation, prompt):
    return lambda *policies, **more: own(invitation, prompt, *policies, **more)


@pytest.fixture
def value(make, assembly, account):
    return lambda *policies, **more: accepted(assembly, account, make(*policies, **more))


@pytest.fixture
def deciding(facilitator):
    def page(card):
        suggest([card.pk])
        return facilitator.get(f"/run/water/queue/{card.pk}/").content.decode()

    return page


def test_the_suggested_value_is_named_with_its_score_and_stands_on_top_unchosen(
    value, make, deciding
):
    value(QUIET, title="Quiet nights"), value(HONEST, title="Honest words")
    page = deciding(make(SAME))
    assert "This card may be the same as:" in page
    assert "Each says most of what the other says" in page
    choose = page[page.index('<div class="choose"') :]
    assert choose.index("Honest words") < choose.index("Quiet nights")
    assert choose.count("Honest words") == 1
    assert "suggested: the same as, " in choose
    assert " checked" not in choose


def test_the_reason_shows_what_says_the_same_and_what_goes_beyond(value, make, deciding):
    value(HONEST, QUIET, title="Honest nights")
    page = deciding(make(QUIET))
    assert "This card may be narrower than:" in page
    assert "The value says what this card says, and 1 thing more." in page
    beyond = page[page.index("What only the value says") :]
    assert HONEST in beyond[: beyond.index("</details>")]


def test_a_card_that_seems_new_is_said_to_be_so_and_nothing_is_put_on_top(value, make, deciding):
    value(HONEST, title="Honest words")
    page = deciding(make("music and dancing at the harbour", context="the river floods"))
    assert "This card may be new." in page
    assert "suggested:" not in page
    assert "Its situation seems to be:" in page


def test_without_a_suggestion_the_page_is_as_it_was(value, make, facilitator):
    value(HONEST)
    page = facilitator.get(f"/run/water/queue/{make(SAME).pk}/").content.decode()
    assert "suggested by comparing" not in page
    assert "Join to the chosen value" in page


def test_joining_the_suggested_value_is_still_the_moderators_own_choice(
    value, make, deciding, facilitator
):
    honest, card = value(HONEST), make(SAME)
    deciding(card)
    at = f"/run/water/queue/{card.pk}/"
    assert facilitator.post(at, {"seen": card.version, "kind": "merge"}).status_code == 422
    facilitator.post(at, {"seen": card.version, "kind": "merge", "value": str(honest.pk)})
    assert Evidence.objects.get(candidate=card).value == honest


def test_close_values_stand_side_by_side_with_their_quotes_and_lead_to_each(
    value, prompt, facilitator
):
    one, two = value(HONEST, title="Honest words"), value(SAME, title="Truth told")
    regroup_inquiry(prompt.inquiry_id)
    page = facilitator.get(CLOSE).content.decode()
    assert "2 values seem to be one" in page
    assert page.count("<q>") == 2
    for each in (one, two):
        assert f"/run/water/values/{each.pk}/" in page
        assert each.title in facilitator.get(f"/run/water/values/{each.pk}/").content.decode()
    assert "Nothing is folded or split by the comparison itself" in page


def test_not_the_same_is_kept_and_the_suggestion_is_gone(value, prompt, facilitator):
    value(HONEST), value(SAME)
    regroup_inquiry(prompt.inquiry_id)
    found = Regrouping.objects.get()
    posted = facilitator.post(CLOSE, {"regrouping": str(found.pk)})
    assert posted.status_code == 303
    found.refresh_from_db()
    assert found.state == "declined"
    assert "Nothing is suggested." in facilitator.get(CLOSE).content.decode()


def test_one_of_three_can_be_taken_out(value, prompt, facilitator):
    third = value(THIRD)
    value(HONEST), value(SAME)
    regroup_inquiry(prompt.inquiry_id)
    found = Regrouping.objects.get()
    assert "3 values seem to be one" in facilitator.get(CLOSE).content.decode()
    facilitator.post(CLOSE, {"regrouping": str(found.pk), "value": str(third.pk)})
    page = facilitator.get(CLOSE).content.decode()
    assert "2 values seem to be one" in page
    assert f"/run/water/values/{third.pk}/" not in page


def test_answering_twice_is_refused_and_says_so(value, prompt, facilitator):
    value(HONEST), value(SAME)
    regroup_inquiry(prompt.inquiry_id)
    posted = {"regrouping": str(Regrouping.objects.get().pk)}
    facilitator.post(CLOSE, posted)
    again = facilitator.post(CLOSE, posted)
    assert again.status_code == 409
    assert "not open any more" in again.content.decode()


def test_a_value_that_seems_two_shows_both_sides(
    value, make, assembly, account, prompt, facilitator
):
    mixed = value(HONEST)
    for text in (SAME, THIRD, QUIET, "quiet nights, so that children can sleep"):
        joined(assembly, account, make(text), mixed)
    regroup_inquiry(prompt.inquiry_id)
    page = facilitator.get(CLOSE).content.decode()
    assert "One value seems to be two" in page
    assert page.index("Side 1") < page.index(HONEST) < page.index("Side 2") < page.index(QUIET)


def test_others_come_neither_to_the_suggestions_nor_to_a_value(
    value, prompt, client, stranger, other_assembly
):
    made = value(HONEST)
    value(SAME)
    regroup_inquiry(prompt.inquiry_id)
    found = str(Regrouping.objects.get().pk)
    client.force_login(stranger)
    for address in (CLOSE, f"/run/water/values/{made.pk}/", f"/run/fire/values/{made.pk}/"):
        assert client.get(address).status_code == 404
    assert client.post("/run/fire/values/close/", {"regrouping": found}).status_code == 404
    assert Regrouping.objects.get().state == "open"


def test_a_retired_value_says_nothing_on_its_page(value, facilitator):
    gone = value(HONEST, title="Honest words")
    taking_part.withdraw(gone.worded_from.revision.response)
    page = facilitator.get(f"/run/water/values/{gone.pk}/").content.decode()
    assert "Nobody stands behind this value any more" in page
    assert "Honest words" not in page


def test_what_was_suggested_of_a_value_goes_with_an_accept_that_is_undone(
    value, prompt, facilitator
):
    value(HONEST), value(SAME)
    regroup_inquiry(prompt.inquiry_id)
    assert facilitator.get(CLOSE).context["total"] == 1
    facilitator.post("/run/water/undo/")
    assert Regrouping.objects.get().state == Regrouping.State.OUTDATED
    assert facilitator.get(CLOSE).context["total"] == 0


def test_a_split_whose_value_is_gone_and_a_merge_of_one_are_not_shown(value, prompt, facilitator):
    one = value(HONEST)
    for kind, members in (("split", []), ("merge", [one])):
        left = Regrouping.objects.create(
            inquiry=prompt.inquiry, kind=kind, score=0.5, told={"parts": [[], []], "pairs": []}
        )
        for place, member in enumerate(members):
            left.members.create(value=member, version=member.version, position=place)
    page = facilitator.get(CLOSE)
    assert (page.status_code, page.context["total"]) == (200, 0)


def test_a_split_value_that_is_undone_leaves_no_broken_page(value, make, prompt, facilitator):
    one = value(HONEST)
    split = Regrouping.objects.create(
        inquiry=prompt.inquiry, kind="split", score=0.5, told={"parts": [[], []]}
    )
    split.members.create(value=one, version=one.version, position=0)
    assert facilitator.get(CLOSE).context["total"] == 1
    facilitator.post("/run/water/undo/")
    assert not type(one).objects.filter(pk=one.pk).exists()
    assert facilitator.get(CLOSE).status_code == 200
