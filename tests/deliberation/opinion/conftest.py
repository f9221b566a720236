"""What is said of an inquiry and brought to it, for results to be made of."""

import numpy as np
import pytest

from deliberation.opinion import polis
from deliberation.opinion.analysis import analyse
from deliberation.opinion.models import Conversation, Statement, StatementVote
from deliberation.opinion.outcome import Found, outcome
from deliberation.opinion.votes import gather


@pytest.fixture
def conversation(assembly):
    held = Conversation.objects.create(assembly=assembly, name="Trees", content_hash="c")
    for number in range(6):
        statement = Statement.objects.create(
            conversation=held, number=number, text="x", moderated=-1 if number == 5 else 1
        )
        for voter in range(20):
            says = 1 if (number % 3 == 0) == (voter < 10) else -1
            StatementVote.objects.create(statement=statement, voter=voter, says=says)
    return held


def result_of(log, group=polis.group, **more):
    person, statement, vote = (
        np.array(column, dtype=np.int64) for column in zip(*log, strict=True)
    )
    votes = gather(person, statement, np.arange(len(log)), vote.astype(np.int8))
    grouping = group(votes)
    names = [f"s{n}" for n in votes.statements]
    return outcome(Found(votes, names, grouping, analyse(votes, grouping), **more))
