"""The last look at a release finds what could be worked out of its files, alone or beside earlier ones."""

import pytest

from deliberation.exports.solving import StandsOut, ensure_nobody_stands_out


def line(stratum="", hidden=(), rest=0, state="told", **counts):
    return {"value": "v", "says": "agree", "stratum": stratum, "state": state, "counts": counts, "hidden": hidden, "rest": rest}  # fmt: skip


def test_many_alone_and_many_moved_stand_out_nowhere():
    first = [line(all=40), line("age", young=28, hidden=["old", "very"], rest=12)]
    later = [line(all=62), line("age", young=38, hidden=["old", "very"], rest=24)]
    ensure_nobody_stands_out(later, [first])
    ensure_nobody_stands_out([line(state="not_anew"), line("age", state="not_anew")], [first])


@pytest.mark.parametrize(
    ("rows", "stratum"),
    [
        ([line(all=9)], ""),
        ([line(all=40), line("age", young=28, hidden=["old"], rest=12)], "age"),
        ([line(all=40), line("age", young=31, hidden=["old", "very"], rest=9)], "age"),
        ([line(all=41), line("age", young=28, hidden=["old", "very"], rest=12)], "age"),
        ([line(state="not_anew"), line("age", young=40)], "age"),
    ],
)
def test_of_one_release_few_one_hidden_alone_and_parts_that_do_not_add_up_stand_out(rows, stratum):
    with pytest.raises(StandsOut) as found:
        ensure_nobody_stands_out(rows, [])
    assert found.value.line == ("v", "agree", stratum)


@pytest.mark.parametrize(
    "before",
    [
        [line("age", young=30, old=31)],  # young moved by few
        [line("age", young=40, old=21)],  # young did not move, old by ten
        [line("age", young=20, hidden=["old", "very"], rest=20)],  # other parts
    ],
)
def test_beside_any_earlier_release_a_move_of_few_or_of_other_parts_stands_out(before):
    rows = [line(all=71), line("age", young=40, old=31)]
    long_ago = [line(all=20), line("age", young=10, old=10)]
    ensure_nobody_stands_out(rows, [long_ago])
    with pytest.raises(StandsOut):
        ensure_nobody_stands_out(rows, [before, long_ago])
