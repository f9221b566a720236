"""Drawing lots: committed to before it is known, drawn once, done again by anybody who has the list, kept whatever came of it; and no name in the record."""

import json
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import lots, pooling
from deliberation.assemblies.models import Lot, Pool
from deliberation.assemblies.sortition import listed, pools
from deliberation.assemblies.sortition import lots as drawing
from deliberation.assemblies.sortition.errors import (
    DeclinedUnfit,
    LotNotReady,
    PoolErased,
    PoolUnfit,
    QuotasUnfit,
)
from deliberation.assemblies.tasks import forget_pools_left
from deliberation.exports.actions.restoring import AGAIN
from deliberation.web.facilitator.one_lot import to_check
from elicitation.record.models import Entry
from tests.deliberation.conftest import LIST, PANELS, WISH

pytestmark = pytest.mark.django_db


def entry(kind):
    return Entry.objects.filter(kind=kind).latest("pk").body


def ids(lot, rows):
    column = listed.people_of(lot.pool).column("id")
    return [column[one] for one in rows]


def test_the_list_is_sealed_and_opens_as_it_came(pool):
    held = bytes(Pool.objects.get().content)
    assert b"Person" not in held
    assert listed.content_of(pool) == LIST


def test_another_key_of_the_site_opens_nothing(pool, settings):
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(PoolErased):
        listed.content_of(pool)


@pytest.mark.parametrize(
    ("content", "columns", "told"),
    [
        (b"id,kind\n1,a\n2,b\n1,a\n,b\n", ("id", ["kind"]), "2, 4, 5"),
        (b"id,kind\n1,a\n", ("nr", ["kind"]), "Choose the column"),
        (b"id,kind\n1,a\n", ("id", []), "one to ten"),
        (b"id,kind\n" + b"".join(b"%d,k%d\n" % (n, n) for n in range(41)), ("id", ["kind"]), "40"),
    ],
)
def test_columns_that_do_not_serve_are_refused_with_what_is_wrong(assembly, content, columns, told):
    brought = pooling.bring(assembly, content)
    with pytest.raises(PoolUnfit, match=told):
        pooling.describe(brought, *columns, [])


def test_quotas_nobody_can_meet_are_refused_each_by_name(pool):
    bounds = {**WISH.bounds, "part": {"north": (8, 9), "south": (0, 1)}}
    with pytest.raises(QuotasUnfit, match=r"part, north: 8 at least are asked for, and 7 can be drawn.*8 at least.*4 seats"):  # fmt: skip
        lots.commit(pool, lots.Wish(4, "maximin", bounds))
    assert not Lot.objects.exists()


def test_the_record_holds_the_commitments_before_the_draw_and_the_number_with_it(lot):
    committed = entry("lot.committed")
    assert committed["commitment"] == drawing.commitment(listed.as_draw(lot), LIST)
    assert committed["number_digest"] == sha256(lot.number.encode()).hexdigest()
    assert not Entry.objects.filter(body__icontains=lot.number).exists()
    lots.claim(lot)
    kept = lots.keep_lottery(lot, PANELS, [0.5, 0.25, 0.25], "maximin")
    assert entry("lot.prepared")["lottery"] == kept.lottery_digest
    done = lots.draw(kept, "  a  bird ")
    assert entry("lot.drawn") == {
        "assembly": lot.pool.assembly.slug,
        "lot": str(lot.pk),
        "number": lot.number,
        "words": sha256(b"a bird").hexdigest(),
        "ticket": drawing.ticket_of(lot.number, "a bird"),
    }
    assert done.drawn == drawing.drawn(PANELS, [500_000, 250_000, 250_000], done.ticket)


def test_no_entry_of_the_record_holds_anything_of_the_list(drawn):
    lots.replace(drawn, ids(drawn, drawn.drawn[:1]))
    pooling.erase_pool(drawn.pool)
    told = json.dumps(list(Entry.objects.values_list("body", flat=True)))
    cells = {cell for row in pools.read(LIST).rows for cell in row}
    assert not [cell for cell in cells if f'"{cell}"' in told]
    assert "example.org" not in told


