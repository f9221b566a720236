"""Every page at the width of a small phone: nothing is cut off, nothing fails axe, in both directions of writing."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.artifacts.actions import objecting, ratifying
from deliberation.artifacts.models import Version
from deliberation.assemblies import gates
from deliberation.assemblies.actions import (
    assisting,
    lots,
    organising,
    outlining,
    pooling,
    setting_up,
    staffing,
    strata,
    surveying,
    taking_in,
    taking_part,
)
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.models import Assembly, Colleague
from deliberation.assemblies.queries import prompts_of
from deliberation.moderation import rooms
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import proposing, screening
from deliberation.moderation.actions.rules import join_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.opinion.actions.twins import judge
from deliberation.opinion.actions.uploads import Upload, ask_to_bring
from deliberation.opinion.models import Bringing, Twins
from deliberation.web.public.links import token_for
from elicitation.extraction import at_work, queries
from elicitation.extraction.actions import prompts
from elicitation.extraction.engines.base import Ask, Reply
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.extraction.reading import read
from elicitation.extraction.trying import try_out
from elicitation.graph.actions.upholding import endorse_norm
from elicitation.graph.models import Endorsement, Norm
from elicitation.interview.drafts import Words
from elicitation.record.sealing import seal
from tests import rules
from tests._publishing import signed_and_published
from tests.conftest import Told, card
from tests.deliberation.artifacts.conftest import set_ratifying, set_reviewing
from tests.deliberation.web.citizen._weighing import set_weighing

WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def pages(sample, tmp_path):
    """The sample, read, with something on every page; the addresses of them all."""
    for asked in queries.waiting()[:12]:
        read(asked.pk, at_work.engine())
    assembly = Assembly.objects.get()
    moderator = get_user_model().objects.create_user("moderator")
    organising.give_place(assembly.organisation, moderator, Colleague.Kind.STEWARD)
    for role in ("facilitator", "researcher"):
        setting_up.give_role(assembly, moderator, role)
    first, second = Candidate.objects.all()[:2]
    value = moderation.accept(Bench(assembly, moderator), first, first.version).value
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    clause = artifacts.write_clause(version, "Keep places to rest.", [value])
    published = artifacts.draft(assembly, "brief", "A brief", "en")
    artifacts.write_clause(published, "Keep it quiet at night.", [value])
    signed_and_published(published)
    objection = contested(assembly, version, moderator)
    file = tmp_path / "answers.csv"
    file.write_text("id,answer\n1,I look at who sits alone on the long bench.\n2,\n")
    shown = taking_in.show_import(assembly, "answers.csv", str(file), "en")
    call_command("import_answers", str(file), "--assembly", "riverside", verbosity=0)
    taken = assembly.imports.exclude(pk=shown.pk).get()
    invitation = assembly.invitations.get()
    answer = second.revision.response
    golden = tried_prompt(assembly.inquiries.first())
    run = "/run/riverside"
    asked = prompts_of(assembly)[0]
    outline = outlining.ask(moderator, "A bench by the river.", "en")
    seal()
    norm, waits = ruled(Bench(assembly, moderator))
    invited = staffing.invite_colleague(assembly, "Bo", "researcher")
    assisting.lay_out(assembly, 2, "ar")
    pool, lot, drawn = with_lots(assembly)
    room = screening.open_room(assembly, invitation)
    screening.let_on(Bench(assembly, moderator), room, rooms.may_come_on(room).first())
    twins = suspected(assembly)
    proposed = by_machine(Bench(assembly, moderator))
    return moderator, [
        f"{run}/measures/", "/research/riverside/measures/", f"{run}/queue/second/", f"{run}/queue/second/differ/",
        f"{run}/seats/", f"{run}/seats/{twins.pk}/",
        f"{run}/proposed-by-ai/", *(f"{run}/proposed-by-ai/{one.pk}/" for one in proposed), "/a/riverside/proposed-by-ai/",
        f"{run}/import/elsewhere/", *(f"{run}/import/elsewhere/{one.pk}/" for one in brought(assembly)),
        f"{run}/aloud/", f"{run}/aloud/sheets/", f"{run}/tables/?size=2&seed=1", f"{run}/lots/", f"{run}/lots/{pool.pk}/?seats=3", f"{run}/lots/draws/{lot.pk}/", f"{run}/lots/draws/{drawn.pk}/", "/a/riverside/lots/", f"{run}/letters/", "/letters/nobody/", "/letters/nobody/yes/", f"{run}/room/", f"{run}/releases/", f"/room/{rooms.code_of(room)}/",
        f"{run}/queue/rules/{waits.pk}/", f"/a/riverside/results/{norm.inquiry_id}/rules/", "/a/riverside/results/", f"{run}/decisions/", f"{run}/colleagues/", "/organisations/sample/", f"{run}/programs/", f"{run}/webhooks/", "/research/riverside/programs/", "/research/riverside/agreement/", f"{run}/researchers/",
        f"/colleague/{gates.staff_code(invited)}/",
        "/", "/join/", "/back/", "/sign-in/", "/api/docs/", "/a/riverside/", "/a/riverside/became/",
        "/a/riverside/charter/", "/record/", "/run/", "/run/new/", "/run/new/?template=ai", f"/run/new/{outline.pk}/", f"{run}/asked/", f"{run}/asked/more/", f"{run}/asked/situations/", f"{run}/asked/{asked.pk}/?language=ar", f"{run}/rehearsal/", f"{run}/", f"{run}/phases/", f"{run}/people/", f"{run}/colour/", f"{run}/colour/?colour=%23ffd700",
        f"{run}/invite/", f"{run}/invite/{invitation.pk}/sheet/", f"{run}/answers/", f"{run}/answers/{answer.pk}/",
        f"{run}/answers/{answer.pk}/card/", f"{run}/queue/{second.pk}/", f"{run}/queue/{first.pk}/", f"{run}/import/",
        f"{run}/readings/", f"{run}/readings/prompt/", f"{run}/readings/prompt/{golden.pk}/",
        f"{run}/import/{shown.pk}/", f"{run}/import/{taken.pk}/", f"{run}/documents/",
        f"{run}/documents/{version.pk}/", f"{run}/documents/{version.pk}/propose/", f"{run}/documents/{version.pk}/objections/",
        f"{run}/documents/{version.pk}/objections/{objection.pk}/", f"{run}/documents/{version.pk}/publish/", f"{run}/documents/{version.pk}/vote/",
        f"/a/riverside/documents/{published.artifact_id}/1/made/", f"/a/riverside/documents/{published.artifact_id}/1/clauses/1/", f"{run}/documents/{published.pk}/publish/", f"{run}/documents/{version.pk}/{clause.pk}/", f"{run}/documents/{published.pk}/",
        "/account/", "/account/app/", "/account/password/", "/account/again/",
        "/research/", "/research/riverside/", "/research/riverside/packages/", "/nowhere/", "/style/", "/style/?look=dark&dir=rtl",
    ]  # fmt: skip


def by_machine(bench):
    """A value and a rule an AI system proposes: one is shown, one waits."""
    permit_proposals(bench.assembly, True)
    token, _ = make_token(bench.assembly, bench.moderator, "Advisor", ["propose"], 30)
    inquiry = bench.assembly.inquiries.first().pk
    value = Wording("ar", "ظل", ("أشجار فوق المقاعد",), "حين يشتد الحر")
    rule = Wording("en", attribute="The town", deontic="should", aim="light the stairs")
    made = [proposing.propose(token, inquiry, said) for said in (value, rule)]
    proposing.show_proposal(bench, made[0])
    return made


def brought(assembly):
    """Uploads: one that waits, one that was kept, one that was not."""
    made = [
        ask_to_bring(assembly, Upload(uuid4(), "conversation", name))
        for name in ("Trees", "Benches", "Quiet")
    ]
    told = {"statements": 2, "voters": 2, "votes": 4, "agrees": 2, "passes": 1, "disagrees": 1, "findings": 1, "left_behind": [["votes.csv", "important"]]}  # fmt: skip
    fault = {"code": "unknown_word", "file": "votes.csv", "line": 6, "column": "vote", "why": 'votes.csv, line 6, column "vote": "7" cannot stand here.'}  # fmt: skip
    Bringing.objects.filter(pk=made[1].pk).update(state="done", told=told)
    Bringing.objects.filter(pk=made[2].pk).update(state="failed", fault=fault)
    return made


def with_lots(assembly):
    """A list with its columns named, a draw that is ready, and one that was made."""
    people = "".join(
        f"{n},{'woman' if n % 2 else 'a very long answer to a question'},{'شمال' if n % 3 else 'south'}\n"
        for n in range(40)
    )
    pool = pooling.describe(pooling.bring(assembly, f"id,gender,part of town\n{people}".encode()), "id", ["gender", "part of town"], [])  # fmt: skip
    bounds = {"gender": {"woman": (5, 6), "a very long answer to a question": (5, 6)}, "part of town": {"شمال": (6, 8), "south": (3, 4)}}  # fmt: skip
    made = []
    for _ in range(2):
        lot = lots.commit(pool, lots.Wish(11, "maximin", bounds))
        lots.claim(lot)
        made.append(lots.keep_lottery(lot, [list(range(11)), list(range(11, 22))], [0.5, 0.5], "maximin"))  # fmt: skip
    free = pooling.describe(pooling.bring(assembly, b"id,kind\n1,a\n2,b\n"), "id", ["kind"], [])
    return free, made[0], lots.draw(made[1], "Thunder")


def ruled(bench):
    """A shared rule with votes on it, and one that waits."""
    prompt = bench.assembly.inquiries.first().prompts.first()
    people = [taking_part.join(bench.assembly.invitations.get(), "en") for _ in range(3)]
    for one in people:
        taking_part.agree(one)
    norm = rules.shared(bench, people[0], prompt)
    endorse_norm(people[2].respondent, norm, Endorsement.Says.AGREE)
    return norm, rules.owned(people[1], prompt, "open every door")


def suspected(assembly):
    """Two seats that seem to be one person's, judged to be so."""
    kinds = (
        {"kind": "words", "same": 0.9},
        {"kind": "votes", "same": 30, "of": 31, "chance": 1e-6},
        {"kind": "taken", "same": 4.5},
    )
    made = Twins.objects.create(
        assembly=assembly, reasons=[{"of": 1, "chance": None, **one} for one in kinds]
    )
    for _ in range(2):
        made.seats.create(respondent=taking_part.join(assembly.invitations.get(), "en").respondent)
    judge(assembly, made, Twins.Says.ONE, "They wrote the same, word for word, within a minute.")
    return made


