"""Consent by purpose: a model elsewhere reads nobody who did not agree to it, files leave out who wants that, quotes go with one press."""

import json
from uuid import uuid4

import pytest

from deliberation.artifacts import chores as wordings
from deliberation.artifacts.actions import drafting
from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import consenting, ruling, taking_part
from deliberation.assemblies.models import Agreement
from deliberation.exports import building, writing
from deliberation.exports.own import own
from deliberation.exports.tables import TABLES
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.bench import Bench
from elicitation.extraction import at_work, reading
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Options
from elicitation.extraction.models import NormCandidate, Quote, Reading
from elicitation.graph import chores as stories
from elicitation.interview.actions import welcome
from elicitation.interview.drafts import Words
from tests import rules
from tests.conftest import newcomer
from tests.elicitation.graph.conftest import a_transition, a_value
from tests.model_server import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
MODEL, QUOTES, RESEARCH = Agreement.Purpose.MODEL, Agreement.Purpose.QUOTES, Agreement.Purpose.RESEARCH  # fmt: skip
HERE = "I look at who has no way home when the lights go out."
MINE = "/a/water/mine/agreed/"


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def outside(settings, server):
    """A site whose answers are read by a model elsewhere."""
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "m"
    settings.OPENAI_BASE_URL = server.url
    return build("openai", Options(base_url=server.url, api_key="k", model="m", deadline=5.0))


@pytest.fixture
def joined(invitation):
    """Somebody who came in and said nothing yet but that they take part."""
    member = taking_part.join(invitation, "en")
    taking_part.agree(member)
    return member


def answer(member, prompt, text=HERE):
    return taking_part.answer(member, prompt, Words(text, "en", uuid4().hex)).latest


def read_by():
    return list(Reading.objects.order_by("started_at").values_list("engine", flat=True))


# A model elsewhere
def test_who_did_not_agree_is_read_here_and_no_word_leaves(outside, server, joined, prompt):
    reading.read(answer(joined, prompt).pk, outside)
    assert read_by() == ["offline"]
    assert server.calls == []


def test_who_agreed_is_read_there_until_they_take_it_back(
    outside, server, joined, prompt, assembly
):
    consenting.decide(joined, MODEL, given=True)
    reading.read(answer(joined, prompt).pk, outside)
    consenting.decide(joined, MODEL, given=False)
    second = assembly.inquiries.get().prompts.exclude(pk=prompt.pk).first()
    reading.read(answer(joined, second, "I look at who is cold.").pk, outside)
    assert read_by() == ["openai", "offline"]
    assert len(server.calls) == 1


def test_of_many_that_wait_each_is_read_where_its_author_wants(outside, server, invitation, prompt):
    words = {}
    for n in range(8):
        member = taking_part.join(invitation, "en")
        taking_part.agree(member)
        consenting.decide(member, MODEL, given=n % 2 == 0)
        words[n] = f"I look at who waits alone at door number {n}."
        answer(member, prompt, words[n])
    first = prompt.responses.first().latest
    reading.read_waiting(outside, first.pk)
    assert sorted(read_by()) == ["offline"] * 4 + ["openai"] * 4
    sent = json.dumps(server.calls)
    assert [n for n in words if words[n] in sent] == [0, 2, 4, 6]


def test_another_host_is_another_question(outside, server, joined, prompt, settings):
    consenting.decide(joined, MODEL, given=True)
    assert queries.said_to(joined) == {"model": True}
    settings.OPENAI_BASE_URL = "https://models.example.org/v1"
    assert queries.said_to(joined) == {}
    elsewhere = build("openai", Options(base_url=settings.OPENAI_BASE_URL, model="m"))
    reading.read(answer(joined, prompt).pk, elsewhere)
    assert read_by() == ["offline"]


def test_an_endpoint_nobody_named_is_the_librarys_own_and_asked_about_too(settings, joined, prompt):
    settings.GROUNDWORK_ENGINE, settings.OPENAI_BASE_URL = "openai", ""
    assert at_work.host() == "api.openai.com"
    unnamed = build("openai", Options(model="m"))
    reading.read(answer(joined, prompt).pk, unnamed)
    assert read_by() == ["offline"]


def test_words_brought_along_are_the_affair_of_who_brought_them(outside, server, prompt, assembly):
    door = taking_part.open_door(assembly, welcome(), "en")
    taking_part.agree(door)
    reading.read(answer(door, prompt).pk, outside)
    assert read_by() == ["openai"]


