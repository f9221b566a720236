"""What people see of results, in a real browser: map, graph and profiles, on a small phone and a desk, in both directions of writing."""

import pytest
from django.contrib.auth import get_user_model

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Assembly
from deliberation.opinion import analysing
from deliberation.opinion.models import BroughtGraph, Conversation, Statement, StatementVote
from deliberation.web.public.links import token_for
from elicitation.graph.formats.own_json import as_document
from elicitation.graph.formats.shape import Card, Graph
from elicitation.graph.models import Endorsement, Judgement, Showing, Transition, Value
from elicitation.graph.ranked import Edge, Ranked, Rule
from elicitation.interview.models import Respondent
from tests.deliberation.conftest import weighing
from tests.journeys.test_every_page import WIDTHS

TITLES = (
    "Places to run into each other without having planned to", "Nights that are quiet",
    "أماكن نلتقي فيها (مصادفة)", "Who walks home alone", "Children who cross by themselves", "Trees older than the houses",
    "Benches with backs", "Shops that know your name",
)  # fmt: skip
HOW = pytest.mark.parametrize(
    "how",
    [
        {"locale": "en", "viewport": {"width": 320, "height": 640}},
        {"locale": "ar", "color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
        {"locale": "en", "color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
        {"locale": "ar", "viewport": {"width": 1280, "height": 900}},
    ],
    ids=["phone", "phone, right to left, dark", "desk, dark", "desk, right to left"],
)


@pytest.fixture
def results(sample):
    """Three camps weighed eight values and compared some; a conversation and a graph were brought. The addresses of it all."""
    assembly = Assembly.objects.get()
    inquiry = assembly.inquiries.get()
    values = [
        Value.objects.create(
            inquiry=inquiry, title=title, language="en", policies=["MOMENTS in which it shows"]
        )
        for title in TITLES
    ]
    people = weigh(values)
    compare(inquiry, values, people)
    talk = talked(assembly)
    for subject in (inquiry, talk):
        analysing.analyse(subject)
    graph = brought(assembly)
    weighing(assembly, -2, -1)
    home = "/a/riverside/results/"
    run = "/run/riverside"
    return [
        home, f"{home}{inquiry.pk}/", f"{home}{inquiry.pk}/graph/", f"{home}{talk.pk}/",
        f"/a/riverside/values/{values[0].pk}/", f"/a/riverside/graphs/{graph.pk}/",
        f"{home}{inquiry.pk}/votes/?order=-A", f"{home}{inquiry.pk}/at/{inquiry.analyses.first().pk}/",
        f"{home}{inquiry.pk}/explorer/?value={values[3].pk}", f"{home}{inquiry.pk}/explorer/?show=tree&colour=all",
    ], [f"{run}/groups/{inquiry.pk}/", f"{run}/values/close/", f"{run}/values/{values[0].pk}/", f"{run}/comparisons/"]  # fmt: skip


def weigh(values):
    people = Respondent.objects.bulk_create(Respondent() for _ in range(45))
    Endorsement.objects.bulk_create(
        Endorsement(respondent=person, value=value, says=(1, 1, -1, 0)[(p % 3 + n + p // 9) % 4])
        for p, person in enumerate(people)
        for n, value in enumerate(values)
    )
    return people


def compare(inquiry, values, people):
    context = inquiry.contexts.first()
    for low, high in ((0, 1), (1, 2), (2, 3), (4, 3), (5, 6), (6, 5)):
        transition = Transition.objects.filter(from_value=values[high], to_value=values[low])
        made = transition.first() or Transition.objects.create(
            inquiry=inquiry, from_value=values[low], to_value=values[high], context=context,
            source="pairing", judged=20, changes=20,
        )  # fmt: skip
        backwards = made.from_value != values[low]
        for n, person in enumerate(people[20:40] if backwards else people[:20]):
            showing = Showing.objects.create(
                respondent=person, transition=made, forward=bool(n % 2), to_left=False,
                with_story=False, route="few",
            )  # fmt: skip
            Judgement.objects.create(showing=showing, answer="from" if backwards else "to")


def talked(assembly):
    talk = Conversation.objects.create(
        assembly=assembly, name="A talk about trees", attribution="The wood", content_hash="x"
    )
    said = [
        Statement.objects.create(conversation=talk, number=n, text=f"{title}?")
        for n, title in enumerate(TITLES)
    ]
    StatementVote.objects.bulk_create(
        StatementVote(statement=s, voter=voter, says=(1, -1)[(voter % 2 + n) % 2])
        for voter in range(30)
        for n, s in enumerate(said)
    )
    return talk


def brought(assembly):
    edges = tuple(
        Edge(low, low + 1, ("When it matters",), {"wiser": 9, "not_wiser": 2}, 0.7, likelihood=0.6)
        for low in range(6)
    )
    cards = tuple(Card(n, title, ("MOMENTS",)) for n, title in enumerate(TITLES))
    told = as_document(Graph(cards, Ranked(Rule.PUBLISHED, "published-2024", 0, 66, 30, edges, ())))
    return BroughtGraph.objects.create(
        assembly=assembly, name="A graph", document=told, content_hash="y"
    )


@HOW
def test_results_fit_every_screen_and_pass_axe(visitor, results, how):
    somebody = visitor(**how)
    name = f"results-{how['locale']}-{how['viewport']['width']}"
    for number, path in enumerate(results[0]):
        somebody.go(path, f"{name}-{number}")
        assert somebody.page.evaluate(WIDTHS) == 0, path


@HOW
def test_facilitators_pages_of_results_fit_every_screen_and_pass_axe(visitor, results, how):
    assembly = Assembly.objects.get()
    account = get_user_model().objects.create_user("moderator")
    setting_up.give_role(assembly, account, "facilitator")
    somebody = visitor(**how)
    somebody.page.goto(f"/sign-in/{token_for(account)}/")
    name = f"run-results-{how['locale']}-{how['viewport']['width']}"
    for number, path in enumerate(results[1]):
        somebody.go(path, f"{name}-{number}")
        assert somebody.page.evaluate(WIDTHS) == 0, path


def test_from_the_list_to_a_value_by_links_alone(visitor, results):
    somebody = visitor(locale="en")
    somebody.go("/a/riverside/")
    somebody.follow("Results")
    somebody.page.locator("main .name").first.click()
    somebody.look()
    assert somebody.sees("Where people stand")
    somebody.follow(TITLES[1])
    assert somebody.sees("How widely it holds")
