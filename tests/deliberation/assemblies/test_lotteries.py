"""The lottery of a draw, computed by the package in a process of its own that is told numbers alone; and what becomes of one that cannot be."""

import json
import sys
from collections import Counter

import pytest
from django.core import management

from deliberation.assemblies import preparing
from deliberation.assemblies.actions import lots, pooling
from deliberation.assemblies.models import Lot
from deliberation.assemblies.sortition import listed
from deliberation.assemblies.sortition import lots as drawing
from deliberation.assemblies.tasks import prepare_lot, sweep_lots

pytestmark = pytest.mark.django_db


def test_the_other_process_is_told_numbers_alone(lot):
    told = preparing.asked(lot)
    assert told["people"][:2] == [[0, 0], [1, 0]]  # a woman and a man, of the north
    assert told["quotas"] == [[[2, 2], [2, 2]], [[2, 3], [1, 2]]]
    assert not [one for one in json.dumps(told) if one in "@P"]


def test_the_other_process_knows_no_key_and_no_address_of_the_site(lot, settings, tmp_path):
    looks = tmp_path / "python"
    looks.write_text(f'#!/bin/sh\nenv > {tmp_path}/env\necho \'{{"failure": "broke_off"}}\'\n')
    looks.chmod(0o755)
    settings.SORTITION_PYTHON = str(looks)
    prepare_lot(str(lot.pk))
    known = (tmp_path / "env").read_text()
    assert "PYTHONHASHSEED=0" in known
    assert not [one for one in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY") if one in known]


def test_without_the_package_a_draw_says_so_and_waits_for_it(lot, settings):
    settings.SORTITION_PYTHON = bare_python()
    prepare_lot(str(lot.pk))
    lot.refresh_from_db()
    assert (lot.state, lot.failure) == ("failed", "not_installed")


def test_a_python_that_is_not_there_breaks_off(lot, settings):
    settings.SORTITION_PYTHON = "/nowhere/python"
    prepare_lot(str(lot.pk))
    lot.refresh_from_db()
    assert (lot.state, lot.failure) == ("failed", "broke_off")


def bare_python():
    """A Python without anything installed: this one's own, outside of its environment."""
    return sys._base_executable


@pytest.mark.parametrize("method", ["maximin", "nash", "leximin"])
def test_the_package_computes_panels_that_meet_every_quota(lot, method):
    Lot.objects.update(method=method)
    prepare_lot(str(lot.pk))
    lot.refresh_from_db()
    people = listed.people_of(lot.pool)
    assert lot.state == "ready"
    assert lot.method_used == ("nash" if method == "nash" else "maximin")
    assert sum(lot.tickets) == drawing.TICKETS
    for panel in lot.panels:
        assert len(set(panel)) == 4
        for row in lot.quotas:
            there = Counter(people.column(row["column"])[one] for one in panel)
            assert all(a["least"] <= there[a["said"]] <= a["most"] for a in row["answers"])
    if method == "maximin":
        # Four seats among twelve: 1/3 for all is two of six men and two of six women, and 7/3 of the north and 5/3 of the south lie within the quotas.
        held = drawing.chances(12, lot.panels, lot.tickets)
        assert min(held) == pytest.approx(drawing.TICKETS / 3, abs=20)


def test_the_same_list_and_quotas_give_the_same_lottery(lot):
    ask = preparing.asked(lot)
    first, second = (preparing._computed(ask, 60) for _ in range(2))
    assert first["panels"]
    assert first == second


def test_the_package_names_the_nearest_quotas_that_can_be_met(assembly):
    rows = "".join(f"{n},{'woman' if n < 4 else 'man'},{'north' if n < 4 else 'south'}\n" for n in range(8))  # fmt: skip
    pool = pooling.describe(pooling.bring(assembly, f"id,gender,part\n{rows}".encode()), "id", ["gender", "part"], [])  # fmt: skip
    # every woman lives in the north: two women and one of the north cannot be
    bounds = {"gender": {"woman": (2, 2), "man": (2, 2)}, "part": {"north": (0, 1), "south": (0, 4)}}  # fmt: skip
    lot = lots.commit(pool, lots.Wish(4, "maximin", bounds))
    prepare_lot(str(lot.pk))
    lot.refresh_from_db()
    assert (lot.state, lot.failure) == ("failed", "quotas_unmet")
    north = next(a for row in lot.relaxed for a in row["answers"] if a["said"] == "north")
    assert north["most"] == 2
    again = lots.commit_nearest(lot)
    prepare_lot(str(again.pk))
    again.refresh_from_db()
    assert again.state == "ready"


def test_a_command_computes_what_took_a_worker_too_long(lot, settings, capsys, monkeypatch):
    lots.claim(lot)
    lots.fail(lot, "took_too_long")
    management.call_command("prepare_lots")
    assert f"{lot.pk} ready" in capsys.readouterr().out


def test_the_sweep_rings_for_what_waits_alone(lot, monkeypatch):
    rung = []
    monkeypatch.setattr(prepare_lot, "apply_async", lambda args, **_: rung.append(args))
    sweep_lots()
    lots.claim(lot)
    sweep_lots()
    assert rung == [(str(lot.pk),)]
