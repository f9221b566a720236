"""What was judged of seats is a filter of results: told, undone at once, and the same for whoever computes them again."""

import json

import pytest

from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Membership
from deliberation.exports import own, writing
from deliberation.exports.enclosed.recompute import differences
from deliberation.opinion import analysing, exclusions, finding_twins
from deliberation.opinion.actions import erasing, twins
from deliberation.opinion.models import Analysis, Twins
from deliberation.opinion.snapshots import snapshot
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from tests.conftest import newcomer
from tests.deliberation.exports.test_recompute import recomputed

pytestmark = pytest.mark.django_db(transaction=True)
ONE, DIFFERENT, UNDECIDED = Twins.Says.ONE, Twins.Says.DIFFERENT, Twins.Says.UNDECIDED
LONG = (
    "When the river floods I look at who is left without a door to knock on, and who comes to help."
)


@pytest.fixture
def group(assembly, camps):
    """Three seats of the first camp, the first of them taken first."""
    made = Twins.objects.create(assembly=assembly, reasons=[])
    for n, one in enumerate(camps[:3]):
        made.seats.create(respondent=one)
        Membership.objects.create(assembly=assembly, respondent=one, code_digest=f"{n}", language="en")  # fmt: skip
    return made


def result(inquiry, kind="groups"):
    return snapshot(inquiry, kind)


def test_seats_of_one_person_count_once_in_groups_graph_and_how_widely_it_is_held(
    assembly, inquiry, values, camps, judged, group
):
    analysing.analyse(inquiry)
    before = {kind: result(inquiry, kind).analysis for kind in ("groups", "graph")}
    assert before["groups"].result["counts"]["people"] == 24
    assert "filters" not in before["groups"].result
    twins.judge(assembly, group, ONE, "The same hand.")
    assert result(inquiry).stale
    analysing.analyse(inquiry)
    told = result(inquiry).analysis.result
    assert told["counts"]["people"] == 22
    assert told["filters"] == [{"name": "one_person_counts_once", "version": "1", "left_out": 2}]
    assert sum(told["statements"][str(values[0].pk)][way] for way in ("agree", "pass", "disagree")) == 22  # fmt: skip
    assert sum(cell["n"] for cell in told["profiles"][str(values[0].pk)]["groups"].values()) == 22
    assert result(inquiry, "graph").analysis.result["people"] == before["graph"].result["people"] - 2  # fmt: skip
    assert exclusions.left_out(inquiry) == sorted(one.pk for one in camps[1:3])


def test_the_judgement_is_taken_back_and_results_are_as_before(assembly, inquiry, camps, group):
    analysing.analyse(inquiry)
    before = result(inquiry).analysis
    twins.judge(assembly, group, ONE, "The same hand.")
    analysing.analyse(inquiry)
    for says in (DIFFERENT, UNDECIDED):
        twins.judge(assembly, group, says, "A family.")
        analysing.analyse(inquiry)
        after = result(inquiry).analysis
        assert (after.result["groups"], after.input_hash) == (before.result["groups"], before.input_hash)  # fmt: skip
        assert "filters" not in after.result
    said = [e.body["says"] for e in Entry.objects.filter(kind="twins.judged").order_by("pk")]
    assert said == ["one_person", "different", "undecided"]
    assert not any("hand" in str(entry.body) for entry in Entry.objects.all())


def test_a_seat_that_says_nothing_stands_for_nobody(assembly, inquiry, camps, group):
    twins.judge(assembly, group, ONE, "The same hand.")
    camps[0].endorsements.all().delete()
    assert exclusions.left_out(inquiry) == [camps[2].pk]


def test_who_erases_what_they_said_is_in_no_group_and_one_alone_is_none(assembly, inquiry, group):
    first, second, _third = Membership.objects.order_by("pk")
    twins.judge(assembly, group, ONE, "The same hand.")
    erasing.erase_said(first)
    assert group.seats.count() == 2
    erasing.erase_said(second)
    assert not Twins.objects.exists()
    assert exclusions.left_out(inquiry) == []


