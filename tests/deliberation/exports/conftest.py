"""An assembly with something in every table."""

import json
from zipfile import ZipFile

import duckdb
import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.artifacts.actions import minority, objecting, ratifying
from deliberation.artifacts.actions.keeping import About
from deliberation.assemblies.actions import ruling, strata, surveying, taking_part
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import proposing, values
from deliberation.moderation.actions.appealing import appeal
from deliberation.moderation.actions.looking import look_again
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import SecondLook
from deliberation.moderation.why import Why
from deliberation.opinion.actions.twins import judge as judge_seats
from deliberation.opinion.models import Twins
from elicitation.extraction.actions.cards import rate
from elicitation.extraction.engines.base import MarkProposal, NormProposal
from elicitation.extraction.models import Edit, NormCandidate, Rating
from elicitation.extraction.reading import read
from elicitation.graph.actions import transitions
from elicitation.graph.actions.endorsing import endorse, expose
from elicitation.graph.actions.proposals import Proposal, propose
from elicitation.graph.actions.transitions import Saying
from elicitation.graph.actions.upholding import endorse_norm
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.actions import welcome
from elicitation.interview.drafts import Words
from tests._publishing import signed_and_published
from tests.accepting import accepted
from tests.conftest import Says
from tests.deliberation.artifacts.conftest import counted, set_ratifying, set_reviewing, vote

AWKWARD = "👩‍👩‍👧 \u202bمرحبا\u202c\r\n\u2028 =1+1 \"quoted\", 'x' \\ end  "


def everything_in(folder):
    """The bytes of every file below a folder, what is packed unpacked: nothing hides in a workbook, and nothing in Parquet's compression."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found.append(path.read_bytes())
        if path.suffix == ".xlsx":
            with ZipFile(path) as book:
                found += [book.read(name) for name in book.namelist()]
        if path.suffix == ".parquet":
            rows = duckdb.read_parquet(str(path)).fetchall()
            found.append(repr(rows).encode())
    return b"\n".join(found)


def rows_in(folder, table):
    """The rows of a table of a written package."""
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture
def whole(assembly, account, read_answer, member, prompt):
    """An assembly with something in every table."""
    second = assembly.inquiries.get().prompts.exclude(pk=prompt.pk).first()
    words = Words("The mayor must open the doors. The river rose.", "en", "second")
    told = taking_part.answer(member, second, words)
    rule = NormProposal("must", "open the doors", ("The mayor must open the doors",), "The mayor")
    claim = MarkProposal("claim", "The river rose")
    read(told.latest.pk, Says(norms=(rule,), marks=(claim,)))
    owned = taking_part.own_card(read_answer, public=True)
    bench = Bench(assembly, account)
    value = moderation.accept(bench, owned, owned.version).value
    stated = ruling.own_rule(NormCandidate.objects.get(), public=True)
    norm = accept_rule(bench, stated, stated.version).norm
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Doors stay open.", [value], About(norms=[norm]))
    argued_over_and_published(version, member, account)
    compared(member, value)
    weighed(taking_part.open_door(assembly, welcome(), "en").respondent, value, norm)
    judged_twin(assembly)
    value.refresh_from_db()
    why = Why("Clearer.")
    worded = values.reword(bench, value, ("Open", ["DOORS"]), value.version, why)
    belongs(member)
    appeal(member, owned, worded, "Doors are not all of it.")
    told_of(member, owned)
    proposed(assembly, account)
    return assembly


def argued_over_and_published(version, member, account):
    """A document on its way from a draft to a published one, with an objection and a minority."""
    for _ in range(4):
        taking_part.open_door(member.assembly, welcome(), "en")
    set_reviewing(member.assembly)
    contested(member, artifacts.put_before(version), account)
    set_ratifying(member.assembly)
    ratifying.open_ballot(version)
    minority.state(member, version.artifact, "A bridge, rather.")
    signed_and_published(counted_and_adopted(version))


def proposed(assembly, account):
    """A value an AI system proposes, which waits."""
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    said = Wording("en", "Shade", ["TREES over benches"])
    return proposing.propose(token, assembly.inquiries.get().pk, said)


def belongs(member):
    """What a member says of themselves."""
    ages = strata.add_stratum(member.assembly, {"en": "Age?"}, [{"en": "young"}, {"en": "old"}])
    strata.belong(member, {ages.pk: "o1"})


def told_of(member, owned):
    """What its author made of a card, what a second moderator did, and how it was for the author."""
    assembly = member.assembly
    rate(owned, Rating.Says.YES)
    Edit.objects.create(candidate=owned, version=2, words=12, changed=0, at=timezone.now())
    asked = {"candidate": owned, "card_version": owned.version}
    look, _ = SecondLook.objects.get_or_create(**asked, defaults={"assembly": assembly})
    second = Bench(assembly, get_user_model().objects.create_user("bo-who-looks-again"))
    look_again(second, look, "reject")
    surveying.ask_at_the_end(assembly)
    surveying.reply(member, {"trust": 4, "clarity": 2})


def judged_twin(assembly):
    """The reader's seat, judged to be one of several; the others say nothing, so it counts."""
    made = Twins.objects.create(assembly=assembly)
    made.seats.create(respondent=assembly.memberships.latest("pk").respondent)
    judge_seats(assembly, made, Twins.Says.ONE, "The same hand.")


def weighed(reader, value, norm):
    """What a reader was shown and said to a value, with a change of mind, and to a rule."""
    expose(reader, value, "few_seen", 0.5)
    endorse(reader, value, Endorsement.Says.AGREE)
    endorse(reader, value, Endorsement.Says.DISAGREE)
    endorse_norm(reader, norm, Endorsement.Says.AGREE)


def contested(member, version, account):
    """An objection to its clause, answered, and not to the liking of its author."""
    taking_part.agree(member)
    made = objecting.object_to(member, version.clauses.get(), "Windows, too.")
    objecting.answer(made, account, "We looked at it.", sustain=False)


def counted_and_adopted(version):
    """All on its roll approve it."""
    for roll in version.roll.all():
        taking_part.agree(roll.membership)
        vote(roll.membership, version)
    return counted(version)


def compared(member, value):
    """Another value, a person's comparison of the two with a story, and what that person said to it."""
    inquiry = value.inquiry
    other = Value.objects.create(inquiry=inquiry, title="Dry cellars", language="en")
    context = inquiry.contexts.get()
    propose(member.respondent, Proposal(value, other, context, "Somebody came to see it.", "en"))
    showing = transitions.put(member.respondent, member.assembly.inquiries.all(), "en")
    transitions.judge(showing, Saying("depends", AWKWARD.strip(), "en"))
    transitions.judge(showing, Saying("to", "Now I see it.", "en"))


@pytest.fixture
def facilitator(facilitator, account, assembly):
    """Who runs the assembly studies it too, here, and has accepted its agreement."""
    accepted(assembly, account)
    return facilitator
