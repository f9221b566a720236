"""The list of what one said: changing one's mind, taking it back, and what all say only after one's own word."""

from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Tally
from elicitation.interview.actions import welcome
from tests.deliberation.web.citizen._weighing import AGREE, DISAGREE, SAID, WEIGH, say, set_weighing


def crowd(value, agree, disagree=0):
    for says, many in ((AGREE, agree), (DISAGREE, disagree)):
        for _ in range(many):
            endorse(welcome(), value, says)


def test_what_all_say_is_shown_after_ones_own_word_and_with_its_number(reader_client, value):
    crowd(value, agree=6, disagree=3)
    assert "agree (" not in reader_client.get(WEIGH).text
    assert "Shade on the way" not in reader_client.get(SAID).text
    say(reader_client, value, "disagree")
    page = reader_client.get(SAID).text
    assert "You disagree." in page
    assert "6 of 10 agree (60 %)" in page


def test_what_fewer_than_five_say_is_not_shown(reader_client, value):
    crowd(value, agree=3)
    say(reader_client, value, "agree")
    page = reader_client.get(SAID).text
    assert "of 4 agree" not in page
    assert "Fewer than 5 people" in page


def test_a_change_of_mind_is_made_in_the_list_and_history_stays(reader_client, value):
    say(reader_client, value, "agree")
    page = reader_client.post(SAID, {"value": value.pk, "says": "disagree"})
    assert (page.status_code, page["Location"]) == (303, f"{SAID}?page=1#value-{value.pk}")
    assert "You disagree." in reader_client.get(SAID).text
    assert list(Endorsement.objects.order_by("id").values_list("says", flat=True)) == [
        AGREE,
        DISAGREE,
    ]


def test_what_is_taken_back_counts_no_more_tells_no_more_and_does_not_come_again(
    reader_client, value
):
    crowd(value, agree=6)
    say(reader_client, value, "agree")
    page = reader_client.post(SAID, {"value": value.pk, "says": "take_back"}, follow=True).text
    assert "Taken back." in page
    assert "You took this back." in page
    assert "agree (" not in page
    assert Tally.objects.get().agrees == 6
    assert (
        "That is all" in reader_client.get(WEIGH).text
        or "nothing to look at" in reader_client.get(WEIGH).text
    )


def test_nothing_can_be_changed_in_the_list_once_it_is_closed(assembly, reader_client, value):
    say(reader_client, value, "agree")
    set_weighing(assembly, -48, -24)
    page = reader_client.get(SAID).text
    assert "You agree." in page
    assert 'value="take_back"' not in page
    refused = reader_client.post(SAID, {"value": value.pk, "says": "take_back"})
    assert refused.status_code == 409
    assert Endorsement.objects.standing().count() == 1


def test_everything_can_be_erased_at_any_time(assembly, reader_client, value):
    say(reader_client, value, "agree")
    set_weighing(assembly, -48, -24)
    page = reader_client.post(f"{SAID}erase/", follow=True).text
    assert "is erased" in page
    assert not Endorsement.objects.exists()
    assert Tally.objects.get().agrees == 0


def test_withdrawing_an_answer_leaves_votes_and_says_so_beforehand(
    member, member_client, answered, inquiry, value
):
    say(member_client, value, "agree")
    page = member_client.get(f"/a/water/mine/{answered.pk}/withdraw/").text
    assert "what you said to others" in page
    member_client.post(f"/a/water/mine/{answered.pk}/withdraw/")
    assert Tally.objects.get().agrees == 1
