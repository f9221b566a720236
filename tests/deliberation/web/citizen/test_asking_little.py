"""How often pages of a seat ask the database: ten times at most, with what begins and ends a transaction, however much there is."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elicitation.graph.models import Fold, Showing, Tally
from elicitation.graph.queries import to_weigh
from tests.deliberation.web.citizen._weighing import make_value
from tests.elicitation.graph.conftest import a_transition, stands_in

MOST = 10


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
