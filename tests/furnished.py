"""An assembly with one of everything an address can name, and whose it is."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils import timezone

from deliberation.artifacts.actions import drafting, minority, objecting, ratifying
from deliberation.artifacts.models import MinorityStatement, Objection
from deliberation.assemblies.actions import (
    letters,
    lots,
    outlining,
    pooling,
    setting_up,
    signing_in,
    staffing,
    surveying,
    taking_in,
    taking_part,
)
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.hooks import set_hook
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.devices import Device
from deliberation.assemblies.letters import no_code, yes_code
from deliberation.assemblies.models import Assembly, Membership, Role
from deliberation.exports.actions import packing
from deliberation.exports.models import Release, ReleaseRequest
from deliberation.exports.packages import recent_acts
from deliberation.moderation import rooms
from deliberation.moderation.actions import cards, proposing, screening, values
from deliberation.moderation.actions.appealing import appeal
from deliberation.moderation.actions.proposing import show_proposal
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.meanings import asked_of
from deliberation.moderation.why import Why
from deliberation.opinion.actions.twins import judge as judge_seats
from deliberation.opinion.actions.uploads import Upload, ask_to_bring
from deliberation.opinion.models import Analysis, Bringing, BroughtGraph, Conversation, Twins
from elicitation.extraction.actions import prompts
from elicitation.extraction.engines.base import Ask
from elicitation.graph.actions.proposals import Proposal, propose
from elicitation.graph.actions.transitions import Saying, judge, put
from elicitation.graph.formats import own_json
from elicitation.graph.formats.shape import bare
from elicitation.graph.models import Story
from elicitation.graph.ranked import Ranked, Rule
from elicitation.interview.models import FollowUp
from tests import rules
from tests._factors import with_app
from tests._publishing import signed_and_published
from tests.conftest import card as told_card
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import set_ratifying, set_reviewing
from tests.deliberation.web.citizen._weighing import set_weighing
from tests.elicitation.graph.conftest import a_value

EMPTY = own_json.as_document(
    bare(
        Ranked(
            rule=Rule.PUBLISHED,
            rule_version="1",
            seed=0,
            judgements=0,
            people=0,
            edges=(),
            ranking=(),
        )
    )
)


@dataclass
class Furnished:
    """`ids`: by the name of what an address asks for; "closing.pk" where one name means different things."""

    assembly: Assembly
    member: Membership
    ids: dict[str, Any] = field(default_factory=dict)

    def named(self, address: str, name: str) -> Any:
        """What stands for `name` in an address. Raises KeyError for what nobody furnished."""
        own = f"{address.rpartition(':')[2]}.{name}"
        return self.ids[own] if own in self.ids else self.ids[name]


def furnish(assembly, account, folder):
    """One of everything."""
    bench = Bench(assembly, account)
    invitation = setting_up.invite(assembly, "hall")
    here = Furnished(assembly, newcomer(invitation), {"slug": assembly.slug})
    set_weighing(assembly)
    surveying.ask_at_the_end(assembly)
    _answered(here, bench)
    _documents(here, bench)
    code = rooms.code_of(_walled(here, bench, invitation))
    lot = _lot(assembly)
    twins = Twins.objects.create(
        assembly=assembly, reasons=[{"kind": "words", "same": 1.0, "of": 1.0, "chance": None}]
    )
    twins.seats.create(respondent=here.member.respondent)
    twins.seats.create(respondent=newcomer(invitation).respondent)
    judge_seats(assembly, twins, Twins.Says.ONE, "The same hand.")
    here.ids["proposal_id"] = _proposed(assembly, account, bench)
    brought = Upload(uuid4(), Bringing.Kind.CONVERSATION, "Trees, once more")
    here.ids["bringing_id"] = ask_to_bring(assembly, brought).pk
    here.ids |= {
        "twins_id": twins.pk,
        "pool_id": lot.pool_id,
        **_address(here.member),
        "lot_id": lot.pk,
        "lot_file.file": "drawn.csv",
        **{f"{address}.code": code for address in ("wall", "wall_now", "wall_qr")},
        "said": "en",
        "tongue": "en",
        "pk": invitation.pk,
        "organisation": assembly.organisation.slug,
        "taking_link_back.pk": staffing.invite_into(assembly.organisation, "Di", "member").pk,
        "ending_place.pk": assembly.organisation.colleagues.get(user=account).pk,
        "uninviting.pk": staffing.invite_colleague(assembly, "Bo", Role.Kind.RESEARCHER).pk,
        "letting_go.pk": assembly.roles.get(kind="researcher").pk,
        "hook.pk": set_hook(assembly, "https://example.org/told", ["document.published"])[0].pk,
        "ending_token.pk": make_token(assembly, account, "Importer", ["read"], 30)[0].pk,
        "import_id": _file(assembly, folder).pk,
        "table": "responses",
        "colour": "0b6b62",
        "file": "summary.csv",
        "ending.pk": signing_in.note_sign_in(account, Device("phone", "Firefox")).pk,
        "package_id": _package(assembly).pk,
        "outline_id": outlining.ask(account, "A bench by the river.", "en").pk,
        "removing.pk": with_app(account).authenticator_set.get(type="totp").pk,
    }
    return here


def _answered(here, bench):
    inquiry, member = here.assembly.inquiries.get(), here.member
    prompt = inquiry.prompts.first()
    rule = rules.owned(member, prompt)
    card = taking_part.own_card(rule.serves.get(), public=True)
    accepted = cards.accept(bench, card, card.version)
    value = accepted.value
    norm = accept_rule(bench, rule, rule.version)
    worded = values.reword(bench, value, ("Open", ["DOORS"]), value.version, Why("Clearer."))
    revision = card.revision
    context = inquiry.contexts.get()
    propose(member.respondent, Proposal(value, a_value(inquiry, "Dry cellars"), context, "Somebody came.", "en"))  # fmt: skip
    showing = put(member.respondent, here.assembly.inquiries.all(), "en")
    judge(showing, Saying("to", "Now I see it.", "en"))
    golden = prompts.add_golden(
        inquiry, Ask(revision.text, "en", "What?"), [told_card("Doors", "open the door")]
    )
    beneath = FollowUp.objects.create(
        root=revision.response, revision=revision, number=1, kind="goal", start=0, end=5, asked="Why?"
    )  # fmt: skip
    graph = BroughtGraph.objects.create(assembly=here.assembly, name="Elsewhere", document=EMPTY)
    release = Release.objects.create(assembly=here.assembly, number=1)
    asked = ReleaseRequest.objects.create(assembly=here.assembly, release=release, state="public")
    held = Conversation.objects.create(assembly=here.assembly, name="Trees", content_hash="c")
    result = Analysis.objects.create(
        inquiry=inquiry, kind="groups", rule="stable", rule_version="0", seed=0, marker="m",
        input_hash="0" * 64, result={"too_few": True}, seconds=0,
    )  # fmt: skip
    here.ids |= {
        "analysis_id": result.pk,
        "request_id": asked.pk,
        "polis.subject_id": held.pk,
        "prompt_id": inquiry.prompts.last().pk,
        "response_id": revision.response_id,
        "candidate_id": card.pk,
        "about_id": card.pk,
        "appealing_rule.about_id": rule.pk,
        "rule_id": rule.pk,
        "norm_id": rule.pk,
        "one_norm.norm_id": norm.norm_id,
        "value_id": value.pk,
        "decision_id": worded.pk,
        "appealing_rule.decision_id": norm.pk,
        "appeal_id": appeal(member, card, worded, "Doors are not all of it.").pk,
        "meaning_id": asked_of(member).get().pk,
        "golden_id": golden.pk,
        "follow_up_id": beneath.pk,
        "story_id": Story.objects.get(written_by=member.respondent).pk,
        "showing_id": showing.pk,
        "subject_id": inquiry.pk,
        "graph_id": graph.pk,
    }
    here.ids["value"] = value


def _walled(here, bench, invitation):
    room = screening.open_room(here.assembly, invitation)
    quote = rooms.may_come_on(room).first()
    screening.let_on(bench, room, quote)
    here.ids["quote_id"] = quote.pk
    return room


def _documents(here, bench):
    assembly, value = here.assembly, here.ids.pop("value")
    set_reviewing(assembly)
    draft = drafting.draft(assembly, "charter", "Charter", "en")
    clause = drafting.write_clause(draft, "Doors stay open.", [value])
    objection = objecting.object_to(here.member, drafting.put_before(draft).clauses.get(), "Windows.")  # fmt: skip
    set_ratifying(assembly)
    voted = drafting.draft(assembly, "brief", "Brief", "en")
    drafting.write_clause(voted, "Nights are quiet.", [value])
    ratifying.open_ballot(voted)
    minority.state(here.member, voted.artifact, "A bridge, rather.")
    public = drafting.draft(assembly, "charter", "Said", "en")
    drafting.write_clause(public, "Nobody waits alone.", [value])
    published = signed_and_published(public)
    statement = MinorityStatement.objects.get(artifact=voted.artifact_id)
    assert Objection.objects.filter(pk=objection.pk).exists()
    here.ids |= {
        "version_id": draft.pk,
        "clause_id": clause.pk,
        "one_clause.clause_id": published.clauses.get().pk,
        "objection_id": objection.pk,
        "voting.version_id": voted.pk,
        "taking_back.version_id": voted.pk,
        "statements.version_id": voted.pk,
        "statement.version_id": voted.pk,
        "statement_id": statement.pk,
        "artifact_id": published.artifact_id,
        "number": 1,
        "clause.place": 1,
        "share.what": "value",
        "share.key": here.ids["value_id"],
        "share.language": "en",
    }


def _proposed(assembly, account, bench):
    """Two proposals of an AI system: one put before people, and the id of one that waits."""
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    inquiry = assembly.inquiries.get().pk
    rule = Wording("en", attribute="The town", deontic="should", aim="light the stairs")
    show_proposal(bench, proposing.propose(token, inquiry, rule))
    return proposing.propose(token, inquiry, Wording("en", "Shade", ["TREES over benches"])).pk


def _file(assembly, folder):
    path = folder / f"{assembly.slug}.csv"
    path.write_text("id,answer\n1,I look at who sits alone on the long bench.\n")
    return taking_in.show_import(assembly, path.name, str(path), "en")


def _address(member):
    """Left, and asked about."""
    held = letters.leave(member, "somebody@example.org", ["read"], "en")
    return {"letters_yes.code": yes_code(held.salt), "letters_end.code": no_code(held.salt)}


def _lot(assembly):
    """Drawn: one of two people."""
    pool = pooling.describe(pooling.bring(assembly, b"id,kind\n1,a\n2,a\n"), "id", ["kind"], [])
    lot = lots.commit(pool, lots.Wish(1, "maximin", {"kind": {"a": (1, 1)}}))
    lots.claim(lot)
    return lots.draw(lots.keep_lottery(lot, [[0], [1]], [0.5, 0.5], "maximin"), "Heads")


def _package(assembly):
    """One that is offered, with next to nothing in it."""
    bundle, now = packing.ask(assembly), timezone.now()
    packing.claim(bundle)
    bundle.path.parent.mkdir(parents=True, exist_ok=True)
    bundle.path.write_bytes(b"PK")
    packing.keep(bundle, packing.Made(now, recent_acts(now), {}, 2, "0" * 64))
    return bundle


def an_account(name):
    """Somebody who may sign in."""
    return get_user_model().objects.create_user(name)