def contested(assembly, version, account):
    """A draft before the assembly, with an objection that offers other words and was answered."""
    set_reviewing(assembly)
    member = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(member)
    clause = artifacts.put_before(version).clauses.get()
    made = objecting.object_to(member, clause, "Not only in the shade.", "Keep places to rest dry.")
    return objecting.answer(made, account, "We looked at it.", sustain=False)


def tried_prompt(inquiry):
    """A prompt on trial. Returns its golden answer, in which something is found, lost and refused."""
    told = "When the lights go out I look at who walks home alone. I like streets that are quiet at night."
    alone, quiet = "who walks home alone", "streets that are quiet at night"
    golden = prompts.add_golden(
        inquiry, Ask(told, "en", "What do you look at?"), [card("Company", alone)]
    )
    written = prompts.write_prompt(inquiry, "Read what people look at on their way home.")
    replies = [
        Reply((card("Company", alone), card("Silence", "words nobody wrote here"))),
        Reply((card("Quiet", quiet),)),
    ]
    try_out(written.pk, Says(*replies))
    return golden


class Says(Told):
    """An engine that gives one reply after the other."""

    def propose(self, ask):
        return self.values[bool(ask.instructions)]


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
def test_every_page_fits_a_small_phone_and_passes_axe(visitor, pages, how):
    account, paths = pages
    somebody = visitor(viewport={"width": 320, "height": 640}, **how)
    somebody.page.goto(f"/sign-in/{token_for(account)}/")
    for number, path in enumerate(paths):
        somebody.go(path, f"page-{how['locale']}-{number:02}")
        assert somebody.page.evaluate(WIDTHS) == 0, path


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
def test_what_an_author_is_asked_fits_a_small_phone_and_passes_axe(visitor, sample, how):
    assembly = Assembly.objects.get()
    member = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(member)
    prompt = assembly.inquiries.first().prompts.last()
    words = Words("We want more benches by the river.", "en", "k")
    goal = taking_part.answer(member, prompt, words)
    read(goal.latest.pk, at_work.engine())
    follow_up = goal.follow_ups.get()
    said = Words("The town must keep the lights on, or else nobody walks there.", "en", "k2")
    reply = taking_part.say_more(member, follow_up, said, follow_up.question)
    read(reply.latest.pk, at_work.engine())
    rule = NormCandidate.objects.get(reading__revision=reply.latest)
    another = assembly.inquiries.first().prompts.first()
    second = taking_part.answer(member, another, Words("We need a bridge.", "en", "k3"))
    read(second.latest.pk, at_work.engine())
    citizen = visitor(viewport={"width": 320, "height": 640}, **how)
    citizen.page.goto(f"/back/{gates.receipt_code(member)}/")
    mine = "/a/riverside/mine/"
    more = f"{mine}more/{second.follow_ups.get().pk}/"
    options = [{"en": "under 30"}, {"en": "30 and more"}]
    strata.add_stratum(assembly, {"en": "How old are you?"}, options)
    suspected(assembly).seats.create(respondent=member.respondent)
    surveying.ask_at_the_end(assembly)
    for path in (
        mine,
        more,
        f"{mine}rules/{rule.pk}/",
        "/a/riverside/about-me/",
        f"{mine}everything/",
        f"{mine}how-it-was/",
        f"{mine}agreed/",
        f"{mine}counted/",
        f"{mine}letters/",
    ):
        citizen.go(path, f"beneath-{how['locale']}-{path.count('/')}")
        assert citizen.page.evaluate(WIDTHS) == 0, path


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
def test_what_a_citizen_says_to_a_document_fits_a_small_phone_and_passes_axe(visitor, pages, how):
    assembly, version = Assembly.objects.get(), Version.objects.exclude(put_at=None).get()
    member = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(member)
    citizen = visitor(viewport={"width": 320, "height": 640}, **how)
    citizen.page.goto(f"/back/{gates.receipt_code(member)}/")
    clause, here = version.clauses.get(), "/a/riverside"
    for path in (f"{here}/draft/{version.pk}/", f"{here}/draft/{version.pk}/{clause.pk}/"):
        citizen.go(path, f"document-{how['locale']}-{path.count('/')}")
        assert citizen.page.evaluate(WIDTHS) == 0, path
    set_ratifying(assembly)
    ratifying.open_ballot(version)
    for path in (f"{here}/vote/{version.pk}/", f"{here}/vote/{version.pk}/statements/"):
        citizen.go(path, f"document-{how['locale']}-vote-{path.count('/')}")
        assert citizen.page.evaluate(WIDTHS) == 0, path


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
def test_rules_of_others_fit_a_small_phone_and_pass_axe(visitor, pages, how):
    assembly, moderator = Assembly.objects.get(), pages[0]
    set_weighing(assembly)
    norm = Norm.objects.get()
    mine = NormCandidate.objects.get(decisions=None, aim="open every door")
    join_rule(Bench(assembly, moderator), mine, mine.version, norm)
    author = visitor(viewport={"width": 320, "height": 640}, **how)
    author.page.goto(f"/back/{gates.receipt_code(mine.revision.response.respondent.membership)}/")
    author.go("/a/riverside/mine/", f"rules-{how['locale']}-mine")
    assert author.page.evaluate(WIDTHS) == 0
    reader = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(reader)
    citizen = visitor(viewport={"width": 320, "height": 640}, **how)
    citizen.page.goto(f"/back/{gates.receipt_code(reader)}/")
    for path in ("/a/riverside/weigh/rules/", "/a/riverside/weigh/rules/said/"):
        citizen.go(path, f"rules-{how['locale']}-{path.count('/')}")
        assert citizen.page.evaluate(WIDTHS) == 0, path
    citizen.go("/a/riverside/weigh/rules/")
    citizen.page.keyboard.press("a")
    citizen.page.locator("#kept a").wait_for()
    assert reader.respondent.norm_endorsements.get().says == Endorsement.Says.AGREE
    citizen.go("/a/riverside/weigh/rules/said/", f"rules-{how['locale']}-said")
    assert citizen.page.evaluate(WIDTHS) == 0


def test_a_citizen_needs_no_mouse(visitor, sample):
    assembly = Assembly.objects.get()
    member = taking_part.join(assembly.invitations.get(), "en")
    taking_part.agree(member)
    citizen = visitor(viewport={"width": 320, "height": 640})
    citizen.go(f"/back/{gates.receipt_code(member)}/")
    citizen.page.get_by_role("link", name="Answer the next question").focus()
    citizen.page.keyboard.press("Enter")
    citizen.page.locator("textarea").focus()
    citizen.page.keyboard.type("I look at who sits alone.")
    for _ in range(2):  # where the browser can hear, a button to speak comes first
        citizen.page.keyboard.press("Tab")
        focused = citizen.page.evaluate("document.activeElement.textContent.trim()")
        if focused == "Send":
            break
    assert focused == "Send"
    ring = citizen.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert ring == "3px"
    citizen.page.keyboard.press("Enter")
    citizen.page.get_by_role("heading", name="Received").wait_for()
