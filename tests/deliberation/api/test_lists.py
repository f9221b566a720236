"""Lists of the API: every row once, whichever way and however many a page; only what was asked for; nothing sent twice."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation.api.paging import Order, page
from elicitation.graph.models import Norm, Transition, Value
from elicitation.interview.models import Context
from tests.conftest import found

HERE = "/api/v1/assemblies/water/"
VALUES = f"{HERE}values/"


@pytest.fixture
def values(assembly):
    """Thirty, many of them admitted at the same moment."""
    inquiry = assembly.inquiries.get()
    made = Value.objects.bulk_create(Value(inquiry=inquiry, title=f"v{n}", language="en" if n % 3 else "fr") for n in range(30))  # fmt: skip
    now = timezone.now()
    for n, value in enumerate(made):
        Value.objects.filter(pk=value.pk).update(admitted_at=now - timedelta(hours=n % 4))
    return made


def walked(client, path, way):
    """All rows of a list from one end to the other, page by page."""
    rows = []
    while path:
        told = client.get(path).json()
        rows.append(told["results"])
        path = told[way]
    return rows


def test_every_row_comes_once_forwards_and_backwards(client, values):
    forwards = walked(client, f"{VALUES}?limit=7", "next")
    assert [len(rows) for rows in forwards] == [7, 7, 7, 7, 2]
    ids = [row["id"] for rows in forwards for row in rows]
    assert set(ids) == {str(value.pk) for value in values}
    last = f"{VALUES}?limit=7"
    while told := client.get(last).json()["next"]:
        last = told
    backwards = walked(client, last, "previous")
    assert [row["id"] for rows in reversed(backwards) for row in rows] == ids


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(most=st.integers(1, 31), newest_first=st.booleans())
def test_pages_of_any_size_are_the_list(values, most, newest_first):
    order = Order(("admitted_at", "id"), newest_first)
    rows, cursor = [], ""
    while True:
        got = page(Value.objects.all(), order, ("list", cursor, most))
        rows += got.rows
        if not (cursor := got.next):
            break
    assert rows == list(Value.objects.order_by(*order.by(back=False)))


def test_what_comes_in_meanwhile_moves_no_page(client, values, assembly):
    first = client.get(f"{VALUES}?limit=10").json()
    early = Value.objects.create(inquiry=assembly.inquiries.get(), title="early", language="en")
    Value.objects.filter(pk=early.pk).update(admitted_at=timezone.now() - timedelta(days=9))
    second = client.get(first["next"]).json()
    seen = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(seen)) == 20
    assert str(early.pk) not in seen


def test_a_cursor_nobody_was_given_or_of_another_list_names_the_field(client, values):
    link = urlsplit(client.get(f"{VALUES}?limit=7").json()["next"])
    (cursor,) = parse_qs(link.query)["cursor"]
    for path in (f"{VALUES}?cursor=abc", f"{VALUES}?cursor={cursor[:-2]}", f"{HERE}norms/?cursor={cursor}"):  # fmt: skip
        told = client.get(path)
        assert (told.status_code, list(told.json()["fields"])) == (400, ["cursor"])


def test_only_the_fields_asked_for_are_told(client, values):
    told = client.get(f"{VALUES}?fields=id,title&limit=1").json()["results"]
    assert [set(row) for row in told] == [{"id", "title"}]
    assert "fields=id%2Ctitle" in client.get(f"{VALUES}?fields=id,title&limit=1").json()["next"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("fields=id,nothing", "fields"), ("limit=0", "limit"), ("limit=501", "limit"), ("inquiry=7", "inquiry"), ("context=a", "context"), ("language=%00", "language")],
)  # fmt: skip
def test_what_makes_no_sense_is_a_problem_with_its_field(client, assembly, query, field):
    told = client.get(f"{VALUES}?{query}")
    assert (told.status_code, list(told.json()["fields"])) == (400, [field])


def test_values_are_found_by_question_language_and_context(client, values, assembly):
    inquiry, context = assembly.inquiries.get(), Context.objects.get()
    values[4].held_in.create(context=context)
    assert len(client.get(f"{VALUES}?language=fr").json()["results"]) == 10
    assert len(client.get(f"{VALUES}?inquiry={inquiry.pk}").json()["results"]) == 30
    (held,) = client.get(f"{VALUES}?context={context.pk}").json()["results"]
    assert held["id"] == str(values[4].pk)


def test_nothing_of_another_assembly_is_in_a_list(client, values, stranger):
    other = found("fire", stranger)
    elsewhere = other.inquiries.get()
    assert client.get("/api/v1/assemblies/fire/values/").json()["results"] == []
    assert client.get(f"{VALUES}?inquiry={elsewhere.pk}").json()["results"] == []


def test_what_was_seen_before_is_not_sent_again(client, values):
    seen = client.get(VALUES)
    again = client.get(VALUES, headers={"If-None-Match": seen["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Value.objects.filter(pk=values[0].pk).update(title="Other")
    assert client.get(VALUES, headers={"If-None-Match": seen["ETag"]}).status_code == 200


def test_a_page_costs_the_same_queries_however_many_rows(client, values, django_assert_num_queries):
    for limit in (1, 30):
        with django_assert_num_queries(4):
            client.get(f"{VALUES}?limit={limit}")


def test_a_value_is_told_with_its_contexts_and_what_it_was_folded_into(client, values):
    context = Context.objects.get()
    values[0].held_in.create(context=context)
    told = client.get(f"{VALUES}{values[0].pk}/").json()
    assert (told["contexts"], told["voices"], told["quotes"]) == ([context.pk], 0, [])
    Value.objects.filter(pk=values[1].pk).update(root=values[0].pk, retired_at=timezone.now())
    assert client.get(f"{VALUES}{values[1].pk}/").json() == told
    Value.objects.filter(pk=values[2].pk).update(retired_at=timezone.now())
    assert client.get(f"{VALUES}{values[2].pk}/").status_code == 404


def test_contexts_norms_and_transitions_are_listed(client, values, assembly):
    inquiry = assembly.inquiries.get()
    norm = Norm.objects.create(inquiry=inquiry, attribute="Staff", deontic="must", aim="open doors", conditions="it rains", language="en")  # fmt: skip
    Transition.objects.create(inquiry=inquiry, from_value=values[0], to_value=values[1], source="person")  # fmt: skip
    (context,) = client.get(f"{HERE}contexts/").json()["results"]
    assert context["when"]["en"] == "the river floods"
    (rule,) = client.get(f"{HERE}norms/").json()["results"]
    assert (rule["id"], rule["aim"], rule["counts"]) == (str(norm.pk), "open doors", None)
    assert "it rains" in rule["text"]
    whole = client.get(f"{HERE}norms/{norm.pk}/").json()
    assert (whole["voices"], whole["values"], whole["quotes"]) == (0, [], [])
    (move,) = client.get(f"{HERE}transitions/").json()["results"]
    assert (move["from_value"], move["to_value"]) == (str(values[0].pk), str(values[1].pk))
    assert set(move) == {"id", "inquiry", "from_value", "to_value", "context", "source"}