def test_no_story_and_no_clause_is_asked_for_with_words_that_stay_here(
    outside, joined, prompt, assembly, account
):
    bench = Bench(assembly, account)
    rule = rules.owned(joined, prompt)
    card = taking_part.own_card(rule.serves.get(), public=False)
    value = moderation.accept(bench, card, card.version).value
    norm = accept_rule(bench, rule, rule.version).norm
    other = a_value(value.inquiry, "Dry cellars")
    a_transition(value, other, value.inquiry.contexts.get())
    version = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.propose(version, [value], [norm])
    assert not stories.untold().exists()
    assert not wordings.phrasings_due().exists()
    consenting.decide(joined, MODEL, given=True)
    assert stories.untold().exists()
    assert wordings.phrasings_due().exists()


# Files for researchers
def everything(assembly):
    return "".join(line for name in TABLES for line in building.lines(assembly, name))


def test_who_keeps_out_of_research_is_in_no_table_and_comes_back_whole(
    assembly, account, prompt, invitation
):
    member, other = newcomer(invitation), newcomer(invitation)
    bench = Bench(assembly, account)
    for one in (member, other):
        rule = rules.owned(one, prompt)
        card = taking_part.own_card(rule.serves.get(), public=True)
        value = moderation.accept(bench, card, card.version).value
    own_id, before = str(member.respondent_id), everything(assembly)
    assert own_id in before
    consenting.decide(member, RESEARCH, given=False)
    without = everything(assembly)
    assert own_id not in without
    assert str(other.respondent_id) in without
    for name in ("responses", "readings", "candidates", "quotes", "rules"):
        assert len(list(building.lines(assembly, name))) == 1, name
    assert str(value.pk) in without  # shared values stay: they are everybody's
    consenting.decide(member, RESEARCH, given=True)
    assert everything(assembly) == before


def test_nobody_is_in_the_files_before_they_agreed(assembly, joined, prompt):
    answer(joined, prompt)
    assert list(building.lines(assembly, "responses")) == []


def test_how_many_keep_out_is_told_unless_they_are_few(assembly, prompt, invitation, tmp_path):
    assert writing.write(assembly, tmp_path)["not_in_research"] == 0
    for number, told in ((4, None), (1, 5)):
        for _ in range(number):
            member = newcomer(invitation)
            answer(member, prompt)
            consenting.decide(member, RESEARCH, given=False)
        assert writing.write(assembly, tmp_path)["not_in_research"] == told


# Quotes
def test_all_quotes_are_taken_back_with_one_press_and_rules_with_them(
    assembly, account, member, prompt
):
    rule = rules.owned(member, prompt)
    taking_part.own_card(rule.serves.get(), public=True)
    norm = accept_rule(Bench(assembly, account), rule, rule.version).norm
    assert queries.released_by(member) == 2
    consenting.decide(member, QUOTES, given=False)
    assert queries.released_by(member) == 0
    assert not Quote.objects.filter(public=True).exists()
    norm.refresh_from_db()
    assert norm.retired_at
    assert not NormCandidate.objects.released().exists()
    ruling.own_rule(rule, public=True)  # each can be released again
    assert queries.released_by(member) == 1


# Pages
def test_the_way_in_asks_for_each_purpose_and_takes_no_tick_for_a_no(outside, client, invitation):
    way = f"/join/{gates.invitation_code(invitation)}/"
    page = client.get(way).text
    assert 'value="model"' in page
    assert 'value="research"' in page
    assert "checked" not in page
    client.post(way, {"also": "research"})
    (member,) = invitation.assembly.memberships.all()
    assert queries.said_to(member) == {"model": False, "research": True}
    assert member.respondent.in_research
    assert not member.respondent.may_be_read_at("127.0.0.1")


def test_what_one_agrees_to_is_seen_and_changed_on_one_page(outside, member_client, member):
    assert "no. The reader on this server" in member_client.get(MINE).text
    member_client.post(MINE, {"say": "yes:model"})
    assert "it may read my answers, at 127.0.0.1" in member_client.get(MINE).text
    member_client.post(MINE, {"say": "no:research"})
    assert "nothing of mine is in them" in member_client.get(MINE).text
    said = own(member)["seat"]["said_to_purposes"]
    assert [(one["purpose"], one["given"]) for one in said] == [
        ("model", True),
        ("research", False),
    ]
    assert member_client.post(MINE, {"say": "perhaps:model"}).status_code == 404


def test_who_came_in_before_there_was_a_model_is_asked_once_there_is(
    settings, member_client, member, prompt
):
    page = f"/a/water/answer/{prompt.pk}/"
    assert member_client.get(page).status_code == 200
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "m"
    settings.OPENAI_BASE_URL = "https://models.example.org/v1"
    asked = member_client.get(page, follow=True)
    assert "at models.example.org may read my answers" in asked.text
    member_client.post("/a/water/consent/", {"also": ["model"]})
    assert member_client.get(page).status_code == 200
    member.respondent.refresh_from_db()
    assert member.respondent.read_at == "models.example.org"
