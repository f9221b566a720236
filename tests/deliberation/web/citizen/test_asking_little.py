"""How often pages of a seat ask the database: ten times at most, with what begins and ends a transaction, however much there is."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django.utils import timezone

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.artifacts.models import Version
from deliberation.assemblies.actions import taking_part
from deliberation.exports.own import how_much, own
from deliberation.moderation.actions import appealing
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.actions.values import reword
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import decided_about, decisions_about
from deliberation.moderation.why import Why
from elicitation.extraction.actions.cards import Rewording, rate
from elicitation.extraction.models import Candidate, Rating
from elicitation.graph.models import Fold, Likeness, Showing, Tally
from elicitation.graph.queries import to_weigh
from elicitation.interview.models import FollowUp, Prompt, Response, Revision
from tests import rules
from tests.deliberation.web.citizen._weighing import make_value
from tests.elicitation.graph.conftest import a_transition, stands_in

MOST = 10
FATES = 6  # what may become of an answer, in turn


@pytest.fixture
def living(inquiry, account, assembly, member):
    """Answers as many as asked for: each with a card, a rule, a question beneath it, and one of FATES things that became of it."""
    bench = Bench(assembly, account)

    def answer(n):
        prompt = Prompt.objects.create(inquiry=inquiry, position=10 + n, wording={"en": "More?"})
        rule = rules.owned(member, prompt)
        card, said = rule.serves.get(), rule.revision
        beneath = FollowUp.objects.create(root=said.response, revision=said, number=1, kind="goal", start=0, end=5, asked="Why?")  # fmt: skip
        reply = Response.objects.create(
            prompt=prompt, respondent=member.respondent, key=f"beneath {n}", follows=beneath
        )
        Revision.objects.create(response=reply, text="Because of the river.", language="en")
        FollowUp.objects.filter(pk=beneath.pk).update(state="answered")
        rate(card, Rating.Says.PARTLY)
        become(n % FATES, card, rule)
        return card

    def become(fate, card, rule):
        if fate == 0:
            card = taking_part.own_card(card, public=True)
            value = moderation.accept(bench, card, card.version).value
            accept_rule(bench, rule, rule.version)
            rewording = (f"Open {card.pk}", ["DOORS"])
            decided = reword(bench, value, rewording, value.version, Why("Clearer."))
            appealing.appeal(member, card, decided, "It says less now.")
            version = artifacts.draft(assembly, "charter", "Charter", "en")
            artifacts.write_clause(version, "Doors stay open.", [value])
            Version.objects.filter(pk=version.pk).update(published_at=timezone.now())
        elif fate == 1:
            card = taking_part.own_card(card, public=False)
            moderation.send_back(bench, card, card.version, "Whose doors?")
        elif fate == 2:
            card = taking_part.own_card(card, public=False)
            Likeness.objects.create(candidate=card, value=make_value(inquiry, f"Near {card.pk}"), score=0.9)  # fmt: skip
        elif fate == 3:
            taking_part.disown_card(card)
        elif fate == 4:
            words = {0: "DOORS nobody knocks on"}
            taking_part.reword_card(card, Rewording("Doors", "", words), public=False)

    return answer


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
def test_many_answers_ask_no_more_than_a_few(member_client, living, path):
    for n in range(FATES):
        living(n)
    few = asked(member_client, f"/a/water/{path}")
    for n in range(FATES, 2 * FATES):
        living(n)
    many = asked(member_client, f"/a/water/{path}")
    assert len(many) == len(few), "\n".join(sorted(many))
    print(len(few)); open("/tmp/mine-q.txt","w").write("\n\n".join(many))
    assert len(few) <= {"mine/": MOST, "mine/everything/": MOST}[path]


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


def test_everything_about_me_counts_what_the_file_holds(member, member_client, living):
    for n in range(2):
        living(n)
    told = own(member)
    many = how_much(member)
    assert many["answers"] == len(told["answers"]) == 4  # two, and what was said beneath each
    readings = [r for a in told["answers"] for w in a["wordings"] for r in w["readings"]]
    assert many["cards"] == sum(len(r["cards"]) for r in readings) == 2
