"""Values are weighed while it is open, by those with a seat and consent, each in their own assembly."""

import re

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import weighing
from deliberation.assemblies.errors import ConsentMissing, NotHere, PhaseClosed
from deliberation.opinion.drawing import next_value
from elicitation.graph.models import Endorsement, Exposure, Value
from tests.conftest import found
from tests.deliberation.web.citizen._weighing import (
    AGREE,
    SAID,
    WEIGH,
    make_value,
    say,
    set_weighing,
)


def test_before_and_after_its_time_the_page_says_when_in_the_assemblys_zone(
    assembly, reader_client, value
):
    set_weighing(assembly, 24, 48)
    page = reader_client.get(WEIGH).text
    assert "you can say here what you think" in page
    assert re.search(r"\d\d:\d\d CES?T", page)
    assert 'name="says"' not in page
    set_weighing(assembly, -48, -24)
    page = reader_client.get(WEIGH)
    assert page.status_code == 200
    assert "This was open until" in page.text


def test_an_assembly_without_a_time_for_it_says_so_calmly(assembly, reader_client):
    page = reader_client.get(WEIGH)
    assert page.status_code == 200
    assert "not settled yet" in page.text


def test_a_vote_that_comes_too_late_is_refused_and_says_when_it_was_open(
    assembly, reader, reader_client, value
):
    set_weighing(assembly, -48, -24)
    page = say(reader_client, value, "agree")
    assert page.status_code == 409
    assert "This is not open now" in page.text
    assert "This was open until" in page.text
    assert not Endorsement.objects.exists()
    with pytest.raises(PhaseClosed):
        weighing.show(reader, value, "priority", 1.0)


def test_without_consent_to_the_text_as_it_stands_nothing_is_shown_or_kept(
    assembly, reader, reader_client, value
):
    assembly.consent_version = 2
    assembly.save()
    reader.refresh_from_db()
    reader.assembly.refresh_from_db()
    assert reader_client.get(WEIGH).status_code == 302
    page = say(reader_client, value, "agree")
    assert page.status_code == 403
    assert "Read what you agree to" in page.text
    with pytest.raises(ConsentMissing):
        weighing.weigh(reader, value, AGREE)
    assert not Exposure.objects.exists()


def test_a_value_of_another_assembly_is_not_here(reader, reader_client, inquiry, other_assembly):
    elsewhere = make_value(other_assembly.inquiries.get(), "Warmth")
    assert say(reader_client, elsewhere, "agree").status_code == 404
    with pytest.raises(NotHere):
        weighing.weigh(reader, elsewhere, AGREE)
    assert not Endorsement.objects.exists()


def test_a_stranger_is_not_let_in(client, value):
    assert client.get(WEIGH).status_code == 404
    assert say(client, value, "agree").status_code == 404
    assert client.get(SAID).status_code == 404
    assert client.post(f"{SAID}erase/").status_code == 404


def test_a_value_gone_meanwhile_is_said_so_and_the_next_one_is_shown(reader_client, inquiry, value):
    make_value(inquiry, "Quiet")
    Value.objects.filter(pk=value.pk).update(retired_at=timezone.now())
    page = say(reader_client, value, "agree")
    assert page.status_code == 409
    assert "Nobody stands behind this value any more" in page.text
    assert "Quiet" in page.text


def test_links_lead_here_only_while_it_is_open(assembly, reader_client, value):
    assert f'href="{WEIGH}"' in reader_client.get("/a/water/mine/").text
    set_weighing(assembly, -48, -24)
    assert f'href="{WEIGH}"' not in reader_client.get("/a/water/mine/").text


def test_two_assemblies_do_not_mix(reader, inquiry, stranger):
    set_weighing(found("fire", stranger))
    assert next_value(reader) is None
