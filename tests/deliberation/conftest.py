"""What tests of results share: an inquiry with eight values, and two camps who weighed them; and of drawing lots: twelve people, and a lottery made by hand."""

from datetime import timedelta

import pytest
import redis
from django.utils import timezone

from deliberation.assemblies.actions import lots, pooling, setting_up
from deliberation.assemblies.models import Phase
from elicitation.graph.actions.transitions import Saying, judge
from elicitation.graph.models import Endorsement, Showing, Tally, Transition, Value
from elicitation.interview.models import Respondent
from tests.metering import TOKEN

Says = Endorsement.Says


@pytest.fixture(autouse=True)
def nobody_waits_for_pictures(monkeypatch):
    """No worker runs here: who wants a picture makes it by hand."""
    monkeypatch.setattr("deliberation.web.public.sharing.TURNS", 0)


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def values(inquiry):
    return [
        Value.objects.create(inquiry=inquiry, title=f"Value no. {n}", language="en")
        for n in range(8)
    ]


@pytest.fixture
def camps(values):
    """Two camps of twelve who see most things differently, and agree on the first value."""
    people = Respondent.objects.bulk_create(Respondent() for _ in range(24))
    said = [
        Endorsement(respondent=person, value=value, says=_says(p // 12, n))
        for p, person in enumerate(people)
        for n, value in enumerate(values)
    ]
    Endorsement.objects.bulk_create(said)
    for value in values:
        counts = [sum(e.says == says for e in said if e.value == value) for says in (1, -1)]
        Tally.objects.create(value=value, agrees=counts[0], disagrees=counts[1], changes=24)
    return people


@pytest.fixture
def judged(inquiry, values, camps):
    """Everybody finds the first value wiser than the second when the river floods."""
    context = inquiry.contexts.get()
    transition = Transition.objects.create(
        inquiry=inquiry, from_value=values[1], to_value=values[0], context=context, source="pairing"
    )
    for n, person in enumerate(camps):
        showing = Showing.objects.create(
            respondent=person, transition=transition, forward=n % 2 == 0, to_left=True,
            with_story=False, route="few",
        )  # fmt: skip
        judge(showing, Saying("to"))
    return transition


def _says(camp, place):
    agrees = place == 0 or (place % 3 == 0) == bool(camp)
    return Says.AGREE if agrees else Says.DISAGREE


def weighing(assembly, begins, ends):
    """Set the weighing phase, in hours from now."""
    now = timezone.now()
    span = (now + timedelta(hours=begins), now + timedelta(hours=ends))
    return setting_up.set_phase(assembly, Phase.Kind.WEIGHING, *span)


@pytest.fixture
def weighed(assembly):
    """Weighing was held and is over."""
    return weighing(assembly, -2, -1)


@pytest.fixture
def being_weighed(assembly):
    """Weighing is open."""
    return weighing(assembly, -1, 1)


PEOPLE = "".join(
    f'"P{n}";Person {n};p{n}@example.org;{"woman" if n % 2 else "man"};{"north" if n < 8 else "south"};Street {n // 2}\r\n'
    for n in range(1, 13)
)
LIST = ("id;name;mail;gender;part;street\r\n" + PEOPLE).encode()
WISH = lots.Wish(
    4, "maximin", {"gender": {"woman": (2, 2), "man": (2, 2)}, "part": {"north": (2, 3), "south": (1, 2)}}
)  # fmt: skip
PANELS = [[0, 1, 6, 7], [2, 3, 8, 9], [4, 5, 10, 11]]


@pytest.fixture
def pool(assembly):
    brought = pooling.bring(assembly, LIST)
    return pooling.describe(brought, "id", ["gender", "part"], [])


@pytest.fixture
def lot(pool):
    """Committed to; the lottery is not computed."""
    return lots.commit(pool, WISH)


@pytest.fixture
def ready(lot):
    """A lottery of three panels that meet the quotas, by which everybody has a chance of one in three, but for rounding."""
    lots.claim(lot)
    return lots.keep_lottery(lot, PANELS, [1 / 3] * 3, "maximin")


@pytest.fixture
def drawn(ready):
    return lots.draw(ready, "Seven, three, and a bird flew by")


@pytest.fixture
def valkey(settings):
    """Nobody was counted yet."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("groundwork:pace:*"):
        client.delete(key)
    yield client
    client.close()


@pytest.fixture
def metered(settings):
    """Who shows METRICS_TOKEN sees figures."""
    settings.METRICS_TOKEN = TOKEN
