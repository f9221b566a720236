"""Rules others ask for, one a screen: what is shown, what is kept, and what becomes of one's own."""

import pytest

from deliberation.assemblies.actions import ruling
from deliberation.moderation.actions.rules import drop_rule, join_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Appeal
from deliberation.moderation.why import Why
from elicitation.graph.models import NormEndorsement, NormEvidence, NormTally
from elicitation.graph.norms import upheld
from tests import rules
from tests.conftest import newcomer
from tests.deliberation.web.citizen._weighing import DISAGREE
from tests.deliberation.web.citizen.conftest import client_of

pytestmark = pytest.mark.django_db(transaction=True)
RULES, SAID = "/a/water/weigh/rules/", "/a/water/weigh/rules/said/"
SENTENCE = "The warden must open the door, when somebody knocks."


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def norm(inquiry, bench, member, prompt):
    return rules.shared(bench, member, prompt)


def say(client, norm, says, to=RULES, **more):
    return client.post(to, {"norm": str(norm.pk), "says": says}, **more)


def test_a_rule_is_shown_as_a_sentence_with_the_words_released(reader_client, norm):
    page = reader_client.get(RULES).text
    assert SENTENCE in page
    assert f"<q>{rules.SAID}</q>" in page
    assert "One voice stands behind it." in page
    for says in ("agree", "disagree", "pass"):
        assert f'value="{says}"' in page


def test_what_is_said_is_kept_and_can_be_changed_and_taken_back(reader, reader_client, norm):
    page = say(reader_client, norm, "agree", follow=True)
    assert "Kept: you agree." in page.text
    assert "That is all there is for now" in page.text
    assert NormTally.objects.get().agrees == 1
    assert "You agree." in reader_client.get(SAID).text
    say(reader_client, norm, "disagree", to=SAID)
    assert NormEndorsement.objects.standing().get().says == DISAGREE
    page = say(reader_client, norm, "take_back", to=SAID, follow=True)
    assert "You took this back." in page.text
    assert NormTally.objects.get().disagrees == 0
    assert upheld(reader.respondent, [norm.inquiry]).exists()


def test_its_author_is_not_asked(member_client, norm):
    assert SENTENCE not in member_client.get(RULES).text
    refused = say(member_client, norm, "agree")
    assert refused.status_code == 409
    assert "Your own words stand behind this rule" in refused.text


def test_nonsense_keeps_nothing_and_says_so(reader_client, norm):
    for data in ({"norm": str(norm.pk), "says": "perhaps"}, {"norm": "x", "says": "agree"}, {}):
        refused = reader_client.post(RULES, data)
        assert refused.status_code == 422
        assert "Nothing was kept" in refused.text
    assert not NormEndorsement.objects.exists()


def test_outside_weighing_nothing_is_shown_or_taken_in(reader_client, weighing, over, norm):
    over()
    assert SENTENCE not in reader_client.get(RULES).text
    assert say(reader_client, norm, "agree").status_code == 409
    assert not NormEndorsement.objects.exists()


def test_a_rule_of_another_assembly_is_not_here(reader_client, norm, other_assembly):
    norm.inquiry = other_assembly.inquiries.get()
    norm.save()
    assert say(reader_client, norm, "agree").status_code == 404


def test_after_the_values_the_rules_are_offered(reader_client, norm):
    page = reader_client.get("/a/water/weigh/").text
    assert "Look at one rule others ask for" in page


def test_erasing_all_one_said_erases_what_was_said_to_rules(reader_client, norm):
    say(reader_client, norm, "agree")
    reader_client.post("/a/water/weigh/said/erase/")
    assert not NormEndorsement.objects.exists()
    assert NormTally.objects.get().agrees == 0


def test_its_author_reads_what_became_of_a_rule_and_why(bench, member_client, member, prompt):
    rule = rules.owned(member, prompt)
    decision = drop_rule(bench, rule, rule.version, Why("It names nobody."))
    page = member_client.get("/a/water/mine/").text
    assert "It names nobody." in page
    again = f"/a/water/mine/rules/{rule.pk}/again/{decision.pk}/"
    assert again in page
    assert "The warden must open the door" in member_client.get(again).text
    member_client.post(again, {"words": "It names the warden."})
    assert Appeal.objects.get().rule == rule
    assert "It waits." in member_client.get("/a/water/mine/").text
    member_client.post(again, {"take_back": "1"})
    assert Appeal.objects.get().state == "withdrawn"


def test_nobody_else_reads_or_appeals_it(bench, reader_client, member, prompt):
    rule = rules.owned(member, prompt)
    decision = drop_rule(bench, rule, rule.version, Why("It names nobody."))
    path = f"/a/water/mine/rules/{rule.pk}/"
    for page in (path, f"{path}again/{decision.pk}/"):
        assert reader_client.get(page).status_code == 404
    assert reader_client.post(f"{path}meant/", {"said": "same"}).status_code == 404


def test_whose_rule_was_joined_to_anothers_words_says_whether_they_meant_that(
    bench, norm, invitation, prompt
):
    author = newcomer(invitation)
    own = rules.owned(author, prompt, "open every door")
    join_rule(bench, own, own.version, norm)
    client = client_of(author)
    page = client.get("/a/water/mine/").text
    assert "Is this still what you meant?" in page
    assert "The warden must open the door" in page
    client.post(f"/a/water/mine/rules/{own.pk}/meant/", {"said": "same"})
    assert NormEvidence.objects.get(candidate=own).meant == "same"
    assert "these words say what you meant" in client.get("/a/water/mine/").text
    client.post(f"/a/water/mine/rules/{own.pk}/meant/", {"said": "apart"})
    assert not NormEvidence.objects.filter(candidate=own).exists()


def test_a_rule_kept_to_oneself_says_that_others_are_not_asked(member_client, member, prompt):
    rule = rules.owned(member, prompt, public=False)
    assert "others are not asked about it" in member_client.get("/a/water/mine/").text
    ruling.own_rule(rule, public=True)
    assert "others are not asked about it" not in member_client.get("/a/water/mine/").text
