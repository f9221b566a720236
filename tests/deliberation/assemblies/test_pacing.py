"""How full is full, how long one waits then, and counters no flood makes larger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies import counting
from deliberation.assemblies.counting import count, counted, first_use
from deliberation.assemblies.networks import network
from deliberation.assemblies.pacing import ROWS, WIDTH, Limit, cells, estimate, wait_at

FEW = Limit("few", {"network": 3}, {})


def test_one_waits_longer_the_fuller_it_is_and_never_longer_than_two_minutes():
    fullness = (0, 0.99, 1, 1.2, 1.4, 1.6, 2.0, 2.2, 9, 1e9)
    assert [wait_at(n) for n in fullness] == [0, 0, 2, 4, 8, 16, 64, 120, 120, 120]


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_fuller_is_never_sooner(one, other):
    assert wait_at(min(one, other)) <= wait_at(max(one, other))


@given(st.binary(min_size=1), st.text(), st.text())
def test_a_counter_has_one_cell_in_each_row(key, kind, value):
    places = cells(key, kind, value)
    assert [place // WIDTH for place in places] == list(range(ROWS))
    assert places == cells(key, kind, value)


def test_what_is_counted_hangs_on_the_sites_key_and_on_what_it_is():
    told = {cells(key, kind, "10.0.0.1") for key in (b"a", b"b") for kind in ("network", "code")}
    assert len(told) == 4


def test_a_window_that_is_over_fades():
    assert [estimate([5, 3], [40, 20], gone) for gone in (0, 0.5, 1)] == [23, 13, 3]
    assert estimate([], [], 0.5) == 0


def test_each_is_counted_for_itself(valkey):
    seen = [count(FEW, {"network": "10.0.0.1"})["network"] for _ in range(3)]
    assert seen == [1, 2, 3]
    assert count(FEW, {"network": "10.0.0.2"}) == {"network": 1}
    assert counted(FEW, {"network": "10.0.0.1"}) == {"network": 3}
    assert counted(FEW, {"network": "10.0.0.1", "code": "a"}) == {"network": 3, "code": 0}


def test_a_flood_of_networks_takes_no_more_room_and_counts_nobody_too_little(valkey):
    count(FEW, {"network": "10.0.0.1"})
    room = valkey.info("memory")["used_memory"]
    for n in range(2000):
        count(FEW, {"network": f"2001:db8:{n:x}::/64"})
    keys = list(valkey.scan_iter("groundwork:pace:*"))
    assert len(keys) <= 2  # a window may have ended meanwhile
    assert all(valkey.strlen(key) <= 2 * ROWS * WIDTH for key in keys)
    assert all(0 < valkey.ttl(key) <= 1200 for key in keys)
    assert valkey.info("memory")["used_memory"] - room < 2**21
    assert counted(FEW, {"network": "10.0.0.1"})["network"] >= 1


def test_no_network_or_code_is_in_valkey(valkey):
    count(FEW, {"network": "203.0.113.77", "code": "secret"})
    for key in valkey.scan_iter("*pace*"):
        told = key + valkey.get(key)
        assert b"203.0.113.77" not in told
        assert b"secret" not in told


def test_a_ticket_is_taken_once(valkey):
    assert [first_use(one) for one in ("a", "b", "a")] == [True, True, False]


def test_where_valkey_is_away_nobody_is_counted_and_everybody_let_through(settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    try:
        assert count(FEW, {"network": "10.0.0.1"}) == {}
        assert first_use("a")
    finally:
        counting._rests_until[0] = 0.0


@pytest.mark.parametrize(
    ("forwarded", "peer", "proxies", "told"),
    [("203.0.113.9", "10.0.0.1", 0, "10.0.0.1"), ("198.51.100.7, 203.0.113.9", "10.0.0.1", 1, "203.0.113.9"), ("", "2001:db8:1:2:3::4", 0, "2001:db8:1:2::/64"), ("x", "", 1, "")],
)  # fmt: skip
def test_a_network_is_what_our_proxies_saw(forwarded, peer, proxies, told):
    assert network(forwarded, peer, proxies) == told
