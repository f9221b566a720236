"""How often pages of a seat ask the database: ten times at most, with what begins and ends a transaction, however much there is."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.artifacts import statuses
from deliberation.artifacts.actions import drafting
from deliberation.artifacts.models import Version
from deliberation.artifacts.statuses import FLAGS
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Phase
from deliberation.exports.own import how_much, own
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import decided_about, decisions_about
from elicitation.extraction.models import Candidate, ReadingRequest
from elicitation.graph.models import Fold, Showing, Tally, Transition
from elicitation.graph.queries import to_weigh
from tests.deliberation.web._voting import put_to_vote
from tests.deliberation.web.citizen._living import FATES, live
from tests.deliberation.web.citizen._weighing import make_value
from tests.elicitation.graph.conftest import a_story, a_transition, stands_in

MOST = 10


@pytest.fixture
def living(inquiry, account, assembly, member):
    """Makes the n-th answer of `member`, as _living.live has it."""
    bench = Bench(assembly, account)
    return lambda n: live(bench, member, n)


@pytest.fixture
def much(inquiry):
    """A dozen values, each compared with the next."""
    values = [make_value(inquiry, f"Value {n}") for n in range(12)]
    context = inquiry.contexts.get()
    for one, other in pairwise(values):
        a_transition(one, other, context=context)
    return values


def asked(client, path):
    client.get("/")  # what a process asks once, of the kinds the database has
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", ["weigh/", "judge/", "weigh/said/", "weigh/rules/", "judge/said/", "judge/propose/", "mine/", "mine/agreed/", "draft/", "vote/"])  # fmt: skip
def test_a_page_asks_ten_times_at_most(reader_client, much, path):
    queries = asked(reader_client, f"/a/water/{path}")
    assert len(queries) <= MOST, "\n".join(queries)


@pytest.mark.parametrize("path", ["mine/", "mine/everything/"])
def test_eight_answers_ask_no_more_than_one(member_client, living, path):
    numbers = []
    for n in range(8):
        living(n)
        if n in (0, 2, 7):
            queries = asked(member_client, f"/a/water/{path}")
            numbers.append(len(queries))
    assert len(set(numbers)) == 1
    assert numbers[0] <= MOST, "\n".join(queries)


def test_so_do_results_for_everybody(client, much):
    assert len(asked(client, "/a/water/results/")) <= MOST


def test_what_is_put_before_somebody_is_kept_and_counted_with_those_few(
    reader, reader_client, much
):
    asked(reader_client, "/a/water/weigh/")
    exposure = reader.respondent.exposures.get()
    assert Tally.objects.get(value=exposure.value).shown == 1
    asked(reader_client, "/a/water/weigh/")
    assert Tally.objects.get(value=exposure.value).shown == 1
    asked(reader_client, "/a/water/judge/")
    showing = Showing.objects.get(respondent=reader.respondent)
    assert showing.transition.shown == 1
    assert not Fold.objects.exists()


def test_who_has_cards_of_their_own_costs_no_more(reader, reader_client, much):
    stands_in(much[0], reader.respondent)
    assert len(asked(reader_client, "/a/water/judge/")) <= MOST
    assert len(asked(reader_client, "/a/water/weigh/")) <= MOST
    assert much[0] not in to_weigh(reader.respondent, [much[0].inquiry_id])


def test_a_value_with_released_words_costs_no_more(reader_client, owned):
    queries = asked(reader_client, "/a/water/weigh/")
    assert "<q>who is left" in reader_client.get("/a/water/weigh/").text
    assert len(queries) <= MOST, "\n".join(queries)


def test_what_is_asked_of_all_together_is_what_is_asked_of_each(living):
    for n in range(FATES):
        living(n)
    cards = list(Candidate.objects.select_related("reading__revision", "evidence__value"))
    together = decided_about(cards)
    each = {card.pk: list(decisions_about(card)) for card in cards}
    assert together == each
    assert sum(map(len, each.values())) == 3  # accepted, worded anew, sent back


def test_flags_asked_for_less_are_those_that_steps_are_counted_by(member, living):
    for n in range(FATES):
        living(n)
    person, unreadable = ReadingRequest.State.NEEDS_PERSON, "unreadable_language"
    own = member.respondent.responses.filter(follows=None).order_by("pk")
    for response, state in zip(own, ReadingRequest.State.values, strict=False):
        why = unreadable if state == person else ""
        requests = ReadingRequest.objects.filter(revision__response=response)
        requests.update(state=state, why=why)
    mine = member.respondent.responses.to_prompts()
    counted, shown = statuses.flagged(mine), statuses.flagged_few(mine.order_by("pk"))
    assert len(shown) == FATES
    for one, other in zip(counted.order_by("pk"), shown, strict=True):
        assert {f: getattr(one, f) for f in FLAGS} == {f: getattr(other, f) for f in FLAGS}
    assert len({statuses.status_of(one) for one in shown}) > 2
    assert [one.with_person for one in shown] == [one.unreadable for one in shown]
    assert [one.unreadable for one in shown].count(True) == 1


def test_everything_about_me_counts_what_the_file_holds(member, member_client, living):
    for n in range(2):
        living(n)
    told = own(member)
    many = how_much(member)
    assert many["answers"] == len(told["answers"]) == 4  # two, and what was said beneath each
    readings = [r for a in told["answers"] for w in a["wordings"] for r in w["readings"]]
    assert many["cards"] == sum(len(r["cards"]) for r in readings) == 2


def test_a_comparison_with_a_story_asks_no_more_when_drawn_and_after(reader, reader_client, much):
    for transition in Transition.objects.all():
        for towards in (transition.to_value, transition.from_value):
            a_story(transition, towards, released_at=timezone.now())
    drawn = asked(reader_client, "/a/water/judge/")
    assert len(drawn) <= MOST, "\n".join(drawn)
    showing = Showing.objects.get(respondent=reader.respondent)
    assert showing.story is not None
    Showing.objects.update(with_story=True)
    assert len(asked(reader_client, "/a/water/judge/")) <= MOST
    assert "Somebody looks at the water" in reader_client.get("/a/water/judge/").text


def test_so_do_ones_own_answers_while_a_draft_and_a_vote_are_before_everybody(
    assembly, owned, member_client, much
):
    put_to_vote(assembly)
    now = timezone.now()
    setting_up.set_phase(assembly, Phase.Kind.REVIEWING, now - timedelta(hours=1), now + timedelta(hours=1))  # fmt: skip
    draft = drafting.draft(assembly, "charter", "Charter", "en")
    Version.objects.filter(pk=draft.pk).update(put_at=now)
    for path in ("mine/", "weigh/", "judge/"):
        queries = asked(member_client, f"/a/water/{path}")
        page = member_client.get(f"/a/water/{path}").text
        assert "/a/water/vote/" in page
        assert "/a/water/draft/" in page
        assert len(queries) <= MOST, "\n".join(queries)
