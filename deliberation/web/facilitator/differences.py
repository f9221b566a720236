"""What a trial shows: for each golden answer the cards before, after and by hand, and what differs, in words and counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from deliberation.web.facilitator.why import REFUSED, WHY
from elicitation.extraction import trials
from elicitation.extraction.engines.base import ValueProposal
from elicitation.extraction.models import GoldenAnswer, Trial
from elicitation.extraction.trials import Agreement, Outcome

Words = str | Promise
FAILS = "fails"
WORDS: dict[str, Words] = {
    trials.SAME: gettext_lazy("same"),
    trials.CHANGED: gettext_lazy("changed"),
    trials.LOST: gettext_lazy("lost"),
    trials.NEW: gettext_lazy("new"),
    FAILS: gettext_lazy("fails"),
}
NOBODY = Agreement(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """One prompt's reading of an answer: its cards, each with the word for what became of it; what was refused; how it failed."""

    cards: Sequence[tuple[Words, ValueProposal]] = ()
    refused: Sequence[tuple[str, Words]] = ()
    failure: Words = ""
    agrees: Agreement = NOBODY


@dataclass(frozen=True, slots=True)
class Row:
    """One golden answer; without columns where it was not tried yet, with `failure` where the model was not to be had."""

    golden: GoldenAnswer
    by_hand: Sequence[ValueProposal]
    columns: Sequence[Column] = ()
    failure: Words = ""


@dataclass(slots=True)
class Differences:
    """All rows of a trial with the counts over them; `tried` counts the answers that were read with both prompts."""

    rows: list[Row] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> list[tuple[Words, int]]:
        """The words for what became of cards (and of answers that failed), with how many there are."""
        return [(said, self.words[word]) for word, said in WORDS.items()]

    @property
    def tried(self) -> int:
        return sum(bool(row.columns) for row in self.rows)

    @property
    def before(self) -> Agreement:
        return self._sum(0)

    @property
    def after(self) -> Agreement:
        return self._sum(1)

    def _sum(self, column: int) -> Agreement:
        agree = [row.columns[column].agrees for row in self.rows if row.columns]
        return Agreement(
            sum(a.by_hand for a in agree), sum(a.found for a in agree), sum(a.beyond for a in agree)
        )


def differences(golden: Sequence[GoldenAnswer], made: Sequence[Trial]) -> Differences:
    """What the trials `made` of a prompt show about the answers of the golden set."""
    found, by_answer = Differences(), {trial.golden_id: trial for trial in made}
    for answer in golden:
        by_hand, trial = trials.cards_from_json(answer.cards), by_answer.get(answer.pk)
        if trial is None or trial.failure:
            why = WHY.get(trial.failure, trial.failure) if trial else ""
            found.rows.append(Row(answer, by_hand, failure=why))
        else:
            columns = _columns(answer, by_hand, trial, found.words)
            found.rows.append(Row(answer, by_hand, columns))
    return found


def _columns(
    answer: GoldenAnswer, by_hand: Sequence[ValueProposal], trial: Trial, words: Counter[str]
) -> tuple[Column, Column]:
    before, after = trials.from_json(trial.before), trials.from_json(trial.after)
    pairs = trials.compare(before.cards, after.cards, answer.text)
    words.update(pair.word for pair in pairs)
    words[FAILS] += bool(after.failure)
    older = [(WORDS[pair.word], pair.before) for pair in pairs if pair.before]
    newer = [(WORDS[pair.word], pair.after) for pair in pairs if pair.after]
    return (
        _column(older, before, trials.agreement(before.cards, by_hand, answer.text)),
        _column(newer, after, trials.agreement(after.cards, by_hand, answer.text)),
    )


def _column(
    cards: Sequence[tuple[Words, ValueProposal]], outcome: Outcome, agrees: Agreement
) -> Column:
    refused = [(what, REFUSED.get(why, why)) for what, why in outcome.refused]
    return Column(cards, refused, WHY.get(outcome.failure, outcome.failure), agrees)
