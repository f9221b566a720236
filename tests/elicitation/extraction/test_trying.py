"""A prompt is tried over real HTTP beside the one in use, on one golden answer after the other, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from elicitation.extraction import queries
from elicitation.extraction.actions import prompts, spending, trying, waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Options
from elicitation.extraction.errors import AlreadyClaimed, Outlived, PromptNotTried
from elicitation.extraction.instructions import prompt as standard
from elicitation.extraction.models import Lane, OwnPrompt, Reading, Reservation, Spend, Trial
from elicitation.extraction.trying import try_if_free, try_out
from tests.conftest import TEXT, Told, card
from tests.elicitation.extraction.conftest import ASK, NEW, now, told

pytestmark = pytest.mark.django_db(transaction=True)


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


PRICED = {"price_in": 2.0, "price_out": 10.0}
COST = 2 * 100 + 10 * 20  # millionths, of what the model server says it used


@pytest.fixture
def priced(server):
    options = Options(base_url=server.url, api_key="k", model="m", deadline=5.0, **PRICED)
    return build("openai", options)


def spent():
    return {spend.scope: (spend.spent, spend.reserved) for spend in Spend.objects.all()}


def test_a_trial_is_paid_from_the_budgets_of_the_day_and_the_inquiry(written, priced, settings):
    settings.READING_BUDGETS = {"day": 10**9, "inquiry": 10**9, "respondent": 0}
    try_out(written.pk, priced)
    assert now(written) == "tried"
    assert spent() == {"day": (2 * COST, 0), "inquiry": (2 * COST, 0)}
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("scope", ["day", "inquiry"])
def test_what_does_not_fit_a_budget_is_not_asked_and_the_trial_waits(
    written, priced, server, settings, scope
):
    settings.READING_BUDGETS = {"day": None, "inquiry": None, "respondent": None, scope: COST}
    try_out(written.pk, priced)
    assert server.calls == []
    assert (now(written), Trial.objects.count()) == ("draft", 0)
    assert written.ring_at > timezone.now() + timedelta(hours=23)
    settings.READING_BUDGETS = {"day": None, "inquiry": None, "respondent": None}
    try_out(written.pk, priced)
    assert now(written) == "tried"


def test_where_only_work_under_way_stands_in_the_way_it_waits_a_moment(
    written, priced, server, settings, inquiry
):
    at_most = priced.at_most(replace(ASK, instructions=NEW))
    settings.READING_BUDGETS = {"day": 3 * at_most, "inquiry": None, "respondent": None}
    spending.set_apart(uuid4(), {"day": timezone.now().date().isoformat()}, 3 * at_most)
    try_out(written.pk, priced)
    assert server.calls == []
    now(written)
    assert written.ring_at < timezone.now() + timedelta(minutes=1)


def test_a_trial_that_fails_costs_what_it_cost(written, priced, server, settings):
    settings.READING_BUDGETS = {"day": None, "inquiry": None, "respondent": None}
    server.script("500")
    try_out(written.pk, priced)
    assert not Reservation.objects.exists()
    assert all(reserved == 0 for _, reserved in spent().values())
