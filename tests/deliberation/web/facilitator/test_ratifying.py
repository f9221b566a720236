"""A facilitator settles thresholds, puts a draft to the vote with open eyes, ends the phase, and publishes what was adopted."""

import pytest

from deliberation.artifacts.actions import drafting, ratifying
from deliberation.artifacts.models import Artifact, Poll, Version
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Phase
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from tests._publishing import sign_off
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import set_ratifying, vote

RULES = {"do": "thresholds", "approve": "66.7", "group": "50", "quorum": "5", "objecting": "10"}


@pytest.fixture
def draft(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    drafting.write_clause(version, "Doors stay open.", [value])
    return version


@pytest.fixture
def page(draft):
    return f"/run/water/documents/{draft.pk}/vote/"


def test_thresholds_are_set_in_percent_and_come_back_as_typed(facilitator, page):
    assert facilitator.post(page, RULES).status_code == 302
    artifact = Artifact.objects.get()
    assert (artifact.approve_share, artifact.quorum) == (0.667, 5)
    assert 'value="66.7"' in facilitator.get(page).text
    for wrong in ({"approve": "101"}, {"group": "-1"}, {"quorum": "99999999999"}, {"approve": "x"}):
        back = facilitator.post(page, {**RULES, **wrong})
        assert back.status_code == 422
        assert back.context["form"].errors


def test_a_vote_is_opened_only_with_the_tick_and_a_time(facilitator, page, assembly):
    assert facilitator.post(page, {"do": "open"}).status_code == 422
    refused = facilitator.post(page, {"do": "open", "sure": "on"})
    assert refused.status_code == 409
    assert "Say first when people vote" in refused.text
    set_ratifying(assembly)
    assert facilitator.post(page, {"do": "open", "sure": "on"}).status_code == 302
    opened = facilitator.get(page).text
    assert "0 of 1 who may vote have voted" in opened
    assert 'name="approve"' not in opened


def test_what_is_put_to_the_vote_offers_no_change_and_thresholds_are_refused(
    facilitator, page, draft, assembly
):
    set_ratifying(assembly)
    ratifying.open_ballot(draft)
    own = facilitator.get(f"/run/water/documents/{draft.pk}/").text
    assert "put to the vote, and fixed" in own
    assert "Write a clause" not in own
    assert facilitator.post(page, RULES).status_code == 409
    clause = f"/run/water/documents/{draft.pk}/{draft.clauses.get().pk}/"
    sent = {"text": "Other.", "values": [str(draft.clauses.get().values.get().pk)], "seen": "1"}
    assert facilitator.post(clause, sent).status_code == 409
    published = facilitator.post(f"/run/water/documents/{draft.pk}/publish/", {"do": "publish"})
    assert published.status_code == 409


def test_a_vote_is_ended_counted_and_what_was_adopted_is_published(
    facilitator, page, draft, assembly, invitation
):
    members = [newcomer(invitation) for _ in range(5)]
    set_ratifying(assembly)
    ratifying.open_ballot(draft)
    for member in members:
        vote(member, draft)
    ended = facilitator.post("/run/water/phases/", {"kind": "ratifying", "do": "end"})
    assert ended.status_code == 302
    assert not Phase.objects.get(kind="ratifying").is_open
    ratifying.count(draft)
    text = facilitator.get(page).text
    assert "Adopted: 5 of 5 who approve or object approve (100 %)." in text
    sign_off(draft)
    facilitator.post(f"/run/water/documents/{draft.pk}/publish/", {"do": "publish"})
    assert Version.objects.get().published_at


def test_the_new_phases_are_set_and_only_what_is_open_is_ended(facilitator, assembly):
    span = {"zone": "UTC", "starts_at": "2031-01-01T00:00", "ends_at": "2031-02-01T00:00"}
    for kind in ("reviewing", "ratifying"):
        assert facilitator.post("/run/water/phases/", {"kind": kind, **span}).status_code == 302
        assert assembly.phases.get(kind=kind).ends_at.year == 2031
        refused = facilitator.post("/run/water/phases/", {"kind": kind, "do": "end"})
        assert refused.status_code == 409
    back = facilitator.post(
        "/run/water/phases/", {"kind": "ratifying", **span, "ends_at": "2030-01-01T00:00"}
    )
    assert back.status_code == 422
    assert back.context["ratifying"].errors
    assert not back.context["form"].errors


def test_nobody_else_sees_the_page_or_opens_a_vote(client, page, stranger, assembly):
    set_ratifying(assembly)
    assert client.get(page).status_code == 404
    client.force_login(stranger)
    assert client.post(page, {"do": "open", "sure": "on"}).status_code == 404
    assert not Poll.objects.exists()