def test_a_package_says_who_is_left_out_and_computes_the_same(
    assembly, inquiry, camps, judged, group, tmp_path
):
    twins.judge(assembly, group, ONE, "The same hand.")
    analysing.analyse(inquiry)
    writing.write(assembly, tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "exclusions.jsonl").read_text().splitlines()]
    assert [(row["respondent"], row["counts"]) for row in rows] == [(str(one.pk), n == 0) for n, one in enumerate(camps[:3])]  # fmt: skip
    assert len((tmp_path / "endorsements.jsonl").read_text().splitlines()) == 24 * 8
    found = json.loads((tmp_path / "results.json").read_text())["inquiries"][str(inquiry.pk)]
    for kind in ("groups", "graph"):
        assert found[kind].pop("input")
        shown = Analysis.objects.filter(inquiry=inquiry, kind=kind).latest("made_at").result
        assert list(differences(json.loads(json.dumps(shown)), found[kind], kind)) == []
    assert found["groups"]["filters"][0]["left_out"] == 2
    assert recomputed(tmp_path) == (0, "same\n")
    assert "one_person_counts_once" in (tmp_path / "codebook.md").read_text()


def test_who_keeps_out_of_research_is_not_among_the_exclusions(assembly, camps, group, tmp_path):
    camps[1].in_research = False
    camps[1].save()
    twins.judge(assembly, group, ONE, "The same hand.")
    writing.write(assembly, tmp_path)
    assert str(camps[1].pk) not in (tmp_path / "exclusions.jsonl").read_text()


def written(assembly, prompt, text, taken=None):
    member = newcomer(assembly.invitations.get())
    taking_part.answer(member, prompt, Words(text, "en", f"k{member.pk}"))
    return member


def test_a_worker_finds_seats_keeps_what_was_judged_and_forgets_what_is_no_more(assembly, prompt):
    setting_up.invite(assembly)
    one, two = (written(assembly, prompt, text) for text in (LONG, f"{LONG} Yes."))
    written(assembly, prompt, "Something else altogether that nobody said before, at some length.")
    assert finding_twins.look(assembly) == 1
    assert finding_twins.look(assembly) == 0
    found = Twins.objects.get()
    assert {seat.respondent_id for seat in found.seats.all()} == {one.respondent_id, two.respondent_id}  # fmt: skip
    kinds = {reason["kind"] for reason in found.reasons}
    assert kinds == {"words", "taken"}
    assert LONG[:20] not in json.dumps(found.reasons)
    twins.judge(assembly, found, DIFFERENT, "Sisters.")
    third = written(assembly, prompt, LONG)
    assert finding_twins.look(assembly) == 1
    assert Twins.objects.get(pk=found.pk).says == DIFFERENT
    taking_part.withdraw(third.respondent.responses.get())
    finding_twins.look(assembly)
    assert list(Twins.objects.all()) == [found]


def test_what_a_helper_wrote_down_or_a_file_brought_is_compared_with_nothing(assembly, prompt):
    setting_up.invite(assembly)
    for text in (LONG, LONG):
        member = written(assembly, prompt, text)
        member.respondent.responses.get().revisions.update(by_helper=True)
        member.consents.update(aloud=True)
    assert [(seat.taken, seat.texts) for seat in finding_twins.seats(assembly)] == [(None, [])] * 2
    assert finding_twins.look(assembly) == 0


def test_nobody_of_another_assembly_is_compared_or_judged(assembly, other_assembly, prompt, group):
    with pytest.raises(twins.NotHere):
        twins.judge(other_assembly, group, ONE, "x")
    group.refresh_from_db()
    assert group.says == UNDECIDED


def test_a_member_takes_along_what_was_judged_of_their_seat(assembly, group):
    member = Membership.objects.order_by("pk").first()
    assert own.own(member)["judged_one_of_several_seats"] == []
    twins.judge(assembly, group, ONE, "The same hand.")
    twins.dispute(member, "We are sisters.")
    (told,) = own.own(member)["judged_one_of_several_seats"]
    assert (told["why"], told["i_said_against_it"]) == ("The same hand.", "We are sisters.")
    assert exclusions.to_judge(assembly) == 1
    twins.judge(assembly, group, DIFFERENT, "They are.")
    assert exclusions.to_judge(assembly) == 0
