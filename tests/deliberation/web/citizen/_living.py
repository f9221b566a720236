"""Answers with all that may become of them."""

from django.utils import timezone

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.artifacts.models import Version
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import appealing
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.actions.values import reword
from deliberation.moderation.why import Why
from elicitation.extraction.actions.cards import Rewording, rate
from elicitation.extraction.models import Rating
from elicitation.graph.models import Likeness
from elicitation.interview.models import FollowUp, Prompt, Response, Revision
from tests import rules
from tests.deliberation.web.citizen._weighing import make_value


def live(bench, member, n):
    """One answer: a card and a rule, both rated or owned, a reply beneath it, and the n-th of FATES things that became of it, in turn."""
    inquiry = member.assembly.inquiries.get()
    prompt = Prompt.objects.create(inquiry=inquiry, position=10 + n, wording={"en": "More?"})
    rule = rules.owned(member, prompt)
    _reply(prompt, rule.revision, n)
    card = rule.serves.get()
    rate(card, Rating.Says.PARTLY)
    BECOME[n % FATES](bench, member, card)
    if n % FATES == 0:
        accept_rule(bench, rule, rule.version)


def _reply(prompt, said, n):
    beneath = FollowUp.objects.create(
        root=said.response, revision=said, number=1, kind="goal", start=0, end=5, state="answered", asked="Why?"
    )  # fmt: skip
    who = said.response.respondent
    reply = Response.objects.create(prompt=prompt, respondent=who, key=f"{n}", follows=beneath)
    Revision.objects.create(response=reply, text="Because of the river.", language="en")


def _shared(bench, member, card):
    owned = taking_part.own_card(card, public=True)
    value = moderation.accept(bench, owned, owned.version).value
    wording = (f"Open {card.pk}", ["DOORS"])
    decided = reword(bench, value, wording, value.version, Why("Clearer."))
    appealing.appeal(member, owned, decided, "It says less now.")
    version = artifacts.draft(member.assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Doors stay open.", [value])
    Version.objects.filter(pk=version.pk).update(published_at=timezone.now())


def _sent_back(bench, member, card):
    owned = taking_part.own_card(card, public=False)
    moderation.send_back(bench, owned, owned.version, "Whose doors?")


def _likened(bench, member, card):
    owned = taking_part.own_card(card, public=False)
    near = make_value(member.assembly.inquiries.get(), f"Near {card.pk}")
    Likeness.objects.create(candidate=owned, value=near, score=0.9)


def _set_aside(bench, member, card):
    taking_part.disown_card(card)


def _worded(bench, member, card):
    words = Rewording("Doors", "", {0: "DOORS nobody knocks on"})
    taking_part.reword_card(card, words, public=False)


def _left_as_read(bench, member, card):
    """Nothing became of it yet."""


BECOME = [_shared, _sent_back, _likened, _set_aside, _worded, _left_as_read]
FATES = len(BECOME)
