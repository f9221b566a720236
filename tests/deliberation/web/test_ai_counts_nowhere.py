"""Whatever an AI system proposes, says or holds: every number, page, file and result of people is the same before and after."""

import json
import random
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.artifacts import statuses
from deliberation.assemblies.actions import strata, taking_part
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.models import Phase
from deliberation.exports import building, releasing
from deliberation.exports.tables import TABLES
from deliberation.moderation import rooms
from deliberation.moderation.actions import proposing, undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import MachineProposal
from deliberation.moderation.why import BY_MISTAKE, Why
from deliberation.opinion import analysing
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import support, turnout
from deliberation.web.rights import Who, who_may
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.actions.transitions import Saying, judge, put
from elicitation.graph.actions.upholding import endorse_norm
from elicitation.graph.models import Endorsement
from elicitation.interview.drafts import Words
from elicitation.interview.models import Inquiry
from tests import rules
from tests.conftest import newcomer
from tests.doors import addresses, closed
from tests.elicitation.graph.conftest import a_transition, a_value, stands_in

pytestmark = pytest.mark.django_db(transaction=True)
LABELLED = {
    "public:machine_proposals",
    "api:proposals",
    "public:moderation",
}  # what tells of AI, and says so
OTHERWISE = {"public:record", "public:checkpoint", "public:heads", "public:consistency", "public:tile", "api:heads", "api:consistency", "public:accent", "public:sign_in"}  # fmt: skip
OF_AI = {"ai_proposals", "decisions"}
# Tokens, the labelled note, and that a newer result is on its way, which says nothing of what it will be.
PASSING = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]+"|<p class="note"><a href="[^"]*/proposed-by-ai/">.*?</p>|"stale":(?:true|false)|\s*Votes have come in since; a newer result is on its way\.|\s+', re.DOTALL)  # fmt: skip
AGREE, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.DISAGREE


@pytest.fixture
def values(assembly):
    return [a_value(assembly.inquiries.get(), title, "TREES") for title in ("Shade", "Quiet", "Light")]  # fmt: skip


@pytest.fixture
def ages(assembly):
    return strata.add_stratum(assembly, {"en": "Age?"}, [{"en": "young"}, {"en": "old"}])


@pytest.fixture
def people(assembly, invitation, values, ages, account, prompt):
    """Two dozen people in two camps who said something to everything, and one with a shared rule."""
    everybody = [newcomer(invitation) for _ in range(24)]
    transition = a_transition(values[0], values[1], assembly.inquiries.get().contexts.get())
    for n, member in enumerate(everybody):
        strata.belong(member, {ages.pk: f"o{n % 2}"})
        for k, value in enumerate(values):
            endorse(member.respondent, value, AGREE if (n < 12) == (k < 2) else DISAGREE)
        stands_in(values[n % 3], member.respondent)
        if showing := put(member.respondent, here(assembly), "en"):
            judge(showing, Saying("to" if n % 3 else "from"))
    norm = rules.shared(Bench(assembly, account), everybody[0], prompt)
    for member in everybody[1:]:
        endorse_norm(member.respondent, norm, AGREE)
    assert transition.pk
    return everybody


def here(assembly):
    return Inquiry.objects.filter(assemblies=assembly)


def over(assembly):
    """Weighing was, and is over."""
    now = timezone.now()
    span = {"starts_at": now - timedelta(days=2), "ends_at": now - timedelta(hours=1)}
    Phase.objects.update_or_create(assembly=assembly, kind="weighing", defaults=span)


def pages(assembly, ids):
    """Every page and resource everybody may read, by its address."""
    told = {}
    for address, asks in addresses():
        space = address.partition(":")[0]
        if who_may(address) != Who.ANYBODY or space not in ("public", "api", "citizen"):
            continue
        if address in LABELLED | OTHERWISE or not set(asks) <= set(ids):
            continue
        answer = closed(Client().get(reverse(address, kwargs={name: ids[name] for name in asks})))
        if answer.status_code == 200:
            told[address] = PASSING.sub("", "".join(map(_text, _parts(answer))))
    return told


def _parts(answer):
    return answer.streaming_content if answer.streaming else [answer.content]


def _text(part):
    return part.decode("utf-8", "replace") if isinstance(part, bytes) else part


def computed(assembly):
    """The results of all kinds, computed anew from what stands, without when and how fast."""
    Analysis.objects.all().delete()
    made = analysing.analyse(assembly.inquiries.get())
    return {one.kind: (one.input_hash, json.dumps(one.result, sort_keys=True)) for one in made}


def numbers(assembly, values):
    """What is counted for pages, rooms, files and releases."""
    rows, _ = releasing.rows(assembly, None)
    tables = {name: sorted(building.lines(assembly, name)) for name in TABLES if name not in OF_AI}
    return {
        "turnout": turnout(assembly),
        "support": [support([value.pk]) for value in values],
        "funnel": [(step.key, step.count) for step in statuses.funnel(assembly)],
        "hall": rooms.counted(assembly),
        "release": rows,
        "tables": tables,
    }


def everything(assembly, values):
    """All of it. Pages are read of one and the same result, so that what they say of its making stays."""
    ids = {
        "slug": assembly.slug,
        "subject_id": assembly.inquiries.get().pk,
        "value_id": values[0].pk,
        "form": "json",
    }
    return {**numbers(assembly, values), "pages": pages(assembly, ids)}


def some_acts(seed, token, bench):
    """So many proposals of all kinds, shown, left out, undone and taken back as chance has it."""
    drawn, inquiry = random.Random(seed), token.assembly.inquiries.get().pk
    for n in range(12):
        value = Wording("en", f"Shade {n}", ("TREES",), "it is hot")
        norm = Wording("en", attribute="The town", deontic="must", aim=f"plant {n} trees")
        made = proposing.propose(token, inquiry, drawn.choice([value, norm]))
        fate = drawn.choice(["wait", "show", "show", "drop", "undo", "erase"])
        if fate in ("show", "undo"):
            decision = proposing.show_proposal(bench, made)
        if fate == "undo":
            undoing.undo(bench, decision, BY_MISTAKE)
        if fate == "drop":
            proposing.drop_proposal(bench, made, Why("Said already."))
        if fate == "erase":
            proposing.take_back_proposal(made, "proposer")


def differing(before, after):
    """Where two tellings differ, down to the table or page."""
    found = []
    for name, told in before.items():
        if isinstance(told, dict):
            found += [(name, part) for part in told if told[part] != after[name].get(part)]
        elif told != after[name]:
            found.append((name, told, after[name]))
    return found


def test_proposals_change_no_number_page_file_or_result(
    assembly, account, people, values, settings
):
    settings.LIMITS_TIMES = 1000
    bench = Bench(assembly, account)
    over(assembly)
    results = computed(assembly)
    before = everything(assembly, values)
    assert {"public:results", "public:groups", "public:value", "api:values", "api:results", "api:weighing", "public:became"} <= set(before["pages"])  # fmt: skip
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    some_acts(7, token, bench)
    assert len(set(MachineProposal.objects.values_list("state", flat=True))) >= 3
    assert differing(before, everything(assembly, values)) == []
    assert computed(assembly) == results


def test_an_ai_agent_that_sat_in_a_seat_and_said_something_to_everything_counts_nowhere(
    assembly, account, people, values, ages, prompt, settings
):
    """No door of the site leads there; should one ever be made, this is what it must not change."""
    settings.LIMITS_TIMES = 1000
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    inquiry = assembly.inquiries.get()
    voice = proposing.propose(token, inquiry.pk, Wording("en", "Shade", ("TREES",))).agent.respondent  # fmt: skip
    over(assembly)
    results, before = computed(assembly), everything(assembly, values)
    seat = taking_part.open_door(assembly, voice, "en")
    taking_part.agree(seat)
    strata.belong(seat, {ages.pk: "o1"})
    taking_part.answer(seat, prompt, Words("Trees over benches.", "en", uuid4().hex))
    for value in values:
        endorse(voice, value, DISAGREE)
        stands_in(value, voice)
    if showing := put(voice, here(assembly), "en"):
        judge(showing, Saying("from"))
    after = everything(assembly, values)
    raw = {"responses", "candidates", "quotes", "readings", "endorsements", "showings", "judgements", "belongings", "exposures", "strata"}  # fmt: skip
    found = [one for one in differing(before, after) if not (one[0] == "tables" and one[1] in raw)]
    assert found == []
    assert computed(assembly) == results
