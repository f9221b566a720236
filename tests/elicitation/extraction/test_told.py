"""Authors say whether a card says what they care about, and what they put in other words is counted; both go with the card."""

import pytest

from deliberation.assemblies.actions import taking_part
from elicitation.extraction.actions import cards
from elicitation.extraction.actions.cards import Rewording, rate
from elicitation.extraction.errors import CardGone, CardReworded
from elicitation.extraction.models import Candidate, Edit, Rating
from elicitation.extraction.queries import is_reworded
from elicitation.extraction.reading import read
from elicitation.record.models import Entry
from tests.conftest import Told, card

YES, NO = Rating.Says.YES, Rating.Says.NO


@pytest.fixture
def proposed(answered):
    (found,) = read(answered.latest.pk, Told(card()))
    return found


def reworded(candidate, title="Open doors", policy="who stands outside without a door to knock on"):
    return cards.edit(candidate, Rewording(title, "the river floods", {0: policy}), public=False)


def test_the_last_that_was_said_stands_and_can_be_taken_back(proposed):
    rate(proposed, YES)
    rate(proposed, NO)
    assert Rating.objects.get().says == "no"
    rate(proposed, None)
    assert not Rating.objects.exists()
    rate(proposed, None)


def test_the_record_tells_that_something_was_said_and_not_what(proposed):
    rate(proposed, YES)
    (entry,) = Entry.objects.filter(kind="candidate.rated")
    assert entry.body == {"candidate": str(proposed.pk)}


def test_of_a_card_in_ones_own_words_nothing_is_asked_and_what_was_said_before_stands(proposed):
    rate(proposed, NO)
    reworded(proposed)
    with pytest.raises(CardReworded):
        rate(proposed, YES)
    assert Rating.objects.get().says == "no"
    rate(proposed, None)
    assert not Rating.objects.exists()


def test_a_card_of_words_changed_since_takes_no_rating(member, answered, proposed):
    taking_part.change(member, answered, "Something else by the river.", "en")
    (other,) = read(answered.latest.pk, Told(card(quote="Something else")))
    with pytest.raises(CardGone):
        rate(proposed, YES)
    rate(other, YES)


def test_words_put_in_other_words_are_counted_and_not_kept(proposed):
    before = "Open doors the river floods who is left without a door to knock on"
    reworded(proposed)
    edit = Edit.objects.get()
    # "is left" -> "stands outside": two words replaced.
    assert (edit.version, edit.words, edit.changed) == (2, len(before.split()), 2)
    reworded(proposed, title="doors")
    assert list(Edit.objects.values_list("version", "changed")) == [(2, 2), (3, 1)]


def test_a_card_kept_as_it_was_is_not_reworded_though_its_form_was_sent(proposed):
    reworded(proposed, policy="who is left without a door to knock on")
    proposed.refresh_from_db()
    assert Edit.objects.get().changed == 0
    assert proposed.state == Candidate.State.EDITED
    assert not is_reworded(proposed)
    rate(proposed, YES)


def test_of_a_card_changed_before_words_were_counted_the_state_tells(proposed):
    reworded(proposed)
    Edit.objects.all().delete()
    assert is_reworded(Candidate.objects.get())


def test_both_are_erased_with_the_words(answered, proposed):
    rate(proposed, YES)
    reworded(proposed)
    taking_part.withdraw(answered)
    assert not Rating.objects.exists()
    assert not Edit.objects.exists()
