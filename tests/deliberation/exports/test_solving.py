"""The last look at a release finds what could be worked out of its files, alone or beside earlier ones."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deliberation.exports.disclosure import Told
from deliberation.exports.solving import StandsOut, ensure_nobody_stands_out
from tests.deliberation.exports._recovering import Contradiction, ends, group, system, tells_of_few


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


KINDS = "abc"
NUMBERS = st.one_of(st.integers(0, 9), st.integers(10, 40), st.integers(10, 40))
STEPS = st.one_of(st.just(0), st.integers(-12, 12), st.integers(10, 30), st.integers(10, 30))
HIDES = st.sampled_from(["", "", "ab", "bc", "abc", "a"])
TABLES = st.fixed_dictionaries(dict.fromkeys(KINDS, NUMBERS))
LATERS = st.none() | st.tuples(st.fixed_dictionaries(dict.fromkeys(KINDS, STEPS)), st.none() | HIDES)  # fmt: skip


def telling(cells, hidden):
    """A release of one line, made by no rule at all."""
    counts = {kind: number for kind, number in cells.items() if kind not in hidden}
    return Told(counts, tuple(sorted(hidden)), sum(cells[kind] for kind in hidden))


def rows_of(told):
    return [line(all=told.whole), line("age", told.hidden, told.rest, **told.counts)]


def is_refused(releases):
    """Whether the last of these would be kept back, beside the others."""
    try:
        ensure_nobody_stands_out(rows_of(releases[-1]), map(rows_of, releases[:-1]))
    except StandsOut:
        return True
    return False


@st.composite
def released(draw):
    """One release or two of a small table, with any counts, any moves and anything hidden; and whether its numbers only grew."""
    cells, hidden, later = draw(TABLES), draw(HIDES), draw(LATERS)
    releases, grew = [telling(cells, hidden)], True
    if later:
        steps, others = later
        after = {kind: max(0, number + steps[kind]) for kind, number in cells.items()}
        releases.append(telling(after, hidden if others is None else others))
        grew = all(after[kind] >= number for kind, number in cells.items())
    return releases, grew


@settings(deadline=None, max_examples=300)
@given(released(), st.booleans())
def test_whatever_the_solver_finds_of_few_is_refused_and_what_is_refused_it_finds(made, knows):
    """Two refusals are the rule's own, though of few the solver finds nothing: one hidden alone, and others hidden than before (the next tests)."""
    releases, grew = made
    found = tells_of_few(releases[-1:], KINDS, growing=False) or tells_of_few(releases, KINDS, growing=knows and grew)  # fmt: skip
    before = len(releases) == 2 and tells_of_few(releases[:1], KINDS, growing=False)
    assume(not before)  # what is public already is looked at when it was made
    if found:
        assert is_refused(releases)
    elif is_refused(releases):
        alone = len(releases[-1].hidden) == 1
        assert alone or len({one.hidden for one in releases}) == 2


def test_one_hidden_alone_is_refused_though_it_is_of_many():
    told = telling({"a": 20, "b": 30, "c": 15}, "c")
    ((low, high),) = ends([group(KINDS, 0, 3, "c")], system([told], KINDS, growing=False))
    assert (low, high) == (15, 15)  # worked out, and of many
    assert not tells_of_few([told], KINDS, growing=False)
    assert is_refused([told])


def test_others_hidden_than_before_are_refused_though_the_solver_finds_nothing():
    first = telling({"a": 20, "b": 8, "c": 5}, "bc")
    later = telling({"a": 35, "b": 30, "c": 31}, "")
    assert not tells_of_few([first, later], KINDS, growing=True)
    assert is_refused([first, later])


def test_of_parts_that_do_not_add_up_the_solver_makes_nothing_and_they_are_refused():
    told = telling({"a": 20, "b": 30, "c": 15}, "")
    with pytest.raises(Contradiction):
        ends([group(KINDS, 0, 3, "a")], system([told], KINDS, growing=False, wholes=[64]))
    with pytest.raises(StandsOut):
        ensure_nobody_stands_out([line(all=64), rows_of(told)[1]], [])
