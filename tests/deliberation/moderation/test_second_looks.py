"""A card drawn by lot is asked of a second moderator, who does not see what the first one decided; figures tell whether both agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from deliberation.moderation import figures
from deliberation.moderation.actions import cards, undoing
from deliberation.moderation.actions.looking import look_again
from deliberation.moderation.agreement import is_drawn
from deliberation.moderation.errors import StaleDecision, ValueUnchosen
from deliberation.moderation.models import Appeal, Decision, SecondLook
from deliberation.moderation.second_looks import both, may_join, open_looks
from deliberation.moderation.why import Why
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.suggesting import keep_suggestions
from elicitation.graph.findings import Found
from elicitation.graph.models import Evidence, Value


def suggest(card, value, kind="same"):
    new = kind == "new"
    version = value.version
    found = Found(card.pk, card.version, kind, value.pk, version, None if new else 0.9, {})
    keep_suggestions([found], "rule", "engine", timezone.now())


NO = Why("Not about the river.")


@pytest.fixture
def drawn(another):
    """Make a card of those that are drawn."""

    def made(title="Drawn"):
        for _ in range(300):
            card = another(title)
            if is_drawn(card.pk):
                return card
            Candidate.objects.filter(pk=card.pk).delete()
        raise AssertionError("none in 300 was drawn")

    return made


@pytest.fixture
def looked(bench, another):
    """Make a card the first moderator decided on, with a second look asked for whatever the lot says."""

    def made(decide):
        card = another()
        decision = decide(card)
        SecondLook.objects.get_or_create(
            assembly=bench.assembly, candidate=card, card_version=decision.card_version
        )
        return SecondLook.objects.get(candidate=card)

    return made


def test_only_a_card_that_was_drawn_is_asked_of_a_second_moderator(bench, another, drawn):
    card, other = drawn(), another()
    while is_drawn(other.pk):
        other = another()
    for one in (card, other):
        cards.accept(bench, one, one.version)
    assert SecondLook.objects.get().candidate == card


def test_sending_back_asks_nobody_and_undoing_asks_nobody_twice(bench, drawn):
    card = drawn()
    cards.send_back(bench, card, card.version, "Whose doors?")
    assert not SecondLook.objects.exists()
    undoing.undo_last(bench)
    cards.reject(bench, card, card.version, NO)
    undoing.undo_last(bench)
    cards.accept(bench, card, card.version)
    assert SecondLook.objects.count() == 1


def test_it_is_asked_of_another_than_the_first(bench, colleague, looked):
    look = looked(lambda card: cards.accept(bench, card, card.version))
    assert not open_looks(bench).exists()
    assert open_looks(colleague).get() == look
    with pytest.raises(StaleDecision):
        look_again(bench, look, "accept")


def test_what_the_second_says_changes_nothing_but_the_figures(bench, colleague, looked):
    look = looked(lambda card: cards.accept(bench, card, card.version))
    before = list(Value.objects.values()), list(Evidence.objects.values()), Decision.objects.count()
    look_again(colleague, look, "reject")
    after = list(Value.objects.values()), list(Evidence.objects.values()), Decision.objects.count()
    assert before == after
    assert not open_looks(colleague).exists()
    with pytest.raises(StaleDecision):
        look_again(colleague, look, "accept")


def test_the_value_made_of_the_card_is_not_offered_to_be_joined(bench, colleague, looked, accepted):
    there = accepted("There before")
    look = looked(lambda card: cards.accept(bench, card, card.version))
    assert list(may_join(look)) == [there]
    with pytest.raises(ValueUnchosen):
        look_again(colleague, look, "merge")


def test_a_card_its_author_changed_since_is_asked_of_nobody(bench, colleague, looked):
    look = looked(lambda card: cards.reject(bench, card, card.version, NO))
    taking_part.reword_card(look.candidate, Rewording("Other", "", {0: "DOORS"}), False)
    assert not open_looks(colleague).exists()


def test_figures_tell_how_often_two_agree_beyond_chance(bench, colleague, looked, accepted):
    value, other = accepted("One"), accepted("Two")

    def accept(card):
        return cards.accept(bench, card, card.version)

    def merge(card):
        return cards.merge(bench, card, card.version, value)

    for first, second, joined in (
        (accept, "accept", None),
        (accept, "reject", None),
        (merge, "merge", value),
        (merge, "merge", other),
    ):
        look_again(colleague, looked(first), second, joined)
    told = figures.agreed(bench.assembly)
    assert (told.n, told.agreed, told.joined, told.same_value) == (4, 3, 2, 1)
    # By hand: by chance 1/2 * 1/4 + 1/2 * 1/2 = 0.375; kappa (0.75 - 0.375) / 0.625. Pool of 8: 3, 4 and 1; alpha 1 - 7 * 2 / 38.
    assert told.kappa == pytest.approx(0.6)
    assert told.alpha == pytest.approx(1 - 14 / 38)


def test_the_first_decision_counts_as_it_was_taken_though_undone_since(bench, colleague, looked):
    look = looked(lambda card: cards.reject(bench, card, card.version, NO))
    undoing.undo_last(bench)
    look_again(colleague, look, "reject")
    (pair,) = both(bench.assembly)
    assert pair.first == pair.second == ("reject", None)


def test_figures_tell_whether_suggestions_are_followed(bench, another, accepted):
    value = accepted("Doors")
    for kind, act in (("same", "merge"), ("same", "accept"), ("new", "accept"), ("new", "reject")):
        card = another()
        suggest(card, value, kind=kind)
        if act == "merge":
            cards.merge(bench, card, card.version, value)
        elif act == "accept":
            cards.accept(bench, card, card.version)
        else:
            cards.reject(bench, card, card.version, NO)
    told = {one.suggested.value: (one.followed, one.n) for one in figures.followed(bench.assembly)}
    assert told == {"same": (1, 2), "new": (1, 1)}


def test_figures_tell_how_long_cards_waited_by_what_was_decided(bench, another):
    for minutes in (1, 2, 30):
        card = another()
        Candidate.objects.filter(pk=card.pk).update(
            answered_at=timezone.now() - timedelta(minutes=minutes)
        )
        card.refresh_from_db()
        cards.accept(bench, card, card.version)
    (told,) = figures.waited(bench.assembly)
    assert (told.kind, told.n) == (Decision.Kind.ACCEPT, 3)
    assert timedelta(minutes=2) <= told.middle < timedelta(minutes=3)


def test_figures_tell_what_became_of_appeals(bench, accepted, assembly, other_assembly):
    decision = Decision.objects.get(value=accepted())
    author = decision.candidate.revision.response.respondent
    Appeal.objects.create(
        decision=decision,
        candidate=decision.candidate,
        respondent=author,
        words="Look.",
        state="upheld",
        answer="We did.",
    )
    assert figures.appeals(assembly) == {"open": 0, "upheld": 1, "overturned": 0, "withdrawn": 0}
    assert not any(figures.appeals(other_assembly).values())


def test_without_anything_decided_there_is_nothing_to_tell(assembly):
    told = figures.agreed(assembly)
    assert (told.n, told.kappa, told.alpha) == (0, None, None)
    assert not figures.followed(assembly)
    assert not figures.waited(assembly)