def test_a_draw_is_made_once(drawn):
    with pytest.raises(LotNotReady):
        lots.draw(drawn, "once more")
    drawn.refresh_from_db()
    assert drawn.words == "Seven, three, and a bird flew by"


def test_nothing_is_drawn_before_the_lottery_is_committed_to(lot):
    with pytest.raises(LotNotReady):
        lots.draw(lot, "now")


def test_the_columns_stay_as_they_are_once_something_was_committed_to(lot):
    with pytest.raises(LotNotReady):
        pooling.describe(lot.pool, "name", ["gender"], [])


def test_every_draw_counts_on_and_stays(drawn, pool):
    second = lots.commit(pool, WISH)
    assert [one.nth for one in Lot.objects.order_by("nth")] == [1, 2]
    assert second.number != drawn.number
    assert second.commitment != drawn.commitment  # the salt is another


def test_those_who_declined_are_replaced_so_that_all_together_meet_the_quotas(drawn):
    woman, other = drawn.drawn[0], drawn.drawn[1]
    again = lots.replace(drawn, ids(drawn, [woman]))
    genders = listed.people_of(drawn.pool).column("gender")
    asked = {
        one["said"]: (one["least"], one["most"])
        for row in again.quotas
        if row["column"] == "gender"
        for one in row["answers"]
    }
    assert (again.seats, again.replaces) == (1, drawn)
    assert asked == {genders[woman]: (1, 1), genders[other]: (0, 0)}
    assert set(again.left_out) == set(drawn.drawn)
    assert again.told == {"people": 8, "quotas": []}  # what is left would tell what one person is
    lots.claim(again)
    (same, *_) = [n for n in range(12) if n not in drawn.drawn and genders[n] == genders[woman]]
    done = lots.draw(lots.keep_lottery(again, [[same]], [1.0], "maximin"), "Three")
    assert sorted(listed.seated(done)) == sorted({*drawn.drawn, same} - {woman})
    third = lots.replace(done, ids(done, [same, other]))
    assert set(third.left_out) == {*drawn.drawn, same}
    assert Counter(one["said"] for one in third.quotas[0]["answers"] if one["least"]) == Counter(["woman", "man"])  # fmt: skip


def test_who_lives_with_somebody_who_stays_is_not_drawn_for_a_free_seat(assembly):
    brought = pooling.describe(pooling.bring(assembly, LIST), "id", ["gender", "part"], ["street"])
    first = lots.commit(brought, WISH)
    lots.claim(first)
    done = lots.draw(lots.keep_lottery(first, [[0, 1, 6, 7]], [1.0], "maximin"), "One")
    again = lots.replace(done, ids(done, [7]))
    # P1 lives alone at street 0; P2 with P3 at 1; P7 with P6 at 3; P8 declined
    assert set(again.left_out) == {0, 1, 6, 7, 2, 5}


def test_ids_that_hold_no_seat_are_named_and_nothing_is_begun(drawn):
    (stranger, *_) = [n for n in range(12) if n not in drawn.drawn]
    wrong = ids(drawn, [stranger])[0]
    with pytest.raises(DeclinedUnfit, match=f"{wrong}, P99"):
        lots.replace(drawn, [*ids(drawn, drawn.drawn[:1]), wrong, "P99"])
    assert Lot.objects.count() == 1


def test_a_seat_is_given_anew_by_one_draw_alone(drawn):
    lots.replace(drawn, ids(drawn, drawn.drawn[:1]))
    with pytest.raises(LotNotReady):
        lots.replace(drawn, ids(drawn, drawn.drawn[1:2]))


