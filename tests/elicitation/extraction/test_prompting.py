"""A prompt of one's own: written, tried on golden answers over real HTTP, used, and sent with every answer from then on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.actions import prompts, trying, waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, Options
from elicitation.extraction.errors import (
    AlreadyClaimed,
    CardIncomplete,
    GoldenSetFull,
    NothingToQuote,
    Outlived,
    PromptNotTried,
    PromptUnchanged,
)
from elicitation.extraction.instructions import prompt as standard
from elicitation.extraction.models import GoldenAnswer, Lane, OwnPrompt, Reading, Trial
from elicitation.extraction.reading import read
from elicitation.extraction.trying import try_if_free, try_out
from elicitation.interview.errors import UnstorableText
from elicitation.record.models import Entry
from tests.conftest import TEXT, Told, card
from tests.model_server import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
ASK = Ask(TEXT, "en", "What did you look at?")
NEW = "Read what the person says about doors. Reply in JSON."


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def engine(server):
    return build("openai", Options(base_url=server.url, api_key="k", model="m", deadline=5.0))


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def golden(inquiry):
    return prompts.add_golden(inquiry, ASK, [card()])


@pytest.fixture
def written(golden, inquiry):
    return prompts.write_prompt(inquiry, NEW)


def told(call):
    return call["messages"][0]["content"]


def now(prompt):
    prompt.refresh_from_db()
    return prompt.state


def test_a_written_prompt_waits_and_nothing_reads_with_it(written, inquiry):
    assert (written.state, len(written.version)) == ("draft", 12)
    assert queries.instructions_of(inquiry.pk) == ""


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "x" * 20_001])
def test_what_cannot_be_kept_is_refused(inquiry, text):
    with pytest.raises(UnstorableText):
        prompts.write_prompt(inquiry, text)
    assert not OwnPrompt.objects.exists()


def test_the_prompt_in_use_is_no_new_prompt(inquiry):
    with pytest.raises(PromptUnchanged):
        prompts.write_prompt(inquiry, standard("read_answer").strip())


def test_a_newer_prompt_takes_the_place_of_one_on_trial(written, inquiry):
    prompts.write_prompt(inquiry, NEW + " Kindly.")
    assert now(written) == "retired"


def test_the_database_itself_holds_one_prompt_in_use_and_one_on_trial(written, inquiry):
    for state in ("draft", "tried"):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnPrompt.objects.create(inquiry=inquiry, text="other", version="1", state=state)
    OwnPrompt.objects.create(inquiry=inquiry, text="other", version="1", state="in_use")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnPrompt.objects.create(inquiry=inquiry, text="third", version="2", state="in_use")


def test_a_golden_card_has_to_quote_its_answer(inquiry):
    with pytest.raises(NothingToQuote):
        prompts.add_golden(inquiry, ASK, [card(quote="words that nobody here has written")])
    with pytest.raises(CardIncomplete):
        prompts.add_golden(inquiry, ASK, [card(title=" ")])
    assert not GoldenAnswer.objects.exists()


def test_a_golden_answer_may_hold_nothing(inquiry):
    assert prompts.add_golden(inquiry, ASK, []).cards == []


def test_the_golden_set_has_an_end(inquiry):
    for _ in range(prompts.MOST_GOLDEN):
        prompts.add_golden(inquiry, ASK, [])
    with pytest.raises(GoldenSetFull):
        prompts.add_golden(inquiry, ASK, [])


def test_a_trial_asks_with_both_prompts_and_keeps_both_replies(written, golden, engine, server):
    server.script("nothing", "well")
    try_out(written.pk, engine)
    before, after = server.calls
    assert (told(before), told(after)) == (standard("read_answer"), NEW)
    trial = Trial.objects.get()
    assert trial.before["cards"] == []
    assert trial.after["cards"][0]["policies"][0]["quotes"][0] in TEXT
    assert trial.model == "openai m"
    assert now(written) == "tried"
    assert not Reading.objects.exists()


def test_refused_proposals_and_useless_replies_are_kept_with_their_reason(written, engine, server):
    server.script("lie", "broken")
    try_out(written.pk, engine)
    trial = Trial.objects.get()
    assert [why for _, why in trial.before["refused"]] == ["quote_not_found"]
    assert (trial.after["failure"], trial.failure) == ("invalid_schema", "")


def test_a_tried_prompt_is_sent_as_the_system_message_and_its_version_kept(
    written, engine, server, inquiry, answered
):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    server.calls.clear()
    read(answered.latest.pk, engine)
    assert told(server.calls[0]) == NEW
    assert Reading.objects.get().prompt_version == written.version
    assert queries.version_in_use(inquiry.pk) == written.version


def test_the_own_prompt_costs_a_reading_one_query_at_most(
    answered, inquiry, django_assert_max_num_queries
):
    with django_assert_max_num_queries(1):
        queries.instructions_of(inquiry.pk)


def test_an_untried_prompt_cannot_be_used(written):
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)


def test_a_prompt_tried_on_nothing_cannot_be_used(inquiry):
    written = prompts.write_prompt(inquiry, NEW)
    try_out(written.pk, Told(card()))
    assert now(written) == "tried"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)


def test_a_golden_answer_added_later_has_to_be_tried_first(written, inquiry, engine, server):
    try_out(written.pk, engine)
    prompts.add_golden(inquiry, ASK, [])
    assert now(written) == "draft"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)
    server.calls.clear()
    try_out(written.pk, engine)
    assert len(server.calls) == 2
    prompts.use_prompt(written)


def test_a_model_that_was_not_to_be_had_is_no_trial_and_is_tried_again(written, engine, server):
    server.script("500")
    try_out(written.pk, engine)
    assert Trial.objects.get().failure == "endpoint_down"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)
    prompts.try_again(written)
    server.script("well")
    try_out(written.pk, engine)
    prompts.use_prompt(written)


def test_a_busy_model_rests_and_the_trial_waits_for_it(written, engine, server):
    server.script("429")
    try_out(written.pk, engine)
    assert (now(written), Trial.objects.count()) == ("draft", 0)
    Lane.objects.update(rests_until=timezone.now() + timedelta(minutes=1))
    try_out(written.pk, engine)
    assert len(server.calls) == 1
    assert written.ring_at <= timezone.now() + timedelta(seconds=1)


def test_back_to_the_standard_prompt_and_what_is_on_trial_is_compared_with_that(
    written, inquiry, engine
):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    other = prompts.write_prompt(inquiry, NEW + " Kindly.")
    try_out(other.pk, engine)
    prompts.use_standard_prompt(inquiry)
    assert (now(written), now(other)) == ("retired", "draft")
    assert queries.instructions_of(inquiry.pk) == ""
    try_out(other.pk, engine)
    assert Trial.objects.get(prompt=other).against == queries.version_in_use(inquiry.pk)
    assert now(other) == "tried"


def test_one_worker_at_a_time_and_a_dead_one_gives_way(written):
    trying.start_trial(written.pk)
    with pytest.raises(AlreadyClaimed):
        trying.start_trial(written.pk)
    try_if_free(written.pk, Told(card()))
    OwnPrompt.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    try_out(written.pk, Told(card()))
    assert now(written) == "tried"


def test_the_sweep_rings_for_a_trial_whose_bell_was_lost(written):
    assert trying.ring_trials(5) == [written.pk]
    assert trying.ring_trials(5) == []


def test_a_result_for_what_stands_no_more_is_not_kept(written, golden, inquiry):
    claimed = trying.start_trial(written.pk)
    made = Trial(
        prompt=claimed, golden=golden, against=queries.version_in_use(inquiry.pk), model="m"
    )
    prompts.remove_golden(golden)
    with pytest.raises(Outlived):
        trying.keep_trial(made)
    assert not Trial.objects.exists()


def test_nothing_is_sent_while_machine_reading_is_off(written, inquiry, engine, server):
    waiting.switch_off(inquiry)
    assert trying.ring_trials(5) == []
    try_if_free(written.pk, engine)
    assert server.calls == []
    waiting.switch_on(inquiry)
    try_out(written.pk, engine)
    assert now(written) == "tried"


class Meanwhile(Told):
    """An engine during whose first reading something happens."""

    def __init__(self, happens):
        super().__init__(card())
        self.happens, self.asked = happens, 0

    def propose(self, ask):
        self.asked += 1
        if self.asked == 1:
            self.happens()
        return super().propose(ask)


def test_a_golden_answer_removed_while_it_is_read_does_not_stop_the_trial(written, golden, inquiry):
    other = prompts.add_golden(inquiry, ASK, [])
    try_out(written.pk, Meanwhile(lambda: prompts.remove_golden(golden)))
    assert now(written) == "tried"
    assert Trial.objects.get().golden == other


def test_a_golden_answer_added_while_another_is_read_is_tried_next(written, inquiry):
    try_out(written.pk, Meanwhile(lambda: prompts.add_golden(inquiry, ASK, [])))
    assert now(written) == "draft"
    try_out(written.pk, Told(card()))
    assert (now(written), Trial.objects.count()) == ("tried", 2)


def test_switched_off_in_the_middle_no_other_golden_answer_is_read(written, inquiry):
    prompts.add_golden(inquiry, ASK, [])
    meanwhile = Meanwhile(lambda: waiting.switch_off(inquiry))
    try_out(written.pk, meanwhile)
    assert meanwhile.asked == 2
    assert now(written) == "draft"


def test_a_prompt_replaced_while_it_is_tried_keeps_nothing(written, inquiry):
    try_if_free(written.pk, Meanwhile(lambda: prompts.write_prompt(inquiry, NEW + " Kindly.")))
    assert now(written) == "retired"
    assert not Trial.objects.exists()


def test_a_trial_on_another_model_than_the_one_that_reads_does_not_count(written, engine, settings):
    settings.GROUNDWORK_ENGINE, settings.OPENAI_MODEL = "openai", "m"
    try_out(written.pk, engine)
    settings.OPENAI_MODEL = "newer"
    with pytest.raises(PromptNotTried):
        prompts.use_prompt(written)
    settings.OPENAI_MODEL = "m"
    prompts.use_prompt(written)


def test_a_card_made_later_leaves_trials_standing(written, golden, engine):
    try_out(written.pk, engine)
    with pytest.raises(NothingToQuote):
        prompts.add_golden_card(golden, card(quote="words that nobody here has written"))
    added = prompts.add_golden_card(golden, card("Quiet", "I want quiet nights."))
    assert [made["title"] for made in added.cards] == ["Open doors", "Quiet"]
    prompts.use_prompt(written)


def test_another_inquiry_keeps_its_own_prompt(written, engine, other_assembly):
    try_out(written.pk, engine)
    prompts.use_prompt(written)
    assert queries.instructions_of(other_assembly.inquiries.get().pk) == ""


def test_no_word_of_a_prompt_or_a_golden_answer_is_in_the_record(written, engine):
    try_out(written.pk, engine)
    assert not any("door" in str(entry.body) for entry in Entry.objects.all())
