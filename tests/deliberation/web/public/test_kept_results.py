"""A result at its own address, and the table of all votes: sorted, searched, taken along, with n and interval."""

import csv
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion import analysing, convergence
from deliberation.opinion.intervals import wilson
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement
from tests.deliberation.web.public.test_results import HOME, text


@pytest.fixture
def result(inquiry, computed):
    return inquiry.analyses.get(kind="groups")


def at(inquiry, result):
    return f"{HOME}{inquiry.pk}/at/{result.pk}/"


def test_every_page_of_a_result_says_where_it_lasts(client, inquiry, result, weighed):
    page = text(client.get(f"{HOME}{inquiry.pk}/"))
    assert at(inquiry, result) in page
    assert "24 voices" in text(client.get(at(inquiry, result)))


def test_a_result_that_was_replaced_tells_everybody_how_it_was_made_and_no_numbers(
    client, facilitator, inquiry, values, camps, result, weighed
):
    type(result).objects.filter(pk=result.pk).update(made_at="2026-01-01T00:00Z")
    endorse(camps[0], values[0], Endorsement.Says.DISAGREE)
    analysing.analyse(inquiry)
    everybody = text(client.get(at(inquiry, result)))
    assert "A newer result replaced this one" in everybody
    assert result.input_hash in everybody
    assert "Value no." not in everybody
    whole = text(facilitator.get(at(inquiry, result)))
    assert "A newer result replaced this one" in whole
    assert "Value no. 0" in whole


def test_a_result_is_not_there_while_people_weigh(
    client, facilitator, inquiry, result, being_weighed
):
    assert client.get(at(inquiry, result)).status_code == 404
    assert facilitator.get(at(inquiry, result)).status_code == 404


def test_all_votes_stand_in_one_table_with_n_and_interval(client, inquiry, result, weighed):
    page = text(client.get(f"{HOME}{inquiry.pk}/votes/"))
    assert "8 of 8" in page
    row = re.search(r">Value no\. 0</a>.*?</tr>", page).group()
    assert "100 % [86 to 100]" in row
    assert "24 of 24" in row
    assert row.count("12 of 12") == 2


def test_the_table_sorts_by_a_group_and_finds_words(client, inquiry, result, weighed):
    page = text(client.get(f"{HOME}{inquiry.pk}/votes/?order=-A"))
    of_a = [int(n) for n in re.findall(r"</span></td> <td class=\"n\"><span class=\"whole\">(\d+) %", page)]  # fmt: skip
    assert of_a[::2] == sorted(of_a[::2], reverse=True)
    assert text(client.get(f"{HOME}{inquiry.pk}/votes/?q=NO.+3")).count("<tr>") == 2


def test_votes_can_be_taken_along(client, inquiry, result, weighed):
    got = client.get(f"{HOME}{inquiry.pk}/votes.csv")
    rows = {row["words"]: row for row in csv.DictReader(io.StringIO(got.content.decode()))}
    assert (rows["Value no. 0"]["agree"], rows["Value no. 0"]["n_A"]) == ("24", "12")
    assert str(result.pk) in got.headers["Content-Disposition"]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_interval_is_the_one_results_are_made_with(a, b):
    count, n = min(a, b), max(a, b)
    low, high = convergence.wilson(np.array([count]), np.array([n]))
    assert wilson(count, n) == pytest.approx((low[0], high[0]), abs=1e-9)