def test_quotas_that_could_not_be_met_stay_and_the_nearest_are_committed_to_beside_them(lot):
    lots.claim(lot)
    relaxed = json.loads(json.dumps(lot.quotas))
    relaxed[1]["answers"][0]["most"] = 4
    lots.fail(lot, "quotas_unmet", relaxed)
    lot.refresh_from_db()
    again = lots.commit_nearest(lot)
    assert (again.nth, again.quotas, again.state) == (2, relaxed, "waiting")
    assert lot.quotas != relaxed


def test_a_worker_that_lost_its_claim_keeps_nothing(lot):
    lots.claim(lot)
    Lot.objects.update(leased_until=timezone.now())
    other = Lot.objects.get()
    assert lots.claim(other)
    assert lots.keep_lottery(lot, PANELS, [1 / 3] * 3, "maximin") is None
    assert lots.keep_lottery(other, PANELS[:1], [1.0], "maximin").panels == PANELS[:1]


def test_a_lottery_lost_with_its_workers_three_times_is_given_up_and_asked_for_again(lot):
    for _ in range(3):
        assert lots.claim(lot)
        Lot.objects.update(leased_until=timezone.now())
    assert not lots.claim(lot)
    assert (lot.state, lot.failure) == ("failed", "given_up")
    assert lots.try_again(lot)
    assert lots.claim(lot)


def test_an_erased_list_names_nobody_and_what_was_told_stays(drawn):
    told = drawn.told
    pooling.erase_pool(drawn.pool)
    drawn.refresh_from_db()
    assert Pool.objects.get().content is None
    assert (drawn.panels, drawn.drawn, drawn.declined, drawn.quotas, drawn.salt) == (
        [],
        [],
        [],
        [],
        "",
    )
    assert (drawn.told, drawn.state) == (told, "drawn")
    with pytest.raises(PoolErased):
        lots.replace(drawn, ["P1"])


def test_lists_are_erased_once_they_have_been_kept_long_enough(drawn, settings):
    settings.KEEP_POOLS_DAYS = 30
    forget_pools_left()
    assert Pool.objects.get().erased_at is None
    Pool.objects.update(made_at=timezone.now() - timedelta(days=31))
    forget_pools_left()
    assert Pool.objects.get().content is None


def test_a_list_erased_after_a_backup_is_erased_again(pool):
    assert AGAIN["pool.erased"](pool.pk)
    assert Pool.objects.get().content is None
    assert not AGAIN["pool.erased"](pool.pk)


def test_the_draw_is_done_again_from_its_files_by_a_program_that_needs_nothing_of_ours(drawn, tmp_path):  # fmt: skip
    (tmp_path / "check.zip").write_bytes(to_check(drawn))
    zipfile.ZipFile(tmp_path / "check.zip").extractall(tmp_path)
    assert "All of it holds." in checked(tmp_path)
    assert "drawn: " + ", ".join(ids(drawn, drawn.drawn)) in checked(tmp_path)
    rows = (tmp_path / "chances.csv").read_text().split()
    assert rows[:2] == ["id,chance_in_millionths", "P1,333334"]


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("pool.csv", "Person 3", "Person E", "The pool or the quotas are not"),
        ("draw.json", "bird flew", "bird flies", "The ticket does not follow"),
        ("draw.json", '"seats": 4', '"seats": 5', "The pool or the quotas are not"),
        ("draw.json", "333334", "333333", "The lottery is not the one"),
    ],
)
def test_whatever_was_changed_is_told(drawn, tmp_path, file, before, after, said):
    (tmp_path / "check.zip").write_bytes(to_check(drawn))
    zipfile.ZipFile(tmp_path / "check.zip").extractall(tmp_path)
    text = (tmp_path / file).read_bytes()
    assert before.encode() in text
    (tmp_path / file).write_bytes(text.replace(before.encode(), after.encode()))
    assert said in checked(tmp_path)


def checked(folder):
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "check_draw.py"), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout
