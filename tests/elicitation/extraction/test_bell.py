"""One bell calls a reader for all that wait over the network; each answer rings its own where readings stay in the process."""

import pytest
import redis
from django.conf import settings as site

from elicitation.extraction import bell, tasks


@pytest.fixture
def rung(monkeypatch):
    redis.Redis.from_url(site.REDIS_URL).delete(bell.LIES)
    rung = []
    monkeypatch.setattr(tasks.read_response, "delay", rung.append)
    return rung


@pytest.fixture
def by_network(settings):
    settings.GROUNDWORK_ENGINE, settings.OPENAI_BASE_URL = "openai", "http://127.0.0.1:1/v1"


def test_over_the_network_one_bell_lies_until_it_is_heard(rung, by_network):
    for one in ("a", "b", "c"):
        tasks.ring(one)
    assert rung == ["a"]
    bell.heard()
    tasks.ring("d")
    assert rung == ["a", "d"]


def test_a_bell_nobody_hears_counts_as_lost_after_a_while(rung, by_network):
    tasks.ring("a")
    assert 0 < redis.Redis.from_url(site.REDIS_URL).ttl(bell.LIES) <= bell.LIES_FOR


def test_where_readings_stay_in_the_process_each_answer_rings_its_own(rung, settings):
    settings.GROUNDWORK_ENGINE = "offline"
    for one in ("a", "b"):
        tasks.ring(one)
    assert rung == ["a", "b"]


def test_with_valkey_away_no_bell_rings_and_nobody_is_kept_from_sending(rung, by_network, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    tasks.ring("a")
    bell.heard()
    assert rung == []
